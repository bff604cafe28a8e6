"""Reading the ledger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from dondoc.lib.wording import percent

from . import rules
from .indicators import Indicator, indicators
from .models import Figure

WEIGHT = {"exact": 0, "about": 1, "over": 1, "under": 1}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of one indicator of one unit on a day.

    `figure` is None where there is no figure yet. `differing` are other numbers known for the same time, each once, from other sources. `target` is
    the figure of the same period that it is a rate of.
    """

    indicator: Indicator
    figure: Figure | None
    differing: tuple[Figure, ...] = ()
    target: Figure | None = None

    @property
    def value(self) -> int | None:
        """The number, or None: "chưa có số liệu", never 0."""
        return self.figure.value if self.figure else None

    @property
    def rate(self) -> str | None:
        """The rate in words ("69,2 %"), where there is a target for the same period."""
        if self.figure is None or self.target is None:
            return None
        return percent(self.figure.value, self.target.value)


def as_known_on(moment: datetime) -> QuerySet[Figure]:
    """The figures as the ledger knew them at a moment of the clock."""
    return Figure.objects.filter(Q(superseded_at=None) | Q(superseded_at__gt=moment), recorded_at__lte=moment)


def current() -> QuerySet[Figure]:
    """The figures that hold today: no later version, not withdrawn."""
    return Figure.objects.filter(superseded_at=None)


def of_units(units: Iterable[int], on: date, *, known: QuerySet[Figure] | None = None) -> dict[int, list[Shown]]:
    """What is known of units on a day, one entry per indicator of the content, in one query however many units there are.

    A stock is the latest one counted on or before the day, a flow that of the latest period begun by the day. Of several numbers for the
    same time that of a report comes first (`rules.ORIGINS`), an exact one before "about", then the one recorded last; the others are its
    `differing`. `known` is another state of
    the ledger (`as_known_on`), else today's.
    """
    wanted = list(units)
    rows = (known if known is not None else current()).filter(Q(on__lte=on) | Q(starts_on__lte=on), unit__in=wanted)
    found: dict[tuple[int, str], list[Figure]] = {}
    for row in (
        rows.select_related("source")
        .defer("source__text")
        .order_by(F("on").desc(nulls_last=True), "-ends_on", "-starts_on", "-pk")
    ):
        found.setdefault((row.unit_id, row.indicator), []).append(row)
    return {unit: [_shown(one, unit, found) for one in indicators().values()] for unit in wanted}


def _shown(indicator: Indicator, unit: int, found: dict[tuple[int, str], list[Figure]]) -> Shown:
    rows = found.get((unit, indicator.key), [])
    if not rows:
        return Shown(indicator, None)
    first, *others = _of_same_time(rows, rows[0])
    differing = {one.value: one for one in reversed(others) if one.value != first.value}
    targets = found.get((unit, indicator.rate_of or ""), [])
    target = next(iter(_of_same_time(targets, first)), None)
    return Shown(indicator, first, tuple(reversed(differing.values())), target)


def _of_same_time(rows: Sequence[Figure], like: Figure) -> list[Figure]:
    same = [row for row in rows if (row.period, row.on) == (like.period, like.on)]
    return sorted(same, key=lambda row: (rules.ORIGINS.index(row.origin), WEIGHT[row.qualifier], -row.pk))


def of_source(source: int) -> QuerySet[Figure]:
    """The current figures taken from one source, in the order of its text."""
    return current().filter(source=source).order_by("span_start", "pk")


def of_source_texts(sources: Iterable[int]) -> list[Figure]:
    """The current figures taken from several sources, with their source."""
    return list(
        current()
        .filter(source__in=list(sources))
        .select_related("source")
        .defer("source__text")
        .order_by("unit", "indicator", "pk")
    )
