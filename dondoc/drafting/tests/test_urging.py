"""Urging letters: one to each unit, issued like other documents, and seen on every task that they urge."""

from datetime import date

import pytest

from dondoc.directives.models import Assignment, Remark
from dondoc.directives.tests.work import Place
from dondoc.drafting import papers, services
from dondoc.drafting.controls import read
from dondoc.drafting.models import DocumentDraft
from dondoc.drafting.services import Numbering
from dondoc.lib.refusals import Refused
from dondoc.tests.told_once import told_once

LATE = date(2023, 6, 15)
OFFICE = "Huyện ủy A"


@told_once
def place() -> Place:
    """Three tasks due on 1 June, two of A1 and one of A2, all followed by their district; and one that is not due yet."""
    place = Place()
    for unit in ("Xã A1", "Xã A1", "Xã A2"):
        place.working(unit, due_on=date(2023, 6, 1))
    place.working("Xã A1", due_on=date(2023, 9, 1))
    place.person(OFFICE, "clerk")
    place.day = LATE
    return place


def urge(place: Place) -> list[DocumentDraft]:
    tasks = Assignment.objects.select_related("directive").order_by("pk")
    return services.urge(list(tasks), act=place.act(OFFICE, "clerk"))


def versions() -> dict[int, int]:
    return dict(Assignment.objects.values_list("pk", "version"))


def approved(place: Place, draft: DocumentDraft) -> DocumentDraft:
    for line, text in (("name", "Người Ký"), ("post", "BÍ THƯ")):
        clause = draft.clauses.get(name=f"head.{line}")
        services.save_clause(clause.pk, text, seen=99, act=place.act(OFFICE, "clerk"))
    draft.refresh_from_db()
    return services.approve(draft.pk, seen=draft.version, assignments={}, act=place.act(OFFICE, "leader"))


def issue(place: Place, draft: DocumentDraft) -> None:
    services.issue(
        draft.pk,
        Numbering("2020-2025", "CV/HU", LATE),
        seen=draft.version,
        assignments=versions(),
        act=place.act(OFFICE, "clerk"),
    )


def test_each_unit_gets_one_letter_with_what_of_it_is_overdue(place: Place) -> None:
    drafts = urge(place)
    assert [(one.unit_id, one.receiver_id) for one in drafts] == [
        (place.unit(OFFICE), place.unit("Xã A1")),
        (place.unit(OFFICE), place.unit("Xã A2")),
    ]
    assert [one.clauses.filter(made="assignment").count() for one in drafts] == [2, 1]
    said = [piece.text for piece in read(papers.word_file(drafts[0], list(drafts[0].clauses.all()), LATE))]
    assert "01/06/2023" in said
    assert "14 ngày" in said
    assert not any("01/09/2023" in text for text in said)


def test_a_second_press_adds_only_what_the_letter_lacks(place: Place) -> None:
    [first] = services.urge([Assignment.objects.order_by("pk")[0]], act=place.act(OFFICE, "clerk"))
    again, other = urge(place)
    assert again.pk == first.pk
    assert again.clauses.filter(made="assignment").count() == 2
    assert other.receiver_id == place.unit("Xã A2")


def test_what_is_not_overdue_is_not_urged(place: Place) -> None:
    with pytest.raises(Refused, match="nothing_overdue"):
        services.urge([Assignment.objects.latest("pk")], act=place.act(OFFICE, "clerk"))


def test_issuing_the_letter_stands_on_the_timeline_of_every_task(place: Place) -> None:
    draft = approved(place, urge(place)[0])
    issue(place, draft)
    urged = Remark.objects.filter(verb="chase").order_by("assignment")
    assert [one.assignment_id for one in urged] == [
        one.record for one in draft.clauses.filter(made="assignment").order_by("record")
    ]
    assert {one.text for one in urged} == {"Công văn đôn đốc số 01-CV/HU ngày 15/06/2023"}


def test_a_task_that_was_reported_meanwhile_stops_the_letter_and_no_number_is_given(place: Place) -> None:
    from dondoc.directives.services import report_result
    from dondoc.documents.models import OfficialDocument

    draft = approved(place, urge(place)[1])
    task = Assignment.objects.get(pk=draft.clauses.get(made="assignment").record or 0)
    report_result(task.pk, text="Đã xong", seen=task.version, act=place.act("Xã A2", "head"))
    with pytest.raises(Refused, match="not_in_this_state"):
        issue(place, draft)
    assert not OfficialDocument.objects.exists()


def test_the_words_of_a_task_that_was_issued_stand(place: Place) -> None:
    draft = urge(place)[0]
    line = draft.clauses.filter(made="assignment").first()
    assert line is not None
    with pytest.raises(Refused, match="assignment_is_issued"):
        services.save_clause(line.pk, "Khác", seen=draft.version, act=place.act(OFFICE, "clerk"))
