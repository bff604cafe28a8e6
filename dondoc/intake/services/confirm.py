"""The one act in which a draft becomes records: source, session, figures, findings, directives and their assignments in draft."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from dondoc.accounts.models import Post
from dondoc.directives.services import OriginData, Timing, draft_assignments, record_directive, record_finding
from dondoc.documents.models import Source
from dondoc.documents.services import take_source
from dondoc.figures.indicators import indicators
from dondoc.figures.services import record_figure
from dondoc.history.services import Act, record, writing
from dondoc.intake import queries, rules
from dondoc.intake.models import Draft, DraftValue
from dondoc.lib.refusals import CONFLICT, INVALID, Refused
from dondoc.lib.vietnamese import folded
from dondoc.working_sessions import queries as sessions
from dondoc.working_sessions import services as session_services
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND, SessionData

MONTHS = {"thang": 1, "quy": 3, "nam": 12}


def confirm(draft_pk: int, *, seen: int, mark: int, act: Act, another: bool = False) -> WorkingSession:
    """Turn the draft into records and return the session, newly made or the known one that this text is a further source of.

    `mark` is the sum of the counters that the person saw, so that nobody confirms what they have not seen. Of a further source only
    what was marked as new becomes findings and directives; numbers that differ stand beside the known ones. With `another` a person said
    that the text is not about a recorded session of that day, leader and units: it becomes a session of its own.
    Refused (409) when the draft was confirmed or changed meanwhile, (422) while a problem that blocks is open.
    """
    with writing(act):
        claimed = Draft.objects.filter(pk=draft_pk, state=Draft.State.OPEN, version=seen).update(
            state=Draft.State.CONFIRMED, version=seen + 1
        )
        draft = Draft.objects.get(pk=draft_pk)
        if not claimed:
            raise Refused(
                "intake.already_confirmed" if draft.state == Draft.State.CONFIRMED else "intake.draft_changed", CONFLICT
            )
        values = list(draft.values.prefetch_related("late"))
        if queries.mark_of(values) != mark:
            raise Refused("intake.values_changed", CONFLICT)
        if rules.blocking(queries.problems_of(values, act.day)):
            raise Refused("intake.not_ready", INVALID)
        live = [value for value in values if not value.dropped]
        source = _source(draft, live, act)
        data = session_data(live)
        session = None if another else sessions.same_session(data)
        further = session is not None
        if session is None:
            session = session_services.confirm_session(data, source=source, act=act, another=another)
        else:
            session_services.attach_source(session, source, act=act)
        _Records(live, session, source, further, act).write()
        draft.session, draft.source, draft.further = session, source, further
        draft.save(update_fields=["session", "source", "further"])
        draft.steps.all().delete()
        record(
            "intake.confirmed",
            draft,
            unit=data.led_by,
            data={"session": session.pk, "source": source.pk, "further": further},
        )
    return session


def session_data(live: Iterable[DraftValue]) -> SessionData:
    """The session that the values describe; every unit and the leader's post must be settled."""
    fields = {value.name: value.content for value in live if value.kind == "event"}
    post = Post.objects.get(pk=fields["leader"]["post"])
    return SessionData(
        on=date.fromisoformat(fields["date"]["day"]),
        led_by=post.unit_id,
        leader_post=post.pk,
        leader_title=post.title,
        units=frozenset(v.content["unit"] for v in live if v.kind == "unit" and v.content["in_session"]),
        topic=fields.get("topic", {}).get("text", ""),
        year_reviewed=fields.get("year_reviewed", {}).get("year"),
        year_planned=fields.get("year_planned", {}).get("year"),
    )


def _source(draft: Draft, live: Iterable[DraftValue], act: Act) -> Source:
    fields = {value.name: value.content for value in live if value.kind == "event"}
    published = fields.get("published", {}).get("day")
    return take_source(
        draft.text,
        kind=draft.kind,
        title=fields.get("title", {}).get("text") or draft.text.partition("\n")[0][:300],
        publisher=fields.get("publisher", {}).get("text", ""),
        published_on=date.fromisoformat(published) if published else None,
        is_public=draft.is_public,
        owner=draft.owner_id,
        act=act,
    )


def timing(content: rules.Content, said_on: date, planned_year: int | None) -> Timing:
    """What the words say of the deadline: a whole day of the future, or "hàng quý" as months. Anything vaguer is left to the office."""
    due = None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", content["deadline"] or "", re.ASCII):
        due = date.fromisoformat(content["deadline"])
    months = next((m for word, m in MONTHS.items() if word in folded(content["cadence"] or "").split()), None)
    return Timing(
        due_on=due if due and due > said_on else None,
        cadence_months=months if content["regular"] and due is None else None,
        planned_year=planned_year,
    )


class _Records:
    """Writes what was confirmed of one draft."""

    def __init__(
        self, live: Sequence[DraftValue], session: WorkingSession, source: Source, further: bool, act: Act
    ) -> None:
        self.live = live
        self.session = session
        self.source = source
        self.further = further
        self.act = act
        self.units = {value.pk: value.content["unit"] for value in live if value.kind == "unit"}
        self.all = sorted(unit.pk for unit in session.units.all())
        self.label = session_services.label(sessions.data_of(session))

    def write(self) -> None:
        for value in self._of("figure"):
            self._figure(value)
        for value in self._of("finding", new_only=self.further):
            about = self.units.get(value.content["of"])
            record_finding(
                self._origin(value),
                kind=value.content["finding"],
                units=[about] if about else self.all,
                common=about is None,
                act=self.act,
            )
        directives = []
        for value in self._of("directive", new_only=self.further):
            receivers, units = value.content["receivers"], self.all
            if receivers == "unit":
                named = self.units.get(value.content["of"])
                # A unit that was not made out, or was dropped, is nobody: a person names the receiver later.
                receivers, units = ("unit", [named]) if named else ("none", self.all)
            directive = record_directive(
                self._origin(value),
                addressee=value.content["to"],
                receivers=receivers,
                units=units,
                timing=timing(value.content, self.session.on, self.session.year_planned),
                act=self.act,
            )
            directives.append(directive.pk)
        if directives:
            draft_assignments(directives, self.all, self.act)

    def _of(self, kind: str, *, new_only: bool = False) -> list[DraftValue]:
        return [v for v in self.live if v.kind == kind and (not new_only or v.content["new"])]

    def _figure(self, value: DraftValue) -> None:
        content = value.content
        if content["indicator"] not in indicators():
            return
        record_figure(
            self.units[content["of"]],
            content["indicator"],
            int(rules.number(content["value"]) or 0),
            period=content["period"],
            said_on=self.session.on,
            origin="article",
            source=self.source,
            span=None if value.span_start is None or value.span_end is None else (value.span_start, value.span_end),
            qualifier=content["qualifier"],
            derived=value.derived and content == value.found,
            act=self.act,
        )

    def _origin(self, value: DraftValue) -> OriginData:
        start, end = value.span_start or 0, value.span_end or 0
        return OriginData(
            kind=KIND,
            key=self.session.pk,
            label=self.label,
            source=self.source.pk,
            span_start=start,
            span_end=end,
            said_on=self.session.on,
            author_unit=self.session.led_by_id,
            author_post=self.session.leader_post_id,
            author_title=self.session.leader_title,
            text=self.source.text[start:end],
        )
