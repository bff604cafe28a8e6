"""Reorganisations that cannot be: what is refused, why, and that nothing is written then."""

from datetime import date

import pytest

from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Reorganisation, Unit
from dondoc.organisations.services import dissolve, establish, move, rebuild, reorganise_together
from dondoc.organisations.steps import Dissolve, Establish, Merge, Move, Rename, Split, Step

from .reorganisations import DAY, LATER, said, units
from .trees import act_on, show

__all__ = ["units"]

pytestmark = pytest.mark.django_db

IMPOSSIBLE: dict[str, tuple[list[Step], str]] = {
    "a_child_left_by_a_split_without_a_part": ([Split("xa-a1", {"xa-a2": ["chi-bo-1"], "xa-b1": []})], "part_missing"),
    "a_part_that_is_not_under_the_unit_split": (
        [Split("xa-a1", {"xa-a2": ["chi-bo-1", "chi-bo-2"], "xa-b1": ["chi-bo-3"]})],
        "not_a_part",
    ),
    "a_superior_that_does_not_live": ([Dissolve("xa-b1"), Move("xa-a1", "xa-b1")], "superior_not_living"),
    "a_cycle": ([Move("huyen-uy-a", "xa-a1")], "cycle"),
    "a_level_not_above": ([Move("xa-a1", "xa-b1")], "level_not_above"),
    "a_level_no_longer_above_those_below": ([Rename("xa-a1", "x"), Move("chi-bo-3", "chi-bo-1")], "level_not_above"),
    "a_successor_that_does_not_live": ([Merge(["xa-a1"], "xa-moi-sau")], "heir_not_living"),
    "its_own_successor": ([Merge(["xa-a1"], "xa-a1")], "own_heir"),
    "successors_in_a_circle": ([Merge(["xa-a1"], "xa-a2"), Merge(["xa-a2"], "xa-a1")], "heirs_in_circle"),
    "the_top_dissolved": ([Dissolve("tinh-uy")], "no_heir"),
    "a_life_without_a_day": (
        [Establish("moi", "cell", "Chi bộ mới", "xa-a1"), Dissolve("moi")],
        "no_day_of_life",
    ),
    "a_kind_not_yet_in_force": ([Establish("moi", "commune", "Xã mới", "huyen-uy-a")], "kind_not_in_force"),
}  # fmt: skip


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_refused_is(units: dict[str, Unit], case: str) -> None:
    establish("xa-moi-sau", kind="commune_grassroots", name="Xã Sau", parent="huyen-uy-b", **said(LATER))
    before = show(DAY)
    steps, code = IMPOSSIBLE[case]
    with pytest.raises(Refused) as refused:
        reorganise_together(steps, **said())
    assert refused.value.status == 422
    assert f"organisations.{code}" in {problem.code for problem in refused.value.data["problems"]}
    assert refused.value.data["sentences"]
    assert show(DAY) == before
    assert rebuild() == 0


def test_a_unit_ends_only_once(units: dict[str, Unit]) -> None:
    dissolve(units["Chi bộ 1"], **said())
    with pytest.raises(Refused) as refused:
        dissolve(units["Chi bộ 1"], **said(LATER))
    assert [problem.code for problem in refused.value.data["problems"]] == ["organisations.ends_twice"]


def test_nothing_happens_to_a_unit_after_its_end_or_before_its_beginning(units: dict[str, Unit]) -> None:
    dissolve(units["Chi bộ 1"], **said())
    for day in (LATER, date(2019, 1, 1)):
        with pytest.raises(Refused) as refused:
            move(units["Chi bộ 1"], to=units["Xã A2"], **said(day))
        assert "organisations.outside_life" in {problem.code for problem in refused.value.data["problems"]}


def test_two_records_of_one_day_that_say_different_things_are_refused(units: dict[str, Unit]) -> None:
    move(units["Chi bộ 1"], to=units["Xã A2"], **said())
    with pytest.raises(Refused, match="said_twice"):
        move(units["Chi bộ 1"], to=units["Xã B1"], **said())
    with pytest.raises(Refused, match="said_twice"):
        reorganise_together([Rename("xa-a1", "x"), Rename("xa-a1", "y")], **said())


@pytest.mark.parametrize(
    ("step", "decision", "code"),
    [
        (Move("chi-bo-1", "nowhere"), "QĐ", "no_such_unit"),
        (Move("chi-bo-1", 10**9), "QĐ", "no_such_unit"),
        (Establish("xa-a1", "cell", "X", "xa-a2"), "QĐ", "code_taken"),
        (Establish("moi", "nothing", "X", "xa-a2"), "QĐ", "no_such_kind"),
        (Dissolve("chi-bo-1"), "  ", "decision_missing"),
    ],
)
def test_refused_before_anything_is_derived(units: dict[str, Unit], step: Step, decision: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        reorganise_together([step], decision=decision, effective_on=DAY, act=act_on(DAY))
    assert not Reorganisation.objects.filter(effective_on=DAY).exists()
