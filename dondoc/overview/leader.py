"""The leader's page: my sessions, what I demanded, of whom, what came of it, what is overdue, unit by unit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import render

from dondoc.accounts.actors import Actor
from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.models import Post, PostKind
from dondoc.directives import queries as directives
from dondoc.directives import rules
from dondoc.directives.models import Directive
from dondoc.directives.rules import Progress
from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.models import Ancestry, Family, Heritage, UnitKind
from dondoc.organisations.queries import Label, labels
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND

from .outcomes import Outcome, outcomes

SESSIONS = 50
ASSIGNMENTS = 1000
COMMUNE = 4
"""The level of the commune in `content/organisations/kinds.yaml`: what is below it stands under its commune."""


@dataclass(frozen=True, slots=True)
class Group:
    """What one unit was asked; `label` is None while the work waits for a receiver."""

    label: Label | None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What was demanded of one unit and of those that hang under it: its cells, its Front and mass organisations."""

    label: Label | None
    groups: tuple[Group, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Session:
    """A session that the leader held, with its units as they were called and what came of what was demanded there."""

    session: WorkingSession
    units: tuple[Label, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class LeadersPage:
    """All that one post demanded, up to the chosen day. `drafted`: how much of it is not issued yet."""

    post: Post
    choices: tuple[Post, ...]
    sessions: tuple[Session, ...]
    units: tuple[OfUnit, ...]
    progress: Progress
    overdue: tuple[Outcome, ...]
    drafted: int
    left_out: int


def leaders_page(actor: Actor, on: date, chosen: int | None) -> LeadersPage | None:
    """The page of the chosen leader's post of the actor's own units (their own one first), None where there is no such post.

    An office clerk sees the page of the leaders whom they serve; a post of another unit is not found (404). The leaders of units whose
    past the actor's units took over are there too, as long as they demanded something: that work is theirs now.
    """
    posts = _posts(actor, on)
    if not posts:
        return None
    by_key = {post.pk: post for post in posts}
    if chosen is not None and chosen not in by_key:
        raise Http404
    post = by_key[chosen] if chosen is not None else posts[0]
    mine = directives.visible(actor).filter(directive__author_post=post, directive__withdrawn_on=None)
    demanded = mine.filter(issued_on__lte=on).order_by("pk")
    cards = directives.cards(demanded[:ASSIGNMENTS], on)
    came = outcomes(cards, on, actor.day)
    return LeadersPage(
        post,
        tuple(posts),
        _sessions(post, on, came),
        _by_unit(came, on),
        _progress(came),
        tuple(sorted((one for one in came if one.card.standing == "overdue"), key=_longest)),
        mine.filter(state__in=[state.value for state in rules.UNISSUED]).count() if on >= actor.day else 0,
        max(0, demanded.count() - ASSIGNMENTS),
    )


def _posts(actor: Actor, on: date) -> list[Post]:
    """The leading posts of the actor's units, the one in use first, then by rank of kind and title."""
    mine = {held.post for held in actor.holdings}
    inherited = Heritage.objects.filter(heir__in=actor.units, since__lte=actor.day).values("predecessor")
    demanded = Exists(Directive.objects.filter(author_post=OuterRef("pk")))
    posts = (
        Post.objects.filter(Q(unit__in=actor.units) | Q(unit__in=inherited) & demanded)
        .filter(kind__in=[PostKind.LEADER, PostKind.HEAD], valid_from__lte=max(on, actor.day))
        .order_by("title", "pk")
    )
    return sorted(
        posts,
        key=lambda post: (post.pk not in mine, post.unit_id not in actor.units, post.kind != PostKind.LEADER),
    )


def _sessions(post: Post, on: date, came: Iterable[Outcome]) -> tuple[Session, ...]:
    held = list(
        WorkingSession.objects.filter(leader_post=post, on__lte=on, withdrawn_on=None)
        .prefetch_related("units")
        .order_by("-on", "-pk")[:SESSIONS]
    )
    of: dict[int, list[Outcome]] = defaultdict(list)
    for one in came:
        if one.card.directive.origin_kind == KIND:
            of[one.card.directive.origin_key].append(one)
    named = labels({unit.pk for session in held for unit in session.units.all()}, on)
    return tuple(
        Session(
            session,
            tuple(sorted((named[unit.pk] for unit in session.units.all()), key=_place)),
            _progress(of[session.pk]),
        )
        for session in held
    )


def _by_unit(came: Sequence[Outcome], on: date) -> tuple[OfUnit, ...]:
    """The outcomes by receiver, what hangs under a commune within its commune; who is longest behind comes first."""
    receivers: dict[int, Label] = {}
    asked: dict[int | None, list[Outcome]] = defaultdict(list)
    for one in came:
        label = one.card.receiver.unit if one.card.receiver else None
        if label is not None:
            receivers[label.unit] = label
        asked[label.unit if label else None].append(one)
    tops = _communes(receivers, on)
    named = labels({top for top in tops.values() if top not in receivers}, on) | receivers
    under: dict[int | None, list[int | None]] = defaultdict(list)
    for key in asked:
        under[tops.get(key) if key is not None else None].append(key)
    pages = []
    for top, keys in under.items():
        keys.sort(key=lambda key: (key != top, _place(named[key]) if key is not None else ""))
        groups = tuple(Group(named[key] if key is not None else None, _sorted(asked[key])) for key in keys)
        progress = _progress(one for group in groups for one in group.outcomes)
        pages.append(OfUnit(named[top] if top is not None else None, groups, progress))
    return tuple(sorted(pages, key=lambda page: (-page.progress.overdue, _place(page.label) if page.label else "")))


def _communes(units: Iterable[int], on: date) -> dict[int, int]:
    """For each unit the commune's committee that it stands under on the day, itself where it is one or stands under none. One query."""
    level = UnitKind.objects.on(on).filter(unit=OuterRef("ancestor")).values("level")[:1]
    above = Ancestry.objects.on(on).filter(descendant__in=list(units), ancestor__family=Family.PARTY)
    rows = above.exclude(ancestor=F("descendant")).annotate(level=Subquery(level)).filter(level=COMMUNE)
    return {unit: unit for unit in units} | dict(rows.values_list("descendant", "ancestor"))


def _sorted(came: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Overdue first, then what is open by its deadline, then what is closed, the latest first."""
    return tuple(
        sorted(
            came,
            key=lambda one: (
                one.card.standing != "overdue",
                not one.open,
                one.card.due or date.max,
                one.card.pk,
            ),
        )
    )


def _longest(one: Outcome) -> tuple[date, str, int]:
    unit = one.card.receiver.unit if one.card.receiver else None
    return (one.card.due or date.max, _place(unit) if unit else "", one.card.pk)


def _place(label: Label) -> str:
    return sort_key(label.short_name)


def _progress(came: Iterable[Outcome]) -> Progress:
    return rules.progress(one.card.standing for one in came)


@reads
def leader(request: PageRequest) -> HttpResponse:
    """The page of one leader's post, for the screen and for the table."""
    return render(request, "overview/leader.html", {"page": asked_for(request)})


def asked_for(request: PageRequest) -> LeadersPage | None:
    """The page of the post that the address names, or of the first."""
    asked = request.GET.get("post", "")
    chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 15 else None
    return leaders_page(request.actor, request.on, chosen)
