"""What figures add to units in each of several months, as the stored totals of months and the units' own figures give it."""

from collections.abc import Sequence

from dondoc.lib.periods import Interval

from .contributions import Added, Cell, own_and_stored
from .indicators import Indicator


def by_month(chosen: Sequence[Indicator], months: Sequence[Interval], units: Sequence[int]) -> dict[Cell, Added]:
    """(unit, indicator, first day of a month) → what is added, by the tree of that month, in one query. `months` are whole calendar months.

    What no single month holds is in none of them.
    """
    return own_and_stored(chosen, months, units, [month.start for month in months])
