"""The past of the invented district: sessions, and what became of what was asked there, lived day by day through the real services."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from dondoc.accounts.actors import Actor, actor_of
from dondoc.accounts.models import Term
from dondoc.clock.services import run_to
from dondoc.directives import queries, services
from dondoc.directives.models import Assignment, Role
from dondoc.directives.rules import Part
from dondoc.directives.services.values import ChildData, DocumentData, OriginData
from dondoc.documents.services import take_source
from dondoc.figures.services import record_figure
from dondoc.history.services import Act
from dondoc.organisations.models import Unit
from dondoc.working_sessions.rules import SessionData
from dondoc.working_sessions.services import confirm_session

ORIGIN = "working_session"
# Through which part of an assignment a verb is done; the post is the unit's leading one.
PARTS = {
    "acknowledge": Part.RECEIVER,
    "object_to": Part.RECEIVER,
    "pass_down": Part.RECEIVER,
    "report_progress": Part.RECEIVER,
    "report_result": Part.RECEIVER,
    "ask_extension": Part.RECEIVER,
    "accept": Part.VERIFIER,
    "return_result": Part.VERIFIER,
    "answer_extension": Part.VERIFIER,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens on a day, in the order of the file."""

    on: date
    session: str
    what: dict[str, Any]


def begins(path: Path) -> date:
    """The day on which the past begins."""
    first: date = yaml.safe_load(path.read_text(encoding="utf-8"))["begins"]
    return first


def live(path: Path, until: date) -> None:
    """Live through the file up to `until`: the tick of every day, and on its day each thing that happened."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    made: dict[str, dict[str, Any]] = {}
    for moment in sorted(_moments(content), key=lambda one: one.on):
        run_to(moment.on)
        if moment.what["do"] == "session":
            made[moment.session] = _hold(moment.what, moment.on)
        else:
            _do(moment, made[moment.session])
    run_to(until)


def _moments(content: dict[str, Any]) -> Iterator[Moment]:
    for session in content["sessions"]:
        yield Moment(session["day"], session["key"], {"do": "session", **session})
        yield Moment(session["approved"], session["key"], {"do": "approve"})
        yield Moment(session["issued"], session["key"], {"do": "issue", **session["document"]})
        for what in session["then"]:
            yield Moment(what["day"], session["key"], what)


def _unit(code: str) -> int:
    return Unit.objects.values_list("pk", flat=True).get(code=code)


def acting(unit: int, kinds: tuple[str, ...], day: date) -> Act:
    """The act of whoever holds a post of these kinds in the unit on the day, the first kind first."""
    terms = Term.objects.on(day).filter(post__unit=unit, post__kind__in=kinds).select_related("post", "account")
    term = min(terms, key=lambda one: kinds.index(one.post.kind))
    actor: Actor = actor_of(term.account, day, term.post_id)
    return actor.act(timezone.now())


def _hold(session: dict[str, Any], day: date) -> dict[str, Any]:
    """The session becomes a record, with its figures, findings and directives; returns its key and the directives by number."""
    led_by = _unit(session["led_by"])
    units = [_unit(code) for code in session["units"]]
    act = acting(led_by, ("clerk",), day)
    leader = Term.objects.on(day).select_related("post").get(post__unit=led_by, post__kind="leader").post
    source = take_source(
        session["text"],
        kind=session["kind"],
        title=session["title"],
        owner=led_by,
        is_public=False,
        published_on=day,
        act=act,
    )
    held = confirm_session(
        SessionData(
            on=day,
            led_by=led_by,
            leader_post=leader.pk,
            leader_title=leader.title,
            topic=session["topic"],
            year_reviewed=session.get("year_reviewed"),
            year_planned=session.get("year_planned"),
            units=frozenset(units),
        ),
        source=source,
        act=act,
    )

    def origin(text: str) -> OriginData:
        start = session["text"].index(text)
        return OriginData(
            ORIGIN,
            held.pk,
            session["title"],
            source.pk,
            start,
            start + len(text),
            day,
            led_by,
            leader.pk,
            leader.title,
            text,
        )

    for figure in session.get("figures", []):
        record_figure(
            _unit(figure["unit"]),
            figure["indicator"],
            figure["value"],
            period=figure.get("period"),
            said_on=day,
            origin="article",
            source=source,
            act=act,
        )
    for finding in session["findings"]:
        about = [_unit(code) for code in finding.get("units", [])]
        services.record_finding(
            origin(finding["text"]), kind=finding["kind"], units=about or units, common=not about, act=act
        )
    directives = [
        services.record_directive(
            origin(one["text"]),
            addressee=one.get("to", ""),
            receivers=one["receivers"],
            units=[_unit(one["unit"])] if "unit" in one else units,
            act=act,
        )
        for one in session["directives"]
    ]
    services.draft_assignments([one.pk for one in directives], units, act)
    return {"key": held.pk, "led_by": led_by, "directives": [one.pk for one in directives]}


def _do(moment: Moment, made: dict[str, Any]) -> None:
    what, day = moment.what, moment.on
    if what["do"] in {"approve", "issue"}:
        all_of_it = queries.of_origin(ORIGIN, made["key"])
        seen = dict(all_of_it.values_list("pk", "version"))
        if what["do"] == "approve":
            services.approve(list(seen), seen=seen, act=acting(made["led_by"], ("leader",), day))
            return
        document = DocumentData(made["led_by"], what["term"], what["symbol"], what["number"], day, what["abstract"])
        services.issue(list(seen), document=document, seen=seen, act=acting(made["led_by"], ("clerk",), day))
        return
    directive = made["directives"][what["directive"] - 1]
    receiver = Role.objects.on(day).filter(role=Part.RECEIVER, unit__code=what["unit"])
    work = Assignment.objects.get(directive=directive, parent=None, pk__in=receiver.values("assignment"))
    part = PARTS[what["do"]]
    role = work.roles.on(day).get(role=part)
    act = acting(role.unit_id, ("leader", "head", "officer"), day)
    values = {name: value for name, value in what.items() if name not in {"do", "day", "directive", "unit"}}
    if what["do"] == "pass_down":
        values["children"] = [
            ChildData(_unit(one["unit"]), one["task"], one["product"], one["due_on"]) for one in what["children"]
        ]
    getattr(services, what["do"])(work.pk, seen=work.version, act=act, **values)
