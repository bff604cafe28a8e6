"""A text comes in: read into a draft, or stopped with nothing kept."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.history.models import Event
from dondoc.intake.drafting import drafted
from dondoc.intake.extract import reader
from dondoc.intake.models import Draft, DraftValue
from dondoc.intake.tests.drafts import SAMPLE, TEXT, Story, codes, seed, value
from dondoc.lib.tests.files import NAMES, paragraph, pdf, to_1258, to_tcvn3, to_vni, typeset, word
from dondoc.organisations.tests.trees import act_on

OTHER_SUBJECT = "Giá vàng trong nước sáng nay tăng 500.000 đồng mỗi lượng so với hôm qua. Đội tuyển bóng đá thắng 2-0 trong trận tối qua."
FIELDS = {"kind": "article", "access": "public"}


@pytest.fixture
def clerk(client: Client, story: Story) -> Client:
    return sign_in(client, story.clerk)


def send(client: Client, **fields: Any) -> Any:
    return post(client, reverse("intake:receive"), 0, **{**FIELDS, **fields})


def test_a_text_becomes_a_draft_with_its_values(clerk: Client) -> None:
    answer = send(clerk, text=TEXT)
    draft = Draft.objects.get()
    assert answer.url == reverse("intake:draft", args=[draft.pk])
    found = {(v.content["indicator"], v.content["value"]) for v in draft.values.filter(kind="figure")}
    assert {("members", "78"), ("cells", "5"), ("admissions", "9"), ("admissions_target", "13")} <= found


def test_the_article_is_read_without_a_problem(story: Story) -> None:
    draft = story.receive(seed())
    assert codes(draft) == []
    assert value(draft, "event", "date").content["day"] == "2023-04-28"
    assert value(draft, "event", "leader").content["post"] == story.leader_post.pk
    assert {v.content["unit"] for v in draft.values.filter(kind="unit")} == {
        story.units[name].pk for name in ("Huyện ủy Cam Lâm > Xã Sơn Tân", "Xã Cam Thành Bắc", "Xã Cam Hải Tây")
    }


def test_every_span_covers_its_words_in_the_text_as_it_is_kept(story: Story) -> None:
    draft = story.receive(seed())
    target = value(draft, "figure", indicator="admissions_target", value="13")
    assert (draft.text[target.span_start : target.span_end]).endswith("13 đồng chí")


def test_the_text_is_brought_to_one_form_on_arrival(story: Story) -> None:
    import unicodedata

    draft = story.receive(unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n"))
    assert draft.text == TEXT


def test_the_same_text_leads_to_the_draft_it_already_has(clerk: Client, story: Story) -> None:
    first = story.receive()
    answer = send(clerk, text=TEXT)
    assert answer.url == reverse("intake:draft", args=[first.pk])
    assert Draft.objects.count() == 1


def test_the_same_text_leads_to_the_session_once_it_is_confirmed(clerk: Client, story: Story) -> None:
    session = story.confirm(story.receive())
    assert send(clerk, text=TEXT).url == reverse("working_sessions:page", args=[session.pk])


def test_a_text_put_aside_can_be_brought_again(clerk: Client, story: Story) -> None:
    draft = story.receive()
    post(clerk, reverse("intake:discard", args=[draft.pk]), seen=draft.version)
    send(clerk, text=TEXT)
    assert sorted(Draft.objects.values_list("state", flat=True)) == ["dropped", "open"]


@pytest.mark.parametrize(
    ("fields", "door"), [({"text": TEXT}, "examine_text"), ({"file": TEXT.encode()}, "examine_source")]
)
def test_a_text_is_examined_and_read_before_anything_is_locked(
    clerk: Client, fields: dict[str, Any], door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = import_module("dondoc.intake.services.receive")
    depths: list[int] = []

    def told(as_ever: Callable[..., Any]) -> Callable[..., Any]:
        def looked(*args: Any) -> Any:
            depths.append(len(connection.savepoint_ids))
            return as_ever(*args)

        return looked

    for name in (door, "read"):
        monkeypatch.setattr(service, name, told(getattr(service, name)))
    outside = len(connection.savepoint_ids)
    sent = {name: SimpleUploadedFile("bai.txt", data) if name == "file" else data for name, data in fields.items()}
    assert send(clerk, **sent).status_code == 302
    assert depths == [outside, outside]


def test_receiving_leaves_one_entry_of_the_history(clerk: Client) -> None:
    send(clerk, text=TEXT)
    assert [event.action for event in Event.objects.filter(action__startswith="intake")] == ["intake.received"]


STOPPED: dict[str, dict[str, Any]] = {
    "empty": {"text": ""},
    "only spaces": {"text": " \n\t "},
    "another subject": {"text": OTHER_SUBJECT},
    "secret": {"text": "MẬT\n\n" + TEXT},
    "most secret": {"text": "TUYỆT MẬT\n" + TEXT},
    "control signs": {"text": TEXT + "\x01\x02"},
    "ten megabytes": {"text": "Đảng bộ xã " * 690_000},
    "binary file": {"file": b"\x00\x01\x02\xff" * 50},
    "wrong encoding": {"file": TEXT.encode("utf-8").replace(b"\xc4\x90", b"\xd0\xff")},
    "empty file": {"file": b""},
    "unknown kind": {"text": TEXT, "kind": "novel"},
}


@pytest.mark.parametrize("fields", STOPPED.values(), ids=STOPPED)
def test_what_may_not_come_in_is_stopped_with_a_message_and_nothing_kept(clerk: Client, fields: dict[str, Any]) -> None:
    if "file" in fields:
        fields = {**fields, "file": SimpleUploadedFile("bai.txt", fields["file"])}
    answer = send(clerk, **fields)
    assert answer.status_code == 422
    assert 'id="problems"' in answer.content.decode()
    assert not Draft.objects.exists()
    assert not DraftValue.objects.exists()
    assert not Event.objects.filter(action__startswith="intake").exists()


def test_what_was_typed_is_given_back_when_it_is_stopped(clerk: Client) -> None:
    assert OTHER_SUBJECT in send(clerk, text=OTHER_SUBJECT, kind="report").content.decode()


def test_ten_megabytes_are_not_sent_back(clerk: Client) -> None:
    assert len(send(clerk, **STOPPED["ten megabytes"]).content) < 100_000


def test_markup_loses_its_scripts_and_is_read(clerk: Client) -> None:
    markup = "<html><script>alert(1)</script><p>" + TEXT.replace("\n\n", "</p><p>") + "</p></html>"
    answer = send(clerk, text=markup)
    assert answer.status_code == 302
    assert "alert" not in Draft.objects.get().text
    assert "<script>alert" not in clerk.get(answer.url).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_text_file_is_read_in_any_unicode_encoding(clerk: Client, encoding: str) -> None:
    send(clerk, file=SimpleUploadedFile("bai.txt", TEXT.encode(encoding)))
    assert Draft.objects.get().text == TEXT


FILES = {
    "bai.docx": word("".join(paragraph(line) for line in TEXT.split("\n"))),
    "bai.html": f"<!doctype html><p>{TEXT.replace(chr(10), '</p><p>')}</p>".encode(),
    "bai.pdf": typeset([line for line in TEXT.split("\n") if line]),
    "bai-tcvn3.txt": to_tcvn3(TEXT),
    "bai-vni.txt": to_vni(TEXT),
    "bai-1258.txt": to_1258(TEXT),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_kind_gives_the_same_values_as_the_pasted_text(clerk: Client, story: Story, name: str) -> None:
    send(clerk, file=SimpleUploadedFile(name, FILES[name]))
    draft = Draft.objects.get()
    pasted = drafted(reader.read(TEXT))
    assert [v.content for v in drafted(reader.read(draft.text))] == [v.content for v in pasted]
    assert draft.values.count() == len(pasted)


NOT_READ = {
    "ban-chup.pdf": (pdf([], picture=True), "bản chụp (scan)"),
    "khoa.pdf": (pdf([(70, 700, "a")], locked=True), "mật khẩu"),
    "hong.docx": (word(paragraph(TEXT))[:-40], "có thể tệp bị hỏng"),
    "cu.doc": (b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "WordDocument".encode("utf-16-le"), "Word định dạng cũ"),
    "anh.jpg": (b"\xff\xd8\xff\xe0" + b"\0" * 99, "hình ảnh"),
    "bang.txt": (b"T\xfdnh \xfey \x81\x8d " * 30, "bảng mã"),
    "lon.txt": (b"a" * (10 * 1024 * 1024 + 1), "10 MB"),
    "mat.pdf": (pdf([(70, 700, "TỐI MẬT"), (70, 600, TEXT[:80])]), "Tối mật"),
    "mat.docx": (word(paragraph("M\u1eac\u0422") + paragraph(TEXT)), "Mật"),  # a Cyrillic letter
    "dau-trang.docx": (word(paragraph(TEXT), header1=f"<w:hdr {NAMES}>{paragraph('MẬT')}</w:hdr>"), "Mật"),
    "Báo cáo (Mật).txt": (TEXT.encode(), "Mật"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_a_file_that_is_not_taken_says_why_beside_its_field(clerk: Client, name: str) -> None:
    data, words = NOT_READ[name]
    answer = send(clerk, file=SimpleUploadedFile(name, data), kind="report")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page.partition('id="id_file_error"')[2][:600]
    assert 'value="report" selected' in page
    assert not Draft.objects.exists()


def test_a_text_and_a_file_together_are_not_guessed_between(clerk: Client) -> None:
    answer = send(clerk, text=TEXT, file=SimpleUploadedFile("bai.txt", b"x"))
    assert answer.status_code == 422
    assert TEXT.split("\n")[0] in answer.content.decode()
    assert not Draft.objects.exists()


def test_the_sample_is_offered_only_in_a_demonstration(clerk: Client) -> None:
    assert 'name="sample"' in clerk.get(reverse("intake:list")).content.decode()
    send(clerk, text="", sample="1")
    assert Draft.objects.get().text == SAMPLE.read_text(encoding="utf-8").strip("\n")
    DemonstrationDay.objects.all().delete()
    assert 'name="sample"' not in clerk.get(reverse("intake:list")).content.decode()
    assert send(clerk, text="", sample="1").status_code == 422


def test_a_head_of_a_unit_takes_in_no_texts(client: Client, story: Story) -> None:
    head = hold(story.units["Xã Cam Hải Tây"], "head")
    sign_in(client, head)
    assert send(client, text=TEXT).status_code == 403
    assert 'name="text"' not in client.get(reverse("intake:list")).content.decode()
    assert not Draft.objects.exists()


def test_a_draft_is_closed_to_other_offices(client: Client, story: Story) -> None:
    draft = story.receive()
    sign_in(client, story.outsider)
    assert client.get(reverse("intake:draft", args=[draft.pk])).status_code == 404


def test_a_draft_left_open_for_a_week_is_still_there(clerk: Client, story: Story) -> None:
    draft = story.receive()
    dropped = value(draft, "figure", indicator="members")
    post(clerk, reverse("intake:drop", args=[dropped.pk]), seen=dropped.counter)
    DemonstrationDay.objects.update(day=date(2023, 5, 11))
    page = clerk.get(reverse("intake:list")).content.decode()
    assert reverse("intake:draft", args=[draft.pk]) in page
    dropped.refresh_from_db()
    assert dropped.dropped


ONLY_NAME = "Năm 2022, Đảng bộ xã Sơn Tân có 78 đảng viên thuộc 5 chi bộ, kết nạp được 4 đảng viên."


def test_a_name_that_two_provinces_have_is_not_guessed(story: Story) -> None:
    unit = value(story.receive(ONLY_NAME), "unit")
    both = {story.units["Huyện ủy Cam Lâm > Xã Sơn Tân"].pk, story.units["Huyện ủy Sơn Tây > Xã Sơn Tân"].pk}
    assert unit.content["unit"] is None
    assert set(unit.content["candidates"]) == both


def test_a_commune_named_without_its_superior_is_checked_by_a_person(story: Story) -> None:
    draft = story.receive(ONLY_NAME.replace("Sơn Tân", "Vạn Bình"))
    assert "unit_unplaced" in codes(draft)
    assert value(draft, "unit").content["unit"] is None


def test_units_that_did_not_live_on_the_day_are_not_offered(story: Story) -> None:
    from dondoc.organisations.services import dissolve

    dissolve(
        story.units["Huyện ủy Sơn Tây > Xã Sơn Tân"].code,
        decision="2-QĐ",
        effective_on=date(2023, 1, 1),
        act=act_on(date(2022, 12, 1)),
    )
    unit = value(story.receive(ONLY_NAME), "unit")
    assert unit.content["candidates"] == [story.units["Huyện ủy Cam Lâm > Xã Sơn Tân"].pk]
