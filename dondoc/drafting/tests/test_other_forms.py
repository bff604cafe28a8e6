"""Minutes and plans to remedy faults: drafted from a session, with tables whose cells are pieces; they tell of directives and give none."""

import pytest

from dondoc.directives.tests.work import SAID
from dondoc.drafting import papers, services
from dondoc.drafting.controls import read
from dondoc.drafting.models import DocumentDraft
from dondoc.drafting.services import Numbering
from dondoc.lib.refusals import Refused
from dondoc.reports.tests.reporting import ENDS, MONTH, OPENS, Reporting
from dondoc.tests.told_once import told_once

from .story import BLAME, PLACE, Story, tell


@told_once
def story() -> Story:
    return tell()


def plan(story: Story) -> DocumentDraft:
    return services.draft_plan(story.session, story.place.unit("Xã A1"), act=story.place.act("Xã A1", "head"))


def write(story: Story, draft: DocumentDraft, unit: str, kind: str, **words: str) -> None:
    for name, text in words.items():
        where = {"field": name} if name in ("cause", "measure", "product", "deadline") else {"name": name}
        clause = draft.clauses.filter(**where).first() or draft.clauses.get(name=f"head.{name}")
        services.save_clause(clause.pk, text, seen=99, act=story.place.act(unit, kind))
    draft.refresh_from_db()


def test_a_plan_has_a_row_for_each_fault_of_the_unit_and_leaves_the_cells_to_it(story: Story) -> None:
    draft = plan(story)
    cells = {one.field: one.text for one in draft.clauses.filter(name="measures")}
    assert cells["fault"].lower() == BLAME
    assert cells["cause"] == ""
    assert [one.text for one in draft.clauses.filter(heading=True)] == ["Tổ chức thực hiện"]
    write(story, draft, "Xã A1", "head", cause="Chưa phân công rõ", measure="Phân công cấp ủy viên")
    said = [piece.text for piece in read(papers.word_file(draft, list(draft.clauses.all()), SAID))]
    assert {"Chưa phân công rõ", "Phân công cấp ủy viên"} <= set(said)


def test_a_unit_of_which_nothing_was_criticised_has_no_plan(story: Story) -> None:
    with pytest.raises(Refused, match="nothing_criticised"):
        services.draft_plan(story.session, story.place.unit("Xã A2"), act=story.place.act("Xã A2", "head"))


def test_a_row_is_added_with_all_its_cells_and_left_out_as_a_whole(story: Story) -> None:
    draft, head = plan(story), story.place.act("Xã A1", "head")
    fields = ["fault", "cause", "measure", "product", "deadline", "responsible"]
    first = services.add_row(draft.pk, "measures", fields, act=head)
    assert list(draft.clauses.filter(row=2).values_list("field", flat=True)) == fields
    draft.refresh_from_db()
    services.leave_out(first.pk, out=True, seen=draft.version, act=head)
    assert draft.clauses.filter(row=2, left_out=True).count() == 6
    assert draft.clauses.filter(row=1, left_out=True).count() == 0


def test_what_changed_in_a_table_is_named_and_no_piece_of_it_counts_as_missing(story: Story) -> None:
    draft = plan(story)
    assert services.look(draft, papers.word_file(draft, list(draft.clauses.all()), SAID), SAID).differences == ()


def test_a_head_signs_and_numbers_the_plan_of_a_committee_without_an_office(story: Story) -> None:
    draft, head = plan(story), story.place.act("Xã A1", "head")
    write(story, draft, "Xã A1", "head", name="Người Ký", cause="Chưa phân công rõ")
    services.approve(draft.pk, seen=draft.version, assignments={}, act=head)
    draft.refresh_from_db()
    numbering = Numbering("2020-2025", "KH/ĐU", SAID)
    document = services.issue(draft.pk, numbering, seen=draft.version, assignments={}, despite=True, act=head)
    assert str(document) == "01-KH/ĐU"


def test_minutes_ask_for_what_only_those_present_know_and_give_no_directive(story: Story) -> None:
    draft = services.draft_minutes(story.session, act=story.place.act(PLACE, "clerk"))
    leader = story.place.act(PLACE, "leader")
    with pytest.raises(Refused) as refused:
        services.approve(draft.pk, seen=draft.version, assignments={}, act=leader)
    assert [one.source for one in refused.value.data["problems"]] == ["name", "place", "recorder"]
    write(story, draft, PLACE, "clerk", name="Người Ký", place="Hội trường xã A1", recorder="Người Ghi")
    services.approve(draft.pk, seen=draft.version, assignments={}, act=leader)
    draft.refresh_from_db()
    services.issue(
        draft.pk,
        Numbering("2020-2025", "BB/TU", SAID),
        seen=draft.version,
        assignments={},
        despite=True,
        act=story.place.act(PLACE, "clerk"),
    )
    assert {one.state for one in story.assignments()} == {"drafted"}


@pytest.mark.django_db
def test_a_report_that_was_sent_becomes_a_document_with_its_words_and_numbers() -> None:
    month = Reporting()
    month.open(OPENS)
    report = month.report("Chi bộ 1")
    head = month.act("Chi bộ 1", ENDS)
    with pytest.raises(Refused, match="report_not_sent"):
        services.draft_report(report, act=head)
    month.fill(report, MONTH)
    month.submit(report)
    draft = services.draft_report(report, act=head)
    said = [piece.text for piece in read(papers.word_file(draft, list(draft.clauses.all()), ENDS))]
    assert "1. Đã họp chi bộ, kết nạp một đảng viên." in said
    assert "21 đảng viên" in said
    assert draft.clauses.get(name="head.symbol").text == "BC/CB"
    assert [one.pk for one in draft.sent_to.all()] == [report.receiver_id]
