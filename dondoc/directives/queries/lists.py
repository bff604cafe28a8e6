"""Lists of assignments by who holds what on a day. They ask no rights: the caller gives units of its own scope."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.models import Post
from dondoc.accounts.rules import Held
from dondoc.directives import holders, rules
from dondoc.directives.models import Assignment, Directive, Extension, Finding, Role
from dondoc.organisations.models import Heritage, Unit
from dondoc.organisations.queries import labels

from .values import Card

Part, State = rules.Part, rules.State
OPEN = [one.value for one in rules.OPEN]


def _holding(part: rules.Part, units: Collection[int], **more: object) -> QuerySet[Assignment]:
    roles = Role.objects.filter(role=part.value, unit__in=list(units), **more)
    return Assignment.objects.filter(pk__in=roles.values("assignment")).select_related("directive")


def _holding_on(part: rules.Part, units: Collection[int], day: date) -> QuerySet[Assignment]:
    roles = Role.objects.on(day).filter(role=part.value, unit__in=list(units))
    return Assignment.objects.filter(pk__in=roles.values("assignment")).select_related("directive")


def by_urgency(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What is due first comes first; what has no deadline yet comes last."""
    return assignments.order_by(F("due_on").asc(nulls_last=True), F("review_on").asc(nulls_last=True), "pk")


def received_by(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """What these units are asked to do, issued and not cancelled, also what is done; as held on the day."""
    found = _holding_on(Part.RECEIVER, units, day).filter(issued_on__isnull=False)
    return by_urgency(found.exclude(state=State.CANCELLED.value))


def held_once_by(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """What these units received once and have passed to others since: shown to them as handed over."""
    now = Role.objects.on(day).filter(role=Part.RECEIVER.value, unit__in=list(units), assignment=OuterRef("pk"))
    return by_urgency(_holding(Part.RECEIVER, units).filter(~Exists(now), issued_on__isnull=False))


def to_verify(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """What waits for these units' judgement: results reported, and extensions asked for."""
    asked = Extension.objects.filter(assignment=OuterRef("pk"), granted=None)
    waiting = Q(state=State.REPORTED.value) | Exists(asked)
    return by_urgency(_holding_on(Part.VERIFIER, units, day).filter(waiting, state__in=OPEN))


def to_follow(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """What these units' offices chase: everything issued and open."""
    found = _holding_on(Part.FOLLOWER, units, day).filter(state__in=OPEN, issued_on__isnull=False)
    return by_urgency(found)


def to_prepare(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """Drafts of these units that are still to be completed and approved."""
    return by_urgency(_holding_on(Part.ISSUER, units, day).filter(state=State.DRAFTED.value))


def to_approve(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """The same drafts, as the leader sees them."""
    return to_prepare(units, day)


def to_issue(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """What was approved and waits to be issued by these units' offices."""
    return by_urgency(_holding_on(Part.ISSUER, units, day).filter(state=State.APPROVED.value))


def objected_to(units: Collection[int], day: date) -> QuerySet[Assignment]:
    """Objections that wait for these units' answer."""
    return by_urgency(_holding_on(Part.ISSUER, units, day).filter(state=State.OBJECTED.value))


def authored_by(units: Collection[int], day: date | None = None) -> QuerySet[Assignment]:
    """Everything that these units, or those from which they took over by the day, demanded; drafts too, cancelled ones too."""
    until = {} if day is None else {"since__lte": day}
    inherited = Heritage.objects.filter(heir__in=list(units), **until).values_list("predecessor")
    own = Unit.objects.filter(pk__in=list(units)).values_list("pk").union(inherited)
    roles = Role.objects.filter(unit__in=own, role=Part.ISSUER.value)
    return by_urgency(Assignment.objects.filter(pk__in=roles.values("assignment")).select_related("directive"))


def of_origin(kind: str, key: int) -> QuerySet[Assignment]:
    """The assignments of an origin, in the order of its sentences; parts passed down are left out."""
    found = Assignment.objects.filter(directive__origin_kind=kind, directive__origin_key=key, parent=None)
    return found.select_related("directive").order_by("directive__span_start", "directive", "pk")


def directives_of(kind: str, key: int) -> QuerySet[Directive]:
    """The directives of an origin, in the order of its sentences."""
    return Directive.objects.filter(origin_kind=kind, origin_key=key, withdrawn_on=None).order_by("span_start", "pk")


def findings_of(units: Collection[int], *, kind: str | None = None, key: int | None = None) -> QuerySet[Finding]:
    """Findings about these units, of one origin where kind and key are given, the latest first."""
    found = Finding.objects.filter(about__in=list(units), withdrawn_on=None).distinct()
    if kind is not None and key is not None:
        found = found.filter(origin_kind=kind, origin_key=key)
    return found.order_by("-said_on", "span_start", "pk")


def findings_of_origin(kind: str, key: int) -> QuerySet[Finding]:
    """The findings of an origin, in the order of its sentences."""
    return Finding.objects.filter(origin_kind=kind, origin_key=key, withdrawn_on=None).order_by("span_start", "pk")


def held_by_post(post: int, day: date) -> list[Held]:
    """What ending a post leaves open on the day: the assignments for which it answers, each with who answers once the post is empty."""
    found = Post.objects.get(pk=post)
    roles = Role.objects.on(day).filter(role=Part.ANSWERABLE.value)
    mine = Q(post=post)
    if _is_head(found, day):
        mine |= Q(post=None, unit=found.unit_id)
    assignments = Assignment.objects.filter(pk__in=roles.filter(mine).values("assignment"), state__in=OPEN)
    left = list(by_urgency(assignments.select_related("directive")))
    if not left:
        return []
    other = holders.stands_in(found, day)
    passes_to = str(_("nobody: no post above is held"))
    if other is not None:
        above = other.unit_id != found.unit_id
        passes_to = f"{other.title}, {labels([other.unit_id], day)[other.unit_id].name}" if above else other.title
    return [Held(one.task, reverse("directives:assignment", args=[one.pk]), passes_to) for one in left]


def _is_head(post: Post, day: date) -> bool:
    tree = rules.Tree(head_posts=holders.head_posts([post.unit_id]))
    return tree.head_post(post.unit_id, day) == post.pk


def count_by_standing(cards: Iterable[Card]) -> dict[str, int]:
    """How many stand how, by code."""
    found: dict[str, int] = {}
    for card in cards:
        found[card.standing] = found.get(card.standing, 0) + 1
    return found


def progress_of(cards: Iterable[Card]) -> rules.Progress:
    """How far a directive (or a session) has come whose assignments these are."""
    return rules.progress(card.standing for card in cards)
