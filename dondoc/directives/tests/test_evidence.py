"""Directives that were answered in time are evidence of the duty to answer them, period by period."""

from datetime import date

import pytest

from dondoc.directives.evidence import found
from dondoc.directives.models import Assignment
from dondoc.lib.evidence import Evidence, Proof
from dondoc.lib.periods import Interval

from .work import Place

pytestmark = pytest.mark.django_db

MAY, QUARTER = Interval(date(2023, 5, 1), date(2023, 6, 1)), Interval(date(2023, 4, 1), date(2023, 7, 1))
DUE = date(2023, 5, 28)


def proof(place: Place, name: str, period: Interval = MAY) -> Proof | None:
    """What the directives of the unit show for the period."""
    listed = [one for one in found([place.unit(name)], date(2023, 5, 1), date(2023, 6, 30)) if one.period == period]
    assert len(listed) <= 1
    assert all(one.kind is Evidence.DIRECTIVES_ANSWERED for one in listed)
    return listed[0] if listed else None


def answered(place: Place, work: Assignment, on: date) -> None:
    """The result is reported on that day, seen from the ledger."""
    Assignment.objects.filter(pk=work.pk).update(state="reported", reported_on=on)


def test_a_directive_that_waits_for_its_answer_leaves_its_month_and_quarter_unproven() -> None:
    place = Place()
    place.working("Xã A1", due_on=DUE)
    assert proof(place, "Xã A1") is None
    assert proof(place, "Xã A1", QUARTER) is None
    assert proof(place, "Xã A2") is not None


def test_an_answer_within_the_deadline_proves_the_month() -> None:
    place = Place()
    work = place.working("Xã A1", due_on=DUE)
    answered(place, work, DUE)
    shown = proof(place, "Xã A1")
    assert shown is not None
    assert (shown.key, shown.on) == (f"assignment:{work.pk}", DUE)


def test_an_answer_after_its_deadline_is_late_also_within_the_month() -> None:
    place = Place()
    work = place.working("Xã A1", due_on=DUE)
    answered(place, work, date(2023, 5, 30))
    shown = proof(place, "Xã A1")
    assert shown is not None
    assert shown.on == date(2023, 6, 1)


def test_one_unanswered_directive_of_several_counts() -> None:
    place = Place()
    answered(place, place.working("Xã A1", due_on=DUE), DUE)
    place.working("Xã A1", due_on=date(2023, 5, 31))
    assert proof(place, "Xã A1") is None


@pytest.mark.parametrize("state", ["cancelled", "objected"])
def test_what_was_cancelled_or_is_objected_to_asks_for_no_answer(state: str) -> None:
    place = Place()
    work = place.working("Xã A1", due_on=DUE)
    Assignment.objects.filter(pk=work.pk).update(state=state)
    shown = proof(place, "Xã A1")
    assert shown is not None
    assert shown.key == ""


def test_a_month_in_which_nothing_is_due_leaves_nothing_unanswered() -> None:
    shown = proof(Place(), "Xã A1")
    assert shown is not None
    assert (shown.key, shown.on) == ("", date(2023, 5, 1))
