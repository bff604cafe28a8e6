"""What a superior collects: all reports of a form and period, or of a demand, that wait for one unit."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.queries import Label, labels

from .asof import received_by
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


COUNTS = ("total", "sent", "accepted", "waiting", "overdue")


def rounds(units: Collection[int], day: date, today: date | None = None, *, most: int = 24) -> list[Round]:
    """The rounds of reports that these units collect, the newest first; on a day before `today` as they stood then. Four queries, for a
    day gone by a few more."""
    rows = _rows(units, day, most * 2) if today is None or day >= today else _rows_on(units, day, today)
    merged: dict[Key, dict[str, int]] = {}
    dues: dict[Key, date] = {}
    titles: dict[Key, str] = {}
    for row in rows:
        key = (row["receiver"], row["form"], row["period"], row["demand"])
        titles[key] = row["demand__title"] or round_title(row["form"], row["period"])
        counts = merged.setdefault(key, dict.fromkeys(COUNTS, 0))
        for name in counts:
            counts[name] += row[name]
        dues[key] = min(dues.get(key, row["due_on"]), row["due_on"])
    known = labels({key[0] for key in merged}, day)
    found = [
        Round(known[key[0]], key[1], titles[key], key[2], key[3], dues[key], **counts) for key, counts in merged.items()
    ]
    return found[:most]


def _rows(units: Collection[int], day: date, most: int) -> list[dict[str, Any]]:
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
        .order_by("-due_on", "receiver", "form", "demand")[:most]
    )
    return [dict(row) for row in rows]


def _rows_on(units: Collection[int], day: date, today: date) -> list[dict[str, Any]]:
    """The same, counted from the reports as they stood on a day gone by: one row for each."""
    found = []
    for one in received_by(units, day, today):
        state = State(one.state)
        if state is not State.LAPSED:
            not_in = state in WAITED_FOR
            title = one.demand.title if one.demand else None
            row = {"receiver": one.receiver_id, "form": one.form, "period": one.period, "demand": one.demand_id}
            counts = (1, not not_in, state is State.ACCEPTED, state is State.SUBMITTED, not_in and one.due_on < day)
            found.append(
                row | {"demand__title": title, "due_on": one.due_on} | dict(zip(COUNTS, map(int, counts), strict=True))
            )
    return sorted(found, key=lambda row: (-row["due_on"].toordinal(), row["receiver"], row["form"], row["demand"] or 0))


def of_round(one: Round, day: date, today: date) -> list[Report]:
    """The reports of one round as on the day, also those that lapsed."""
    only = {"form": one.form, "period": one.period, "demand": one.demand}
    return _received(one.receiver.unit, day, today, **only)


def _received(unit: int, day: date, today: date, **only: Any) -> list[Report]:
    if day < today:
        return received_by([unit], day, today, **only)
    rows = Report.objects.filter(receiver=unit, **only).select_related("demand")
    return list(rows.order_by("due_on", "starts_on", "pk"))


@dataclass(frozen=True, slots=True)
class GridRow:
    """A unit over several periods: for each the standing of its report with its key, None where it had none to give."""

    unit: Label
    cells: tuple[tuple[int, str, str] | None, ...]

    @property
    def late(self) -> int:
        """How many were sent late or are late still."""
        return sum(cell is not None and cell[1] in {"overdue", "accepted_late"} for cell in self.cells)


def grid(several: Sequence[Round], day: date, today: date | None = None) -> list[GridRow]:
    """How each unit kept to its reports over these rounds of one receiver and form, who is late most first. A few queries.

    Of a period reported in parts the part that stands worst is shown.
    """
    if not several:
        return []
    periods = [one.period for one in several]
    only = {"form": several[0].form, "period__in": periods, "demand": None}
    rows = [one for one in _received(several[0].receiver.unit, day, today or day, **only) if one.state != State.LAPSED]
    found: dict[int, dict[str, tuple[int, str, str]]] = defaultdict(dict)
    for line in lines(sorted(rows, key=lambda one: one.starts_on), day):
        present = found[line.unit.unit].get(line.report.period)
        if present is None or WORST.index(line.standing) < WORST.index(present[1]):
            found[line.unit.unit][line.report.period] = (line.report.pk, line.standing, line.word)
    known = labels(found, day)
    made = [GridRow(known[unit], tuple(cells.get(one) for one in periods)) for unit, cells in found.items()]
    return sorted(made, key=lambda row: (-row.late, sort_key(row.unit.name)))


WORST = (
    "overdue", "returned", "due_soon", "not_started", "in_progress", "reported", "accepted_late", "accepted",
)  # fmt: skip
