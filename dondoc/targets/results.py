"""What units achieved, month by month, from the ledger: the sum of what was reported below them, and how much of it is in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.figures.indicators import indicators
from dondoc.figures.models import Figure
from dondoc.figures.queries import current
from dondoc.lib.days import add_months
from dondoc.organisations.models import Ancestry, UnitKind

ORDER = {"report": 0, "event": 1, "import": 2, "article": 3}


@dataclass(frozen=True, slots=True)
class Result:
    """A number, and how many of the parts that were to be reported are in. `value` None: nothing was reported, which is not 0."""

    value: int | None = None
    reported: int = 0
    expected: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything that was to be reported is in."""
        return self.expected > 0 and self.reported >= self.expected

    def __add__(self, other: "Result") -> "Result":
        values = [one.value for one in (self, other) if one.value is not None]
        return Result(sum(values) if values else None, self.reported + other.reported, self.expected + other.expected)


Months = dict[date, Result]


def months(start: date, end: date) -> list[date]:
    """The first days of the months that lie whole between the days, `end` being the first day out."""
    found, month = [], date(start.year, start.month, 1)
    while add_months(month, 1) <= end:
        found.append(month)
        month = add_months(month, 1)
    return found


def monthly(units: Sequence[int], keys: Iterable[str], start: date, end: date) -> dict[tuple[int, str], Months]:
    """(unit, indicator) → month → result, for whole months from `start` up to, and without, `end`. Three queries."""
    wanted = months(start, end)
    rows = Ancestry.objects.filter(ancestor__in=units, valid_from__lt=end).exclude(valid_to__lte=start)
    above: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for ancestor, below, begins, ends in rows.values_list("ancestor", "descendant", "valid_from", "valid_to"):
        above[below].append((ancestor, begins, ends or date.max))
    kinds: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    for unit, kind, begins, ends in UnitKind.objects.filter(unit__in=list(above)).values_list(
        "unit", "kind", "valid_from", "valid_to"
    ):
        kinds[unit].append((kind, begins, ends or date.max))
    figures: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    listed = list(keys)
    for figure in current().filter(unit__in=list(above), indicator__in=listed, starts_on__gte=start, ends_on__lte=end):
        figures[figure.unit_id, figure.indicator].append(figure)
    found: dict[tuple[int, str], Months] = {
        (unit, key): {month: Result() for month in wanted} for unit in units for key in listed
    }
    for key in listed:
        entered = indicators()[key].entered_at
        for below, lines in above.items():
            mine = _counting(figures.get((below, key), []))
            for month in wanted:
                after = add_months(month, 1)
                for ancestor, begins, ends in lines:
                    stays = _meets(begins, ends, month, after) and any(
                        kind in entered and _meets(a, b, max(begins, month), min(ends, after))
                        for kind, a, b in kinds[below]
                    )
                    if not stays:
                        continue
                    inside = [
                        one
                        for one in mine
                        if one.ends_on and month <= one.ends_on - timedelta(1) < after and begins < one.ends_on <= ends
                    ]
                    value = sum(one.value for one in inside) if inside else None
                    found[ancestor, key][month] += Result(value, 1 if inside else 0, 1)
    return found


def _meets(a: date, b: date, c: date, d: date) -> bool:
    return max(a, c) < min(b, d)


def _counting(figures: list[Figure]) -> list[Figure]:
    """Of several figures for the same days the one that counts."""
    best: dict[tuple[date | None, date | None], Figure] = {}
    for one in sorted(figures, key=lambda f: (-ORDER[f.origin], f.qualifier == "exact", f.pk)):
        best[one.starts_on, one.ends_on] = one
    return list(best.values())


def members_on(units: Sequence[int], day: date) -> dict[int, Result]:
    """The members of units on a day, from the latest figure of each cell below in the year before it. Three queries."""
    rows = Ancestry.objects.on(day).filter(ancestor__in=units).values_list("ancestor", "descendant")
    above: dict[int, list[int]] = defaultdict(list)
    for ancestor, below in rows:
        above[below].append(ancestor)
    entered = indicators()["members"].entered_at
    entering = set(
        UnitKind.objects.on(day).filter(unit__in=list(above), kind__in=entered).values_list("unit", flat=True)
    )
    known: dict[int, int] = {}
    stock = current().filter(unit__in=entering, indicator="members", on__lte=day, on__gt=add_months(day, -12))
    for figure in stock.order_by("on", "pk"):
        known[figure.unit_id] = figure.value
    found = {unit: Result() for unit in units}
    for below in entering:
        for ancestor in above[below]:
            found[ancestor] += Result(known.get(below), 1 if below in known else 0, 1)
    return found
