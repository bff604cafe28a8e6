"""The leader's page: my sessions, what I demanded, of whom, what came of it, what is overdue, unit by unit."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Post, PostKind
from dondoc.directives import queries as directives
from dondoc.directives.queries import Card
from dondoc.directives.rules import Progress
from dondoc.working_sessions.models import WorkingSession

SESSIONS = 50
ASSIGNMENTS = 1000


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What was demanded of one unit, and what came of it."""

    name: str
    unit: int | None
    cards: tuple[Card, ...]
    progress: Progress

    @property
    def overdue(self) -> int:
        return sum(card.standing == "overdue" for card in self.cards)


@dataclass(frozen=True, slots=True)
class LeadersPage:
    """All that one post demanded, up to the chosen day."""

    post: Post
    choices: tuple[Post, ...]
    sessions: tuple[WorkingSession, ...]
    units: tuple[OfUnit, ...]
    progress: Progress
    counts: dict[str, int]
    overdue: tuple[Card, ...]
    left_out: int


def leaders_page(actor: Actor, on: date, chosen: int | None) -> LeadersPage | None:
    """The page of the chosen leader's post of the actor's own units (their own one first), None where there is no such post.

    An office clerk sees the page of the leaders whom they serve; a post of another unit is not found (404).
    """
    posts = _posts(actor, on)
    if not posts:
        return None
    by_key = {post.pk: post for post in posts}
    if chosen is not None and chosen not in by_key:
        raise Http404
    post = by_key[chosen] if chosen is not None else posts[0]
    demanded = (
        directives.visible(actor)
        .filter(directive__author_post=post, directive__withdrawn_on=None, issued_on__lte=on)
        .order_by("pk")
    )
    cards = directives.cards(demanded[:ASSIGNMENTS], on)
    sessions = (
        WorkingSession.objects.filter(leader_post=post, on__lte=on, withdrawn_on=None)
        .prefetch_related("units")
        .order_by("-on", "-pk")[:SESSIONS]
    )
    return LeadersPage(
        post,
        tuple(posts),
        tuple(sessions),
        _by_unit(cards),
        directives.progress_of(cards),
        directives.count_by_standing(cards),
        tuple(sorted((c for c in cards if c.standing == "overdue"), key=lambda c: (c.due or date.max, c.pk))),
        max(0, demanded.count() - ASSIGNMENTS),
    )


def _posts(actor: Actor, on: date) -> list[Post]:
    """The leading posts of the actor's units, the one in use first, then by rank of kind and title."""
    mine = {held.post for held in actor.holdings}
    posts = Post.objects.filter(
        unit__in=actor.units, kind__in=[PostKind.LEADER, PostKind.HEAD], valid_from__lte=max(on, actor.day)
    ).order_by("title", "pk")
    return sorted(posts, key=lambda post: (post.pk not in mine, post.kind != PostKind.LEADER))


def _by_unit(cards: list[Card]) -> tuple[OfUnit, ...]:
    def key(card: Card) -> tuple[str, int]:
        holder = card.receiver.unit if card.receiver else None
        return (holder.name, holder.unit) if holder else ("", 0)

    ordered = sorted(cards, key=key)
    groups = [(name, unit, tuple(group)) for (name, unit), group in groupby(ordered, key=key)]
    pages = [OfUnit(name, unit or None, group, directives.progress_of(group)) for name, unit, group in groups]
    return tuple(sorted(pages, key=lambda page: (-page.overdue, page.name)))


@reads
def leader(request: PageRequest) -> HttpResponse:
    """The page of one leader's post, for the screen and for the table."""
    asked = request.GET.get("post", "")
    page = leaders_page(request.actor, request.on, int(asked) if asked.isascii() and asked.isdigit() else None)
    return render(request, "overview/leader.html", {"page": page})
