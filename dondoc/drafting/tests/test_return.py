"""The way back of a Word file: differences are shown and taken one by one; what is no file of the draft is refused in words, and nothing is taken."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.directives import services as directives
from dondoc.directives.tests.work import SAID
from dondoc.documents.files import DOCX
from dondoc.drafting import controls, papers, services
from dondoc.drafting.models import Clause, Difference, DocumentDraft, Return
from dondoc.lib.refusals import Refused
from dondoc.tests.told_once import told_once

from .story import BLAME, PLACE, PLAN, Story, tell

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@told_once
def story() -> Story:
    return tell()


def made(draft: DocumentDraft) -> bytes:
    return papers.word_file(draft, list(draft.clauses.all()), SAID)


def edited(docx: bytes, *changes: tuple[str, str], part: str = "word/document.xml") -> bytes:
    """The file with words of its text replaced, as if it had been edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            if name == part and isinstance(content, str):
                for before, after in changes:
                    assert before in content
                    content = content.replace(before, after, 1)
            new.writestr(name, content)
    return out.getvalue()


def bring(story: Story, draft: DocumentDraft, data: bytes) -> Return:
    compared = services.look(draft, data, SAID)
    upload = SimpleUploadedFile("thong-bao.docx", data, DOCX)
    return services.bring_back(draft.pk, upload, compared, seen=draft.version, act=story.place.act(PLACE, "clerk"))


def take(story: Story, difference: Difference, *, take: bool = True) -> None:
    version = DocumentDraft.objects.get(pk=difference.came.draft_id).version
    services.settle(difference.pk, take=take, seen=version, act=story.place.act(PLACE, "clerk"))


def test_a_file_that_was_only_downloaded_changes_nothing(story: Story) -> None:
    draft = story.draft()
    assert services.look(draft, made(draft), SAID).differences == ()


def test_changed_added_and_removed_are_taken_or_not_one_by_one(story: Story) -> None:
    draft = story.draft()
    closing = draft.clauses.get(name="closing")
    data = edited(
        made(draft),
        (BLAME, "chưa kiểm tra, chưa nhắc việc các chi bộ"),
        ("</w:body>", "</w:body>"),
        (closing.text, ""),
    )
    data = edited(
        data,
        (
            "Tích cực" if "Tích cực" in str(data) else "</w:sdt><w:sdt>",
            "</w:sdt>" + PARAGRAPH.format("Giao Ban Tổ chức theo dõi.") + "<w:sdt>",
        ),
    )
    came = bring(story, draft, data)
    found = {one.kind: one for one in came.differences.all()}
    assert set(found) == {"changed", "added", "removed"}
    take(story, found["changed"])
    take(story, found["added"])
    take(story, found["removed"], take=False)
    assert "chưa nhắc việc" in story.clause(draft, "finding", 1).text
    new = draft.clauses.get(text="Giao Ban Tổ chức theo dõi.")
    assert new.made == "free"
    closing.refresh_from_db()
    assert not closing.left_out
    with pytest.raises(Refused, match="difference_settled"):
        take(story, found["removed"])


def test_a_change_of_an_unissued_directive_is_taken_into_its_tasks_and_of_an_issued_one_refused(story: Story) -> None:
    draft = story.draft()
    data = edited(made(draft), (PLAN[1:], "ập kế hoạch khắc phục, gửi trước ngày 20/5"))
    [difference] = bring(story, draft, data).differences.all()
    take(story, difference)
    assert "gửi trước ngày 20/5" in story.assignments()[0].task

    draft.refresh_from_db()
    [again] = bring(story, draft, edited(made(draft), ("20/5", "25/5"))).differences.all()
    story.complete()
    plan = story.assignments()[0]
    [ready] = directives.approve([plan.pk], seen=plan.version, act=story.place.act(PLACE, "leader"))
    directives.issue([ready.pk], oral=True, seen=ready.version, act=story.place.act(PLACE, "clerk"))
    with pytest.raises(Refused, match="directive_is_given"):
        take(story, again)
    again.refresh_from_db()
    assert again.outcome == ""
    assert "20/5" in story.clause(draft, "directive").text


def test_words_outside_of_the_pieces_are_named_and_cannot_be_taken(story: Story) -> None:
    draft = story.draft()
    [difference] = bring(story, draft, edited(made(draft), ("BAN THƯỜNG VỤ", "ĐẢNG ĐOÀN"))).differences.all()
    assert (difference.kind, difference.there) == ("outside", "T/M ĐẢNG ĐOÀN")
    with pytest.raises(Refused, match="difference_settled"):
        take(story, difference)


def test_a_file_of_an_older_version_changes_only_what_was_changed_in_it(story: Story) -> None:
    draft = story.draft()
    older = edited(made(draft), (BLAME, "ít kiểm tra"))
    clerk = story.place.act(PLACE, "clerk")
    services.save_clause(story.clause(draft, "finding").pk, "Sửa trên trang.", seen=draft.version, act=clerk)
    services.add_clause(draft.pk, "Thêm trên trang.", after=story.clause(draft, "finding").pk, act=clerk)
    draft.refresh_from_db()
    [difference] = bring(story, draft, older).differences.all()
    assert (difference.kind, difference.clause) == ("changed", story.clause(draft, "finding", 1))


def test_the_order_of_the_file_is_taken_as_a_whole(story: Story) -> None:
    draft = story.draft()
    one, two = (str(story.clause(draft, "directive", n).pk) for n in (0, 1))
    xml = zipfile.ZipFile(io.BytesIO(made(draft))).read("word/document.xml").decode()
    first = xml[xml.rindex("<w:sdt>", 0, xml.index(f"-{one}-")) :].split("</w:sdt>")[0] + "</w:sdt>"
    second = xml[xml.rindex("<w:sdt>", 0, xml.index(f"-{two}-")) :].split("</w:sdt>")[0] + "</w:sdt>"
    came = bring(story, draft, edited(made(draft), (first + second, second + first)))
    [difference] = came.differences.all()
    assert difference.kind == "order"
    take(story, difference)
    assert [str(one.pk) for one in draft.clauses.filter(made="directive").order_by("ordinal")] == [two, one]


def test_a_file_of_another_draft_is_refused_and_names_it(story: Story) -> None:
    draft = story.draft()
    services.drop(draft.pk, seen=draft.version, act=story.place.act(PLACE, "clerk"))
    with pytest.raises(Refused) as refused:
        services.look(story.draft(), made(draft), SAID)
    assert (refused.value.code, refused.value.data["number"]) == ("drafting.file_of_another", draft.pk)


def test_a_foreign_document_is_refused(story: Story) -> None:
    draft = story.draft()
    foreign = edited(made(draft))
    body = "".join(PARAGRAPH.format(f"Báo cáo tổng kết mục {n}") for n in range(20))
    xml = zipfile.ZipFile(io.BytesIO(foreign)).read("word/document.xml").decode()
    begin, end = xml.index("<w:body>") + 8, xml.index("</w:body>")
    with pytest.raises(Refused, match="file_of_none"):
        services.look(draft, edited(foreign, (xml[begin:end], body)), SAID)


def test_ten_thousand_paragraphs_are_refused_before_they_are_compared(story: Story) -> None:
    draft = story.draft()
    many = "".join(PARAGRAPH.format(n) for n in range(10_000))
    with pytest.raises(Refused, match="file_too_long"):
        services.look(draft, edited(made(draft), ("</w:body>", many + "</w:body>")), SAID)
    some = "".join(PARAGRAPH.format(f"Đoạn lạ số {n}") for n in range(1_000))
    with pytest.raises(Refused, match="file_differs_everywhere"):
        services.look(draft, edited(made(draft), ("<w:body>", "<w:body>" + some)), SAID)


@pytest.mark.parametrize(
    "xml",
    [
        b"<w:document",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="x">&a;</w:document>',
        b"<a>" * 2_000,
        b"",
    ],
)
def test_broken_and_hostile_parts_are_refused_in_words(xml: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", xml)
    with pytest.raises(Refused, match="file_broken"):
        controls.read(out.getvalue())
    with pytest.raises(Refused, match="file_broken"):
        controls.read(b"PK\x03\x04 not a zip")


def test_struck_out_words_of_tracked_changes_are_no_text_and_inserted_ones_are(story: Story) -> None:
    draft = story.draft()
    closing = draft.clauses.get(name="closing")
    run = f'<w:t xml:space="preserve">{closing.text}</w:t></w:r>'
    tracked = run + "<w:ins><w:r><w:t> Thêm.</w:t></w:r></w:ins><w:del><w:r><w:delText>Bỏ.</w:delText></w:r></w:del>"
    [difference] = services.look(draft, edited(made(draft), (run, tracked)), SAID).differences
    assert difference.there == f"{closing.text} Thêm."


def sent(client: Client, story: Story, draft: DocumentDraft, name: str, data: bytes) -> int:
    sign_in(client, story.place.person(PLACE, "clerk"))
    url = reverse("drafting:bring", args=[draft.pk])
    return int(post(client, url, draft.version, file=SimpleUploadedFile(name, data, DOCX)).status_code)


def test_the_page_refuses_macros_marks_of_secrecy_and_other_files_and_keeps_nothing(
    client: Client, story: Story
) -> None:
    from dondoc.clock.models import DemonstrationDay

    DemonstrationDay.objects.create(pk=1, day=SAID)
    draft = story.draft()
    good = made(draft)
    macros = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(macros, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/vbaProject.bin", b"x")
    marked = edited(good, ("<w:body>", "<w:body>" + PARAGRAPH.format("TỐI MẬT")))
    before = [(one.pk, one.text) for one in Clause.objects.order_by("pk")]
    for name, data in (
        ("a.docx", macros.getvalue()),
        ("a.docx", marked),
        ("a.docx", b"%PDF-1.7 x"),
        ("a.pdf", b"%PDF-1.7 x"),
        ("a.docx", good[: len(good) // 2]),
        ("a.docx", b""),
    ):
        assert sent(client, story, draft, name, data) == 422
    assert not Return.objects.exists()
    assert [(one.pk, one.text) for one in Clause.objects.order_by("pk")] == before
    assert sent(client, story, draft, "a.docx", good) == 302
    assert Return.objects.count() == 1
