"""The tree follows from the set of reorganisations: whatever order they are recorded in, revoked or not, early or late."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.lib.refusals import Refused
from dondoc.organisations.models import (
    Ancestry,
    Heritage,
    Reorganisation,
    Succession,
    Unit,
    UnitKind,
    UnitName,
    UnitParent,
)
from dondoc.organisations.services import rebuild, reorganise, revoke
from dondoc.organisations.steps import Dissolve, Establish, Merge, Move, Ref, Rename, Split, Step

from .trees import act_on, draw

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
          Chi bộ 1
          Chi bộ 2
        Xã A2
          Chi bộ 3
      Huyện ủy B
        Xã B1
          Chi bộ 4
        Xã B2
"""
DISTRICTS = ["huyen-uy-a", "huyen-uy-b", "huyen-uy-c"]
COMMUNES = ["xa-a1", "xa-a2", "xa-b1", "xa-b2", "xa-c1"]
CELLS = ["chi-bo-1", "chi-bo-2", "chi-bo-3", "chi-bo-4"]
START = date(2021, 1, 1)

Dated = tuple[Step, date]

days = st.integers(0, 8).map(lambda n: START + timedelta(days=n))
district, commune, cell = st.sampled_from(DISTRICTS), st.sampled_from(COMMUNES), st.sampled_from(CELLS)


def parts_of(heirs: list[str], cells: list[str]) -> list[tuple[Ref, Sequence[Ref]]]:
    return [(heir, cells[number :: len(heirs)]) for number, heir in enumerate(heirs)]


steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(Move, cell, commune),
    st.builds(Move, commune, district),
    st.builds(Rename, commune, st.sampled_from(["Xã Một", "Xã Hai"])),
    st.builds(Dissolve, st.one_of(cell, commune, district)),
    st.builds(lambda a, b: Merge([a], b), commune, commune),
    st.builds(lambda a, b: Merge([a], b), cell, cell),
    st.builds(lambda a, b: Merge([a], b), district, district),
    st.builds(
        lambda unit, heirs, cells: Split(unit, parts_of(heirs, cells)),
        commune,
        st.lists(commune, min_size=2, max_size=2, unique=True),
        st.lists(cell, max_size=3, unique=True),
    ),
    st.just(Establish("huyen-uy-c", "district", "Huyện ủy C", "tinh-uy")),
    st.just(Establish("xa-c1", "commune_grassroots", "Xã C1", "huyen-uy-a")),
)
reorganisations = st.lists(st.tuples(steps, days), min_size=1, max_size=7)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def try_one(step: Step, day: date) -> Reorganisation | None:
    try:
        with transaction.atomic():
            return reorganise(step, decision="QĐ", effective_on=day, act=act_on(date(2021, 6, 1)))
    except Refused:
        return None


def recorded(wanted: Sequence[Dated]) -> list[Dated]:
    """Those that could be recorded, trying again what was impossible until another had been."""
    waiting, done = list(wanted), list[Dated]()
    progress = True
    while progress:
        progress = False
        for one in list(waiting):
            if try_one(*one):
                waiting.remove(one)
                done.append(one)
                progress = True
    return done


def everything() -> dict[str, set[tuple[object, ...]]]:
    """All derived rows, by codes, so that two databases can be compared."""
    return {
        "lives": set(Unit.objects.values_list("code", "valid_from", "valid_to").exclude(valid_from=date.max)),
        "names": set(UnitName.objects.values_list("unit__code", "name", "valid_from", "valid_to")),
        "kinds": set(UnitKind.objects.values_list("unit__code", "kind", "level", "valid_from", "valid_to")),
        "parents": set(UnitParent.objects.values_list("unit__code", "parent__code", "valid_from", "valid_to")),
        "above": set(Ancestry.objects.values_list("ancestor__code", "descendant__code", "valid_from", "valid_to")),
        "heirs": set(Succession.objects.values_list("predecessor__code", "heir__code", "on", "how")),
        "heritage": set(Heritage.objects.values_list("predecessor__code", "heir__code", "since")),
    }


def test_recorded_in_another_order_the_same_reorganisations_give_the_same_tree() -> None:
    draw(TREE)
    compared = 0

    @settings(max_examples=15)
    @given(reorganisations, st.randoms(use_true_random=False))
    def check(wanted: list[Dated], random) -> None:  # type: ignore[no-untyped-def]
        nonlocal compared
        with taken_back():
            first = recorded(wanted)
            tree = everything()
        with taken_back():
            mixed = list(first)
            random.shuffle(mixed)
            # An order may be impossible at first sight (a unit is moved to one that is not yet established): such waits its turn.
            if len(recorded(mixed)) == len(first):
                assert everything() == tree
                compared += len(first) > 1

    check()
    assert compared


def test_rebuilt_equals_stored_and_what_is_stored_holds_together_on_every_day() -> None:
    draw(TREE)

    @settings(max_examples=15)
    @given(reorganisations)
    def check(wanted: list[Dated]) -> None:
        with taken_back():
            recorded(wanted)
            for day in (START + timedelta(days=n) for n in range(-1, 10)):
                alive = set(Unit.objects.on(day).values_list("code", flat=True))
                parents = dict(UnitParent.objects.on(day).values_list("unit__code", "parent__code"))
                assert set(parents) == alive - {"tinh-uy"}
                assert set(parents.values()) <= alive
                assert set(UnitName.objects.on(day).values_list("unit__code", flat=True)) == alive
                above = set(Ancestry.objects.on(day).values_list("descendant__code", "ancestor__code"))
                assert above == {(code, one) for code in alive for one in climb(code, parents)}
            before = everything()
            assert rebuild() == 0
            assert everything() == before

    check()


def climb(code: str, parents: dict[str, str]) -> list[str]:
    return [code, *(climb(parents[code], parents) if code in parents else [])]


def test_a_revoked_reorganisation_leaves_no_trace_in_the_tree() -> None:
    draw(TREE)

    @settings(max_examples=15)
    @given(reorganisations, steps, days)
    def check(wanted: list[Dated], wrong: Step, day: date) -> None:
        with taken_back():
            recorded(wanted)
            before = everything()
            made = try_one(wrong, day)
            if made:
                revoke(made, decision="QĐ hủy", act=act_on(date(2021, 6, 2)))
            assert everything() == before
            assert rebuild() == 0

    check()
