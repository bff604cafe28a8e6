"""Who is acting: an account with the posts that it holds on the working day, acting through one of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from dondoc.history.services import Act
from dondoc.organisations.models import UnitName

from .models import Account, Term
from .rights import sees


@dataclass(frozen=True, slots=True)
class Holding:
    """One post held (or deputised in) on the working day."""

    post: int
    kind: str
    unit: int
    title: str
    unit_name: str
    deputising: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person on a working day. `acting` is the post through which they act, None where they hold none."""

    account: int
    label: str
    day: date
    holdings: tuple[Holding, ...]
    acting: Holding | None

    @property
    def units(self) -> tuple[int, ...]:
        """The units of all posts held that see business: seeing is the union of them. Administrators and auditors have none."""
        return tuple(dict.fromkeys(holding.unit for holding in self.holdings if holding.kind in sees()))

    def act(self, at: datetime) -> Act:
        """The act that this person does now."""
        acting = self.acting
        return Act(self.account, acting.post if acting else None, acting.unit if acting else None, self.day, at)


def actor_of(account: Account, day: date, chosen_post: int | None = None) -> Actor:
    """The actor for an account on a working day; `chosen_post` is what the person switched to, ignored when no longer held.

    Without a choice a post of one's own comes before deputising, and one that sees business before the others. One query.
    """
    return _acting(account, day, _held([account], day).get(account.pk, ()), chosen_post)


def actors_of(accounts: Collection[Account], day: date) -> list[Actor]:
    """The actors for several accounts on a day, as if each had just signed in. One query."""
    held = _held(accounts, day)
    return [_acting(one, day, held.get(one.pk, ()), None) for one in accounts]


def _held(accounts: Collection[Account], day: date) -> dict[int, tuple[Holding, ...]]:
    names = UnitName.objects.filter(unit=OuterRef("post__unit"))
    begun = names.filter(valid_from__lte=day).order_by("-valid_from").values("name")[:1]
    first = names.order_by("valid_from").values("name")[:1]
    named = Coalesce(Subquery(begun), Subquery(first), F("post__unit__code"), output_field=CharField())
    terms = Term.objects.on(day).filter(account__in=accounts).select_related("post").annotate(unit_name=named)
    found: dict[int, list[Holding]] = defaultdict(list)
    for t in terms.order_by("deputising", "valid_from", "pk"):
        found[t.account_id].append(
            Holding(t.post_id, t.post.kind, t.post.unit_id, t.post.title, t.unit_name, t.deputising)
        )
    return {account: tuple(holdings) for account, holdings in found.items()}


def _acting(account: Account, day: date, holdings: tuple[Holding, ...], chosen_post: int | None) -> Actor:
    acting = next((h for h in holdings if h.post == chosen_post), None)
    if acting is None:
        acting = next((h for h in holdings if h.kind in sees()), holdings[0] if holdings else None)
    return Actor(account.pk, account.label or account.username, day, holdings, acting)
