"""Changing the values of a draft, one at a time. A save that comes late is kept beside the value, never dropped.

Drafts are no records: these acts leave no entry of the history; who saved a value last stands on it.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.intake import rules, units
from dondoc.intake.models import Draft, DraftValue, LateValue
from dondoc.lib.refusals import CONFLICT, INVALID, Refused

from .steps import Change, keep_step, person_of, state_of


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a save: the value as it is now, and `late` where the save came after another one."""

    value: DraftValue
    late: LateValue | None = None


MOST_WORDS = 2000
"""Letters of one typed value; the sentences of findings and directives are places in the text, not typed."""


def save_value(pk: int, content: rules.Content, *, seen: int, act: Act, span: tuple[int, int] | None = None) -> Kept:
    """Correct a value. With `span` its place in the text moves too.

    Refused when the draft is no longer being checked (409), and where the words may not come in: too long, no text, marked as secret (422).
    """
    _examine(content)
    changed: dict[str, Any] = {"content": content, "dropped": False, "accepted": False}
    if span is not None:
        changed |= {"span_start": span[0], "span_end": span[1]}
    return _change(pk, seen, act, changed, late=content, verb="correct")


def drop_value(pk: int, *, seen: int, act: Act) -> Kept:
    """Leave a value out; it stays visible and can be taken back."""
    return _change(pk, seen, act, {"dropped": True}, late=None, verb="drop")


def undo_value(pk: int, *, seen: int, act: Act) -> Kept:
    """Back to what the reader found; a value that a person added is dropped, and back again."""
    value = DraftValue.objects.get(pk=pk)
    back: dict[str, Any] = {"dropped": False, "accepted": False}
    if value.found is not None and not value.dropped:
        back |= {"content": value.found, "span_start": value.found_start, "span_end": value.found_end}
    return _change(pk, seen, act, back, verb="undo")


def accept_value(pk: int, *, seen: int, act: Act) -> Kept:
    """Leave what is odd about a value as it is written; the only unit that a name can mean becomes the chosen one."""
    value = DraftValue.objects.get(pk=pk)
    chosen = units.only_choice(value.content) if value.kind == "unit" else None
    if chosen is not None:
        return _change(pk, seen, act, {"content": chosen, "dropped": False}, late=chosen, verb="choose")
    return _change(pk, seen, act, {"accepted": True}, verb="accept")


def mark_new(pk: int, *, new: bool, seen: int, act: Act) -> Kept:
    """Say of a finding or directive of a further source whether the session does not have it yet."""
    value = DraftValue.objects.get(pk=pk)
    return _change(pk, seen, act, {"content": {**value.content, "new": new}}, verb="new")


def add_value(
    draft_pk: int, kind: str, content: rules.Content, *, span: tuple[int, int] | None, act: Act
) -> DraftValue:
    """Add what the reader missed. Refused (422) like a correction where the words may not come in."""
    _examine(content)
    with writing(act):
        draft = _open(draft_pk)
        last = draft.values.order_by("-position").values_list("position", flat=True).first() or 0
        if kind == "unit":
            units.look_up([content], None, draft.owner_id, _day(draft) or act.day, act.day)
        value = DraftValue.objects.create(
            draft=draft,
            kind=kind,
            position=last + 1,
            content=content,
            span_start=span[0] if span else None,
            span_end=span[1] if span else None,
            saved_by_id=act.person,
            saved_at=act.at,
        )
        after = state_of(value)
        keep_step(value, "add", [(value.pk, {**after, "dropped": True}, after)], act)
    return value


def choose_late(pk: int, *, take: bool, seen: int, act: Act) -> Kept:
    """Take the save that was kept beside a value, or leave the value as it is. Refused (409) when the value moved on once more."""
    with writing(act):
        late = LateValue.objects.filter(pk=pk).select_related("value").first()
        if late is None:
            raise Refused("intake.late_settled", CONFLICT)
        value = late.value
        if not take:
            changed: dict[str, Any] = {}
        elif late.content is None:
            changed = {"dropped": True}
        else:
            changed = {"content": late.content, "dropped": False, "accepted": False}
        settled = [{"content": late.content, "by": late.by_id, "at": late.at.isoformat()}]
        kept = _change(value.pk, seen, act, changed, verb="choose", settled=settled)
        late.delete()
    return kept


def discard(draft_pk: int, *, seen: int, act: Act) -> Draft:
    """Put a whole draft aside; its text can be brought again."""
    with writing(act):
        if not Draft.objects.filter(pk=draft_pk, state=Draft.State.OPEN, version=seen).update(
            state=Draft.State.DROPPED, version=seen + 1
        ):
            raise Refused("intake.draft_changed", CONFLICT)
        draft = Draft.objects.get(pk=draft_pk)
        draft.steps.all().delete()
        record("intake.discarded", draft, unit=draft.owner_id)
    return draft


def _change(
    pk: int,
    seen: int,
    act: Act,
    changed: dict[str, Any],
    *,
    verb: str,
    late: rules.Content | object | None = ...,
    settled: Sequence[dict[str, Any]] = (),
) -> Kept:
    """Change a value that is still as it was seen. Otherwise the save is kept beside it (`late`), or refused where nothing was typed."""
    with writing(act):
        value = DraftValue.objects.select_related("draft").get(pk=pk)
        _open(value.draft_id)
        _fits(value, changed.get("content"))
        before = state_of(value)
        taken = DraftValue.objects.filter(pk=pk, counter=seen).update(
            **changed, counter=seen + 1, saved_by_id=act.person, saved_at=act.at
        )
        value.refresh_from_db()
        if not taken:
            if late is ...:
                raise Refused("intake.value_changed", CONFLICT)
            if late == value.content or (late is None and value.dropped):
                return Kept(value)
            return Kept(value, LateValue.objects.create(value=value, content=late, by_id=person_of(act), at=act.at))
        moved = []
        if settles_units(value):
            moved = look_up(value.draft, act.day)
            value.refresh_from_db()
        own = (value.pk, before, state_of(value))
        keep_step(value, verb, [own, *(one for one in moved if one[0] != value.pk)], act, late=settled)
    return Kept(value)


def _fits(value: DraftValue, content: rules.Content | None) -> None:
    """A unit named by another value must be a unit of the same draft."""
    of = content.get("of") if content else None
    if of is not None and not DraftValue.objects.filter(pk=of, draft=value.draft_id, kind="unit").exists():
        raise Refused("intake.no_such_unit", INVALID)


def _examine(content: rules.Content) -> None:
    """Typed words go through the same door as texts."""
    for words in content.values():
        if isinstance(words, str):
            examine_words(words, MOST_WORDS)


def _open(draft_pk: int) -> Draft:
    """The draft while it may be changed. Its row is held to the end of the act, so that confirming and saving never cross."""
    draft = Draft.objects.select_for_update().get(pk=draft_pk)
    if draft.state != Draft.State.OPEN:
        raise Refused("intake.not_open", CONFLICT)
    return draft


def _day(draft: Draft) -> date | None:
    value = draft.values.filter(kind="event", name="date").first()
    return (
        date.fromisoformat(value.content["day"]) if value and value.content.get("day") and not value.dropped else None
    )


def settles_units(value: DraftValue) -> bool:
    """Whether the units of the draft and the leader's post are looked up again when this value changes."""
    return (value.kind, value.name) in {("event", "date"), ("event", "leader")} or value.kind == "unit"


def look_up(draft: Draft, today: date) -> list[Change]:
    """Look up units and the leader's post again in the tree of the session's day; what changes by it moves its counter and is returned."""
    day = _day(draft) or today
    values = list(draft.values.filter(kind="unit"))
    leader = draft.values.filter(kind="event", name="leader").first()
    rows = [*values, leader] if leader is not None else values
    before = [copy.deepcopy(state_of(value)) for value in rows]
    contents = [value.content for value in values]
    units.look_up(contents, leader.content if leader else None, draft.owner_id, day, today)
    moved = []
    for value, old in zip(rows, before, strict=True):
        if value.content != old["content"]:
            value.counter += 1
            value.save(update_fields=["content", "counter"])
            moved.append((value.pk, old, state_of(value)))
    return moved
