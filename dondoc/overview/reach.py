"""Posts that nobody can be reached in: vacant ones, and those whose holder has never signed in. The superior sees them the same day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Post, PostKind, Term
from dondoc.accounts.queries import holders, reached_by, vacant
from dondoc.organisations.models import UnitParent
from dondoc.organisations.queries import Label, labels

SEEING = frozenset({PostKind.LEADER, PostKind.HEAD, PostKind.CLERK, PostKind.BOARD})
SHOWN = 8
MANAGE = "account.manage"


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The posts of one unit that cannot be reached, by title."""

    unit: Label
    vacant: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreached:
    """What a superior sees of the units directly below; `vacant` and `absent` count for an administrator, who sees all below."""

    units: tuple[OfUnit, ...] = ()
    more: int = 0
    vacant: int = 0
    absent: int = 0

    def __bool__(self) -> bool:
        return bool(self.units or self.vacant or self.absent)

    @property
    def count(self) -> int:
        """How many posts that are."""
        named = sum(len(one.vacant) + len(one.absent) for one in self.units)
        return named or self.vacant + self.absent


def unreached(actor: Actor) -> Unreached:
    """For a superior the units directly below their own, for an administrator the numbers of all below. At most nine queries."""
    day = actor.day
    tops = {held.unit for held in actor.holdings if held.kind in SEEING}
    if tops:
        return _below(tops, day)
    if actor.acting is not None and actor.acting.kind == PostKind.ADMINISTRATOR:
        posts = Post.objects.on(day).filter(unit__in=reached_by(actor, MANAGE))
        held = Term.objects.on(day)
        signed_in = held.filter(account__last_login__isnull=False)
        empty = posts.exclude(pk__in=held.values("post"))
        absent = posts.filter(pk__in=held.values("post")).exclude(pk__in=signed_in.values("post"))
        return Unreached(vacant=empty.count(), absent=absent.count())
    return Unreached()


def _below(tops: set[int], day: date) -> Unreached:
    units = set(UnitParent.objects.on(day).filter(parent__in=tops).values_list("unit", flat=True))
    empty: dict[int, list[str]] = defaultdict(list)
    for post in vacant(units, day):
        empty[post.unit_id].append(post.title)
    known: dict[tuple[int, str], bool] = {}
    for holder in holders(units, (), day):
        key = (holder.unit, holder.title)
        known[key] = known.get(key, False) or holder.signed_in_ever
    absent: dict[int, list[str]] = defaultdict(list)
    for (unit, title), signed_in in known.items():
        if not signed_in:
            absent[unit].append(title)
    found = sorted({*empty, *absent})
    named = labels(found[:SHOWN], day)
    return Unreached(
        tuple(OfUnit(named[unit], tuple(empty[unit]), tuple(absent[unit])) for unit in found[:SHOWN]),
        max(0, len(found) - SHOWN),
    )
