"""Every roll-up of random trees with random pasts is the same in the product, in plain Python and in DuckDB. `make proof` tries more."""

import pytest

from .three_ways.proof import Outcome, prove

WORLDS, TREES = 10, 20


@pytest.mark.slow
@pytest.mark.django_db
def test_two_hundred_random_trees_are_rolled_up_three_ways_without_a_difference() -> None:
    outcome = Outcome()
    for number in range(WORLDS):
        outcome = outcome.plus(prove(f"suite {number}", TREES))
    assert not outcome.differences, "\n".join(outcome.differences[:5])
    assert outcome.trees == 200
    # The proof is empty where nothing happens.
    kinds = {
        "establish",
        "rename",
        "change_kind",
        "move",
        "merge",
        "split",
        "split off new ones",
        "dissolve",
        "revoke",
        "correct",
        "withdraw",
    }
    assert kinds <= set(outcome.done)
    assert outcome.done["split"] + outcome.done["split off new ones"] >= outcome.trees / 10
    assert outcome.with_figures > outcome.totals / 10
