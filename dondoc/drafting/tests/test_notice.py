"""The notice of a session: made from its records, approved and issued together with its directives, once."""

from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from dondoc.accounts.tests.people import sign_in
from dondoc.directives import services as directives
from dondoc.directives.models import Assignment, Directive
from dondoc.directives.tests.work import SAID
from dondoc.documents import patterns, pdf
from dondoc.documents.models import OfficialDocument
from dondoc.documents.patterns.tests.words import lines
from dondoc.documents.services import replace_template, store_made
from dondoc.drafting import papers, services
from dondoc.drafting.models import Clause, DocumentDraft
from dondoc.history.models import Entry, Event
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.tests.told_once import told_once

from .story import BLAME, PLACE, PLAN, WATCH, Story, numbering, tell


@told_once
def story() -> Story:
    return tell()


def issue(story: Story, draft: DocumentDraft) -> OfficialDocument:
    return services.issue(
        draft.pk,
        numbering(),
        seen=draft.version,
        assignments=story.versions(),
        act=story.place.act(PLACE, "clerk"),
    )


def test_each_paragraph_is_linked_to_the_record_that_it_is_made_from(story: Story) -> None:
    draft = story.draft()
    made = [(one.made, one.record) for one in draft.clauses.filter(made__in=["finding", "directive"])]
    assert [kind for kind, _record in made] == ["finding", "finding", "directive", "directive"]
    assert [record for kind, record in made if kind == "directive"] == [one.pk for one in story.told]
    assert story.clause(draft, "finding", 1).text == f"Xã A1: {BLAME}."
    assert set(draft.sent_to.all()) == {story.place.units["Xã A1"], story.place.units["Xã A2"]}


def test_a_session_has_one_living_draft_of_its_notice(story: Story) -> None:
    assert story.draft().pk == services.draft_notice(story.session, act=story.place.act(PLACE, "leader")).pk


def test_parts_are_numbered_and_their_paragraphs_counted_from_one_again(story: Story) -> None:
    draft = story.draft()
    out = story.clause(draft, "directive")
    services.leave_out(out.pk, out=True, seen=draft.version, act=story.place.act(PLACE, "clerk"))
    numbers = [one.number for one in papers.numbered(draft.clauses.all()) if one.clause.name == "body"]
    assert numbers == ["I.", "1.", "II.", "1.", "III.", "1."]


def test_approving_approves_the_assignments_of_its_directives_and_names_every_gap_before(story: Story) -> None:
    draft = story.draft()
    plan = story.assignments("drafted")[0]
    directives.save_field(plan.pk, "product", "", seen=plan.version, act=story.place.act(PLACE, "clerk"))
    leader = story.place.act(PLACE, "leader")
    with pytest.raises(Refused) as refused:
        services.approve(draft.pk, seen=draft.version, assignments=story.versions(), act=leader)
    assert refused.value.code == "directives.incomplete"
    plan.refresh_from_db()
    directives.save_field(plan.pk, "product", "Kế hoạch", seen=plan.version, act=story.place.act(PLACE, "clerk"))
    assert story.approved().state == "approved"
    assert {one.state for one in story.assignments()} == {"approved"}


def test_the_person_must_have_seen_the_assignments_that_are_approved_with_it(story: Story) -> None:
    draft = story.draft()
    story.complete()
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.approve(draft.pk, seen=draft.version, assignments={}, act=story.place.act(PLACE, "leader"))


def test_issuing_gives_the_number_and_issues_the_directives_in_one_act(story: Story) -> None:
    draft = story.approved()
    before = Entry.objects.count()
    document = issue(story, draft)
    assert Entry.objects.count() == before + 1
    actions = set(Event.objects.filter(entry=Entry.objects.latest("number")).values_list("action", flat=True))
    assert {"documents.numbered", "documents.original_kept", "directives.issue", "drafting.issued"} <= actions
    assert {(one.state, one.document_id) for one in story.assignments()} == {("issued", document.pk)}
    draft.refresh_from_db()
    assert (draft.state, draft.document) == ("issued", document)
    assert document.file is not None
    assert document.file.name == "01-TB-TU.docx"
    recipients = {one.unit_id for one in document.recipients.all() if one.unit_id}
    assert recipients == {story.place.unit("Xã A1"), story.place.unit("Xã A2")}


def test_a_directive_that_left_with_another_document_does_not_leave_twice(story: Story) -> None:
    first = story.approved()
    again = Assignment.objects.filter(directive=story.told[0].pk)
    services.send_back(first.pk, reason="Sửa câu mở đầu.", seen=first.version, act=story.place.act(PLACE, "leader"))
    assert {one.state for one in story.assignments()} == {"drafted"}
    draft = story.approved()
    issue(story, draft)
    assert {one.document_id for one in again} == {OfficialDocument.objects.get().pk}
    second = story.draft()
    assert second.pk != draft.pk
    with pytest.raises(Refused) as refused:
        services.approve(
            second.pk, seen=second.version, assignments=story.versions(), act=story.place.act(PLACE, "leader")
        )
    assert refused.value.code == "drafting.directive_went_out"
    assert refused.value.data["number"] == "01-TB/TU"


def test_when_the_form_is_wrong_no_number_is_given_until_a_person_says_so(story: Story) -> None:
    draft = story.draft()
    line = draft.clauses.get(name="head.issuer")
    services.save_clause(line.pk, "HUYỆN ỦY LẠ", seen=draft.version, act=story.place.act(PLACE, "clerk"))
    draft = story.approved()
    with pytest.raises(Refused) as refused:
        issue(story, draft)
    assert refused.value.code == "drafting.not_in_form"
    assert refused.value.data["faults"]
    assert not OfficialDocument.objects.exists()
    assert {one.state for one in story.assignments()} == {"approved"}
    services.issue(
        draft.pk,
        numbering(),
        seen=draft.version,
        assignments=story.versions(),
        despite=True,
        act=story.place.act(PLACE, "clerk"),
    )
    assert OfficialDocument.objects.get().number == 1


def test_other_words_of_a_directive_reach_the_tasks_that_had_the_former_ones(story: Story) -> None:
    draft = story.draft()
    mine, other = story.assignments("drafted")[1:]
    clerk = story.place.act(PLACE, "clerk")
    directives.save_field(other.pk, "task", "Riêng xã A2: nhắc việc hằng tuần", seen=other.version, act=clerk)
    clause = story.clause(draft, "directive", 1)
    services.save_clause(clause.pk, "Kiểm tra, nhắc việc các chi bộ hằng tháng.", seen=draft.version, act=clerk)
    for one in (mine, other):
        one.refresh_from_db()
    assert mine.task == "Kiểm tra, nhắc việc các chi bộ hằng tháng."
    assert other.task == "Riêng xã A2: nhắc việc hằng tuần"
    assert story.told[1].text == WATCH


def test_words_of_an_issued_directive_stand(story: Story) -> None:
    story.complete()
    ready = directives.approve(
        [one.pk for one in story.assignments()], seen=story.versions(), act=story.place.act(PLACE, "leader")
    )
    plan = next(one for one in ready if one.directive_id == story.told[0].pk)
    clerk = story.place.act(PLACE, "clerk")
    draft = story.draft()
    clause = story.clause(draft, "directive")
    with pytest.raises(Refused, match="directive_is_approved"):
        services.save_clause(clause.pk, "Khác", seen=draft.version, act=clerk)
    directives.issue([plan.pk], oral=True, seen=plan.version, act=clerk)
    with pytest.raises(Refused, match="directive_is_given"):
        services.save_clause(clause.pk, "Khác", seen=draft.version, act=clerk)
    clause.refresh_from_db()
    assert PLAN in clause.text


def test_a_save_that_comes_late_is_kept_beside_until_a_person_chooses(story: Story) -> None:
    draft = story.draft()
    clause = story.clause(draft, "finding")
    seen = draft.version
    services.save_clause(clause.pk, "Lời thứ nhất.", seen=seen, act=story.place.act(PLACE, "clerk"))
    saved = services.save_clause(clause.pk, "Lời thứ hai.", seen=seen, act=story.place.act(PLACE, "leader"))
    assert saved.late is not None
    assert Clause.objects.get(pk=clause.pk).text == "Lời thứ nhất."
    services.choose_late(saved.late.pk, take=True, seen=saved.version, act=story.place.act(PLACE, "clerk"))
    assert Clause.objects.get(pk=clause.pk).text == "Lời thứ hai."


def test_words_with_a_mark_of_secrecy_do_not_come_in(story: Story) -> None:
    draft = story.draft()
    clause = story.clause(draft, "finding")
    with pytest.raises(Refused, match=r"documents\.secret"):
        services.save_clause(clause.pk, "TUYỆT MẬT\nNội dung", seen=draft.version, act=story.place.act(PLACE, "clerk"))


def test_what_was_withdrawn_meanwhile_does_not_go_out(story: Story) -> None:
    draft = story.approved()
    Directive.objects.filter(pk=story.told[0].pk).update(withdrawn_on=SAID)
    with pytest.raises(Refused) as refused:
        issue(story, draft)
    assert [one.code for one in refused.value.data["problems"]] == ["drafting.record_withdrawn"]
    assert not OfficialDocument.objects.exists()


def test_a_unit_that_has_ended_issues_nothing(story: Story) -> None:
    draft = story.approved()
    Unit.objects.filter(pk=draft.unit_id).update(valid_to=SAID)
    with pytest.raises(Refused) as refused:
        issue(story, draft)
    assert [one.code for one in refused.value.data["problems"]] == ["drafting.unit_has_ended"]


def test_a_settled_draft_is_not_changed_any_more(story: Story) -> None:
    draft = story.draft()
    clause = story.clause(draft, "finding")
    services.drop(draft.pk, seen=draft.version, act=story.place.act(PLACE, "clerk"))
    with pytest.raises(Refused, match="no_draft_any_more"):
        services.save_clause(clause.pk, "Khác", seen=99, act=story.place.act(PLACE, "clerk"))


def test_the_draft_of_a_unit_is_set_by_the_template_of_its_own(story: Story) -> None:
    draft = story.draft()
    day = story.place.act(PLACE, "clerk").day
    said = "Theo mẫu riêng của cơ quan."
    made = Document(BytesIO(patterns.read("notice", day).docx))
    made.paragraphs[-1].insert_paragraph_before(said)
    own = BytesIO()
    made.save(own)
    file = store_made("mau.docx", own.getvalue())
    replace_template(draft.unit_id, "notice", file, since=day, seen=0, act=story.place.act(PLACE, "leader"))
    assert said in lines(papers.word_file(draft, list(draft.clauses.all()), day))


def test_a_draft_and_the_issued_document_come_as_pdf_too_where_it_can_be_made(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "program", lambda: "soffice")
    monkeypatch.setattr(pdf, "pdf_of", lambda docx: b"%PDF of " + docx[:2])
    draft = story.approved()
    client = sign_in(Client(), story.place.person(PLACE, "clerk"))
    page = f"/drafting/{draft.pk}/"
    assert f"{page}word/?as=pdf" in client.get(page).content.decode()
    made = client.get(f"{page}word/?as=pdf")
    assert (made["Content-Type"], made.getvalue()) == ("application/pdf", b"%PDF of PK")

    document = issue(story, draft)
    went_out = client.get(f"{page}word/?as=pdf", follow=True)
    assert went_out.redirect_chain[0][0] == f"/documents/files/{document.file_id}/?as=pdf"
    assert (went_out["Content-Type"], went_out.getvalue()) == ("application/pdf", b"%PDF of PK")
    assert "01-TB-TU.pdf" in went_out["Content-Disposition"]

    monkeypatch.setattr(pdf, "program", lambda: None)
    assert "LibreOffice" in client.get(f"/documents/files/{document.file_id}/look/").content.decode()
