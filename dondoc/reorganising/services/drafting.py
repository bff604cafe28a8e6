"""Drafts: begun, copied from a recorded decision, saved field by field, discarded. No history entry: a draft is no record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, writing
from dondoc.lib import wording
from dondoc.lib.days import read_day
from dondoc.lib.fieldwise import plain, too_late
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Reorganisation
from dondoc.reorganising import rules
from dondoc.reorganising.copying import copied
from dondoc.reorganising.models import Draft, DraftStep, LateValue

Kind = rules.Kind


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the draft's version now, and the fields whose value was kept beside because they had moved on."""

    version: int
    late: tuple[str, ...] = ()


def begin(owner: int, *, act: Act) -> Draft:
    """An empty draft of a unit's board."""
    with writing(act):
        return _new(owner, act)


def copy(first: Reorganisation, owner: int, *, act: Act) -> Draft:
    """A draft that says what a recorded decision said, to be recorded again or corrected. Refused where it has too many steps."""
    with writing(act):
        number, title = rules.number_and_title(first.decision)
        if len(number) > rules.LONGEST["number"]:
            number, title = "", first.decision
        draft = _new(owner, act, number=number, title=title, effective_on=first.effective_on)
        made = copied(first)
        if len(made) > rules.MOST_STEPS:
            raise Refused("reorganising.too_many_steps", INVALID, most=rules.MOST_STEPS)
        DraftStep.objects.bulk_create(
            DraftStep(draft=draft, position=place, kind=kind.value, content=content)
            for place, (kind, content) in enumerate(made, 1)
        )
        return draft


def revoking(first: Reorganisation, owner: int, *, act: Act) -> Draft:
    """The draft of a decision's revocation; the one that is open already, where there is one. Refused where nothing of it holds."""
    with writing(act):
        records = Reorganisation.objects.filter(pk=first.pk) | Reorganisation.objects.filter(together=first.pk)
        if not records.filter(revoked_by=None).exists():
            raise Refused("reorganising.revoked_already")
        known = Draft.objects.filter(revokes=first, owner=owner, state=Draft.State.OPEN).first()
        return known or _new(owner, act, revokes=first, effective_on=first.effective_on)


def _new(owner: int, act: Act, **given: Any) -> Draft:
    assert act.person is not None
    by: dict[str, Any] = {"made_by_id": act.person, "made_on": act.day, "saved_by_id": act.person, "saved_on": act.day}
    return Draft.objects.create(owner_id=owner, **by, **given)


def _open(pk: int) -> Draft:
    draft = Draft.objects.select_for_update().get(pk=pk)
    if draft.state != Draft.State.OPEN:
        raise Refused("reorganising.no_draft_any_more")
    return draft


def _stamp(draft: Draft, act: Act) -> int:
    assert act.person is not None
    draft.version += 1
    draft.saved_by_id, draft.saved_on = act.person, act.day
    return draft.version


def value_of(draft: Draft, name: str) -> str:
    """The present value of one of the draft's own fields, as it is typed."""
    value = getattr(draft, name)
    if name == "effective_on":
        return wording.day(value) if value else ""
    return str(value)


def save(draft_id: int, values: Mapping[str, str], was: Mapping[str, str], *, seen: int, act: Act) -> Saved:
    """Save the draft's own fields that differ from what they were when the form was shown. What has moved on is kept beside."""
    changed = {name: values[name].strip() for name in rules.HEAD if name in values and values[name] != was.get(name)}
    if "effective_on" in changed and changed["effective_on"] and read_day(changed["effective_on"], act.day) is None:
        raise Refused("reorganising.no_day", INVALID, typed=changed["effective_on"])
    _judge(changed)
    with writing(act):
        draft = _open(draft_id)
        if draft.revokes_id is not None:
            changed.pop("effective_on", None)
        present = {name: value_of(draft, name) for name in changed}
        late = _late(draft, None, changed, present, draft.marks, seen, act)
        kept = {name: value for name, value in changed.items() if name not in late and value != present[name]}
        if kept:
            version = _stamp(draft, act)
            for name, value in kept.items():
                setattr(draft, name, (read_day(value, act.day) if value else None) if name == "effective_on" else value)
                draft.marks = draft.marks | {name: {"version": version, "by": act.person}}
            draft.save()
        return Saved(draft.version, late)


def add(draft_id: int, kind: Kind, values: Mapping[str, str], *, act: Act) -> list[DraftStep]:
    """Add steps of a kind: one, or of a list of new units or new names one for each line. Refused past the most that a draft holds."""
    contents = _contents(kind, {name: value.strip() for name, value in values.items() if name in rules.FIELDS[kind]})
    for content in contents:
        _judge(content)
    with writing(act):
        draft = _open(draft_id)
        if draft.revokes_id is not None:
            raise Refused("reorganising.no_draft_any_more")
        if draft.steps.count() + len(contents) > rules.MOST_STEPS:
            raise Refused("reorganising.too_many_steps", INVALID, most=rules.MOST_STEPS)
        last = draft.steps.aggregate(last=Max("position"))["last"] or 0
        made = DraftStep.objects.bulk_create(
            DraftStep(draft=draft, position=last + place, kind=kind.value, content=content)
            for place, content in enumerate(contents, 1)
        )
        _stamp(draft, act)
        draft.save()
        return made


def _contents(kind: Kind, values: dict[str, str]) -> list[dict[str, str]]:
    if kind is Kind.ESTABLISH:
        several = [name for name, _short in rules.pairs(values.get("name", ""))]
        return [values | {"name": name} for name in several] or [values]
    if kind is Kind.RENAME:
        pairs = rules.pairs(values.get("unit", ""))
        if len(pairs) > 1 or any(new for _old, new in pairs):
            return [values | {"unit": old, "name": new or values.get("name", "")} for old, new in pairs]
    return [values]


def save_step(step_id: int, values: Mapping[str, str], was: Mapping[str, str], *, seen: int, act: Act) -> Saved:
    """Save the fields of a step that differ from what they were when the form was shown. What has moved on is kept beside."""
    with writing(act):
        step = DraftStep.objects.filter(pk=step_id).first()
        if step is None:
            raise Refused("reorganising.step_gone")
        draft = _open(step.draft_id)
        step.refresh_from_db()
        kind = Kind(step.kind)
        changed = {
            name: value.strip()
            for name, value in values.items()
            if rules.is_field(kind, name) and value.strip() != was.get(name, "").strip()
        }
        _judge(changed)
        present = {name: str(step.content.get(name, "")) for name in changed}
        late = _late(draft, step, changed, present, step.marks, seen, act)
        kept = {name: value for name, value in changed.items() if name not in late and value != present[name]}
        if kept:
            version = _stamp(draft, act)
            step.content = step.content | kept
            step.marks = step.marks | {name: {"version": version, "by": act.person} for name in kept}
            step.save()
            draft.save()
        return Saved(draft.version, late)


def _judge(values: Mapping[str, str]) -> None:
    """What cannot be kept even in a draft: a mark of secrecy, signs that are no text, and lists that no page could show."""
    for name, value in values.items():
        examine_words(value, rules.MOST_LETTERS)
        if name in rules.LISTS and len(rules.lines(value)) > rules.MOST_LINES:
            raise Refused("reorganising.too_many_lines", INVALID, most=rules.MOST_LINES)
        longest = rules.LONGEST.get(name, rules.LONGEST_NAME)
        if name not in rules.LISTS and len(value) > longest:
            raise Refused("reorganising.too_long", INVALID, longest=longest)


def _late(
    draft: Draft,
    step: DraftStep | None,
    changed: Mapping[str, str],
    present: Mapping[str, str],
    marks: Mapping[str, Any],
    seen: int,
    act: Act,
) -> tuple[str, ...]:
    """Keep beside what came too late; the names of those fields."""
    assert act.person is not None
    late = too_late(changed, present, marks, seen)
    LateValue.objects.bulk_create(
        LateValue(draft=draft, step=step, field=name, value=changed[name], by_id=act.person, at=act.at) for name in late
    )
    return late


def remove(step_id: int, *, seen: int, act: Act) -> Draft:
    """Take a step out. Refused where somebody has changed it since it was shown."""
    with writing(act):
        step = DraftStep.objects.filter(pk=step_id).first()
        if step is None:
            raise Refused("reorganising.step_gone")
        draft = _open(step.draft_id)
        if any(mark["version"] > seen for mark in step.marks.values()):
            raise Refused("reorganising.step_changed")
        step.delete()
        _stamp(draft, act)
        draft.save()
        return draft


def choose(late_id: int, *, take: bool, was: str, act: Act) -> Saved:
    """Settle a value that was kept beside: put it into its field, or let it go.

    `was` is what stood in the field when the two were shown. Where it has moved on once more, both stay until somebody has seen that.
    """
    with writing(act):
        late = LateValue.objects.select_related("step").filter(pk=late_id).first()
        if late is None:
            raise Refused("reorganising.late_settled")
        draft = _open(late.draft_id)
        step = late.step
        present = value_of(draft, late.field) if step is None else str(step.content.get(late.field, ""))
        if plain(present) != plain(was):
            return Saved(draft.version, (late.field,))
        late.delete()
        if not take:
            return Saved(draft.version)
        values, before = {late.field: late.value}, {late.field: present}
        if step is None:
            return save(draft.pk, values, before, seen=draft.version, act=act)
        return save_step(step.pk, values, before, seen=draft.version, act=act)


def drop(draft_id: int, *, seen: int, act: Act) -> None:
    """Discard a draft. Refused where it has changed since it was shown."""
    with writing(act):
        draft = _open(draft_id)
        if draft.version != seen:
            raise Refused("reorganising.draft_changed")
        draft.state = Draft.State.DROPPED
        _stamp(draft, act)
        draft.save()
