"""What people are reminded of among reports: those that are due or came back, and those from below that wait or are late."""

from collections import defaultdict
from collections.abc import Collection, Iterator
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


def items(actors: Collection[Actor], day: date) -> Iterator[tuple[int, Item]]:
    """The items of these people on a day, each with the account: for all posts that they hold."""
    fills, accepts = _listeners(actors, "report.fill"), _listeners(actors, "report.accept")
    own = queries.to_fill(fills).filter(Q(due_on__lte=day + SOON) | Q(state=State.RETURNED)).select_related("demand")
    for report in own if fills else ():
        late = report.due_on < day
        code = "report_returned" if report.state == State.RETURNED else "report_overdue" if late else "report_due"
        item = _item(report, code, report.due_on, title_of(report))
        for account in fills[report.filler_id]:
            yield account, item
    if not accepts:
        return
    below = [(one, "report_to_accept") for one in queries.to_judge(accepts).select_related("demand")]
    below += [(one, "report_missing") for one in queries.waited_for(accepts, day).select_related("demand")]
    named = labels({one.unit_id for one, _code in below}, day)
    for report, code in below:
        place = named.get(report.unit_id)
        since = report.sent_on or report.due_on if code == "report_to_accept" else report.due_on
        item = _item(report, code, since, f"{place.name}: {title_of(report)}" if place else title_of(report))
        for account in accepts[report.receiver_id]:
            yield account, item


def _listeners(actors: Collection[Actor], action: str) -> dict[int, list[int]]:
    """The accounts whose posts may do the action, by unit."""
    found: dict[int, list[int]] = defaultdict(list)
    for actor in actors:
        for unit in queries.units_where(actor, action):
            found[unit].append(actor.account)
    return dict(found)


def _item(report: Report, code: str, since: date, title: str) -> Item:
    words = {
        "report_due": _("The report is due"),
        "report_returned": _("The report came back to be completed"),
        "report_overdue": _("The report is overdue"),
        "report_to_accept": _("A report waits to be accepted"),
        "report_missing": _("A report from below is late"),
    }
    url = reverse("reports:report", args=[report.pk])
    rests_on, todo = _("a periodic report"), _("Open the report")
    return Item(f"report:{report.pk}", code, RANKS[code], since, title, words[code], rests_on, todo, url)
