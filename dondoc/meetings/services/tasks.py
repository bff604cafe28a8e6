"""Work given in meetings, what became of it, the roll of those who meet, and the document in which a meeting ends."""

from collections.abc import Sequence
from datetime import date, timedelta

from dondoc.documents.models import OfficialDocument
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.meetings.models import Meeting, Participant, Task
from dondoc.meetings.queries import inherited
from dondoc.obligations.services import evidence_changed

from .holding import held_for, stamp

MOST = 300


def give_task(pk: int, title: str, participant: int | None, due_on: date | None, *, act: Act) -> Task:
    """Give work to someone on the roll, or to all (None)."""
    title = " ".join(title.split())[:500]
    if not title:
        raise Refused("meetings.no_task", INVALID)
    with writing(act):
        meeting = held_for(pk, "give_task", None)
        if participant is not None and not meeting.unit.participants.filter(pk=participant).exists():
            raise Refused("meetings.not_on_the_roll", INVALID)
        task = Task.objects.create(meeting=meeting, title=title, participant_id=participant, due_on=due_on)
        record("meetings.task_given", task, unit=meeting.unit_id, data={"meeting": meeting.pk})
        return task


def tell_task(pk: int, task_id: int, *, done: bool, result: str, act: Act) -> Task:
    """Say in a later meeting what became of work that was given in an earlier one."""
    with writing(act):
        meeting = held_for(pk, "tell_task", None)
        task = Task.objects.select_for_update().filter(pk=task_id, meeting__unit__in=inherited(meeting)).first()
        if task is None or task.state == Task.State.DONE:
            raise Refused("meetings.changed_meanwhile")
        task.state = Task.State.DONE if done else Task.State.NOT_DONE
        task.result, task.told_in = " ".join(result.split())[:500], meeting
        task.save()
        record("meetings.task_told", task, unit=meeting.unit_id, data={"meeting": meeting.pk, "done": int(done)})
        return task


def conclude(pk: int, document: int, *, seen: int, act: Act) -> Meeting:
    """Name the document (notice of conclusion, conclusion, resolution) that was issued of the meeting."""
    with writing(act):
        meeting = held_for(pk, "conclude", seen)
        found = OfficialDocument.objects.filter(pk=document, issuer=meeting.unit_id).first()
        if found is None:
            raise Refused("meetings.no_document", INVALID)
        meeting.conclusion = found
        stamp(meeting)
        record("meetings.concluded", meeting, unit=meeting.unit_id, data={"document": found.pk})
        evidence_changed([meeting.unit_id], act)
        return meeting


def keep_roll(unit: int, names: Sequence[str], *, act: Act) -> list[Participant]:
    """Who is on the unit's roll from today on, in this order. Who is not named any more leaves it; what they attended stays."""
    wanted = [" ".join(name.split())[:120] for name in names if name.strip()]
    if not wanted:
        raise Refused("meetings.no_names", INVALID)
    if len(wanted) > MOST:
        raise Refused("meetings.too_many", INVALID, most=MOST)
    # Two people may bear one name: to take them for one would lose a member.
    if twice := next((name for name in wanted if wanted.count(name) > 1), None):
        raise Refused("meetings.named_twice", INVALID, name=twice)
    with writing(act):
        there = {one.name: one for one in Participant.objects.on(act.day).select_for_update().filter(unit=unit)}
        for name, one in there.items():
            if name not in wanted:
                if one.valid_from < act.day:
                    one.valid_to = act.day
                    one.save()
                elif one.attendances.exists() or one.tasks.exists():
                    # They came today and were there: an interval of no day would take them out of that meeting.
                    one.valid_to = act.day + timedelta(days=1)
                    one.save()
                else:
                    one.delete()
        rows = []
        for place, name in enumerate(wanted, 1):
            one = there.get(name) or Participant(unit_id=unit, name=name, valid_from=act.day)
            one.position, one.valid_to = place, None
            one.save()
            rows.append(one)
        record("meetings.roll_kept", rows[0], unit=unit, data={"count": len(rows)}, rows=rows[1:])
        return rows
