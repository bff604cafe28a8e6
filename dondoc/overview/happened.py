"""What happened to a unit up to a day, newest first, as `web/_timeline.html` takes it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.directives.models import Finding
from dondoc.lib import wording
from dondoc.organisations.models import Unit
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND

from .outcomes import DONE, Outcome

if TYPE_CHECKING:
    from .units import Passed

SHOWN = 80


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a unit's timeline."""

    on: date
    title: str
    url: str = ""
    body: str = ""
    state: str = ""
    tone: str = ""


def timeline(
    sessions: Iterable[WorkingSession],
    findings: Iterable[Finding],
    outcomes: Sequence[Outcome],
    became: Iterable["Passed"],
    came: Iterable["Passed"],
    unit: Unit,
    on: date,
    linked: Collection[int],
    said_in: Collection[int],
) -> list[Happened]:
    """Everything up to the day. Of one day the later step stands above the earlier one."""
    lines: list[Happened] = [Happened(unit.valid_from, _("The unit begins its work"))]
    lines += [_taken_over(one, linked) for one in came]
    lines += [
        Happened(
            one.on,
            _("Working session: %(topic)s") % {"topic": one.topic or one.leader_title},
            reverse("working_sessions:page", args=[one.pk]),
        )
        for one in sessions
    ]
    lines += [_finding(one, said_in) for one in findings]
    lines += _together(outcomes, "issued_on")
    lines += _together(outcomes, "acknowledged_on")
    for one in outcomes:
        url = reverse("directives:assignment", args=[one.card.pk])
        lines += [
            Happened(word.on, f"{word.title}: {capfirst(one.card.task)}", url, word.text)
            for word in one.words
            if word.kind != "accept"
        ]
        if one.card.standing in DONE and (closed := one.card.assignment.closed_on):
            said = next((word.text for word in reversed(one.words) if word.kind == "accept"), "")
            lines.append(Happened(closed, capfirst(one.card.task), url, said, state=one.card.standing))
    lines += [
        Happened(
            one.on, _("The unit ends its work; taken over by: %(units)s") % {"units": _names(one)}, body=one.decision
        )
        for one in became
    ]
    return sorted((line for line in reversed(lines) if line.on <= on), key=lambda line: line.on, reverse=True)[:SHOWN]


def _finding(one: Finding, said_in: Collection[int]) -> Happened:
    here = one.origin_kind == KIND and one.origin_key in said_in
    url = f"{reverse('working_sessions:page', args=[one.origin_key])}#finding-{one.pk}" if here else ""
    tone = "gold" if one.kind == Finding.Kind.PRAISE else ""
    return Happened(one.said_on, one.get_kind_display(), url, capfirst(one.text), tone=tone)


def _taken_over(one: "Passed", linked: Collection[int]) -> Happened:
    url = ""
    if len(one.units) == 1 and one.units[0][0].unit in linked:
        eve = wording.day(one.on - timedelta(days=1))
        url = f"{reverse('overview:unit', args=[one.units[0][0].unit])}?on={eve}"
    return Happened(one.on, _("Took over from %(unit)s") % {"unit": _names(one)}, url, one.decision)


def _names(one: "Passed") -> str:
    return ", ".join(
        _("%(unit)s (in part)") % {"unit": label.name} if in_part else label.name for label, in_part in one.units
    )


def _together(outcomes: Iterable[Outcome], field: str) -> list[Happened]:
    """What was assigned (or acknowledged) on one day, as one line."""
    days: dict[date, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        day = getattr(one.card.assignment, field)
        if day is not None:
            days[day].append(one)
    lines = []
    for day, several in days.items():
        n = len(several)
        if n == 1:
            title = _("Assigned: %(task)s") if field == "issued_on" else _("Acknowledged: %(task)s")
            url = reverse("directives:assignment", args=[several[0].card.pk])
            lines.append(Happened(day, title % {"task": capfirst(several[0].card.task)}, url))
        elif field == "issued_on":
            title = ngettext("%(n)d task assigned", "%(n)d tasks assigned", n) % {"n": n}
            lines.append(Happened(day, title, body="\n".join(capfirst(one.card.task) for one in several)))
        else:
            lines.append(Happened(day, ngettext("%(n)d task acknowledged", "%(n)d tasks acknowledged", n) % {"n": n}))
    return lines
