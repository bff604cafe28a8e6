"""When a unit ceases in the year, what it achieved stays with it, and what is left waits until somebody decides."""

from datetime import date

import pytest

from dondoc.lib.refusals import Refused
from dondoc.organisations.services import revoke_together
from dondoc.organisations.steps import Dissolve, Establish, Merge, Split, Step
from dondoc.targets import services
from dondoc.targets.carry import kept_by, on_reorganised
from dondoc.targets.models import Remainder
from dondoc.targets.remainders import Left, lefts
from dondoc.targets.rules import By
from dondoc.targets.services import Basis
from dondoc.tests.told_once import told_once

from .place import Land

JULY = date(2024, 7, 1)
EVE = date(2024, 6, 30)
THREE = {"Xã A1": 4, "Xã A2": 13, "Xã A3": 6}


@told_once
def land() -> Land:
    land = Land()
    land.assign("Huyện ủy A", THREE, 23)
    for month, value in (("2024-03", 2), ("2024-06", 3)):
        land.report("Chi bộ 3", month, value)
    for cell, members in (("Chi bộ 3", 40), ("Chi bộ 4", 30), ("Chi bộ 5", 50)):
        land.members(cell, members, date(2023, 12, 31))
    land.day = date(2024, 7, 5)
    return land


def split(land: Land) -> list[Step]:
    """Commune A2 ends: two cells go to a new commune, one to A1."""
    units = land.units
    new = Establish("xa-moi", "commune_grassroots", "Xã mới", units["Huyện ủy A"])
    parts = {"xa-moi": [units["Chi bộ 3"], units["Chi bộ 5"]], units["Xã A1"].code: [units["Chi bộ 4"]]}
    return [new, Split(units["Xã A2"], list(parts.items()))]


def waiting(land: Land) -> list[Left]:
    return [one for one in lefts(list(Remainder.objects.order_by("pk")), land.day) if one.waiting]


def settle(land: Land, shares: dict[str, int], let_go: int = 0, reason: str = "Theo chi bộ chuyển đi") -> Remainder:
    [row] = Remainder.objects.filter(state="waiting")
    basis = Basis(land.day, row.keeper_id, "", None, reason)
    given = {land.unit(name): n for name, n in shares.items()}
    return services.settle(row.pk, given, let_go, basis=basis, seen=row.version, act=land.act("Huyện ủy A"))


def test_what_is_left_waits_with_the_superior_and_is_proposed_by_the_members_of_the_cells_that_moved(
    land: Land,
) -> None:
    land.reform(*split(land), on=JULY)
    [left] = waiting(land)
    assert (left.unit.name, left.keeper.name, left.target, left.achieved.value, left.rest) == (
        "Xã A2",
        "Huyện ủy A",
        13,
        5,
        8,
    )
    assert left.by == By.MEMBERS
    shares = {one.label.name: (one.cells, one.members, one.proposed) for one in left.shares}
    assert shares == {"Xã mới": (2, 90, 6), "Xã A1": (1, 30, 2)}
    assert (left.cells, left.members) == (3, 120)
    assert land.assigned("Xã mới") is None


def test_where_members_are_not_all_known_the_cells_are_counted(land: Land) -> None:
    for figure in land.units["Chi bộ 4"].figures.all():
        figure.delete()
    land.reform(*split(land), on=JULY)
    [left] = waiting(land)
    assert (left.by, {one.label.name: one.proposed for one in left.shares}) == (By.CELLS, {"Xã mới": 5, "Xã A1": 3})


def test_only_a_decision_makes_it_a_target_of_the_heirs_and_it_has_to_add_up(land: Land) -> None:
    land.reform(*split(land), on=JULY)
    for shares, let_go, code in (
        ({"Xã mới": 6}, 0, "targets.settles_less"),
        ({"Xã mới": 6, "Xã A1": 3}, 0, "targets.settles_more"),
        ({"Xã mới": 6, "Xã B1": 2}, 0, "targets.not_an_heir"),
        ({"Xã mới": -1, "Xã A1": 9}, 0, "targets.not_a_count"),
    ):
        with pytest.raises(Refused) as caught:
            settle(land, shares, let_go)
        assert caught.value.code == code
    with pytest.raises(Refused, match=r"targets\.no_reason"):
        settle(land, {"Xã mới": 8}, reason=" ")
    settle(land, {"Xã mới": 5, "Xã A1": 2}, let_go=1)
    assert (land.assigned("Xã mới"), land.assigned("Xã A1"), land.assigned("Xã A1", EVE)) == (5, 6, 4)
    assert waiting(land) == []
    assert land.assigned("Xã A2") == 13


def test_numbers_from_a_day_before_what_was_carried_are_refused_since_they_would_end_under_it(land: Land) -> None:
    land.reform(*split(land), on=JULY)
    settle(land, {"Xã mới": 6, "Xã A1": 2})
    land.day = date(2024, 7, 6)
    for way, since in (("adjusted", date(2024, 3, 1)), ("corrected", date(2024, 1, 15))):
        with pytest.raises(Refused, match=r"targets\.under_carried"):
            land.assign("Huyện ủy A", THREE | {"Xã A1": 9}, 28, way=way, reason="Viết nhầm", holds_from=since)
    land.assign("Huyện ủy A", {"Xã A1": 9, "Xã A3": 6, "Xã mới": 6}, 21, way="adjusted", reason="Cân đối lại")
    assert land.assigned("Xã A1") == 9


def test_what_is_left_is_not_given_from_a_day_before_numbers_that_were_decided_ahead(land: Land) -> None:
    land.reform(*split(land), on=JULY)
    ahead = date(2024, 9, 1)
    numbers = {"Xã A1": 4, "Xã A3": 6, "Xã mới": 0}
    land.assign("Huyện ủy A", numbers, 10, way="adjusted", reason="Cân đối lại", holds_from=ahead)
    with pytest.raises(Refused, match=r"targets\.settled_before_other_numbers"):
        settle(land, {"Xã mới": 8})
    land.day = ahead
    settle(land, {"Xã mới": 8})
    assert land.assigned("Xã mới") == 8


def test_a_result_that_comes_in_late_shows_as_a_difference_from_what_was_decided(land: Land) -> None:
    land.reform(*split(land), on=JULY)
    settle(land, {"Xã mới": 8})
    land.report("Chi bộ 5", "2024-05", 2)
    [left] = lefts(list(Remainder.objects.all()), land.day)
    assert (left.rest, left.moved_on) == (6, -2)


@pytest.mark.django_db
def test_it_is_the_same_for_a_target_that_was_entered_after_the_unit_had_ended() -> None:
    land = Land()
    land.day = date(2024, 7, 5)
    land.reform(*split(land), on=JULY)
    assert not Remainder.objects.exists()
    land.assign("Huyện ủy A", THREE, 23, holds_from=date(2024, 1, 15))
    [left] = waiting(land)
    assert (left.unit.name, left.rest) == ("Xã A2", 13)


def test_a_revoked_reorganisation_takes_back_what_waits_and_what_was_decided_because_of_it(land: Land) -> None:
    made = land.reform(*split(land), on=JULY)
    settle(land, {"Xã mới": 5, "Xã A1": 3})
    assert land.assigned("Xã A1") == 7
    revoke_together(made, decision="28-QĐ/TU", act=land.act("Tỉnh ủy"))
    assert (land.assigned("Xã A1"), land.assigned("Xã A2"), waiting(land)) == (4, 13, [])
    assert Remainder.objects.get().state == Remainder.State.LAPSED
    land.day = date(2024, 8, 5)
    land.reform(Merge([land.units["Xã A2"]], land.units["Xã A3"]), on=date(2024, 8, 1))
    [left] = waiting(land)
    assert {one.label.name: one.proposed for one in left.shares} == {"Xã A3": 8}


@pytest.mark.parametrize("both", [False, True])
def test_what_was_carried_on_top_of_what_is_taken_back_goes_on_without_it(land: Land, both: bool) -> None:
    units = land.units
    made = [land.reform(Merge([units["Xã A2"]], units["Xã A3"]), on=JULY)]
    settle(land, {"Xã A3": 8})
    land.day = date(2024, 8, 5)
    made.append(land.reform(Merge([units["Xã A1"]], units["Xã A3"]), on=date(2024, 8, 1)))
    settle(land, {"Xã A3": 4})
    assert land.assigned("Xã A3") == 6 + 8 + 4
    land.day = date(2024, 8, 20)
    for one in made if both else made[:1]:
        revoke_together(one, decision="28-QĐ/TU", act=land.act("Tỉnh ủy"))
    assert land.assigned("Xã A3") == (6 if both else 6 + 4)
    kept = Remainder.objects.get(unit=land.unit("Xã A1"))
    assert kept.state == (Remainder.State.LAPSED if both else Remainder.State.DECIDED)
    assert kept.decision is not None
    assert (kept.decision.superseded_at is None) is not both


def test_when_the_district_ends_with_its_communes_it_waits_with_the_province_once(land: Land) -> None:
    province = land.assign("Tỉnh ủy", {"Huyện ủy A": 23, "Huyện ủy B": 4}, 27)
    units = land.units
    new = Establish("xa-moi", "commune_grassroots", "Xã mới", units["Tỉnh ủy"])
    communes = [units[name] for name in THREE]
    land.reform(new, Merge(communes, "xa-moi"), Dissolve(units["Huyện ủy A"]), on=JULY)
    found = {one.unit.name: one for one in lefts(list(Remainder.objects.all()), land.day)}
    assert {name: (one.keeper.name, one.rest) for name, one in found.items()} == {
        "Xã A1": ("Tỉnh ủy", 4),
        "Xã A2": ("Tỉnh ủy", 8),
        "Xã A3": ("Tỉnh ủy", 6),
        "Huyện ủy A": ("Tỉnh ủy", 0),
    }
    assert (found["Huyện ủy A"].passed_on, province.totals) == (18, {"admissions": 27})
    assert sorted(one.unit.name for one in waiting(land)) == ["Xã A1", "Xã A2", "Xã A3"]


def test_it_waits_with_the_district_although_its_later_end_is_known_and_is_then_found_by_who_took_over(
    land: Land,
) -> None:
    units = land.units
    land.reform(*split(land), on=JULY)
    new = Establish("huyen-moi", "district", "Huyện ủy mới", units["Tỉnh ủy"])
    land.reform(new, Merge([units["Huyện ủy A"]], "huyen-moi"), on=date(2024, 9, 1))
    [left] = waiting(land)
    assert left.keeper.name == "Huyện ủy A"
    heir = land.unit("Huyện ủy mới")
    assert not Remainder.objects.filter(kept_by([heir], date(2024, 8, 31))).exists()
    assert Remainder.objects.filter(kept_by([heir], date(2024, 9, 1))).exists()


def test_a_year_that_was_over_before_the_unit_ended_leaves_nothing(land: Land) -> None:
    land.day = date(2025, 1, 5)
    land.reform(*split(land), on=date(2025, 1, 1))
    assert not Remainder.objects.exists()


def test_what_is_derived_twice_changes_nothing_the_second_time(land: Land) -> None:
    land.reform(*split(land), on=JULY)
    version = Remainder.objects.get().version
    assert on_reorganised([], [land.unit("Xã A2")], land.act("Tỉnh ủy")) == 0
    assert Remainder.objects.get().version == version
