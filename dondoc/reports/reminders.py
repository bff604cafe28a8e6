"""What a person is reminded of among reports: those that are due or came back, and those from below that wait or are late."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.lib.reminders import Item
from dondoc.organisations.queries import labels

from . import queries
from .models import Report
from .naming import title_of
from .rules.states import State

SOON = timedelta(days=3)
"""A report that is due later than this reminds nobody yet."""
RANKS = {"report_due": 20, "report_returned": 30, "report_overdue": 40, "report_to_accept": 15, "report_missing": 35}


def for_actor(actor: Actor, day: date) -> Iterator[Item]:
    """The items of one person on a day, in the post that they act through."""
    words = {
        "report_due": _("The report is due"),
        "report_returned": _("The report came back to be completed"),
        "report_overdue": _("The report is overdue"),
        "report_to_accept": _("A report waits to be accepted"),
        "report_missing": _("A report from below is late"),
    }

    def item(report: Report, code: str, since: date, title: str, todo: str) -> Item:
        url = reverse("reports:report", args=[report.pk])
        rests_on = _("a periodic report")
        return Item(f"report:{report.pk}", code, RANKS[code], since, title, words[code], rests_on, todo, url)

    own = queries.to_fill(queries.units_where(actor, "report.fill"))
    for report in own.filter(Q(due_on__lte=day + SOON) | Q(state=State.RETURNED)).select_related("demand"):
        late = report.due_on < day
        code = "report_returned" if report.state == State.RETURNED else "report_overdue" if late else "report_due"
        yield item(report, code, report.due_on, title_of(report), _("Open the report"))
    judged = queries.units_where(actor, "report.accept")
    below = [(one, "report_to_accept") for one in queries.to_judge(judged).select_related("demand")]
    below += [(one, "report_missing") for one in queries.waited_for(judged, day).select_related("demand")]
    named = labels({one.unit_id for one, _code in below}, day)
    for report, code in below:
        place = named.get(report.unit_id)
        since = report.sent_on or report.due_on if code == "report_to_accept" else report.due_on
        title = f"{place.name}: {title_of(report)}" if place else title_of(report)
        yield item(report, code, since, title, _("Open the report"))
