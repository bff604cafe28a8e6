"""What the records of meetings, and reports about them, say that cannot all be true: the facts, for the rules of `obligations/doubts.py`."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Count, Q

from dondoc.figures.queries import current
from dondoc.figures.rules import days_of
from dondoc.lib.vietnamese import folded
from dondoc.obligations.content import limits
from dondoc.obligations.doubts import Held, Suspicion, Told, of_meetings, of_reports
from dondoc.reports.models import Report, SentLine, Submission
from dondoc.reports.rules.forms import Mode

from .models import Attendance, Meeting

MEETINGS, ATTENDANCES, MEMBERS = "cell_meetings", "meeting_attendances", "members"


def found(units: Collection[int], since: date, until: date) -> Iterator[Suspicion]:
    """What is doubtful in what these units recorded of meetings held from `since` up to and with `until`. Five queries, however many units."""
    meetings = _held(units, since, until)
    yield from (one for one in of_meetings(meetings, limits()) if one.unit in units)
    yield from of_reports(_told(units, since, until), meetings)


def _held(units: Collection[int], since: date, until: date) -> list[Held]:
    """The meetings of these units, and those of others on the same days under the same chairs."""
    days = Meeting.objects.filter(held_on__gte=since, held_on__lte=until).exclude(state=Meeting.State.CANCELLED)
    own = days.filter(unit__in=units)
    chairs = own.exclude(chaired_by=None).values("chaired_by")
    rows = days.filter(Q(unit__in=units) | Q(chaired_by__in=chairs)).select_related("conclusion", "minutes")
    present = dict(
        Attendance.objects.filter(meeting__in=own.values("pk"))
        .values_list("meeting")
        .annotate(n=Count("pk", filter=Q(status=Attendance.Status.PRESENT)))
    )
    members = _members(units, until)
    listed = []
    for row in rows:
        assert row.held_on is not None
        counted = [value for day, value in members.get(row.unit_id, ()) if day <= row.held_on]
        minutes = getattr(row, "minutes", None)
        words = " ".join(str(value) for _, value in sorted(minutes.content.items())) if minutes else ""
        listed.append(
            Held(
                f"meeting:{row.pk}",
                row.unit_id,
                row.kind,
                row.held_on,
                row.thematic,
                row.began_at,
                row.ended_at,
                row.invited_on,
                row.minutes_on,
                row.conclusion.dated_on if row.conclusion else None,
                row.chaired_by_id,
                present.get(row.pk),
                counted[-1] if counted else None,
                folded(words),
            )
        )
    return listed


def _members(units: Collection[int], until: date) -> dict[int, list[tuple[date, int]]]:
    """How many members these units had by the ledger, by day."""
    rows = current().filter(unit__in=units, indicator=MEMBERS, on__lte=until).order_by("on", "pk")
    found: dict[int, list[tuple[date, int]]] = {}
    for unit, day, value in rows.values_list("unit", "on", "value"):
        if day is not None:
            found.setdefault(unit, []).append((day, value))
    return found


def _told(units: Collection[int], since: date, until: date) -> list[Told]:
    """What the latest sendings of these units' reports say of their meetings."""
    reports = Report.objects.filter(unit__in=units, demand=None, lapsed_on=None, due_on__gte=since, sent_on__lte=until)
    latest: dict[int, Submission] = {}
    for sent in Submission.objects.filter(report__in=reports).select_related("report").order_by("number"):
        latest[sent.report_id] = sent
    lines: dict[int, dict[str, int]] = {}
    rows = SentLine.objects.filter(
        submission__in=list(latest.values()), key__in=(MEETINGS, ATTENDANCES), mode=Mode.ENTERED.value
    )
    for submission, key, value in rows.values_list("submission", "key", "value"):
        if value is not None:
            lines.setdefault(submission, {})[key] = value
    told = []
    for sent in latest.values():
        days = days_of(sent.report.period, sent.report.due_on)
        said = lines.get(sent.pk)
        # What began before the records that are looked at would miss their first meetings.
        if said and days and days.start >= since:
            told.append(
                Told(
                    f"report:{sent.report_id}",
                    sent.report.unit_id,
                    days,
                    sent.on,
                    said.get(MEETINGS),
                    said.get(ATTENDANCES),
                )
            )
    return told
