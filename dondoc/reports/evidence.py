"""Evidence that reports are: sent, and for which period."""

from collections.abc import Collection, Iterator
from datetime import date

from dondoc.figures.rules import days_of
from dondoc.lib.evidence import Evidence, Proof

from .models import Report


def found(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    """The periodic reports of these units, sent or not. One query, however many units.

    Of `unit`, not of who answers for it today: what a unit sent stays its own after it was merged, and is not the heir's for that period.
    """
    rows = Report.objects.filter(unit__in=units, demand=None, lapsed_on=None, due_on__gte=since, due_on__lt=until)
    for pk, unit, period, due, sent in rows.values_list("pk", "unit", "period", "due_on", "sent_on"):
        days = days_of(period, due)
        if days is not None:
            yield Proof(Evidence.REPORT, unit, f"report:{pk}", sent, planned_on=due, period=days)
