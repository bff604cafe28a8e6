"""The rules alone, on facts written by hand, without a database."""

from datetime import date

import pytest

from dondoc.lib.periods import Interval
from dondoc.organisations.closure import ancestry, heritage
from dondoc.organisations.rules import Fact, Heir, Kind, Link, Story, Tree

KINDS = {
    code: Kind(code, code, "party", level)
    for code, level in (("province", 2), ("district", 3), ("commune", 4), ("cell", 9))
}
D1, D2, D3, D4 = (date(2020 + n, 1, 1) for n in range(4))
PROVINCE, A, B, C1 = 1, 2, 3, 10


def begins(unit: int, kind: str, parent: int | None, on: date = D1) -> list[Fact]:
    return [
        Fact(on, unit, "begin"),
        Fact(on, unit, "name", f"U{unit}", f"U{unit}"),
        Fact(on, unit, "kind", kind),
        Fact(on, unit, "parent", other=parent),
    ]


BASE = [
    *begins(PROVINCE, "province", None),
    *begins(A, "district", PROVINCE),
    *begins(B, "district", PROVINCE),
    *begins(C1, "commune", A),
]


def tree(*facts: Fact) -> Tree:
    stories: dict[int, list[Fact]] = {}
    for fact in [*BASE, *facts]:
        stories.setdefault(fact.unit, []).append(fact)
    return Tree({unit: Story(f"u{unit}", "party", said) for unit, said in stories.items()}, KINDS)


def end(unit: int, on: date, *heirs: int, record: int = 7) -> list[Fact]:
    return [Fact(on, unit, "end", record=record), *(Fact(on, unit, "heir", other=h, record=record) for h in heirs)]


def codes(found: Tree, unit: int) -> list[str]:
    return [problem.code for problem in found.problems(unit)]


def test_a_unit_stands_under_its_superior_until_the_next_fact() -> None:
    found = tree(Fact(D3, C1, "parent", other=B))
    assert found.links(C1) == (Link(Interval(D1, D3), A), Link(Interval(D3), B))


def test_a_move_to_where_a_unit_already_is_makes_no_new_row() -> None:
    assert tree(Fact(D3, C1, "parent", other=A)).links(C1) == (Link(Interval(D1), A),)


def test_a_unit_follows_the_sole_heir_of_its_superior_and_then_that_ones() -> None:
    found = tree(*begins(4, "district", PROVINCE), *end(A, D2, B), *end(B, D3, 4))
    assert found.links(C1) == (Link(Interval(D1, D2), A), Link(Interval(D2, D3), B), Link(Interval(D3), 4))


def test_the_heir_of_a_dissolved_unit_is_its_superior_of_the_last_day() -> None:
    assert tree(*end(A, D2)).heirs(A) == (Heir(PROVINCE, D2, "superior", 7),)
    moved = tree(Fact(D2, C1, "parent", other=B), *end(C1, D3))
    assert moved.heirs(C1) == (Heir(B, D3, "superior", 7),)


def test_a_split_superior_leaves_several_heirs_to_what_is_dissolved_with_it() -> None:
    found = tree(*begins(4, "district", PROVINCE), *end(A, D2, B, 4), *end(C1, D2))
    assert {heir.unit for heir in found.heirs(C1)} == {B, 4}
    assert codes(found, C1) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([Fact(D2, C1, "name", "a"), Fact(D2, C1, "name", "b")], "contradictory"),
        (begins(C1, "commune", B, D2), "begins_twice"),
        ([*end(C1, D2, B), *end(C1, D3, B)], "ends_twice"),
        (end(C1, D1, B), "no_day_of_life"),
        ([Fact(D2, C1, "kind", "nothing")], "unknown_kind"),
        ([*end(A, D2, B), Fact(D3, C1, "parent", other=A)], "superior_not_living"),
        ([*begins(4, "district", PROVINCE), *end(A, D2, B, 4)], "part_missing"),
        (end(C1, D2, C1), "own_heir"),
        ([*end(B, D2, PROVINCE), *end(C1, D3, B)], "heir_not_living"),
        ([Fact(D2, C1, "kind", "province")], "level_not_above"),
        ([*end(C1, D2, B), Fact(D2, C1, "name", "x")], "outside_life"),
    ],
)
def test_what_is_wrong_with_a_commune(facts: list[Fact], code: str) -> None:
    assert f"organisations.{code}" in codes(tree(*facts), C1)


def test_a_unit_of_which_something_is_said_must_have_been_established() -> None:
    assert codes(tree(Fact(D2, 99, "name", "x")), 99) == ["organisations.not_established"]


def test_a_unit_established_without_a_superior_has_no_home() -> None:
    found = tree(*[fact for fact in begins(20, "cell", C1) if fact.attribute != "parent"])
    assert codes(found, 20) == ["organisations.no_home"]


def test_two_units_above_each_other_are_a_cycle_at_both() -> None:
    found = tree(Fact(D2, A, "parent", other=B), Fact(D2, B, "parent", other=A))
    assert codes(found, A) == codes(found, B) == ["organisations.cycle"]


def test_a_problem_names_the_unit_as_it_is_called_on_that_day() -> None:
    found = tree(Fact(D2, C1, "name", "Xã Mới"), *end(C1, D4, C1))
    (problem,) = [p for p in found.problems(C1) if p.code == "organisations.own_heir"]
    assert problem.data == {"unit": "Xã Mới", "day": "01/01/2023"}


def test_ancestry_joins_the_times_under_the_same_ancestor() -> None:
    found = tree(Fact(D3, C1, "parent", other=B))
    rows = ancestry([C1], found.life, found.links)
    assert rows == {
        (C1, C1): [Interval(D1)],
        (A, C1): [Interval(D1, D3)],
        (B, C1): [Interval(D3)],
        (PROVINCE, C1): [Interval(D1)],
    }


def test_ancestry_has_a_gap_where_a_unit_was_elsewhere_meanwhile() -> None:
    found = tree(Fact(D2, C1, "parent", other=B), Fact(D3, C1, "parent", other=A))
    assert ancestry([C1], found.life, found.links)[A, C1] == [Interval(D1, D2), Interval(D3)]


def test_the_past_passes_on_from_the_day_of_the_last_step_and_by_the_shortest_way() -> None:
    steps = {1: [(2, D1), (3, D1)], 2: [(4, D3)], 3: [(4, D2)], 4: []}
    assert heritage(1, lambda unit: steps[unit]) == {2: D1, 3: D1, 4: D2}
