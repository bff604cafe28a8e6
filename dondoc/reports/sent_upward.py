"""What a unit sent of a period, for the pages of figures (`settings.FIGURES_SENT`)."""

from datetime import date

from django.urls import reverse

from dondoc.figures.sent import Sent
from dondoc.lib.periods import Interval

from .models import SentLine, Submission
from .naming import title_of
from .rules.forms import OPENING


def sent_upward(unit: int, span: Interval, on: date) -> list[Sent]:
    """Each regular report with numbers of the unit on exactly these days, as it had last been sent by the day. One query."""
    if span.end is None:
        return []
    lines = SentLine.objects.filter(
        submission__report__unit=unit,
        submission__report__starts_on=span.start,
        submission__report__ends_on=span.end,
        submission__report__demand=None,
        submission__on__lte=on,
    ).exclude(key__endswith=OPENING)
    last: dict[int, Submission] = {}
    numbers: dict[int, dict[str, int | None]] = {}
    for line in lines.select_related("submission__report").order_by("submission__report", "submission__number", "pk"):
        sent = line.submission
        last[sent.report_id] = sent
        numbers.setdefault(sent.pk, {})[line.key] = line.value
    return [
        Sent(title_of(one.report), reverse("reports:sent", args=[one.report_id, one.number]), one.on, numbers[one.pk])
        for one in last.values()
    ]
