"""Reading drafts: who may open them, the open ones, and what is wrong with one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Post
from dondoc.accounts.queries import require
from dondoc.figures import indicators as figures
from dondoc.figures.rules import when
from dondoc.lib.refusals import Problem

from . import rules
from .models import Draft, DraftValue
from .reach import reaches


def visible(actor: Actor) -> QuerySet[Draft]:
    """The drafts of the units in which the person holds a post: a draft is desk work, not yet a record for all above."""
    return Draft.objects.filter(owner__in=actor.units)


def access_draft(actor: Actor, pk: int, may: str | None = None) -> Draft:
    """The draft, for people of its office (404 for others); with `may` also the right to that action (403)."""
    draft = visible(actor).select_related("created_by", "session", "source").filter(pk=pk).first()
    if draft is None:
        raise Http404
    if may is not None:
        require(actor, may, draft.owner_id)
    return draft


def access_value(actor: Actor, pk: int, may: str | None = None) -> DraftValue:
    """A value, through the door of its draft."""
    value = DraftValue.objects.select_related("draft").filter(pk=pk).first()
    if value is None:
        raise Http404
    access_draft(actor, value.draft_id, may)
    return value


def mark_of(values: Iterable[DraftValue]) -> int:
    """The state of all values as one number: it grows with every change, so that a confirmation says what was seen."""
    return sum(value.counter for value in values)


def value_of(row: DraftValue) -> rules.Value:
    """The row as the rules see it. `late` must be prefetched."""
    return rules.Value(
        row.pk,
        row.kind,
        row.name,
        row.content,
        None if row.span_start is None or row.span_end is None else (row.span_start, row.span_end),
        row.derived,
        row.dropped,
        row.accepted,
        row.found is not None and row.content != row.found,
        bool(row.late.all()),
    )


def problems_of(
    rows: Sequence[DraftValue],
    today: date,
    reach: rules.Reach | None = None,
    checks: Iterable[Mapping[str, Any]] = (),
) -> list[Problem]:
    """What is wrong with these values of one draft, `checks` being those of the draft. Four queries; none where `reach` was asked before."""
    if reach is None:
        owners = dict(Draft.objects.filter(pk__in={row.draft_id for row in rows}).values_list("pk", "owner"))
        reach = next(iter(reaches(owners, rows, today).values()), rules.NOTHING_OUTSIDE)
    return rules.problems(
        [value_of(row) for row in rows],
        today,
        has_place=_has_place,
        rate_of=rates(),
        stored=figures.indicators(),
        reach=reach,
        checks=checks,
    )


def rates() -> dict[str, tuple[str, ...]]:
    """The parts of each rate that is computed again."""
    return {key: one.of for key, one in figures.shown_only().items() if one.of}


def _has_place(indicator: str, period: str | None, said_on: date) -> bool:
    return when(figures.indicators()[indicator].nature, period, said_on) is not None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list: with how many values, and how many problems to look at."""

    draft: Draft
    title: str
    values: int
    problems: int
    changed_by: str


def lines(actor: Actor, today: date, *, states: Iterable[str], limit: int = 50) -> list[DraftLine]:
    """The drafts of the person's offices in these states, newest first. Six queries."""
    drafts = list(
        visible(actor)
        .filter(state__in=list(states))
        .select_related("created_by", "session")
        .prefetch_related("values__late", "values__saved_by")
        .defer("text")
        .order_by("-created_on", "-pk")[:limit]
    )
    open_ones = {draft.pk: draft.owner_id for draft in drafts if draft.state == Draft.State.OPEN}
    rows = [value for draft in drafts if draft.pk in open_ones for value in draft.values.all()]
    reach = reaches(open_ones, rows, today) if rows else {}
    return [_line(draft, today, reach.get(draft.pk, rules.NOTHING_OUTSIDE)) for draft in drafts]


def _line(draft: Draft, today: date, reach: rules.Reach) -> DraftLine:
    values = sorted(draft.values.all(), key=lambda value: value.position)
    title = next((v.content.get("text", "") for v in values if (v.kind, v.name) == ("event", "title")), "")
    last = max((v for v in values if v.saved_at), key=lambda v: (v.saved_at, v.pk), default=None)
    return DraftLine(
        draft,
        title,
        sum(1 for v in values if not v.dropped and any(v.content.values())),
        len(problems_of(values, today, reach, draft.checks)) if draft.state == Draft.State.OPEN else 0,
        last.saved_by.label if last and last.saved_by else "",
    )


def day_of(draft: Draft) -> date | None:
    """The day of the session as the draft has it now."""
    value = draft.values.filter(kind="event", name="date", dropped=False).first()
    return date.fromisoformat(value.content["day"]) if value and value.content.get("day") else None


def unit_choices(draft: Draft) -> list[tuple[int, str]]:
    """The units of a draft for choosing one: the value's key and the words of the text."""
    return [
        (value.pk, f"{value.content['type']} {value.content['name']}".strip())
        for value in draft.values.filter(kind="unit", dropped=False).order_by("position")
    ]


def units_named(draft: Draft) -> list[int]:
    """The units of the tree that a draft names, as far as they are settled."""
    contents = draft.values.filter(kind="unit", dropped=False).values_list("content", flat=True)
    return [content["unit"] for content in contents if content["unit"] is not None]


def leader_unit(draft: Draft) -> int | None:
    """The unit of the post that led the session, as the draft has it now."""
    value = draft.values.filter(kind="event", name="leader", dropped=False).first()
    post = Post.objects.filter(pk=value.content["post"]).first() if value and value.content["post"] else None
    return post.unit_id if post else None
