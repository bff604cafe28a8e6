"""Evidence that reports are: sent, and for which period."""

from collections.abc import Collection, Iterator
from datetime import date

from dondoc.figures.rules import days_of
from dondoc.lib.evidence import Evidence, Proof

from .models import Report


def found(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    """The periodic reports that these units owe, sent or not. One query, however many units."""
    rows = Report.objects.filter(filler__in=units, demand=None, lapsed_on=None, due_on__gte=since, due_on__lt=until)
    for pk, unit, period, due, sent in rows.values_list("pk", "filler", "period", "due_on", "sent_on"):
        days = days_of(period, due)
        if days is not None:
            yield Proof(Evidence.REPORT, unit, f"report:{pk}", sent, planned_on=due, period=days)
