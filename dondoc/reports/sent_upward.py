"""What a unit sent of a period, for the pages of figures (`settings.FIGURES_SENT`)."""

from datetime import date

from django.urls import reverse

from dondoc.figures.sent import Sent
from dondoc.lib.periods import Interval

from .models import Submission
from .naming import title_of
from .rules.forms import OPENING


def sent_upward(unit: int, span: Interval, on: date) -> list[Sent]:
    """Each regular report of the unit on exactly these days as it had last been sent by the day. Two queries."""
    if span.end is None:
        return []
    rows = Submission.objects.filter(
        report__unit=unit, report__starts_on=span.start, report__ends_on=span.end, report__demand=None, on__lte=on
    )
    last = {one.report_id: one for one in rows.select_related("report").prefetch_related("lines").order_by("number")}
    return [
        Sent(
            title_of(one.report),
            reverse("reports:sent", args=[one.report_id, one.number]),
            one.on,
            {line.key: line.value for line in one.lines.all() if not line.key.endswith(OPENING)},
        )
        for _, one in sorted(last.items())
    ]
