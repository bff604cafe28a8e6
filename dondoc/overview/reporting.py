"""The reports that need a person today: to be sent, to be accepted, late from below, and difficulties to be answered."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import ngettext

from dondoc.accounts.actors import Actor
from dondoc.reports import queries
from dondoc.reports.queries import Line
from dondoc.reports.rounds import Round
from dondoc.reports.rounds import rounds as rounds_of
from dondoc.reports.rules.states import State

SHOWN = 5
SOON = timedelta(days=7)
"""A report that is due later than this needs nobody yet."""


@dataclass(frozen=True, slots=True)
class ReportsDesk:
    """What stands on the desk: reports to be sent (`more` are not shown), rounds with something to accept or late, difficulties.

    `waiting` and `late` count the reports of all such rounds, also of those that are not shown.
    """

    to_send: tuple[Line, ...]
    more: int
    overdue: int
    rounds: tuple[Round, ...]
    waiting: int
    late: int
    difficulties: int

    def __bool__(self) -> bool:
        return bool(self.to_send or self.rounds or self.difficulties)

    def sayings(self) -> list[str]:
        """Its part of the desk's sentence."""
        due = len(self.to_send) + self.more - self.overdue
        told = [
            (ngettext("%(n)d report overdue", "%(n)d reports overdue", self.overdue), self.overdue),
            (ngettext("%(n)d report to be sent", "%(n)d reports to be sent", due), due),
            (ngettext("%(n)d report to be accepted", "%(n)d reports to be accepted", self.waiting), self.waiting),
            (ngettext("%(n)d report from below late", "%(n)d reports from below late", self.late), self.late),
            (
                ngettext("%(n)d difficulty to be answered", "%(n)d difficulties to be answered", self.difficulties),
                self.difficulties,
            ),
        ]
        return [text % {"n": n} for text, n in told if n]


def reports_desk(actor: Actor) -> ReportsDesk:
    """The reports of the desk, in a number of queries that does not grow with them."""
    day = actor.day
    fills = queries.units_where(actor, "report.fill")
    urgent = queries.to_fill(fills).filter(Q(due_on__lte=day + SOON) | Q(state=State.RETURNED))
    rows = list(urgent.select_related("demand")[:SHOWN])
    total = urgent.count() if len(rows) == SHOWN else len(rows)
    rounds = rounds_of(queries.units_where(actor, "report.accept"), day)
    return ReportsDesk(
        tuple(queries.lines(rows, day)),
        total - len(rows),
        urgent.filter(due_on__lt=day, state=State.OPEN).count() if rows else 0,
        tuple(one for one in rounds if one.waiting or one.overdue)[:SHOWN],
        sum(one.waiting for one in rounds),
        sum(one.overdue for one in rounds),
        queries.lying_with(queries.units_where(actor, "difficulty.answer")).count(),
    )
