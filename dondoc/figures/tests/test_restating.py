"""Where the past belongs on a later tree: the worked example of `docs/algorithms/restating.md`, and what must hold for any past."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from dondoc.figures.restating import (
    Heir,
    How,
    Part,
    Past,
    Reason,
    Said,
    Unplaced,
    places,
    read_share,
    restated,
    share_words,
)

JULY = date(2025, 7, 1)
BEGAN = date(2020, 1, 1)
CELLS = range(1, 6)
A, B, C, D = 11, 12, 13, 14
MAY = "2025-05"


def past(*, cells: tuple[int, int] = (2, 1), stated: dict[tuple[int, int], Fraction] | None = None) -> Past:
    """The example's past; `cells` are those that went from A to C and to D."""
    begins = dict.fromkeys([*CELLS, A, B], BEGAN) | dict.fromkeys([C, D], JULY)
    ends = dict.fromkeys([*CELLS, C, D]) | dict.fromkeys([A, B], JULY)
    heirs = {A: [Heir(C, cells[0]), Heir(D, cells[1])], B: [Heir(D, 2)]}
    return Past(begins, ends, heirs, stated or {})


def course(under: set[int], of: Past) -> tuple[int | None, int]:
    found = restated([Said(A, MAY, 10), Said(B, MAY, 4)], JULY, under.__contains__, of)[MAY]
    return found.value, found.estimated


def test_a_cell_takes_its_past_to_the_commune_it_went_to() -> None:
    said = [Said(cell, MAY, value) for cell, value in zip(CELLS, (1, 0, 2, 1, 1), strict=True)]
    for commune, cells, value in ((C, {1, 2}, 1), (D, {3, 4, 5}, 4)):
        found = restated(said, JULY, (cells | {commune}).__contains__, past())[MAY]
        assert (found.value, found.estimated, found.unplaced) == (value, 0, ())


def test_a_split_commune_is_divided_by_the_cells_that_moved_and_that_is_an_estimate() -> None:
    assert course({C}, past()) == (7, 7)
    assert course({D}, past()) == (7, 3)


def test_a_stated_share_goes_before_the_cells() -> None:
    halves = {(A, C): Fraction(1, 2), (A, D): Fraction(1, 2)}
    assert course({C}, past(stated=halves)) == (5, 5)
    assert course({D}, past(stated=halves)) == (9, 5)


def test_shares_stated_for_other_successors_divide_nothing() -> None:
    """A third successor took part, and a reorganisation recorded since says it did not."""
    assert course({C}, past(stated={(A, C): Fraction(1, 2), (A, B): Fraction(1, 2)})) == (7, 7)


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("40", Fraction(2, 5)),
        ("66,5 %", Fraction(133, 200)),
        ("2/3", Fraction(2, 3)),
        ("", Fraction(0)),
        ("0", Fraction(0)),
    ],
)
def test_a_share_is_typed_as_a_percentage_or_a_fraction_and_told_the_same_way(typed: str, share: Fraction) -> None:
    assert read_share(typed) == share
    assert read_share(share_words(share)) == share


@pytest.mark.parametrize("typed", ["66.5", "-1", "1/0", "một nửa", "1000", "²", "12,345"])
def test_what_is_no_share_is_none(typed: str) -> None:
    assert read_share(typed) is None


def test_without_cells_and_shares_it_is_said_that_it_cannot_be_restated() -> None:
    found = restated([Said(A, MAY, 10)], JULY, {C, D}.__contains__, past(cells=(0, 0)))[MAY]
    assert found.value is None
    assert found.unplaced == ((Said(A, MAY, 10), Unplaced(A, Reason.NO_SHARE)),)


def test_before_its_end_a_unit_keeps_its_own_past() -> None:
    assert places(A, JULY - timedelta(days=1), past()) == (Part(A, Fraction(1), How.EXACT),)


def test_what_begins_later_has_no_place_on_an_earlier_tree() -> None:
    assert places(C, BEGAN, past()) == Unplaced(C, Reason.LATER)


def test_what_was_divided_and_comes_together_again_is_exact() -> None:
    """A goes to B and C, both of which go to D."""
    begins = dict.fromkeys([A, B, C, D], BEGAN)
    heirs = {A: [Heir(B, 1), Heir(C, 2)], B: [Heir(D, 0)], C: [Heir(D, 0)]}
    chain = Past(begins, {A: JULY, B: JULY, C: JULY, D: None}, heirs, {})
    assert places(A, JULY, chain) == (Part(D, Fraction(1), How.EXACT),)
