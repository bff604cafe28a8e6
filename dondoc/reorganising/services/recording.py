"""From a draft to a record: tried first, then recorded once, as it was tried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q

from dondoc.history.services import Act, record, writing
from dondoc.lib import texts
from dondoc.lib.refusals import FORBIDDEN, INVALID, Refused
from dondoc.organisations.models import Change, Reorganisation, Unit
from dondoc.organisations.services import queue, reorganise_together, revoke_together
from dondoc.organisations.steps import Establish, Step, refs
from dondoc.reorganising import rules
from dondoc.reorganising.aside import aside
from dondoc.reorganising.composing import Composed, compose
from dondoc.reorganising.doors import outside
from dondoc.reorganising.models import Draft
from dondoc.reorganising.trial import Do, tried

MOST_REVOKED = 3000
"""A decision of more records, such as the first data of an office, is not revoked from a page."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying a draft gave: of which `version` of it, and with which reorganisation as the `last`."""

    version: int
    last: int
    found: dict[str, Any]


def try_out(draft_id: int, *, act: Act) -> Trial:
    """What recording the draft would do, or why it cannot be. Nothing is written; called before an act, since it may take long.

    Refused where something is still to be completed.
    """
    with aside():
        draft = Draft.objects.get(pk=draft_id)
        composed = _complete(draft, act)
        last, day = _last(), draft.effective_on
        assert day is not None
        try:
            found = tried(_do(draft, composed, act), _touched(draft, composed), day, draft.owner_id, act)
            found["revokes"] = draft.revokes_id is not None
        except Refused as refused:
            if not refused.code.startswith("organisations."):
                raise
            found = {"refused": _told(refused, composed)}
        return Trial(draft.version, last, found)


def preview(draft_id: int, trial: Trial, *, act: Act) -> Draft:
    """Keep with a draft what trying it gave. Where it or the tree has moved on meanwhile, the preview is not a fresh one."""
    with writing(act):
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        if draft.state != Draft.State.OPEN:
            raise Refused("reorganising.no_draft_any_more")
        draft.preview, draft.previewed, draft.tried_at = trial.found, trial.version, trial.last
        draft.save()
        return draft


def record_draft(draft_id: int, *, seen: int, act: Act) -> Reorganisation:
    """Record the draft; its first record. Refused where it, or the tree, is another than when it was tried, or where it was recorded."""
    with writing(act):
        queue()
        draft = Draft.objects.select_for_update().get(pk=draft_id)
        composed = _complete(draft, act)
        if draft.version != seen:
            raise Refused("reorganising.draft_changed")
        if draft.previewed != draft.version or draft.tried_at != _last() or "refused" in (draft.preview or {}):
            raise Refused("reorganising.preview_again")
        first = _do(draft, composed, act)()[0]
        draft.state, draft.recorded = Draft.State.RECORDED, first
        draft.saved_by_id, draft.saved_on = act.person or draft.saved_by_id, act.day
        draft.save()
        name = "reorganising.revoked" if draft.revokes_id else "reorganising.recorded"
        record(name, draft, unit=draft.owner_id, data={"reorganisation": first.pk, "effective_on": first.effective_on})
        return first


def is_fresh(draft: Draft) -> bool:
    """Whether the preview is of the draft and the tree as they are now."""
    return draft.previewed == draft.version and draft.tried_at == _last()


def _last() -> int:
    return int(Reorganisation.objects.aggregate(last=Max("pk"))["last"] or 0)


def _complete(draft: Draft, act: Act) -> Composed:
    if draft.state != Draft.State.OPEN:
        raise Refused("reorganising.no_draft_any_more")
    composed = compose(draft, list(draft.steps.all()), act.day)
    if composed.wrong:
        raise Refused("reorganising.incomplete", INVALID, count=len(composed.wrong))
    return composed


def _to_revoke(draft: Draft) -> list[Reorganisation]:
    first = draft.revokes
    assert first is not None
    records = Reorganisation.objects.filter(Q(pk=first.pk) | Q(together=first.pk), revoked_by=None)
    found = list(records.order_by("pk")[: MOST_REVOKED + 1])
    if not found:
        raise Refused("reorganising.revoked_already")
    if len(found) > MOST_REVOKED:
        raise Refused("reorganising.too_much_to_revoke", INVALID, most=MOST_REVOKED)
    return found


def _do(draft: Draft, composed: Composed, act: Act) -> Do:
    """What recording does, not done yet."""
    decision = rules.decision(draft.number, draft.title)
    if draft.revokes is not None:
        if outside(draft.revokes, draft.owner_id, act.day):
            raise Refused("reorganising.not_all_yours", FORBIDDEN)
        records = _to_revoke(draft)
        return lambda: revoke_together(records, decision=decision, act=act)
    day: date | None = draft.effective_on
    assert day is not None
    steps = [step for _pk, step in composed.steps]
    return lambda: reorganise_together(steps, decision=decision, effective_on=day, act=act)


def _touched(draft: Draft, composed: Composed) -> set[int]:
    """The units that are known to be spoken of before it is done."""
    if draft.revokes is not None:
        keys = [one.pk for one in _to_revoke(draft)]
        rows = Change.objects.filter(reorganisation__in=keys)
        named = rows.exclude(attribute=Change.Attribute.PARENT).values_list("unit", "other")
        return {pk for pair in named for pk in pair if pk} | set(rows.values_list("unit", flat=True))
    return {ref for _pk, step in composed.steps for ref in _subjects(step) if isinstance(ref, int)}


def _subjects(step: Step) -> Iterable[Any]:
    """Whom a step is about: all that it names, for one established its code without the superior."""
    return [step.code] if isinstance(step, Establish) else refs(step)


def _told(refused: Refused, composed: Composed) -> list[dict[str, Any]]:
    """Each problem in words beside the step that causes it; 0 where none can be told."""
    problems = list(refused.data.get("problems", ()))
    if not problems:
        code = str(refused.data.get("unit", ""))
        named = _names(composed, [code])
        sentence = texts.refusal(
            Refused(refused.code, refused.status, **refused.data | {"unit": named.get(code, code)})
        )
        return [{"step": _step_of(composed, code, _keys([code])), "text": sentence}]
    keys = _keys([problem.source for problem in problems])
    told = {(_step_of(composed, problem.source, keys), texts.problem(problem)): None for problem in problems}
    return [{"step": step, "text": text} for step, text in told]


def _keys(codes: Sequence[str]) -> dict[str, int]:
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))


def _names(composed: Composed, codes: Sequence[str]) -> dict[str, str]:
    keys = _keys(codes)
    by_ref = {one.ref: one.name for one in composed.meant.values()}
    return {code: by_ref[ref] for code in codes for ref in (code, keys.get(code)) if ref in by_ref}


def _step_of(composed: Composed, code: str, keys: dict[str, int]) -> int:
    """The draft's step that speaks of the unit: first one about it, then one that names it, then the split of its superior."""
    wanted = {code, keys.get(code)}
    for pk, step in composed.steps:
        if wanted & set(_subjects(step)):
            return pk
    for pk, step in composed.steps:
        if wanted & set(refs(step)):
            return pk
    for parent, several in composed.children.items():
        if keys.get(code) in {child for child, _name in several}:
            return next((pk for pk, step in composed.steps if parent in refs(step)), 0)
    return 0
