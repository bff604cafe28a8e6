"""Findings and directives as they come from an origin, and taking an origin back."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dondoc.directives import rules
from dondoc.directives.models import Assignment, Directive, Finding
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import Refused
from dondoc.lib.vietnamese import folded

from .claiming import drop, note, put
from .values import OriginData, Timing


def _values(origin: OriginData) -> dict[str, object]:
    return {
        "origin_kind": origin.kind,
        "origin_key": origin.key,
        "origin_label": origin.label,
        "source_id": origin.source,
        "span_start": origin.span_start,
        "span_end": origin.span_end,
        "said_on": origin.said_on,
        "author_unit_id": origin.author_unit,
        "author_post_id": origin.author_post,
        "author_title": origin.author_title,
        "text": origin.text,
    }


def record_finding(
    origin: OriginData, *, kind: str, units: Sequence[int], common: bool | None = None, act: Act
) -> Finding:
    """A finding about the units; `common` where it was said of all of them together (also where no unit is given)."""
    with writing(act):
        finding = Finding.objects.create(
            **_values(origin), kind=Finding.Kind(kind).value, common=not units if common is None else common
        )
        finding.about.set(units)
        record(
            "directives.finding_recorded",
            finding,
            unit=units[0] if len(units) == 1 else None,
            data={"units": list(units)},
        )
    return finding


def record_directive(
    origin: OriginData, *, addressee: str, receivers: str, units: Sequence[int], timing: Timing | None = None, act: Act
) -> Directive:
    """A directive: `receivers` is a code of `rules.Receivers`, `units` the units named (for `unit`) or of the session, `timing` what the text says."""
    said = timing or Timing()
    with writing(act):
        directive = Directive.objects.create(
            **_values(origin),
            folded=folded(origin.text),
            addressee=addressee,
            receivers=rules.Receivers(receivers).value,
            due_on=said.due_on,
            cadence_months=None if said.due_on else said.cadence_months,
            planned_year=said.planned_year,
        )
        directive.units.set(units)
        record("directives.directive_recorded", directive, unit=origin.author_unit, data={"units": list(units)})
    return directive


def withdraw_origin(kind: str, key: int, *, act: Act) -> None:
    """Take back all findings and directives of an origin: drafts disappear, approved ones and those that have a history are cancelled. Refused once one is issued."""
    with writing(act):
        # Whoever adds a receiver meanwhile waits for this, and finds it withdrawn.
        list(Directive.objects.select_for_update().filter(origin_kind=kind, origin_key=key).order_by("pk"))
        present = Assignment.objects.select_for_update().filter(directive__origin_kind=kind, directive__origin_key=key)
        assignments = list(present.order_by("pk"))
        if any(one.issued_on is not None for one in assignments):
            raise Refused("directives.already_issued")
        reason = _("Its origin was withdrawn.")
        drop([one for one in assignments if one.state == rules.State.DRAFTED.value], reason, act)
        approved = [one for one in assignments if one.state == rules.State.APPROVED.value]
        if approved:
            rows = [note(one, "cancel", reason, act) for one in approved]
            put(approved, "cancel", act, rows=rows, closed_on=act.day)
        for model in (Finding, Directive):
            said: Sequence[Finding | Directive] = list(
                model._default_manager.filter(origin_kind=kind, origin_key=key, withdrawn_on=None)
            )
            for row in said:
                row.withdrawn_on = act.day
                row.save(update_fields=["withdrawn_on"])
                record("directives.withdrawn", row, unit=row.author_unit_id)
