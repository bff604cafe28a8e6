"""What all verbs share: taking an assignment in the version that the person saw, and saying what was done."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from dondoc.directives import holders, rules, schedule
from dondoc.directives.models import Assignment, Remark, Step
from dondoc.documents.rules import stop_if_secret
from dondoc.history.services import Act, record
from dondoc.lib import texts
from dondoc.lib.refusals import INVALID, Problem, Refused
from dondoc.lib.wording import day as day_text
from dondoc.web import states

from .values import Seen

ANSWERS = frozenset(
    {"issue", "report_result", "return_result", "object_to", "uphold", "answer_extension", "hand_on", "hand_over", "cancel", "reopen"}
)  # fmt: skip
"""The verbs after which a receiver has answered, or has something else to answer: evidence of duties may have changed."""


def changed(assignment: Assignment) -> Refused:
    """The refusal of somebody who saw an older version, with the present one."""
    current = [(_("State"), states.word(assignment.state))]
    if assignment.product:
        current.append((_("Product"), assignment.product))
    if due := schedule.final_due(assignment):
        current.append((_("Deadline"), day_text(due)))
    if last := Remark.objects.filter(assignment=assignment).order_by("-pk").first():
        current.append((_("Last remark"), last.text))
    return Refused("directives.changed_meanwhile", current=current)


def take(ids: Sequence[int], seen: Seen, verb: str) -> list[Assignment]:
    """These assignments, locked, in the versions seen and in states that allow the verb; all of them or a refusal."""
    versions = seen if isinstance(seen, Mapping) else dict.fromkeys(ids, seen)
    if not ids:
        raise Refused("directives.nothing_chosen", INVALID)
    found = {one.pk: one for one in Assignment.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    for key in ids:
        if key not in found:
            raise Refused("directives.removed_meanwhile")
        if versions.get(key) != found[key].version:
            raise changed(found[key])
    for one in found.values():
        rules.move(one.state, verb)
    return list(found.values())


def put(
    assignments: Sequence[Assignment],
    verb: str,
    act: Act,
    *,
    data: dict[str, Any] | None = None,
    rows: Any = (),
    **fields: Any,
) -> None:
    """Move these assignments, set the fields, and say so in the history. Refused where another act came first."""
    for one in assignments:
        state = rules.move(one.state, verb)
        claimed = Assignment.objects.filter(pk=one.pk, version=one.version, state=one.state).update(
            state=state.value, version=one.version + 1, **fields
        )
        if not claimed:
            raise changed(Assignment.objects.get(pk=one.pk))
        one.state, one.version = state.value, one.version + 1
        for name, value in fields.items():
            setattr(one, name, value)
    finish(assignments, verb, act, data=data, rows=rows)


def finish(
    assignments: Sequence[Assignment], verb: str, act: Act, *, data: dict[str, Any] | None = None, rows: Any = ()
) -> None:
    """After a change: the next day on which something happens, and one event for each assignment, on its receiver's timeline."""
    schedule.reschedule(assignments, act.day)
    roles = holders.on(act.day, [one.pk for one in assignments])
    told = {receiver.unit_id for held in roles.values() if (receiver := held.get(rules.Part.RECEIVER.value))}
    for number, one in enumerate(assignments):
        receiver = roles.get(one.pk, {}).get(rules.Part.RECEIVER.value)
        record(
            f"directives.{verb}",
            one,
            unit=receiver.unit_id if receiver else None,
            data=data or {},
            rows=rows if number == 0 else (),
        )
    if verb in ANSWERS:
        for name in settings.ON_EVIDENCE:
            import_string(name)({unit for unit in told if unit is not None}, act)


def note(assignment: Assignment, verb: str, text: str, act: Act, *, needed: bool = True) -> Remark | None:
    """The reason given with a verb; where it is needed and missing the verb is refused."""
    if not text.strip():
        if needed:
            raise Refused("directives.reason_missing", INVALID)
        return None
    stop_if_secret(text)
    assert act.person is not None
    assert act.post is not None
    return Remark.objects.create(
        assignment=assignment, verb=verb, text=text.strip(), on=act.day, by_id=act.person, post_id=act.post
    )


def drop(drafts: Sequence[Assignment], reason: str, act: Act) -> None:
    """Take drafts away. One of which nothing was told yet disappears; one that was sent back, or that somebody was reminded of, is kept as cancelled."""
    keys = [one.pk for one in drafts]
    told = {
        *Remark.objects.filter(assignment__in=keys).values_list("assignment", flat=True),
        *Step.objects.filter(assignment__in=keys).values_list("assignment", flat=True),
    }
    Assignment.objects.filter(pk__in=set(keys) - told).delete()
    kept = [one for one in drafts if one.pk in told]
    if kept:
        rows = [note(one, "cancel", reason, act) for one in kept]
        put(kept, "cancel", act, rows=rows, closed_on=act.day)


def refuse(found: Sequence[Problem]) -> None:
    """Refused with every problem listed, where there is one."""
    if found:
        sentences = [(_("To be completed"), texts.problem(one)) for one in found]
        raise Refused("directives.incomplete", INVALID, problems=list(found), current=sentences)
