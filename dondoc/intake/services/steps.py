"""Taking back what one did to a draft, step by step, the last one first. The steps stand in the database, so they outlive the page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dondoc.history.services import Act, writing
from dondoc.intake.models import Draft, DraftValue, LateValue, Step
from dondoc.lib.refusals import CONFLICT, INVALID, Refused

STATE = ("content", "span_start", "span_end", "dropped", "accepted")
MOST = 50
"""Steps looked through for one that still holds; those before it were overtaken by others."""
Change = tuple[int, dict[str, Any], dict[str, Any]]


def person_of(act: Act) -> int:
    """Who acts: drafts are work of people, never of the system."""
    if act.person is None:
        raise Refused("intake.no_person", INVALID)
    return act.person


def state_of(value: DraftValue) -> dict[str, Any]:
    """What a step can bring back of a value."""
    return {name: getattr(value, name) for name in STATE}


def keep_step(
    value: DraftValue, verb: str, changes: Iterable[Change], act: Act, *, late: Sequence[dict[str, Any]] = ()
) -> None:
    """Keep what was just done; what changed nothing is no step."""
    moved = [list(change) for change in changes if change[1] != change[2]]
    if moved or late:
        Step.objects.create(
            draft_id=value.draft_id, value=value, verb=verb, by_id=person_of(act), changes=moved, late=list(late)
        )


def step_back(draft_pk: int, *, seen: int, act: Act) -> DraftValue:
    """Take back the last thing that this person did to the draft, and return the value it was done to. `seen` is the key of that step.

    Refused (409) where that step is no longer the last one that can be taken back, or the draft is no longer being checked.
    """
    with writing(act):
        draft = Draft.objects.select_for_update().get(pk=draft_pk)
        if draft.state != Draft.State.OPEN:
            raise Refused("intake.not_open", CONFLICT)
        rows = {row.pk: row for row in draft.values.all()}
        step = last_step(draft, person_of(act), rows)
        if step is None or step.pk != seen:
            raise Refused("intake.step_gone", CONFLICT)
        for pk, before, _ in step.changes:
            row = rows[pk]
            for name in STATE:
                setattr(row, name, before[name])
            row.counter += 1
            row.saved_by_id, row.saved_at = act.person, act.at
            row.save()
        for one in step.late:
            at = datetime.fromisoformat(one["at"])
            LateValue.objects.create(value_id=step.value_id, content=one["content"], by_id=one["by"], at=at)
        step.delete()
    return rows[step.value_id]


def last_step(draft: Draft, person: int, rows: Mapping[int, DraftValue]) -> Step | None:
    """The last thing that this person did to the draft, did not take back, and nobody changed since. One query."""
    for step in draft.steps.filter(by=person).order_by("-pk")[:MOST]:
        if all(pk in rows and state_of(rows[pk]) == after for pk, _, after in step.changes):
            return step
    return None
