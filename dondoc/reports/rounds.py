"""What a superior collects: all reports of a form and period, or of a demand, that wait for one unit."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.queries import Label, labels

from .models import Report
from .naming import round_title
from .queries import lines
from .rules.states import WAITED_FOR, State

Key = tuple[int, str, str, int | None]
"""Receiver, form, period and demand."""


@dataclass(frozen=True, slots=True)
class Round:
    """All reports of one form and period that one unit waits for, counted."""

    receiver: Label
    form: str
    title: str
    period: str
    demand: int | None
    due_on: date
    total: int
    sent: int
    accepted: int
    waiting: int
    overdue: int

    @property
    def missing(self) -> int:
        """How many are not in."""
        return self.total - self.sent

    @property
    def query(self) -> str:
        """The page of the round, as the query of its address."""
        asked = {"demand": self.demand} if self.demand else {"form": self.form, "period": self.period}
        return urlencode({"unit": self.receiver.unit, **asked})


def rounds(units: Collection[int], day: date, *, most: int = 24) -> list[Round]:
    """The rounds of reports that these units collect, the newest first. Four queries."""
    not_in = Q(state__in=list(WAITED_FOR))
    rows = (
        Report.objects.filter(receiver__in=units)
        .exclude(state=State.LAPSED)
        .values("receiver", "form", "period", "demand", "demand__title", "due_on")
        .annotate(
            total=Count("pk"),
            sent=Count("pk", filter=~not_in),
            accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
            waiting=Count("pk", filter=Q(state=State.SUBMITTED)),
            overdue=Count("pk", filter=not_in & Q(due_on__lt=day)),
        )
        .order_by("-due_on", "receiver", "form", "demand")[: most * 2]
    )
    merged: dict[Key, dict[str, int]] = {}
    dues: dict[Key, date] = {}
    titles: dict[Key, str] = {}
    for row in rows:
        key = (row["receiver"], row["form"], row["period"], row["demand"])
        titles[key] = row["demand__title"] or round_title(row["form"], row["period"])
        counts = merged.setdefault(key, dict.fromkeys(("total", "sent", "accepted", "waiting", "overdue"), 0))
        for name in counts:
            counts[name] += row[name]  # type: ignore[literal-required]
        dues[key] = min(dues.get(key, row["due_on"]), row["due_on"])
    known = labels({key[0] for key in merged}, day)
    found = [
        Round(known[key[0]], key[1], titles[key], key[2], key[3], dues[key], **counts) for key, counts in merged.items()
    ]
    return found[:most]


def of_round(one: Round) -> QuerySet[Report]:
    """The reports of one round."""
    rows = Report.objects.filter(receiver=one.receiver.unit, form=one.form, period=one.period, demand=one.demand)
    return rows.exclude(state=State.LAPSED).select_related("demand")


@dataclass(frozen=True, slots=True)
class GridRow:
    """A unit over several periods: for each the standing of its report with its key, None where it had none to give."""

    unit: Label
    cells: tuple[tuple[int, str, str] | None, ...]

    @property
    def late(self) -> int:
        """How many were sent late or are late still."""
        return sum(cell is not None and cell[1] in {"overdue", "accepted_late"} for cell in self.cells)


def grid(several: Sequence[Round], day: date) -> list[GridRow]:
    """How each unit kept to its reports over these rounds of one receiver and form, who is late most first. Four queries.

    Of a period reported in parts the part that stands worst is shown.
    """
    if not several:
        return []
    periods = [one.period for one in several]
    rows = Report.objects.filter(
        receiver=several[0].receiver.unit, form=several[0].form, period__in=periods, demand=None
    ).exclude(state=State.LAPSED)
    found: dict[int, dict[str, tuple[int, str, str]]] = defaultdict(dict)
    for line in lines(list(rows.order_by("starts_on")), day):
        present = found[line.unit.unit].get(line.report.period)
        if present is None or WORST.index(line.standing) < WORST.index(present[1]):
            found[line.unit.unit][line.report.period] = (line.report.pk, line.standing, line.word)
    known = labels(found, day)
    made = [GridRow(known[unit], tuple(cells.get(one) for one in periods)) for unit, cells in found.items()]
    return sorted(made, key=lambda row: (-row.late, sort_key(row.unit.name)))


WORST = (
    "overdue", "returned", "due_soon", "not_started", "in_progress", "reported", "accepted_late", "accepted",
)  # fmt: skip
