"""From an accepted report into the ledger."""

from dondoc.figures.models import Figure
from dondoc.figures.services import Line, record_figures
from dondoc.history.services import Act
from dondoc.lib.periods import Interval
from dondoc.reports.models import Report, Submission
from dondoc.reports.rules.forms import Mode


def write_figures(report: Report, sent: Submission, act: Act) -> None:
    """Enter the numbers that the unit itself counted; sums are in the ledger already, as the numbers that they are made of.

    A flow is of the report's days, a stock of its last one. Of an earlier accepted version what is unchanged stays, the rest is
    replaced with the correction's reason. Whoever locked rows before has called `organisations.services.queue` before that.
    """
    entered = sent.lines.filter(mode=Mode.ENTERED.value).order_by("pk")
    lines = [Line(line.key, line.value, line.pk) for line in entered]
    if lines:
        days = Interval(report.starts_on, report.ends_on)
        record_figures(
            report.unit_id,
            lines,
            days,
            origin=Figure.Origin.REPORT,
            act=act,
            said_on=sent.on,
            reason=sent.reason,
        )
