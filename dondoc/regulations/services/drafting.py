"""Drafts of regulations: begun from a model, from the version in force or from nothing; saved field by field; discarded.

No history entry: a draft is no record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, writing
from dondoc.lib import wording
from dondoc.lib.days import read_day
from dondoc.lib.fieldwise import plain, too_late
from dondoc.lib.refusals import INVALID, Refused
from dondoc.regulations import rules
from dondoc.regulations.content import ModelArticle, models
from dondoc.regulations.models import Draft, DraftPart, Duty, LateValue, Version
from dondoc.regulations.rules import Kind


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the draft's version now, and the fields whose value was kept beside because they had moved on."""

    version: int
    late: tuple[str, ...] = ()


def begin(unit: int, model: str, *, act: Act) -> Draft:
    """A draft of the unit: what the model says, or nothing for no model. Refused where the unit has an open draft."""
    if model and model not in models():
        raise Refused("regulations.no_such_model", INVALID)
    with writing(act):
        found = models().get(model)
        # In brackets the model says since when it may be adopted, which is no part of a title.
        content = {"title": found.name.partition(" (")[0], "basis": found.basis} if found else {}
        draft = _new(unit, content, act, model=model)
        for place, article in enumerate(found.articles if found else (), 1):
            _write(draft, place, article)
        return draft


def _write(draft: Draft, place: int, article: ModelArticle) -> None:
    content = {"number": str(article.number), "heading": article.heading, "text": article.text}
    part = DraftPart.objects.create(draft=draft, kind=Kind.ARTICLE, position=place, content=content)
    DraftPart.objects.bulk_create(
        DraftPart(draft=draft, under=part, kind=Kind.DUTY, position=n, content=duty.content())
        for n, duty in enumerate(article.duties, 1)
    )


def amend(version: Version, *, act: Act) -> Draft:
    """A draft that says what a version says, to be changed. Refused where the unit has an open draft."""
    with writing(act):
        content = {"title": version.title, "basis": version.basis}
        draft = _new(version.unit_id, content, act, model=version.model, amends=version)
        for place, article in enumerate(version.articles.prefetch_related("duties"), 1):
            written = {"number": str(article.number), "heading": article.heading, "text": article.text}
            part = DraftPart.objects.create(draft=draft, kind=Kind.ARTICLE, position=place, content=written)
            DraftPart.objects.bulk_create(
                DraftPart(draft=draft, under=part, kind=Kind.DUTY, position=n, content=duty_content(duty))
                for n, duty in enumerate(article.duties.all(), 1)
            )
        return draft


def duty_content(duty: Duty) -> dict[str, str]:
    """The fields of a duty as a draft holds them."""
    own = {"code": duty.code, "title": duty.title, "evidence": duty.evidence, "who": duty.who, "basis": duty.basis}
    content: dict[str, str] = duty.content
    return content | own | {"verified": "1" if duty.verified else ""}


def _new(unit: int, content: dict[str, str], act: Act, **given: Any) -> Draft:
    assert act.person is not None
    by: dict[str, Any] = {"made_by_id": act.person, "made_on": act.day, "saved_by_id": act.person, "saved_on": act.day}
    try:
        with transaction.atomic():
            return Draft.objects.create(unit_id=unit, content=content, **by, **given)
    except IntegrityError:
        raise Refused("regulations.draft_is_open") from None


def open_draft(pk: int) -> Draft:
    """The draft, held until the commit. Refused where it was approved or discarded."""
    draft = Draft.objects.select_for_update().get(pk=pk)
    if draft.state != Draft.State.OPEN:
        raise Refused("regulations.no_draft_any_more")
    return draft


def stamp(draft: Draft, act: Act) -> int:
    """Count one more change of the draft, by this person."""
    assert act.person is not None
    draft.version += 1
    draft.saved_by_id, draft.saved_on = act.person, act.day
    return draft.version


def save(draft_id: int, values: Mapping[str, str], was: Mapping[str, str], *, seen: int, act: Act) -> Saved:
    """Save the draft's own fields that differ from what they were when the form was shown. What has moved on is kept beside."""
    changed = _changed(values, was, rules.HEAD)
    if changed.get("holds_from") and read_day(changed["holds_from"], act.day) is None:
        raise Refused("regulations.no_day", INVALID, typed=changed["holds_from"])
    if day := read_day(changed.get("holds_from", ""), act.day):
        changed["holds_from"] = wording.day(day)
    with writing(act):
        draft = open_draft(draft_id)
        return _keep(draft, None, changed, seen, act)


def save_part(part_id: int, values: Mapping[str, str], was: Mapping[str, str], *, seen: int, act: Act) -> Saved:
    """Save the fields of an article or duty that differ from what they were when the form was shown. What has moved on is kept beside."""
    with writing(act):
        part = _part(part_id)
        draft = open_draft(part.draft_id)
        part.refresh_from_db()
        return _keep(draft, part, _changed(values, was, rules.FIELDS[Kind(part.kind)]), seen, act)


def _part(pk: int) -> DraftPart:
    part = DraftPart.objects.filter(pk=pk).first()
    if part is None:
        raise Refused("regulations.part_gone")
    return part


def _changed(values: Mapping[str, str], was: Mapping[str, str], fields: tuple[str, ...]) -> dict[str, str]:
    changed = {
        name: plain(values[name])
        for name in fields
        if name in values and plain(values[name]) != plain(was.get(name, ""))
    }
    for name, value in changed.items():
        longest = rules.LONGEST.get(name, rules.LONGEST_FIELD)
        if len(value) > longest:
            raise Refused("regulations.too_long", INVALID, longest=longest)
        examine_words(value, longest)
    return changed


def _keep(draft: Draft, part: DraftPart | None, changed: Mapping[str, str], seen: int, act: Act) -> Saved:
    assert act.person is not None
    row = part or draft
    late = too_late(changed, row.content, row.marks, seen)
    LateValue.objects.bulk_create(
        LateValue(draft=draft, part=part, field=name, value=changed[name], by_id=act.person, at=act.at) for name in late
    )
    kept = {name: value for name, value in changed.items() if name not in late and value != row.content.get(name, "")}
    if kept:
        version = stamp(draft, act)
        row.content = row.content | kept
        row.marks = row.marks | {name: {"version": version, "by": act.person} for name in kept}
        if part is not None:
            # A cadence that a person wrote is theirs: the model's basis does not stand behind it any more.
            if (
                part.kind == Kind.DUTY
                and "basis" not in kept
                and set(kept) & _MEASURES
                and part.content.get("verified")
            ):
                part.content = part.content | {"verified": ""}
            part.save()
        draft.save()
    return Saved(draft.version, late)


_MEASURES = {"turn", "month", "day", "weekday", "event", "days", "working", "grace", "grace_working", "fixed"}


def add(draft_id: int, kind: Kind, under: int | None, *, act: Act) -> DraftPart:
    """An empty article at the end, or an empty duty under an article. Refused past the most that a regulation holds."""
    with writing(act):
        draft = open_draft(draft_id)
        parts = draft.parts.filter(kind=kind)
        most = rules.MOST_ARTICLES if kind is Kind.ARTICLE else rules.MOST_DUTIES
        if parts.count() >= most:
            raise Refused("regulations.too_many_parts", INVALID, most=most)
        content: dict[str, str] = {}
        article = None
        if kind is Kind.ARTICLE:
            numbers = [int(n) for n in parts.values_list("content__number", flat=True) if str(n or "").isdecimal()]
            content["number"] = str(max(numbers, default=0) + 1)
        else:
            article = draft.parts.filter(kind=Kind.ARTICLE, pk=under).first() if under is not None else None
            if article is None:
                raise Refused("regulations.part_gone")
            content = {"turn": rules.Turn.MONTHLY, "month": "1", "day": "31", "grace": "0", "who": "head"}
        last = parts.filter(under=article).aggregate(last=Max("position"))["last"] or 0
        part = DraftPart.objects.create(draft=draft, under=article, kind=kind, position=last + 1, content=content)
        stamp(draft, act)
        draft.save()
        return part


def remove(part_id: int, *, seen: int, act: Act) -> Draft:
    """Take an article with its duties, or a duty, out. Refused where somebody has changed any of it since it was shown."""
    with writing(act):
        part = _part(part_id)
        draft = open_draft(part.draft_id)
        shown = [part.marks, *part.duties.values_list("marks", flat=True)]
        if any(mark["version"] > seen for marks in shown for mark in marks.values()):
            raise Refused("regulations.part_changed")
        part.delete()
        stamp(draft, act)
        draft.save()
        return draft


def choose(late_id: int, *, take: bool, was: str, act: Act) -> Saved:
    """Settle a value that was kept beside: put it into its field, or let it go.

    `was` is what stood in the field when the two were shown. Where it has moved on once more, both stay until somebody has seen that.
    """
    with writing(act):
        late = LateValue.objects.select_related("part").filter(pk=late_id).first()
        if late is None:
            raise Refused("regulations.late_settled")
        draft = open_draft(late.draft_id)
        part = late.part
        present = (part or draft).content.get(late.field, "")
        if plain(present) != plain(was):
            return Saved(draft.version, (late.field,))
        late.delete()
        return _keep(draft, part, {late.field: late.value}, draft.version, act) if take else Saved(draft.version)


def drop(draft_id: int, *, seen: int, act: Act) -> None:
    """Discard a draft. Refused where it has changed since it was shown."""
    with writing(act):
        draft = open_draft(draft_id)
        if draft.version != seen:
            raise Refused("regulations.draft_changed")
        draft.state = Draft.State.DROPPED
        stamp(draft, act)
        draft.save()
