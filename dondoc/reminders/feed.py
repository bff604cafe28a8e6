"""The calendar of a person as iCalendar: meetings of their units, and the days on which assignments, reports and duties are due.

It leaves the product without a sign-in, so it says what kind of thing is due, and never the words of people.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dondoc.accounts.actors import Actor
from dondoc.directives import rules
from dondoc.directives.models import Assignment, Role
from dondoc.meetings.models import Meeting
from dondoc.obligations.models import Obligation
from dondoc.obligations.rules import Verdict
from dondoc.organisations.queries import labels
from dondoc.reports.models import Report
from dondoc.reports.naming import title_of
from dondoc.reports.rules.states import FILLED

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
MEETING = timedelta(minutes=90)
"""A meeting is shown so long where nobody has said when it ends."""
HERE = ZoneInfo(settings.TIME_ZONE)


def feed(actor: Actor, day: date) -> bytes:
    """The person's calendar as of a day, folded by octets. A number of queries that does not grow with it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Don Doc//dondoc//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Đôn Đốc")
    if actor.units:
        for event in (*_meetings(actor, day), *_deadlines(actor, day)):
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _event(uid: str, summary: str, day: date, *, starts: time | None = None, sequence: int = 0, url: str = "") -> Event:
    event = Event()
    event.add("uid", f"{uid}@dondoc")
    # The same state gives the same bytes, so that a calendar program sees no change where there is none.
    event.add("dtstamp", datetime.combine(day, time.min, UTC))
    event.add("summary", summary)
    event.add("sequence", sequence)
    if starts is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        begins = datetime.combine(day, starts, HERE).astimezone(UTC)
        event.add("dtstart", begins)
        event.add("dtend", begins + MEETING)
    if url and settings.ADDRESS:
        event.add("url", settings.ADDRESS + url)
    return event


def _meetings(actor: Actor, day: date) -> Iterator[Event]:
    rows = Meeting.objects.filter(unit__in=actor.units, planned_on__gte=day - BACK, planned_on__lte=day + AHEAD)
    found = list(rows.annotate(times_moved=Count("moves")).order_by("planned_on", "pk"))
    named = labels({one.unit_id for one in found}, day)
    for one in found:
        cancelled = one.state == Meeting.State.CANCELLED
        place = named.get(one.unit_id)
        summary = f"{one.get_kind_display()} – {place.name}" if place else one.get_kind_display()
        event = _event(
            f"meeting-{one.pk}", summary, one.planned_on, starts=one.starts_at, sequence=one.times_moved + cancelled
        )
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        yield event


def _deadlines(actor: Actor, day: date) -> Iterator[Event]:
    span = {"due_on__gte": day - BACK, "due_on__lte": day + AHEAD}
    held = Role.objects.on(day).filter(role=rules.Part.RECEIVER.value, unit__in=actor.units).values("assignment")
    open_states = [one.value for one in rules.OPEN]
    for task in Assignment.objects.filter(pk__in=held, state__in=open_states, issued_on__isnull=False, **span):
        assert task.due_on is not None
        url = reverse("directives:assignment", args=[task.pk])
        yield _event(
            f"assignment-{task.pk}", _("Last day of an assigned task"), task.due_on, sequence=task.version, url=url
        )
    for report in Report.objects.filter(filler__in=actor.units, state__in=list(FILLED), **span).select_related(
        "demand"
    ):
        # What was asked for by hand is called by words of people.
        name = _("A report that was asked for") if report.demand_id else title_of(report)
        url = reverse("reports:report", args=[report.pk])
        yield _event(
            f"report-{report.pk}",
            _("Report due: %(name)s") % {"name": name},
            report.due_on,
            sequence=report.version,
            url=url,
        )
    owed = Obligation.objects.filter(unit__in=actor.units, verdict=Verdict.OPEN.value, done_on=None)
    for duty in owed.filter(last_day__gte=day - BACK, last_day__lte=day + AHEAD).select_related("duty"):
        url = reverse("obligations:obligation", args=[duty.pk])
        said = _("Last day by the working regulation: %(name)s") % {"name": duty.duty.title}
        yield _event(f"obligation-{duty.pk}", said, duty.last_day, sequence=duty.version, url=url)
