"""One world, rolled up three ways; and whether what is stored is what would be built anew."""

from dataclasses import dataclass, field
from random import Random

from dondoc.figures import parts, rollup, standing, totals
from dondoc.figures.contributions import Everyone
from dondoc.figures.models import Figure, MonthDue, MonthTotal
from dondoc.figures.rollup import Total
from dondoc.organisations.models import Unit

from . import by_duckdb, by_hand
from .worlds import INDICATORS, grow, only_these_indicators, periods, taken_back


@dataclass(slots=True)
class Outcome:
    """What was compared, and every difference in words."""

    trees: int = 0
    totals: int = 0
    with_figures: int = 0
    figures: int = 0
    stored: int = 0
    done: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def plus(self, other: "Outcome") -> "Outcome":
        """Both together."""
        done = {what: self.done.get(what, 0) + other.done.get(what, 0) for what in sorted({*self.done, *other.done})}
        return Outcome(
            self.trees + other.trees,
            self.totals + other.totals,
            self.with_figures + other.with_figures,
            self.figures + other.figures,
            self.stored + other.stored,
            done,
            self.differences + other.differences,
        )


def prove(seed: str, trees: int, busy: int = 1) -> Outcome:
    """Make the world of a seed, roll it up three ways, and leave nothing behind in the database. `busy`: how much happens in a tree."""
    random = Random(seed)
    with only_these_indicators(), taken_back():
        world = grow(random, trees, busy)
        outcome = Outcome(trees, done=world.done, figures=Figure.objects.count(), stored=MonthTotal.objects.count())
        outcome.differences += [f"{seed}: {one}" for one in _stored_wrong()]
        asked = periods(random)
        units = list(Unit.objects.values_list("pk", flat=True))
        chosen = list(INDICATORS.values())
        ledger, duck = by_hand.Ledger(), by_duckdb.roll_up(chosen, asked)
        for number, days in enumerate(asked):
            ours = rollup.roll_up(units, INDICATORS, days)
            live = {place: rollup.total(one, 0) for place, one in rollup.live(units, chosen, days).items()}
            for indicator in chosen:
                hand = by_hand.roll_up(ledger, units, indicator, days)
                for unit in units:
                    one = ours[unit, indicator.key]
                    other = duck.get((number, unit, indicator.key), Total())
                    bare = live.get((unit, indicator.key), Total())
                    outcome.totals += 1
                    outcome.with_figures += one.value is not None
                    if not (one == hand[unit] == other) or bare.value != one.value:
                        outcome.differences.append(
                            f"{seed}: unit {unit}, {indicator.key}, {days}:\n  stored {one}\n  live {bare}\n"
                            f"  Python {hand[unit]}\n  DuckDB {other}"
                        )
    return outcome


def _stored_wrong() -> list[str]:
    """Whether rebuilding would change anything of what is stored."""
    weighed = standing.rebuild(Unit.objects.values_list("pk", flat=True))
    months = sorted({month for month, _ in totals.steps()})
    wrong = totals.difference(
        totals.stored(sorted(INDICATORS), months), totals.right(list(INDICATORS.values()), months)
    )
    kept = list(MonthDue.objects.filter(unit=None).values_list("month", flat=True))
    due = totals.difference_due(totals.stored_due(kept), parts.due(Everyone.ALL, kept))
    return (
        [f"{place}: {by} more are expected" for place, by in due.items()]
        + [f"{weighed} figures are weighed wrong"] * bool(weighed)
        + [f"{cell}: off by {by}" for cell, by in wrong.items()]
    )
