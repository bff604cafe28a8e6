"""A meeting is held: begun, attended, written down while it lasts, and its minutes adopted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time

from dondoc.accounts.models import Post
from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.fieldwise import plain, too_late
from dondoc.lib.refusals import INVALID, Problem, Refused
from dondoc.meetings import rules
from dondoc.meetings.models import Attendance, Guest, LateValue, Meeting, Minutes, Participant
from dondoc.obligations.services import evidence_changed

LONGEST = 20_000
CONCLUSION = "conclusion"


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the version of the minutes now, and the fields whose value was kept beside because they had moved on."""

    version: int
    late: tuple[str, ...] = ()


def held_for(pk: int, verb: str, seen: int | None) -> Meeting:
    """The meeting, held until the commit. Refused where it changed since `seen`, or where the verb may not happen now."""
    found = Meeting.objects.select_for_update().get(pk=pk)
    if seen is not None and found.version != seen:
        raise Refused("meetings.changed_meanwhile")
    if not rules.may(verb, found.state):
        raise Refused("meetings.not_now")
    return found


def stamp(meeting: Meeting) -> None:
    """Count one more change, and save."""
    meeting.version += 1
    meeting.save()


def begin(pk: int, on: date, began_at: time | None, *, seen: int, act: Act) -> Meeting:
    """The meeting begins, or is recorded as held on an earlier day. Refused for a day that is still to come."""
    with writing(act):
        meeting = held_for(pk, "begin", seen)
        if on > act.day:
            raise Refused("meetings.not_yet", INVALID)
        meeting.state, meeting.held_on, meeting.began_at = Meeting.State.OPEN, on, began_at
        stamp(meeting)
        Minutes.objects.get_or_create(meeting=meeting)
        record("meetings.begun", meeting, unit=meeting.unit_id, data={"on": on})
        evidence_changed([meeting.unit_id], act)
        return meeting


def attend(
    pk: int, statuses: Mapping[int, tuple[str, str]], guests: Collection[int], *, seen: int, act: Act
) -> Meeting:
    """Note how everyone on the roll stood to the meeting (status and reason), and which posts from above were there."""
    with writing(act):
        meeting = held_for(pk, "attend", seen)
        day = meeting.held_on or act.day
        roll = {one.pk for one in Participant.objects.on(day).filter(unit=meeting.unit_id)}
        if not set(statuses) <= roll:
            raise Refused("meetings.not_on_the_roll", INVALID)
        Attendance.objects.filter(meeting=meeting).delete()
        rows = [
            Attendance(meeting=meeting, participant_id=key, status=Attendance.Status(status), reason=reason[:200])
            for key, (status, reason) in statuses.items()
        ]
        Attendance.objects.bulk_create(rows)
        came = _guests(meeting, guests)
        stamp(meeting)
        record(
            "meetings.attended",
            meeting,
            unit=meeting.unit_id,
            data={"present": _present(rows), "guests": sorted(guests)},
        )
        evidence_changed([meeting.unit_id, *came], act)
        return meeting


def _present(rows: Collection[Attendance]) -> int:
    return sum(one.status == Attendance.Status.PRESENT for one in rows)


def _guests(meeting: Meeting, posts: Collection[int]) -> set[int]:
    """Who was there from above; returns the units whose evidence changes by it."""
    before = Guest.objects.filter(meeting=meeting).select_related("post")
    units = {one.post.unit_id for one in before}
    before.delete()
    chosen = list(Post.objects.filter(pk__in=posts))
    Guest.objects.bulk_create(Guest(meeting=meeting, post=post) for post in chosen)
    return units | {post.unit_id for post in chosen}


def write(pk: int, values: Mapping[str, str], was: Mapping[str, str], *, seen: int, act: Act) -> Saved:
    """Save the fields of the minutes that differ from what they were when the form was shown. What has moved on is kept beside.

    No history entry: minutes are no record before they are adopted.
    """
    with writing(act):
        meeting = held_for(pk, "write", None)
        minutes = Minutes.objects.select_for_update().get(meeting=meeting)
        names = {*meeting.agenda.filter(written=True).values_list("code", flat=True), CONCLUSION}
        changed = {
            name: plain(value)
            for name, value in values.items()
            if name in names and plain(value) != plain(was.get(name, ""))
        }
        for value in changed.values():
            if len(value) > LONGEST:
                raise Refused("meetings.too_long", INVALID, longest=LONGEST)
            examine_words(value, LONGEST)
        return _keep(minutes, changed, seen, act)


def _keep(minutes: Minutes, changed: Mapping[str, str], seen: int, act: Act) -> Saved:
    assert act.person is not None
    late = too_late(changed, minutes.content, minutes.marks, seen)
    LateValue.objects.bulk_create(
        LateValue(minutes=minutes, field=name, value=changed[name], by_id=act.person, at=act.at) for name in late
    )
    kept = {
        name: value for name, value in changed.items() if name not in late and value != minutes.content.get(name, "")
    }
    if kept:
        minutes.version += 1
        minutes.content = minutes.content | kept
        minutes.marks = minutes.marks | {name: {"version": minutes.version, "by": act.person} for name in kept}
        minutes.save()
    return Saved(minutes.version, late)


def choose(late_id: int, *, take: bool, act: Act) -> Meeting:
    """Settle a value that was kept beside: put it into its field, or let it go."""
    with writing(act):
        late = LateValue.objects.select_related("minutes").filter(pk=late_id).first()
        if late is None:
            raise Refused("meetings.late_settled")
        meeting = held_for(late.minutes.meeting_id, "write", None)
        minutes = Minutes.objects.select_for_update().get(pk=late.minutes_id)
        late.delete()
        if take:
            _keep(minutes, {late.field: late.value}, minutes.version, act)
        return meeting


def adopt(pk: int, began_at: time | None, ended_at: time | None, *, seen: int, act: Act) -> Meeting:
    """The minutes are read back and adopted; from now on they are a record. Refused (422) with what is lacking."""
    with writing(act):
        meeting = held_for(pk, "adopt", seen)
        minutes = Minutes.objects.get(meeting=meeting)
        filled = {name for name, value in minutes.content.items() if value}
        present = meeting.attendances.filter(status=Attendance.Status.PRESENT).count()
        wrong = rules.lacking(filled, present, began_at, ended_at, kept_beside=minutes.late_values.exists())
        if wrong:
            problems = [Problem(wording.day(meeting.planned_on), code) for code in wrong]
            raise Refused("meetings.incomplete", INVALID, problems=problems)
        meeting.state, meeting.minutes_on = Meeting.State.CLOSED, act.day
        meeting.began_at, meeting.ended_at = began_at, ended_at
        stamp(meeting)
        record("meetings.adopted", meeting, unit=meeting.unit_id, data={"present": present}, rows=[minutes])
        evidence_changed([meeting.unit_id], act)
        return meeting
