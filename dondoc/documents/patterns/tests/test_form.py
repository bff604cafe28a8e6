"""The checker of the form of documents finds nothing in any of ours, at every level that issues documents by the Party's rules."""

from dataclasses import replace
from datetime import date

import pytest

from dondoc.documents.format import reading, rules
from dondoc.documents.format.content import format_on
from dondoc.documents.format.faces import Problem
from dondoc.documents.patterns import Head, Signing, Template
from dondoc.documents.patterns.declared import templates
from dondoc.documents.patterns.filling import fill
from dondoc.documents.patterns.tests.words import CELL, PROVINCE

DAY = date(2026, 5, 4)
TYPES = {
    "TB": "Thông báo",
    "CV": "",
    "BB": "Biên bản",
    "BC": "Báo cáo",
    "KH": "Kế hoạch",
    "GM": "Giấy mời",
    "NQ": "Nghị quyết",
}


def head(level: str, superior: str, issuer: str, body: str, signing: Signing, day: date = DAY) -> Head:
    return replace(
        CELL, level=level, superior=superior, issuer=issuer, symbol=f"TB/{body}", signing=signing, dated_on=day
    )


HEADS = [
    head(
        "central",
        "",
        "BAN CHẤP HÀNH TRUNG ƯƠNG",
        "TW",
        Signing("T/M", "BAN BÍ THƯ", "THƯỜNG TRỰC BAN BÍ THƯ", "Trần Văn Mẫu"),
    ),
    PROVINCE,
    head(
        "district",
        "ĐẢNG BỘ TỈNH KHÁNH HÒA",
        "HUYỆN ỦY CAM LÂM",
        "HU",
        Signing("T/M", "BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Văn Mẫu"),
        date(2023, 5, 4),
    ),
    head(
        "commune",
        "ĐẢNG BỘ TỈNH KHÁNH HÒA",
        "ĐẢNG ỦY XÃ CAM HIỆP",
        "ĐU",
        Signing("T/M", "ĐẢNG ỦY", "BÍ THƯ", "Trần Văn Mẫu"),
    ),
    CELL,
    head(
        "inspection",
        "TỈNH ỦY KHÁNH HÒA",
        "ỦY BAN KIỂM TRA",
        "UBKTTU",
        Signing("T/M", "ỦY BAN KIỂM TRA", "CHỦ NHIỆM", "Lê Văn Mẫu"),
    ),
    head("advisory", "TỈNH ỦY KHÁNH HÒA", "VĂN PHÒNG", "VPTU", Signing("", "", "CHÁNH VĂN PHÒNG", "Lê Thị Mẫu")),
]


def found(one: Template, head: Head, *, draft: bool = False) -> list[Problem]:
    """What the checker finds in the document that the samples make for a head."""
    head = replace(
        head,
        type_name=TYPES[one.type_code],
        symbol=head.symbol.replace("TB/", f"{one.type_code}/", 1),
        abstract="về việc mẫu",
    )
    if one.type_code == "CV":
        head = replace(head, abstract="V/v đôn đốc thực hiện nhiệm vụ")
    if one.type_code == "BB":
        head = replace(head, signing=Signing("", "", "CHỦ TRÌ", "A"), beside=Signing("", "", "NGƯỜI GHI BIÊN BẢN", "B"))
    on = head.dated_on or DAY
    layout = reading.read(fill(one, one.samples, on, head))
    return rules.problems(layout, format_on(on), head.level, on=on, draft=draft)


@pytest.mark.parametrize("head", HEADS, ids=lambda one: one.level)
@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_the_form_of_our_documents_is_right_at_every_level(one: Template, head: Head) -> None:
    assert found(one, head) == []


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_a_draft_lacks_only_what_is_given_when_it_is_issued(one: Template) -> None:
    blank = replace(CELL, number="", dated_on=None)
    assert found(one, blank, draft=True) == []
    assert {problem.code for problem in found(one, blank)} == {"number_blank", "date_blank"}


def test_the_checker_would_notice_a_head_that_is_wrong() -> None:
    notice = next(one for one in templates() if one.code == "notice")
    assert found(notice, replace(CELL, superior=""))
    assert found(notice, replace(CELL, symbol="TB/ĐU"))
    assert found(notice, replace(CELL, place=""))
