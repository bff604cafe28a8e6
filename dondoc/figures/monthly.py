"""What figures add to units in each of several months, as the stored totals of months and the units' own figures give it."""

from collections.abc import Sequence

from dondoc.lib.periods import Interval

from .contributions import Added, Cell, contributions
from .indicators import Indicator
from .models import MonthTotal
from .totals import COLUMNS, NOTHING


def by_month(chosen: Sequence[Indicator], months: Sequence[Interval], units: Sequence[int]) -> dict[Cell, Added]:
    """(unit, indicator, first day of a month) → what is added, by the tree of that month, in two queries. `months` are whole calendar months.

    What no single month holds is in none of them.
    """
    found = contributions(chosen, months, of=units, part="own")
    rows = MonthTotal.objects.filter(
        unit__in=units, indicator__in=[one.key for one in chosen], month__in=[month.start for month in months]
    )
    for unit, indicator, month, *numbers in rows.values_list("unit", "indicator", "month", *COLUMNS):
        cell = Cell(unit, indicator, month)
        found[cell] = found.get(cell, NOTHING).plus(Added(**dict(zip(COLUMNS, numbers, strict=True))))
    return found
