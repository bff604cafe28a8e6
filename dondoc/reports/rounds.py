"""What a superior collects: all reports of a form and period, or of a demand, that wait for one unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from dondoc.organisations.queries import Label, labels

from .models import Report
from .naming import round_title
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


def rounds(units: Collection[int], day: date, *, most: int = 12) -> list[Round]:
    """The rounds of reports that these units collect, the newest first. Four queries."""
    not_in = Q(state__in=list(WAITED_FOR))
    rows = (
        Report.objects.filter(receiver__in=units)
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
    return Report.objects.filter(
        receiver=one.receiver.unit, form=one.form, period=one.period, demand=one.demand
    ).select_related("demand")
