"""The calendar of meetings: planned for a year at once or one by one, moved, cancelled, and those invited told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import IntegrityError, transaction

from dondoc.accounts.models import Post
from dondoc.documents.models import StoredFile
from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, Refused
from dondoc.meetings.content import agenda_for
from dondoc.meetings.models import AgendaItem, Charge, Meeting, Move, Paper
from dondoc.obligations.services import evidence_changed
from dondoc.organisations.models import Unit

from .holding import held_for, stamp


@dataclass(frozen=True, slots=True)
class Plan:
    """One meeting that is to be held."""

    kind: str
    on: date
    starts_at: time | None = None
    place: str = ""
    topic: str = ""
    thematic: bool = False


def plan(unit: int, plans: Sequence[Plan], *, act: Act) -> list[Meeting]:
    """Put meetings into a unit's calendar, each with the agenda in force on its day; what is planned for a day already is left as it is.

    Refused where nothing is left to plan.
    """
    if not plans:
        raise Refused("meetings.no_days", INVALID)
    with writing(act):
        made = []
        for one in plans:
            try:
                with transaction.atomic():
                    made.append(_one(unit, one, act))
            except IntegrityError:
                if len(plans) == 1:
                    raise Refused("meetings.there_already", INVALID, day=wording.day(one.on)) from None
        if not made:
            raise Refused("meetings.there_already", INVALID, day=wording.day(plans[0].on))
        record("meetings.planned", made[0], unit=unit, data={"count": len(made)}, rows=made[1:])
        evidence_changed([unit], act)
        return made


def _one(unit: int, one: Plan, act: Act) -> Meeting:
    meeting = Meeting.objects.create(
        unit_id=unit,
        kind=one.kind,
        planned_on=one.on,
        starts_at=one.starts_at,
        place=one.place,
        topic=one.topic,
        thematic=one.thematic,
        recorded_on=act.day,
    )
    agenda = agenda_for(one.kind, one.on)
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=n, code=one.code, title=one.title, written=one.written)
        for n, one in enumerate(agenda.items if agenda else (), 1)
    )
    return meeting


def move(pk: int, to: date, reason: str, *, seen: int, act: Act) -> Meeting:
    """Put a meeting off, or bring it forward; who was invited has to be told anew. Refused without a reason, and for a day that is over."""
    reason = _reason(reason)
    if to < act.day:
        raise Refused("meetings.past", INVALID, day=wording.day(to))
    with writing(act):
        meeting = held_for(pk, "move", seen)
        moved = Move.objects.create(
            meeting=meeting, from_on=meeting.planned_on, to_on=to, reason=reason, decided_on=act.day
        )
        meeting.planned_on, meeting.state, meeting.invited_on = to, Meeting.State.PLANNED, None
        try:
            with transaction.atomic():
                stamp(meeting)
        except IntegrityError:
            raise Refused("meetings.there_already", INVALID, day=wording.day(to)) from None
        record("meetings.moved", meeting, unit=meeting.unit_id, data={"to": to}, rows=[moved])
        evidence_changed([meeting.unit_id], act)
        return meeting


def cancel(pk: int, reason: str, *, seen: int, act: Act) -> Meeting:
    """Cancel a meeting, with the reason."""
    reason = _reason(reason)
    with writing(act):
        meeting = held_for(pk, "cancel", seen)
        meeting.state, meeting.cancelled_because = Meeting.State.CANCELLED, reason
        stamp(meeting)
        record("meetings.cancelled", meeting, unit=meeting.unit_id)
        evidence_changed([meeting.unit_id], act)
        return meeting


def invite(pk: int, topic: str, files: Sequence[StoredFile], *, seen: int, act: Act) -> Meeting:
    """Those invited are told time, place and content, and have the papers: the first time counts for how early that was."""
    with writing(act):
        meeting = held_for(pk, "invite", seen)
        papers = [Paper(meeting=meeting, file=file, title=file.name[:200], sent_on=act.day) for file in files]
        Paper.objects.bulk_create(papers)
        meeting.state, meeting.topic = Meeting.State.INVITED, topic.strip()[:300]
        meeting.invited_on = meeting.invited_on or act.day
        stamp(meeting)
        record("meetings.invited", meeting, unit=meeting.unit_id, data={"papers": len(papers)}, rows=papers)
        evidence_changed([meeting.unit_id], act)
        return meeting


def put_in_charge(unit: int, post: int | None, *, act: Act) -> None:
    """From today on a post of the superior is in charge of a unit and attends its meetings; None: nobody is."""
    with writing(act):
        before = Charge.objects.on(act.day).select_for_update().filter(unit=unit).first()
        if before is not None and before.post_id == post:
            return
        posts = {post} if post is not None else set()
        if before is not None:
            posts.add(before.post_id)
            if before.valid_from == act.day:
                before.delete()
            else:
                before.valid_to = act.day
                before.save()
        made = Charge.objects.create(unit_id=unit, post_id=post, valid_from=act.day) if post is not None else None
        subject = Unit.objects.get(pk=unit)
        record("meetings.charged", subject, unit=unit, data={"post": post}, rows=[made] if made else [])
        evidence_changed(set(Post.objects.filter(pk__in=posts).values_list("unit", flat=True)), act)


def _reason(words: str) -> str:
    words = " ".join(words.split())[:300]
    if not words:
        raise Refused("meetings.no_reason", INVALID)
    return words
