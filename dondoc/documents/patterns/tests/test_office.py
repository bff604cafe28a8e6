"""A unit replaces a template by its own Word file, and goes back."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from dondoc.accounts.models import Term
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.documents.models import OfficeTemplate, StoredFile
from dondoc.documents.patterns import fill, read
from dondoc.documents.patterns.office import examine
from dondoc.documents.patterns.tests.words import CELL, PROVINCE, lines, word
from dondoc.documents.services import replace_template, store_made
from dondoc.history.models import Event
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
NEXT = date(2023, 4, 29)


def changed(text: str = "Văn phòng: {{p nội_dung }}", *, code: str = "notice") -> bytes:
    """Our template with a paragraph added before its last."""
    made = Document(BytesIO(read(code, DAY).docx))
    made.paragraphs[-1].insert_paragraph_before(text)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


OWN = changed("Mẫu riêng của đơn vị.")


@told_once
def told() -> dict[str, Unit]:
    DemonstrationDay.objects.create(pk=1, day=DAY)
    units = draw("Tỉnh ủy > Huyện ủy A > Xã A1\nTỉnh ủy > Huyện ủy B")
    hold(units["Huyện ủy A"], "leader", title="Bí thư Huyện ủy A")
    hold(units["Huyện ủy A"], "clerk", title="Văn phòng Huyện ủy A")
    return units


def as_(client: Client, kind: str) -> Client:
    return sign_in(client, Term.objects.get(post__kind=kind).account)


def bring(client: Client, unit: Unit, content: bytes, seen: int = 0, name: str = "mau.docx") -> Any:
    where = reverse("documents:template-replace", args=[unit.pk, "notice"])
    return post(client, where, seen, file=SimpleUploadedFile(name, content))


def test_from_its_day_on_the_unit_and_nobody_else_uses_its_own_file(told: dict[str, Unit]) -> None:
    a, b = told["Huyện ủy A"], told["Huyện ủy B"]
    replace_template(a.pk, "notice", store_made("mau.docx", OWN), since=NEXT, seen=0, act=act_on(DAY))
    said = "Mẫu riêng của đơn vị."
    values = read("notice", DAY).samples
    assert said not in lines(fill("notice", values, DAY, PROVINCE, a.pk))
    assert said in lines(fill("notice", values, NEXT, PROVINCE, a.pk))
    assert said not in lines(fill("notice", values, NEXT, PROVINCE, b.pk))
    assert said not in lines(fill("notice", values, NEXT, PROVINCE))
    replace_template(a.pk, "notice", None, since=NEXT, seen=1, act=act_on(NEXT))
    assert said not in lines(fill("notice", values, NEXT, PROVINCE, a.pk))


def test_two_who_saw_the_same_version_do_not_both_replace_it(told: dict[str, Unit]) -> None:
    a = told["Huyện ủy A"]
    replace_template(a.pk, "notice", store_made("mau.docx", OWN), since=DAY, seen=0, act=act_on(DAY))
    with pytest.raises(Refused, match="changed_meanwhile"):
        replace_template(a.pk, "notice", None, since=DAY, seen=0, act=act_on(DAY))
    assert OfficeTemplate.objects.count() == 1


def test_the_leader_brings_a_template_and_goes_back(client: Client, told: dict[str, Unit]) -> None:
    a = told["Huyện ủy A"]
    as_(client, "leader")
    answer = bring(client, a, OWN)
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "dùng mẫu riêng từ 28/04/2023" in shown
    assert client.get(reverse("documents:template-word", args=[a.pk, "notice"])).content == OWN
    sample = client.get(reverse("documents:template-sample", args=[a.pk, "notice"]))
    assert "Mẫu riêng của đơn vị." in lines(sample.content)
    assert post(client, reverse("documents:template-return", args=[a.pk, "notice"]), 1).status_code == 302
    assert "đang dùng mẫu có sẵn" in client.get(answer["Location"]).content.decode()
    assert [one.action for one in Event.objects.order_by("pk")][-2:] == [
        "documents.template_replaced",
        "documents.template_returned",
    ]


def test_what_is_wrong_with_a_file_is_named_and_nothing_is_stored(client: Client, told: dict[str, Unit]) -> None:
    a = told["Huyện ủy A"]
    as_(client, "leader")
    answer = bring(client, a, changed("Ngày họp: {{ ngày_họp }}"))
    assert answer.status_code == 422
    assert "Ngày họp: {{ ngày_họp }}" in answer.content.decode()
    assert "Không có ô điền “ngày_họp”" in answer.content.decode()
    for content, name in ((b"%PDF-1.7 x", "mau.pdf"), (b"", "mau.docx"), (word("MẬT"), "mau.docx")):
        assert bring(client, a, content, name=name).status_code == 422
    assert not OfficeTemplate.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_clerk_sees_templates_and_does_not_replace_them(client: Client, told: dict[str, Unit]) -> None:
    as_(client, "clerk")
    listed = client.get(reverse("documents:templates"), follow=True).content.decode()
    assert "Thông báo kết luận buổi làm việc" in listed
    page = client.get(reverse("documents:template", args=[told["Huyện ủy A"].pk, "urging"])).content.decode()
    assert "{%tr for dòng in nhiệm_vụ_quá_hạn %}" in page
    assert "Thay mẫu" not in page
    assert bring(client, told["Huyện ủy A"], OWN).status_code == 403
    assert client.get(reverse("documents:template", args=[told["Huyện ủy B"].pk, "urging"])).status_code == 404


def test_a_file_is_looked_at_before_it_becomes_a_template() -> None:
    ours = read("notice", DAY)
    assert not examine(OWN, ours, "cell", CELL.dated_on or DAY).problems
    torn = changed("{% if kết_thúc %}")
    assert [one.code for one in examine(torn, ours, "cell", DAY).problems] == ["documents.template_syntax"]
    large = changed("Chữ " * 300_000)
    assert [one.code for one in examine(large, ours, "cell", DAY).problems] == ["documents.template_too_large"]


def test_its_form_is_remarked_on() -> None:
    made = Document(BytesIO(read("notice", DAY).docx))
    made.sections[0].left_margin = 0
    out = BytesIO()
    made.save(out)
    seen = examine(out.getvalue(), read("notice", DAY), "province", DAY)
    assert not seen.problems
    assert [one.code for one in seen.remarks] == ["margin_left"]
