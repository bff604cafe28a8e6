"""Changing the values of a draft, one at a time. A save that comes late is kept beside the value, never dropped.

Drafts are no records: these acts leave no entry of the history; who saved a value last stands on it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.intake import rules, units
from dondoc.intake.models import Draft, DraftValue, LateValue
from dondoc.lib.refusals import CONFLICT, INVALID, Refused


def person_of(act: Act) -> int:
    """Who acts: drafts are work of people, never of the system."""
    if act.person is None:
        raise Refused("intake.no_person", INVALID)
    return act.person


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
    return _change(pk, seen, act, changed, late=content)


def drop_value(pk: int, *, seen: int, act: Act) -> Kept:
    """Leave a value out; it stays visible and can be taken back."""
    return _change(pk, seen, act, {"dropped": True}, late=None)


def undo_value(pk: int, *, seen: int, act: Act) -> Kept:
    """Back to what the reader found; a value that a person added is dropped, and back again."""
    value = DraftValue.objects.get(pk=pk)
    back: dict[str, Any] = {"dropped": False, "accepted": False}
    if value.found is not None and not value.dropped:
        back["content"] = value.found
    return _change(pk, seen, act, back)


def accept_value(pk: int, *, seen: int, act: Act) -> Kept:
    """Leave what is odd about a value as it is written; the only unit that a name can mean becomes the chosen one."""
    value = DraftValue.objects.get(pk=pk)
    content = value.content
    if value.kind == "unit" and content["unit"] is None and len(content["candidates"]) == 1:
        chosen = {**content, "unit": content["candidates"][0], "how": "chosen"}
        return _change(pk, seen, act, {"content": chosen, "dropped": False}, late=chosen)
    return _change(pk, seen, act, {"accepted": True})


def mark_new(pk: int, *, new: bool, seen: int, act: Act) -> Kept:
    """Say of a finding or directive of a further source whether the session does not have it yet."""
    value = DraftValue.objects.get(pk=pk)
    return _change(pk, seen, act, {"content": {**value.content, "new": new}})


def add_value(
    draft_pk: int, kind: str, content: rules.Content, *, span: tuple[int, int] | None, act: Act
) -> DraftValue:
    """Add what the reader missed. Refused (422) like a correction where the words may not come in."""
    _examine(content)
    with writing(act):
        draft = _open(draft_pk)
        last = draft.values.order_by("-position").values_list("position", flat=True).first() or 0
        if kind == "unit":
            units.resolve([content], _day(draft) or act.day)
        return DraftValue.objects.create(
            draft=draft,
            kind=kind,
            position=last + 1,
            content=content,
            span_start=span[0] if span else None,
            span_end=span[1] if span else None,
            saved_by_id=act.person,
            saved_at=act.at,
        )


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
        kept = _change(value.pk, seen, act, changed)
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
        record("intake.discarded", draft, unit=draft.owner_id)
    return draft


def _change(
    pk: int, seen: int, act: Act, changed: dict[str, Any], *, late: rules.Content | object | None = ...
) -> Kept:
    """Change a value that is still as it was seen. Otherwise the save is kept beside it (`late`), or refused where nothing was typed."""
    with writing(act):
        value = DraftValue.objects.select_related("draft").get(pk=pk)
        _open(value.draft_id)
        _fits(value, changed.get("content"))
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
        if (value.kind, value.name) in {("event", "date"), ("event", "leader")} or value.kind == "unit":
            look_up(value.draft, act.day)
            value.refresh_from_db()
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


def look_up(draft: Draft, today: date) -> None:
    """Look up units and the leader's post again in the tree of the session's day; what changes by it moves its counter."""
    day = _day(draft) or today
    values = list(draft.values.filter(kind="unit"))
    before = [dict(value.content) for value in values]
    contents = [value.content for value in values]
    units.resolve(contents, day)
    leader = draft.values.filter(kind="event", name="leader").first()
    if leader is not None:
        before.append(dict(leader.content))
        values.append(leader)
        units.match_leader(
            leader.content, units.leader_posts(draft.owner_id, [one["unit"] for one in contents], day, today)
        )
    for value, old in zip(values, before, strict=True):
        if value.content != old:
            value.counter += 1
            value.save(update_fields=["content", "counter"])
