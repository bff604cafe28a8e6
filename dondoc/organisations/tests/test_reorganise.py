"""The seven kinds of reorganisation, recorded in time, late, ahead and revoked, on trees drawn as text."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.history.models import Event
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.organisations import queries
from dondoc.organisations.models import NEVER, Ancestry, Heritage, Reorganisation, Succession, Unit, UnitParent
from dondoc.organisations.services import (
    change_kind,
    dissolve,
    establish,
    merge,
    move,
    rebuild,
    rename,
    reorganise_together,
    revoke,
    revoke_together,
    split,
)
from dondoc.organisations.steps import Dissolve, Establish, Merge, Move, Split, Step

from .reorganisations import BEFORE, DAY, LATER, TREE, said, units
from .trees import act_on, draw, drawn, show

__all__ = ["units"]

pytestmark = pytest.mark.django_db


def heirs(unit: Unit) -> set[tuple[str, date, str]]:
    return set(Succession.objects.filter(predecessor=unit).values_list("heir__code", "on", "how"))


def test_a_tree_drawn_reads_back_as_the_same_text(units: dict[str, Unit]) -> None:
    assert show(BEFORE) == drawn(TREE)


def test_a_tree_may_be_drawn_on_one_line_with_days() -> None:
    draw("Tỉnh ủy > Huyện ủy A > Xã A1 [..2025-07-01)")
    assert show(date(2025, 6, 30)) == "Tỉnh ủy\n  Huyện ủy A\n    Xã A1"
    assert show(date(2025, 7, 1)) == "Tỉnh ủy\n  Huyện ủy A"


# The seven kinds


def test_an_established_unit_stands_under_its_superior_from_its_first_day(units: dict[str, Unit]) -> None:
    establish("c2", kind="commune_grassroots", name="Xã B2", parent=units["Huyện ủy B"], **said())
    assert "Xã B2" not in show(BEFORE)
    assert "  Huyện ủy B\n    Xã B1\n    Xã B2" in show(DAY)
    assert Unit.objects.get(code="c2").valid_from == DAY


def test_a_renamed_unit_keeps_its_old_name_before_that_day(units: dict[str, Unit]) -> None:
    rename(units["Xã A1"], name="Xã A Một", short_name="A Một", **said())
    assert show(BEFORE) == drawn(TREE)
    assert "Xã A Một\n      Chi bộ 1" in show(DAY)
    assert queries.labels([units["Xã A1"].pk], DAY)[units["Xã A1"].pk].short_name == "A Một"
    assert queries.labels([units["Xã A1"].pk], BEFORE)[units["Xã A1"].pk].short_name == "A1"


def test_a_unit_whose_kind_changes_has_the_new_level_from_that_day(units: dict[str, Unit]) -> None:
    change_kind(units["Chi bộ 3"], kind="grassroots", **said())
    assert units["Chi bộ 3"].kinds.get(valid_to=None).level == 5
    assert units["Chi bộ 3"].kinds.get(valid_to=DAY).level == 9


def test_a_moved_unit_takes_along_what_is_below_it(units: dict[str, Unit]) -> None:
    move(units["Xã A1"], to=units["Huyện ủy B"], **said())
    assert show(BEFORE) == drawn(TREE)
    assert show(DAY) == drawn("""
        Tỉnh ủy
          Huyện ủy A
            Xã A2
              Chi bộ 3
          Huyện ủy B
            Xã A1
              Chi bộ 1
              Chi bộ 2
            Xã B1
    """)


def test_what_is_below_a_merged_unit_follows_its_successor(units: dict[str, Unit]) -> None:
    merge([units["Xã A1"], units["Xã A2"]], into=units["Xã B1"], **said())
    assert show(DAY) == drawn("""
        Tỉnh ủy
          Huyện ủy A
          Huyện ủy B
            Xã B1
              Chi bộ 1
              Chi bộ 2
              Chi bộ 3
    """)
    assert heirs(units["Xã A1"]) == {("xa-b1", DAY, "successor")}


def test_a_commune_split_between_two_gives_each_the_cells_named(units: dict[str, Unit]) -> None:
    parts = {units["Xã A2"]: [units["Chi bộ 1"]], units["Xã B1"]: [units["Chi bộ 2"]]}
    split(units["Xã A1"], parts=parts, **said())
    assert show(DAY) == drawn("""
        Tỉnh ủy
          Huyện ủy A
            Xã A2
              Chi bộ 1
              Chi bộ 3
          Huyện ủy B
            Xã B1
              Chi bộ 2
    """)
    assert heirs(units["Xã A1"]) == {("xa-a2", DAY, "successor"), ("xa-b1", DAY, "successor")}


def test_what_is_below_a_dissolved_unit_goes_to_its_superior(units: dict[str, Unit]) -> None:
    dissolve(units["Huyện ủy A"], **said())
    assert show(DAY) == drawn("""
        Tỉnh ủy
          Huyện ủy B
            Xã B1
          Xã A1
            Chi bộ 1
            Chi bộ 2
          Xã A2
            Chi bộ 3
    """)
    assert heirs(units["Huyện ủy A"]) == {("tinh-uy", DAY, "superior")}


def test_several_reorganisations_of_one_decision_are_judged_together(units: dict[str, Unit]) -> None:
    """As on 1 July 2025: nothing of it would be possible alone, in whatever order it is written."""
    steps: list[Step] = [
        Dissolve("huyen-uy-a"),
        Split("xa-a1", {"xa-moi": ["chi-bo-1"], "xa-b1": ["chi-bo-2"]}),
        Merge(["xa-a2"], "xa-moi"),
        Move("xa-b1", "tinh-uy"),
        Dissolve("huyen-uy-b"),
        Establish("xa-moi", "commune_grassroots", "Xã Mới", "tinh-uy"),
    ]
    made = reorganise_together(steps, **said())
    assert [one.kind for one in made] == ["dissolve", "split", "merge", "move", "dissolve", "establish"]
    assert show(DAY) == drawn("""
        Tỉnh ủy
          Xã B1
            Chi bộ 2
          Xã Mới
            Chi bộ 1
            Chi bộ 3
    """)
    assert rebuild() == 0


# Succession


def test_the_superior_of_a_dissolved_unit_is_followed_where_it_ends_the_same_day(units: dict[str, Unit]) -> None:
    reorganise_together([Dissolve("xa-a1"), Dissolve("huyen-uy-a"), Move("xa-a2", "tinh-uy")], **said())
    assert heirs(units["Xã A1"]) == {("tinh-uy", DAY, "superior")}


def test_a_successor_that_ends_the_same_day_is_followed_to_its_own(units: dict[str, Unit]) -> None:
    reorganise_together([Merge(["xa-a1"], "xa-a2"), Merge(["xa-a2"], "xa-b1")], **said())
    assert heirs(units["Xã A1"]) == {("xa-b1", DAY, "successor")}
    assert queries.superior(units["Chi bộ 1"].pk, DAY) == units["Xã B1"].pk


def test_the_past_passes_on_through_every_successor(units: dict[str, Unit]) -> None:
    merge([units["Chi bộ 1"]], into=units["Chi bộ 2"], **said())
    merge([units["Chi bộ 2"]], into=units["Chi bộ 3"], **said(LATER))
    inherited = set(Heritage.objects.values_list("heir__code", "predecessor__code", "since"))
    assert inherited == {
        ("chi-bo-2", "chi-bo-1", DAY),
        ("chi-bo-3", "chi-bo-1", LATER),
        ("chi-bo-3", "chi-bo-2", LATER),
    }
    story = queries.what_became_of(units["Chi bộ 1"].pk, LATER)
    assert [(one.predecessor.code, one.heir.code, one.on, one.decision) for one in story] == [
        ("chi-bo-1", "chi-bo-2", DAY, "05-QĐ/TU"),
        ("chi-bo-2", "chi-bo-3", LATER, "05-QĐ/TU"),
    ]
    assert [one.predecessor.code for one in queries.came_from(units["Chi bộ 3"].pk, LATER)] == ["chi-bo-2", "chi-bo-1"]
    assert queries.came_from(units["Chi bộ 3"].pk, DAY) == []


def test_the_superior_of_a_successor_reads_the_predecessor_only_from_that_day(units: dict[str, Unit]) -> None:
    merge([units["Xã A1"]], into=units["Xã B1"], **said())
    b = units["Huyện ủy B"].pk
    assert not queries.readable([b], BEFORE).filter(code="xa-a1").exists()
    assert queries.readable([b], DAY).filter(code="xa-a1").exists()
    assert not queries.below([b], DAY).filter(code="xa-a1").exists()
    assert not queries.readable([units["Huyện ủy A"].pk], DAY).filter(code="xa-a1").exists()


# Late, ahead, revoked


def test_recorded_late_the_tree_is_the_same_as_recorded_in_time(units: dict[str, Unit]) -> None:
    """First the move of June is recorded, then the merger of January: the moved cell had been with the successor meanwhile."""
    move(units["Chi bộ 1"], to=units["Xã A2"], **said(LATER))
    merge([units["Xã A1"]], into=units["Xã B1"], **said(DAY, recorded=LATER + timedelta(days=9)))
    assert queries.superior(units["Chi bộ 1"].pk, BEFORE) == units["Xã A1"].pk
    assert queries.superior(units["Chi bộ 1"].pk, DAY) == units["Xã B1"].pk
    assert queries.superior(units["Chi bộ 1"].pk, LATER) == units["Xã A2"].pk
    assert rebuild() == 0


def test_recorded_ahead_a_reorganisation_changes_nothing_before_its_day(units: dict[str, Unit]) -> None:
    made = dissolve(units["Huyện ủy A"], **said(LATER, recorded=DAY))
    assert show(LATER - timedelta(days=1)) == drawn(TREE)
    assert made.recorded_on == DAY


def test_what_is_established_late_below_a_unit_that_ended_since_follows_its_successor(units: dict[str, Unit]) -> None:
    merge([units["Xã A1"]], into=units["Xã B1"], **said(LATER))
    establish("chi-bo-9", kind="cell", name="Chi bộ 9", parent="xa-a1", **said(DAY, recorded=LATER))
    new = Unit.objects.get(code="chi-bo-9").pk
    assert queries.superior(new, DAY) == units["Xã A1"].pk
    assert queries.superior(new, LATER) == units["Xã B1"].pk


def test_a_revoked_reorganisation_never_happened(units: dict[str, Unit]) -> None:
    made = merge([units["Xã A1"]], into=units["Xã B1"], **said())
    counter = revoke(made, decision="06-QĐ/TU", act=act_on(LATER))
    assert show(DAY) == drawn(TREE)
    assert (counter.kind, counter.revokes, counter.recorded_on) == ("revoke", made, LATER)
    assert not Succession.objects.exists()
    assert not Heritage.objects.exists()
    assert rebuild() == 0


def test_revoking_twice_is_refused(units: dict[str, Unit]) -> None:
    made = rename(units["Xã A1"], name="Xã A Một", **said())
    counter = revoke(made, decision="06-QĐ/TU", act=act_on(LATER))
    for again in (made, counter):
        with pytest.raises(Refused):
            revoke(again, decision="07-QĐ/TU", act=act_on(LATER))


def test_what_others_rest_on_cannot_be_revoked_alone_but_together(units: dict[str, Unit]) -> None:
    first = establish("xa-b2", kind="commune_grassroots", name="Xã B2", parent="huyen-uy-b", **said())
    second = move("chi-bo-1", to="xa-b2", **said(LATER))
    with pytest.raises(Refused) as refused:
        revoke(first, decision="06-QĐ/TU", act=act_on(LATER))
    assert [problem.code for problem in refused.value.data["problems"]] == ["organisations.superior_not_living"]
    revoke_together([first, second], decision="06-QĐ/TU", act=act_on(LATER))
    assert show(LATER) == drawn(TREE)


def test_a_unit_whose_establishment_was_revoked_never_lived_and_its_code_is_free_again(units: dict[str, Unit]) -> None:
    made = establish("c9", kind="cell", name="Chi bộ 9", parent="xa-a1", **said())
    unit = Unit.objects.get(code="c9")
    revoke(made, decision="06-QĐ/TU", act=act_on(DAY))
    unit.refresh_from_db()
    assert unit.valid_from == NEVER
    label = queries.labels([unit.pk], LATER)[unit.pk]
    assert (label.name, label.alive) == ("c9", False)
    establish("c9", kind="front_commune", name="Mặt trận", parent="xa-a1", **said(LATER))
    assert Unit.objects.get(code="c9") == unit
    assert queries.labels([unit.pk], LATER)[unit.pk].family == "front"


# What is written


def test_abolishing_a_level_writes_only_rows_whose_relation_changes(units: dict[str, Unit]) -> None:
    """The communes' rows with the province and the cells' rows with their commune stay the very same rows."""
    kept = Ancestry.objects.exclude(ancestor=units["Huyện ủy A"]).exclude(descendant=units["Huyện ủy A"])
    before = set(kept.values_list("pk", "valid_from", "valid_to"))
    with CaptureQueriesContext(connection) as captured:
        dissolve(units["Huyện ủy A"], **said())
    assert set(kept.values_list("pk", "valid_from", "valid_to")) == before
    written = [q["sql"] for q in captured if "organisations_ancestry" in q["sql"] and not q["sql"].startswith("SELECT")]
    assert [sql.split()[0] for sql in written] == ["UPDATE"]
    ended = Ancestry.objects.filter(valid_to=DAY).values_list("ancestor__code", "descendant__code")
    assert set(ended) == {
        ("huyen-uy-a", code) for code in ("huyen-uy-a", "xa-a1", "xa-a2", "chi-bo-1", "chi-bo-2", "chi-bo-3")
    } | {("tinh-uy", "huyen-uy-a")}


def test_a_renamed_unit_leaves_the_ancestry_alone(units: dict[str, Unit]) -> None:
    with CaptureQueriesContext(connection) as captured:
        rename(units["Xã A1"], name="Xã A Một", **said())
    assert not [q for q in captured if "organisations_ancestry" in q["sql"]]


def test_every_unit_that_is_named_has_the_reorganisation_in_its_timeline(units: dict[str, Unit]) -> None:
    made = merge([units["Xã A1"]], into=units["Xã B1"], **said())
    events = Event.objects.filter(kind="organisations.Reorganisation", key=made.pk)
    assert set(events.values_list("action", "unit")) == {("organisations.merge", units["Xã A1"].pk), ("organisations.merge", units["Xã B1"].pk)}  # fmt: skip


heard: list[tuple[list[str], set[str], date]] = []


def listen(reorganisations: list[Reorganisation], affected: list[int], act: Act) -> None:
    codes = set(Unit.objects.filter(pk__in=affected).values_list("code", flat=True))
    heard.append(([one.kind for one in reorganisations], codes, act.day))


def test_handlers_hear_of_every_unit_whose_life_superior_or_successor_changed(units: dict[str, Unit], settings) -> None:  # type: ignore[no-untyped-def]
    settings.ON_REORGANISED = [f"{__name__}.listen"]
    heard.clear()
    made = merge([units["Xã A1"]], into=units["Xã B1"], **said())
    revoke(made, decision="06-QĐ/TU", act=act_on(LATER))
    changed = {"xa-a1", "chi-bo-1", "chi-bo-2"}
    assert heard == [(["merge"], changed, DAY), (["revoke"], changed, LATER)]


def test_a_handler_that_fails_takes_the_reorganisation_back(units: dict[str, Unit], settings) -> None:  # type: ignore[no-untyped-def]
    settings.ON_REORGANISED = [f"{__name__}.fail"]
    with pytest.raises(ArithmeticError):
        dissolve(units["Huyện ủy A"], **said())
    assert show(DAY) == drawn(TREE)


def fail(reorganisations: list[Reorganisation], affected: list[int], act: Act) -> None:
    raise ArithmeticError


def test_the_cost_of_a_reorganisation_does_not_grow_with_the_tree_beside_it(units: dict[str, Unit]) -> None:
    def count(unit: Unit, day: date) -> int:
        with CaptureQueriesContext(connection) as captured:
            merge([unit], into=units["Xã B1"], **said(day))
        return len(captured)

    few = count(units["Xã A2"], DAY)
    cells = [Establish(f"them-{n}", "cell", f"Chi bộ {n}", "xa-a1") for n in range(10, 60)]
    reorganise_together(cells, **said())
    assert count(units["Xã A1"], LATER) <= few + 2
    assert UnitParent.objects.on(LATER).filter(parent=units["Xã B1"]).count() == 53
