"""Who holds the posts of units on a day: for defaults, for reaching someone, and for seeing where nobody can be reached."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dondoc.lib.vietnamese import folded

from .models import Post, PostKind, Term

# Who answers for a unit, and who prepares its papers, in the order in which they are looked for.
ANSWERABLE = (PostKind.HEAD, PostKind.LEADER, PostKind.OFFICER)
OFFICE = (PostKind.CLERK,)


@dataclass(frozen=True, slots=True)
class Holder:
    """Someone who can be reached in a post on a day."""

    post: int
    kind: str
    title: str
    unit: int
    account: int
    label: str
    deputising: bool
    signed_in_ever: bool


class Reach(StrEnum):
    """Whether anybody of a unit can be reached in the app."""

    REACHED = "reached"
    NEVER_SIGNED_IN = "never_signed_in"
    VACANT = "vacant"
    NO_POST = "no_post"


def holders(unit_ids: Collection[int], kinds: Collection[str], day: date) -> list[Holder]:
    """The people in posts of these kinds (none: all kinds) of these units on the day, deputies included. One query."""
    terms = Term.objects.on(day).filter(post__unit__in=list(unit_ids)).select_related("post", "account")
    if kinds:
        terms = terms.filter(post__kind__in=list(kinds))
    return [
        Holder(
            term.post_id,
            term.post.kind,
            term.post.title,
            term.post.unit_id,
            term.account_id,
            term.account.label or term.account.username,
            term.deputising,
            term.account.last_login is not None,
        )
        for term in terms.order_by("post__unit", "deputising", "post", "pk")
    ]


def vacant(unit_ids: Collection[int], day: date) -> list[Post]:
    """The posts of these units that nobody holds on the day, not even a deputy. One query."""
    return list(
        Post.objects.on(day)
        .filter(unit__in=list(unit_ids))
        .exclude(pk__in=Term.objects.on(day).values("post"))
        .order_by("unit", "pk")
    )


def reach(unit_ids: Collection[int], kinds: Collection[str], day: date) -> dict[int, Reach]:
    """For each unit whether someone in a post of these kinds (none: all) can be reached on the day. Two queries."""
    posts = Post.objects.on(day).filter(unit__in=list(unit_ids))
    if kinds:
        posts = posts.filter(kind__in=list(kinds))
    result = dict.fromkeys(unit_ids, Reach.NO_POST)
    for unit in posts.values_list("unit", flat=True):
        result[unit] = Reach.VACANT
    for holder in holders(unit_ids, kinds, day):
        if holder.signed_in_ever:
            result[holder.unit] = Reach.REACHED
        elif result[holder.unit] is not Reach.REACHED:
            result[holder.unit] = Reach.NEVER_SIGNED_IN
    return result


def heads(unit_ids: Collection[int], day: date) -> dict[int, Post]:
    """The post that answers for each unit on the day: its head, else its leader, else its officer. Units without one are left out.

    Of several the one that is no deputy's post comes first ("Bí thư" before "Phó Bí thư"), then the oldest. One query.
    """
    return _first(unit_ids, ANSWERABLE, day)


def head_post(unit: int, day: date) -> Post | None:
    """The post that answers for the unit on the day. One query."""
    return heads([unit], day).get(unit)


def offices(unit_ids: Collection[int], day: date) -> dict[int, Post]:
    """The office post of each unit on the day. Units without one are left out. One query."""
    return _first(unit_ids, OFFICE, day)


def head_posts(unit_ids: Collection[int]) -> list[Post]:
    """The posts that answer for these units on whatever day, the foremost of a unit first (in the order of `heads`). One query."""
    return _in_order(Post.objects.filter(unit__in=list(unit_ids), kind__in=ANSWERABLE), ANSWERABLE)


def _first(unit_ids: Collection[int], kinds: tuple[PostKind, ...], day: date) -> dict[int, Post]:
    posts = Post.objects.on(day).filter(unit__in=list(unit_ids), kind__in=kinds)
    result: dict[int, Post] = {}
    for post in _in_order(posts, kinds):
        result.setdefault(post.unit_id, post)
    return result


def _in_order(posts: Iterable[Post], kinds: tuple[PostKind, ...]) -> list[Post]:
    order = [kind.value for kind in kinds]
    return sorted(posts, key=lambda p: (order.index(p.kind), folded(p.title).startswith("pho "), p.pk))


def reachable(units: Collection[int], day: date) -> dict[int, set[str]]:
    """The kinds of post of each unit that somebody holds, or deputises in, who has signed in before."""
    terms = Term.objects.on(day).filter(
        post__unit__in=units, account__is_active=True, account__last_login__isnull=False
    )
    found: dict[int, set[str]] = defaultdict(set)
    for unit, kind in terms.values_list("post__unit", "post__kind"):
        found[unit].add(kind)
    return found
