"""Reading meetings: a unit's year, one meeting as it may be seen, and the doors."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Post
from dondoc.accounts.queries import access_unit, may, require, scope
from dondoc.directives.queries import Card, cards, visible
from dondoc.lib.evidence import Evidence
from dondoc.organisations.models import Heritage, UnitParent
from dondoc.organisations.queries import Label

from . import rules
from .models import Attendance, Charge, LateValue, Meeting, Participant, Task

PLANNING, HOLDING, CHARGING = "meeting.plan", "meeting.hold", "meeting.charge"
OF_CELLS = (Evidence.CELL_MEETING, Evidence.THEMATIC_MEETING)
OF_COMMITTEES = (Evidence.COMMITTEE_MEETING, Evidence.STANDING_MEETING, Evidence.BRIEFING, Evidence.CONFERENCE)
CELLS = frozenset({"cell", "grassroots_cell"})
SHOWN = 60


def kinds_of(place: Label) -> tuple[Evidence, ...]:
    """The kinds of meeting that a unit holds."""
    return OF_CELLS if place.kind in CELLS else OF_COMMITTEES


def access_meeting(actor: Actor, pk: int, right: str = "") -> Meeting:
    """A meeting of a unit in the person's scope (others: 404), with the right for that unit (else 403)."""
    found = Meeting.objects.filter(pk=pk, unit__in=scope(actor)).select_related("conclusion", "unit").first()
    if found is None:
        raise Http404
    if right:
        require(actor, right, found.unit_id)
    return found


def access_late(actor: Actor, pk: int) -> LateValue:
    """A value kept beside in minutes that the person may write."""
    late = LateValue.objects.filter(pk=pk).select_related("minutes").first()
    if late is None:
        raise Http404
    access_meeting(actor, late.minutes.meeting_id, HOLDING)
    return late


def access_own(actor: Actor, pk: int, right: str) -> int:
    """A unit in the person's scope, with the right there."""
    unit = access_unit(actor, pk)
    require(actor, right, unit.pk)
    return unit.pk


def of_year(unit: int, year: int, on: date) -> list[Meeting]:
    """The meetings of a unit's year that were known on the day, by day. One query."""
    rows = Meeting.objects.filter(unit=unit, planned_on__year=year, recorded_on__lte=on)
    return list(rows.select_related("conclusion").order_by("planned_on", "pk"))


def planned_days(unit: int, kind: str) -> set[date]:
    """The days for which a unit has planned a meeting of this kind already. One query."""
    rows = Meeting.objects.filter(unit=unit, kind=kind).exclude(state=Meeting.State.CANCELLED)
    return set(rows.values_list("planned_on", flat=True))


@dataclass(frozen=True, slots=True)
class Month:
    """How a unit below stands this month: its next or latest meeting of the month, None where nothing is planned."""

    place: Label
    meeting: Meeting | None
    charged: int | None = None


def below_in_month(places: Sequence[Label], on: date) -> list[Month]:
    """For units below the meeting of the month, those without one first, and who is in charge of it. Two queries."""
    found: dict[int, list[Meeting]] = defaultdict(list)
    rows = Meeting.objects.filter(
        unit__in=[one.unit for one in places], planned_on__year=on.year, planned_on__month=on.month, recorded_on__lte=on
    ).exclude(state=Meeting.State.CANCELLED)
    for one in rows.order_by("planned_on"):
        found[one.unit_id].append(one)
    charges = dict(Charge.objects.on(on).filter(unit__in=[one.unit for one in places]).values_list("unit", "post"))
    listed = [
        Month(place, found[place.unit][-1] if place.unit in found else None, charges.get(place.unit))
        for place in places
    ]
    return sorted(listed, key=lambda one: (one.meeting is not None, one.place.name))


def roll(unit: int, day: date) -> list[Participant]:
    """Who is on a unit's roll on a day, in its order."""
    return list(Participant.objects.on(day).filter(unit=unit).order_by("position", "pk"))


@dataclass(frozen=True, slots=True)
class Line:
    """Someone on the roll and how they stood to the meeting; `away`: they missed the latest ones in a row without a reason."""

    participant: Participant
    status: str
    reason: str
    away: bool

    @property
    def rare(self) -> bool:
        """Whether it is none of the three that are seen at once."""
        return self.status not in ("present", "excused", "unexcused")


def attendance(meeting: Meeting, day: date) -> list[Line]:
    """The roll of the meeting's day with statuses; present by default where nobody noted anything. Three queries."""
    known = {one.participant_id: one for one in meeting.attendances.all()}
    lines = roll(meeting.unit_id, meeting.held_on or day)
    past: dict[int, list[str]] = defaultdict(list)
    rows = Attendance.objects.filter(
        participant__in=[one.pk for one in lines],
        meeting__kind=meeting.kind,
        meeting__held_on__lt=meeting.held_on or day,
    )
    for key, status in rows.order_by("meeting__held_on", "pk").values_list("participant", "status"):
        past[key].append(status)
    return [
        Line(
            one,
            known[one.pk].status if one.pk in known else Attendance.Status.PRESENT.value,
            known[one.pk].reason if one.pk in known else "",
            rules.keeps_away(past[one.pk]),
        )
        for one in lines
    ]


def sees_names(actor: Actor, meeting: Meeting) -> bool:
    """Whether the person may read who was there: the unit itself, and who attended from above. Others see numbers."""
    posts = [held.post for held in actor.holdings]
    return meeting.unit_id in actor.units or meeting.guests.filter(post__in=posts).exists()


def open_tasks(meeting: Meeting) -> list[Task]:
    """What earlier meetings of the unit, and of those that it took over from, gave and is not done; and what was told of it in this one.

    Two queries.
    """
    earlier = Task.objects.filter(meeting__unit__in=inherited(meeting)).exclude(meeting=meeting)
    rows = earlier.filter(~Q(state=Task.State.DONE) | Q(told_in=meeting), meeting__planned_on__lte=meeting.planned_on)
    return list(rows.select_related("participant", "meeting").order_by("meeting__planned_on", "pk")[:SHOWN])


def directed(actor: Actor, meeting: Meeting, day: date) -> list[Card]:
    """The assignments that the meeting gave to units below, of those that the person may see."""
    rows = visible(actor).filter(directive__origin_kind="meeting", directive__origin_key=meeting.pk, parent=None)
    found = list(rows.order_by("directive", "pk")[:SHOWN])
    return cards(found, day) if found else []


def inherited(meeting: Meeting) -> set[int]:
    """The meeting's unit, and those that it took over from by the meeting's day. One query."""
    rows = Heritage.objects.filter(heir=meeting.unit_id, since__lte=meeting.planned_on)
    return {meeting.unit_id, *rows.values_list("predecessor", flat=True)}


def posts_above(unit: int, day: date) -> list[Post]:
    """The posts of the unit directly above, who may attend. Two queries."""
    above = UnitParent.objects.on(day).filter(unit=unit).values_list("parent", flat=True).first()
    kinds = ("leader", "head", "clerk", "board", "inspection")
    return list(Post.objects.on(day).filter(unit=above, kind__in=kinds).order_by("title")) if above else []


def posts_of(unit: int, day: date) -> list[Post]:
    """The posts of a unit that may be in charge of units below. One query."""
    return list(
        Post.objects.on(day).filter(unit=unit, kind__in=("leader", "head", "board", "inspection")).order_by("title")
    )


def may_hold(actor: Actor, unit: int) -> bool:
    """Whether the person may hold the unit's meetings."""
    return bool(may(actor, HOLDING, unit))


def sees_file(actor: Actor, file: int) -> bool:
    """Whether a file is a paper of a meeting of one's own unit, or of one that one attends from above."""
    posts = [held.post for held in actor.holdings]
    mine = Q(unit__in=actor.units) | Q(guests__post__in=posts)
    return Meeting.objects.filter(mine, papers__file=file).exists()
