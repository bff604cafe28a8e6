"""Series as they were and restated, on the tree of docs/algorithms/restating.md."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.figures.indicators import indicators
from dondoc.figures.series import as_it_was, on_the_tree_of
from dondoc.figures.services import Line, record_figures
from dondoc.figures.sharing import state_shares, stated, version
from dondoc.lib.periods import Interval
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Establish, Merge, Split, Step
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db

TREE = """
    Tỉnh ủy
      Xã A
        Chi bộ 1
        Chi bộ 2
        Chi bộ 3
      Xã B
        Chi bộ 4
        Chi bộ 5
"""
JULY_1 = date(2025, 7, 1)
MAY = Interval(date(2025, 5, 1), date(2025, 6, 1))
MONTHS = Interval(date(2025, 5, 1), date(2025, 8, 1))
ACT = act_on(date(2025, 8, 4))
ADMISSIONS, COURSE = "admissions", "candidates_sent_to_training"


@told_once
def units() -> dict[str, Unit]:
    """The example: what was said in May, and the decision of 1 July."""
    found = draw(TREE)
    for number, admitted in enumerate((1, 0, 2, 1, 1), 1):
        say(found[f"Chi bộ {number}"], ADMISSIONS, admitted)
    say(found["Xã A"], COURSE, 10)
    say(found["Xã B"], COURSE, 4)
    top = found["Tỉnh ủy"]
    cells = [found[f"Chi bộ {number}"] for number in (1, 2, 3)]
    steps: list[Step] = [
        Establish("xa-c", "commune", "Xã C", top),
        Establish("xa-d", "commune", "Xã D", top),
        Split(found["Xã A"], [("xa-c", cells[:2]), ("xa-d", cells[2:])]),
        Merge([found["Xã B"]], "xa-d"),
    ]
    reorganise_together(steps, decision="09-QĐ/TU", effective_on=JULY_1, act=ACT)
    return found | {"Xã C": Unit.objects.get(code="xa-c"), "Xã D": Unit.objects.get(code="xa-d")}


def say(unit: Unit, key: str, value: int, days: Interval = MAY) -> None:
    record_figures(unit.pk, [Line(key, value)], days, origin="report", act=ACT)


def restated_in_may(unit: Unit, key: str) -> tuple[int | None, int]:
    found = on_the_tree_of(unit.pk, indicators()[key], MONTHS, JULY_1).get("2025-05")
    return (found.value, found.estimated) if found else (None, 0)


def test_as_it_was_a_commune_has_nothing_before_its_first_day(units: dict[str, Unit]) -> None:
    july = Interval(date(2025, 7, 1), date(2025, 8, 1))
    say(units["Chi bộ 1"], ADMISSIONS, 3, july)
    series = as_it_was(units["Xã C"].pk, indicators()[ADMISSIONS], MONTHS)
    assert [(point.value, point.reported, point.expected) for point in series] == [
        (None, 0, 0),
        (None, 0, 0),
        (3, 1, 2),
    ]
    before = as_it_was(units["Xã A"].pk, indicators()[ADMISSIONS], MONTHS)
    assert [(point.value, point.expected) for point in before] == [(3, 3), (None, 3), (None, 0)]


def test_restated_the_cells_bring_their_past(units: dict[str, Unit]) -> None:
    assert restated_in_may(units["Xã C"], ADMISSIONS) == (1, 0)
    assert restated_in_may(units["Xã D"], ADMISSIONS) == (4, 0)
    assert restated_in_may(units["Tỉnh ủy"], ADMISSIONS) == (5, 0)


def test_restated_what_the_commune_said_is_divided_by_its_cells(units: dict[str, Unit]) -> None:
    assert restated_in_may(units["Xã C"], COURSE) == (7, 7)
    assert restated_in_may(units["Xã D"], COURSE) == (7, 3)


def test_an_office_may_state_the_shares_and_state_them_anew(units: dict[str, Unit]) -> None:
    ended, heirs = units["Xã A"].pk, (units["Xã C"].pk, units["Xã D"].pk)

    def state(first: Fraction, seen: int) -> None:
        shares = {heirs[0]: first, heirs[1]: 1 - first}
        state_shares(ended, shares, reason="theo địa bàn", seen=seen, act=ACT)

    state(Fraction(1, 2), 0)
    assert restated_in_may(units["Xã D"], COURSE) == (9, 5)
    with pytest.raises(Refused, match=r"figures\.shares_changed_meanwhile"):
        state(Fraction(1, 4), 0)
    state(Fraction(1), version(ended))
    assert restated_in_may(units["Xã C"], COURSE) == (10, 10)


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ({"Xã C": Fraction(1, 2), "Xã D": Fraction(1, 3)}, "figures.shares_not_whole"),
        ({"Xã B": Fraction(1)}, "figures.not_its_heirs"),
        ({"Xã C": Fraction(3, 2), "Xã D": Fraction(-1, 2)}, "figures.not_its_heirs"),
    ],
)
def test_shares_are_for_successors_and_add_up(units: dict[str, Unit], shares: dict[str, Fraction], code: str) -> None:
    with pytest.raises(Refused, match=code):
        state_shares(
            units["Xã A"].pk, {units[name].pk: share for name, share in shares.items()}, reason="vì", seen=0, act=ACT
        )


def test_the_office_states_shares_on_the_page_of_the_unit_that_was_split(
    units: dict[str, Unit], client: Client
) -> None:
    DemonstrationDay.objects.create(pk=1, day=JULY_1)
    ended, heirs = units["Xã A"], [units["Xã C"], units["Xã D"]]
    page, address = (
        reverse("figures:explain", args=[ended.pk, COURSE]),
        reverse("figures:state-shares", args=[ended.pk]),
    )
    typed: dict[str, Any] = {
        f"share-{heirs[0].pk}": "66,5",
        f"share-{heirs[1].pk}": "33,5",
        "reason": "theo địa bàn",
        "next": page,
    }
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    assert address not in client.get(page).content.decode()
    assert post(client, address, 0, **typed).status_code == 403
    sign_in(client, hold(units["Tỉnh ủy"], "clerk"))
    assert address in client.get(page).content.decode()
    assert post(client, address, 0, **typed | {f"share-{heirs[0].pk}": "hai phần"}).status_code == 422
    assert post(client, address, 0, **typed | {f"share-{heirs[0].pk}": "60"}).status_code == 422
    assert post(client, address, 0, **typed).status_code == 302
    assert [(one.heir_id, one.numerator, one.denominator) for one in stated(ended.pk)] == [
        (heirs[0].pk, 133, 200),
        (heirs[1].pk, 67, 200),
    ]
    assert post(client, address, 0, **typed).status_code == 409
    assert "theo địa bàn" in client.get(page).content.decode()
    assert 'id="shares"' not in client.get(reverse("figures:explain", args=[heirs[0].pk, COURSE])).content.decode()
