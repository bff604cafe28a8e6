"""Who holds a part: successions as they follow from the facts, without a database."""

from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.directives.rules import Decision, Held, How, Part, Succeeded, Tree, hold

START = date(2023, 4, 28)
REFORM = date(2025, 7, 1)
LATER = date(2026, 1, 1)
PROVINCE, DISTRICT, COMMUNE, OTHER, NEW, NEWER, CELL, FRONT = range(1, 9)
NAMES = dict(enumerate(["", "Tỉnh", "Huyện", "Xã", "Xã khác", "Xã mới", "Xã mới nữa", "Chi bộ", "Mặt trận"]))
HEAD = 100

GIVEN = [
    Decision(Part.RECEIVER, COMMUNE, START),
    Decision(Part.FOLLOWER, DISTRICT, START),
    Decision(Part.VERIFIER, DISTRICT, START),
    Decision(Part.ANSWERABLE, COMMUNE, START, post=COMMUNE + HEAD),
]


def tree(*successions: Succeeded, below: dict[int, int] | None = None) -> Tree:
    """The units with their superiors; each has a head's post; every unit of `below` is there all the time."""
    by_unit: dict[int, list[Succeeded]] = {}
    for one in successions:
        by_unit.setdefault(one.predecessor, []).append(one)
    parents = {DISTRICT: PROVINCE, COMMUNE: DISTRICT, OTHER: DISTRICT, NEW: PROVINCE, NEWER: PROVINCE, CELL: COMMUNE}
    dated = {unit: [(date.min, None, parent)] for unit, parent in (parents | (below or {})).items()}
    heads = {unit: [(date.min, None, unit + HEAD)] for unit in NAMES if unit}
    return Tree(by_unit, dated, heads)


def told(held: list[Held], part: Part) -> list[str]:
    """One line for each piece: who, from when, how."""
    return [
        f"{NAMES[one.unit] if one.unit else 'waits with ' + NAMES[one.parked_with or 0]} from {one.start} {one.how.value}"
        + (f" proposed {NAMES[one.proposed]}" if one.proposed else "")
        for one in held
        if one.part is part
    ]


def test_without_a_reorganisation_everyone_keeps_their_part() -> None:
    found = hold(GIVEN, tree())
    assert told(found, Part.RECEIVER) == ["Xã from 2023-04-28 decided"]
    assert told(found, Part.VERIFIER) == ["Huyện from 2023-04-28 decided"]
    assert [one.post for one in found if one.part is Part.ANSWERABLE] == [COMMUNE + HEAD]


def test_a_receiver_that_merged_is_followed_by_its_successor_from_that_day() -> None:
    found = hold(GIVEN, tree(Succeeded(COMMUNE, NEW, REFORM)))
    assert told(found, Part.RECEIVER) == ["Xã from 2023-04-28 decided", "Xã mới from 2025-07-01 succeeded"]


def test_the_answerable_post_becomes_the_head_of_the_new_unit() -> None:
    found = hold(GIVEN, tree(Succeeded(COMMUNE, NEW, REFORM)))
    posts = [(one.post, one.start) for one in found if one.part is Part.ANSWERABLE]
    assert posts == [(COMMUNE + HEAD, START), (NEW + HEAD, REFORM)]


def test_a_verifier_that_was_dissolved_is_replaced_by_its_superior() -> None:
    found = hold(GIVEN, tree(Succeeded(DISTRICT, PROVINCE, REFORM, named=False)))
    assert told(found, Part.VERIFIER) == ["Huyện from 2023-04-28 decided", "Tỉnh from 2025-07-01 succeeded"]
    assert told(found, Part.FOLLOWER) == ["Huyện from 2023-04-28 decided", "Tỉnh from 2025-07-01 succeeded"]


def test_a_receiver_dissolved_without_successor_waits_with_its_superior() -> None:
    found = hold(GIVEN, tree(Succeeded(COMMUNE, DISTRICT, REFORM, named=False)))
    assert told(found, Part.RECEIVER) == ["Xã from 2023-04-28 decided", "waits with Huyện from 2025-07-01 parked"]


def test_a_receiver_split_between_two_waits_with_the_nearest_superior_of_both() -> None:
    found = hold(GIVEN, tree(Succeeded(COMMUNE, NEW, REFORM), Succeeded(COMMUNE, NEWER, REFORM)))
    assert told(found, Part.RECEIVER) == ["Xã from 2023-04-28 decided", "waits with Tỉnh from 2025-07-01 parked"]


def test_while_a_receiver_waits_nobody_answers_for_it() -> None:
    found = hold(GIVEN, tree(Succeeded(COMMUNE, NEW, REFORM), Succeeded(COMMUNE, NEWER, REFORM)))
    assert [one.end for one in found if one.part is Part.ANSWERABLE] == [REFORM]


def test_a_verifier_split_between_two_waits_with_the_receivers_superior_proposed() -> None:
    split = [Succeeded(DISTRICT, NEW, REFORM), Succeeded(DISTRICT, NEWER, REFORM)]
    found = hold(GIVEN, tree(*split, below={COMMUNE: PROVINCE}))
    assert told(found, Part.VERIFIER)[1:] == ["waits with Tỉnh from 2025-07-01 parked proposed Tỉnh"]


def test_a_verifier_whose_heir_is_the_receiver_waits_instead_of_verifying_itself() -> None:
    merge = [Succeeded(DISTRICT, NEW, REFORM), Succeeded(COMMUNE, NEW, REFORM)]
    found = hold(GIVEN, tree(*merge))
    assert told(found, Part.RECEIVER)[1:] == ["Xã mới from 2025-07-01 succeeded"]
    assert told(found, Part.VERIFIER)[1:] == ["waits with Tỉnh from 2025-07-01 parked proposed Tỉnh"]
    assert told(found, Part.FOLLOWER)[1:] == ["waits with Tỉnh from 2025-07-01 parked proposed Tỉnh"]


def test_a_receiver_that_grows_into_its_verifier_parks_the_verifier() -> None:
    found = hold(GIVEN, tree(Succeeded(COMMUNE, DISTRICT, REFORM)))
    assert told(found, Part.RECEIVER)[1:] == ["Huyện from 2025-07-01 succeeded"]
    assert told(found, Part.VERIFIER)[1:] == ["waits with Tỉnh from 2025-07-01 parked proposed Tỉnh"]


def test_two_reorganisations_in_a_row_are_followed_one_by_one() -> None:
    found = hold(GIVEN, tree(Succeeded(COMMUNE, NEW, REFORM), Succeeded(NEW, NEWER, LATER)))
    assert told(found, Part.RECEIVER) == [
        "Xã from 2023-04-28 decided",
        "Xã mới from 2025-07-01 succeeded",
        "Xã mới nữa from 2026-01-01 succeeded",
    ]


def test_a_decision_ends_the_waiting_and_is_followed_again() -> None:
    facts = tree(Succeeded(COMMUNE, NEW, REFORM), Succeeded(COMMUNE, OTHER, REFORM), Succeeded(OTHER, NEWER, LATER))
    decided = Decision(Part.RECEIVER, OTHER, date(2025, 7, 10), order=9)
    assert told(hold([*GIVEN, decided], facts), Part.RECEIVER) == [
        "Xã from 2023-04-28 decided",
        "waits with Tỉnh from 2025-07-01 parked",
        "Xã khác from 2025-07-10 decided",
        "Xã mới nữa from 2026-01-01 succeeded",
    ]


def test_a_list_on_which_a_part_waits_passes_on_when_its_unit_ends() -> None:
    facts = tree(
        Succeeded(COMMUNE, OTHER, date(2024, 1, 1)),
        Succeeded(COMMUNE, CELL, date(2024, 1, 1)),
        Succeeded(DISTRICT, PROVINCE, REFORM, named=False),
        below={CELL: DISTRICT},
    )
    assert told(hold(GIVEN, facts), Part.RECEIVER)[1:] == [
        "waits with Huyện from 2024-01-01 parked",
        "waits with Tỉnh from 2025-07-01 parked",
    ]


def test_a_part_given_to_a_unit_that_had_ended_already_begins_with_its_successor() -> None:
    late = [Decision(Part.RECEIVER, COMMUNE, LATER)]
    assert told(hold(late, tree(Succeeded(COMMUNE, NEW, REFORM))), Part.RECEIVER) == [
        "Xã mới from 2026-01-01 succeeded"
    ]


def test_the_last_of_several_decisions_of_one_day_counts() -> None:
    twice = [*GIVEN, Decision(Part.VERIFIER, PROVINCE, START, order=5)]
    assert told(hold(twice, tree()), Part.VERIFIER) == ["Tỉnh from 2023-04-28 decided"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_facts_are_known_does_not_matter(order: tuple[int, ...]) -> None:
    facts = [Succeeded(COMMUNE, NEW, REFORM), Succeeded(COMMUNE, NEWER, REFORM), Succeeded(DISTRICT, PROVINCE, REFORM)]
    decided = [*GIVEN, Decision(Part.RECEIVER, NEW, LATER, order=9)]
    shuffled = [facts[n] for n in order]
    assert hold(decided[::-1], tree(*shuffled)) == hold(decided, tree(*facts))


UNITS = st.sampled_from([PROVINCE, DISTRICT, COMMUNE, OTHER, NEW, NEWER, CELL])
DAYS = st.integers(0, 1500).map(lambda n: START + timedelta(days=n))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Decision], list[Succeeded]]:
    """Decisions, and successions in which a unit ends once, only in favour of units with a greater number or its superior."""
    decisions = [*GIVEN]
    for number in range(draw(st.integers(0, 3))):
        decisions.append(Decision(draw(st.sampled_from([*Part])), draw(UNITS), draw(DAYS), order=number + 1))
    successions = []
    for unit in draw(st.sets(st.sampled_from([DISTRICT, COMMUNE, OTHER, NEW]))):
        heirs = draw(
            st.sets(
                st.sampled_from([NEWER, CELL, FRONT] if unit == NEW else [NEW, NEWER, CELL]), min_size=1, max_size=2
            )
        )
        day = draw(DAYS)
        successions += [
            Succeeded(unit, heir, day, named=draw(st.booleans()) or len(heirs) > 1) for heir in sorted(heirs)
        ]
    return decisions, successions


@given(worlds(), st.randoms(use_true_random=False))
def test_in_any_world_each_part_has_one_holder_at_a_time_and_no_gap(
    world: tuple[list[Decision], list[Succeeded]], random: object
) -> None:
    decisions, successions = world
    found = hold(decisions, tree(*successions))
    for part in (Part.RECEIVER, Part.FOLLOWER, Part.VERIFIER):
        pieces = [one for one in found if one.part is part]
        assert pieces[0].start == START
        assert pieces[-1].end is None
        assert all(a.end == b.start for a, b in pairwise(pieces))
        assert all((one.unit is None) == (one.how is How.PARKED) == (one.parked_with is not None) for one in pieces)
        assert all(one.end is None or one.start < one.end for one in pieces)
    random.shuffle(decisions)  # type: ignore[attr-defined]
    random.shuffle(successions)  # type: ignore[attr-defined]
    assert hold(decisions, tree(*successions)) == found


@given(worlds())
def test_in_any_world_no_unit_watches_over_itself(world: tuple[list[Decision], list[Succeeded]]) -> None:
    decisions, successions = world
    found = hold(decisions, tree(*successions))
    receivers = [one for one in found if one.part is Part.RECEIVER and one.unit]
    for watcher in (one for one in found if one.part in (Part.FOLLOWER, Part.VERIFIER) and one.unit):
        for receiver in receivers:
            if watcher.unit == receiver.unit:
                assert (receiver.end and receiver.end <= watcher.start) or (
                    watcher.end and watcher.end <= receiver.start
                )


@given(worlds())
def test_in_any_world_nobody_holds_a_part_after_their_end(world: tuple[list[Decision], list[Succeeded]]) -> None:
    decisions, successions = world
    ends = {one.predecessor: one.on for one in successions}
    for one in hold(decisions, tree(*successions)):
        for unit in (one.unit, one.parked_with):
            if unit in ends:
                assert one.start < ends[unit]
                assert one.end is not None
                assert one.end <= ends[unit]
