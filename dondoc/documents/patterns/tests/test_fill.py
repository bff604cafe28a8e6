"""A template and values become a Word file."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from dondoc.documents.patterns import Clause, Placeholder, Template, fill, read
from dondoc.documents.patterns.declared import Field, templates
from dondoc.documents.patterns.filling import fill as fill_template
from dondoc.documents.patterns.making import TEMPLATES, made
from dondoc.documents.patterns.tests.words import CELL, PROVINCE, W, lines, word
from dondoc.lib.refusals import Refused

DAY = date(2026, 5, 4)
HOSTILE = "{{ 7*7 }} {% for x in y %} {_{ x }_} <w:p/> &amp; ]]> “${x}” #import \\ %s"


def template(docx: bytes, *placeholders: Placeholder) -> Template:
    return Template("t", "Mẫu thử", "TB", ("cell",), DAY, None, False, placeholders, docx)


def text(name: str, *, required: bool = True) -> Placeholder:
    return Placeholder(name, name, f"Mô tả {name}", "text", required, "mẫu")


ROWS = Placeholder(
    "rows", "các_việc", "Việc", "rows", True, [], (Field("what", "việc", "", ""), Field("due", "hạn", "", ""))
)
HEAD, FOOT = "{{p phần_đầu }}", "{{p phần_cuối }}"


@pytest.mark.parametrize("code", TEMPLATES)
def test_the_word_files_that_ship_are_what_the_program_makes(code: str) -> None:
    assert read(code, DAY).docx == made(code)


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
@pytest.mark.parametrize("head", [PROVINCE, CELL], ids=["province", "cell"])
def test_every_sample_stands_in_the_document_made_of_the_samples(one: Template, head: object) -> None:
    assert isinstance(head, type(PROVINCE))
    written = "\n".join(lines(fill_template(one, one.samples, DAY, head)))
    for said in (head.issuer, head.numbered(), head.dated, head.abstract, head.signing.name, *head.recipients):
        assert said in written
    for placeholder in one.placeholders:
        for item in [placeholder.sample] if isinstance(placeholder.sample, str) else placeholder.sample:
            texts = item.values() if isinstance(item, dict) else [item.text if isinstance(item, Clause) else item]
            for said in texts:
                assert said in written


def test_the_same_values_give_the_same_bytes() -> None:
    values = read("notice", DAY).samples
    assert fill("notice", values, DAY, PROVINCE) == fill("notice", values, DAY, PROVINCE)


def test_what_looks_like_a_placeholder_or_markup_in_a_value_stays_text() -> None:
    docx = word(HEAD, "{{ x }}", "{%p for một in các_việc %}", "{{ một.việc }}", "{%p endfor %}", FOOT)
    head = replace(PROVINCE, issuer=HOSTILE, abstract=HOSTILE, recipients=(HOSTILE,))
    filled = fill_template(
        template(docx, text("x"), ROWS), {"x": HOSTILE, "rows": [{"what": HOSTILE, "due": ""}]}, DAY, head
    )
    found = [line.removeprefix("- ").rstrip(".") for line in lines(filled)]
    assert found.count(HOSTILE) == 4
    assert found[0] == HOSTILE.upper()


def test_line_ends_begin_paragraphs_and_signs_that_word_cannot_hold_are_left_out() -> None:
    filled = fill_template(
        template(word(HEAD, "{{ x }}", FOOT), text("x")), {"x": "một\r\nhai\x00\x0b\ud800"}, DAY, PROVINCE
    )
    assert [line for line in lines(filled) if line in ("một", "hai", "một hai")] == ["một", "hai"]


def test_a_clause_with_a_tag_stands_in_a_content_control_of_its_own() -> None:
    clauses = [Clause("Đoạn một\nđoạn hai", "1.", tag='draft-7"<'), Clause("Đoạn tự do")]
    filled = fill("notice", {"opening": clauses, "body": ["Ý kiến"]}, DAY, PROVINCE)
    tree = etree.fromstring(ZipFile(BytesIO(filled)).read("word/document.xml"))
    (control,) = tree.iter(f"{W}sdt")
    assert control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == 'draft-7"<'
    assert ["".join(p.itertext()) for p in control.iter(f"{W}p")] == ["1. Đoạn một", "đoạn hai"]


def test_a_value_that_is_missing_or_unknown_is_named_before_anything_is_made() -> None:
    one = template(word(HEAD, "{{ x }}", FOOT), text("x"), text("y", required=False))
    with pytest.raises(Refused) as missing:
        fill_template(one, {"x": " "}, DAY, PROVINCE)
    assert (missing.value.code, missing.value.data["names"]) == ("documents.values_missing", "Mô tả x")
    with pytest.raises(Refused) as unknown:
        fill_template(one, {"x": "a", "z": "b"}, DAY, PROVINCE)
    assert (unknown.value.code, unknown.value.data["names"]) == ("documents.values_unknown", "z")


def test_a_template_whose_loop_tears_the_document_is_refused() -> None:
    docx = word(HEAD, FOOT, "{% for một in các_việc %}{{ một.việc }}", row=("{{ một.hạn }}{% endfor %}",))
    rows = [{"what": "a", "due": "b"}] * 2
    with pytest.raises(Refused, match="template_wrong"):
        fill_template(template(docx, ROWS), {"rows": rows}, DAY, PROVINCE)


def test_there_is_no_template_before_its_first_day() -> None:
    with pytest.raises(Refused, match="template_none"):
        read("notice", date(2018, 4, 2))


def test_number_and_date_leave_no_room_for_another_figure() -> None:
    assert (CELL.numbered(), CELL.dated) == ("Số 04-TB/CB", "Cam Hiệp, ngày 08 tháng 02 năm 2026")
    empty = replace(CELL, number="", dated_on=None)
    assert empty.numbered().split() == ["Số", "-TB/CB"]
    assert empty.dated.split() == ["Cam", "Hiệp,", "ngày", "tháng", "năm"]
