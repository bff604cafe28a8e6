"""Reading decisions on reorganisation: what one may see, what each did, and which units one may touch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may, scope
from dondoc.organisations.models import Change, Reorganisation, Unit
from dondoc.organisations.queries import below, readable

RIGHT = "unit.reorganise"
A, K = Change.Attribute, Reorganisation.Kind
# Which fact of a record stands for one unit that it is about.
COUNTED = (
    Q(reorganisation__kind=K.ESTABLISH, attribute=A.BEGIN)
    | Q(reorganisation__kind__in=[K.MERGE, K.SPLIT, K.DISSOLVE], attribute=A.END)
    | Q(reorganisation__kind=K.RENAME, attribute=A.NAME)
    | Q(reorganisation__kind=K.CHANGE_KIND, attribute=A.KIND)
    | Q(reorganisation__kind=K.MOVE, attribute=A.PARENT)
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one decision recorded in one go: `first` is its first record, `counts` how many units by kind, in the order of `ORDER`.

    `revocation` is the record that set it aside, None while it holds; `left` is how many of its records still hold then.
    """

    first: Reorganisation
    counts: tuple[tuple[str, int], ...]
    revocation: Reorganisation | None
    left: int

    @property
    def late(self) -> int:
        """How many days after its effective day it was recorded; 0 where in time."""
        return max(0, (self.first.recorded_on - self.first.effective_on).days)

    @property
    def ended(self) -> bool:
        """Whether nothing of it holds any more."""
        return self.revocation is not None and self.left == 0


ORDER = (K.ESTABLISH, K.MERGE, K.SPLIT, K.DISSOLVE, K.MOVE, K.CHANGE_KIND, K.RENAME)


def visible(actor: Actor) -> QuerySet[Reorganisation]:
    """The first records of the decisions that say something of a unit in the person's scope, the latest day first."""
    mine = scope(actor).values("pk")
    first = Coalesce("reorganisation__together", "reorganisation")
    about = Change.objects.filter(unit__in=mine).values_list(first)
    named = Change.objects.filter(other__in=mine).values_list(first)
    found = Reorganisation.objects.filter(pk__in=about.union(named), together=None).exclude(kind=K.REVOKE)
    return found.order_by("-effective_on", "-pk")


def access_decision(actor: Actor, pk: int) -> Reorganisation:
    """The first record of a decision, for a person in whose scope one of its units is; others get 404."""
    found = visible(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def group(first: int) -> QuerySet[Reorganisation]:
    """All records of the decision, in their order."""
    return Reorganisation.objects.filter(Q(pk=first) | Q(together=first)).order_by("pk")


def decisions(firsts: Sequence[Reorganisation]) -> list[Decision]:
    """What each decision did, in three queries however many there are."""
    keys = [one.pk for one in firsts]
    first: Any = Coalesce("reorganisation__together", "reorganisation")
    among = Q(reorganisation__in=keys) | Q(reorganisation__together__in=keys)
    rows = Change.objects.filter(COUNTED, among).annotate(first=first).values_list("first", "reorganisation__kind")
    counts = {(one, kind): number for one, kind, number in rows.annotate(number=Count("pk")).order_by()}
    own: Any = Coalesce("together", "pk")
    of_keys = Q(pk__in=keys) | Q(together__in=keys)
    left = dict(
        Reorganisation.objects.filter(of_keys, revoked_by=None)
        .annotate(first=own)
        .values_list("first")
        .annotate(number=Count("pk"))
        .order_by()
    )
    by: Any = Coalesce("revokes__together", "revokes")
    revoked: dict[int, Reorganisation] = {}
    for one in Reorganisation.objects.filter(
        Q(revokes__in=keys) | Q(revokes__together__in=keys), together=None
    ).annotate(first=by):
        revoked[one.first] = one
    return [
        Decision(
            one,
            tuple((kind.value, counts[one.pk, kind]) for kind in ORDER if (one.pk, kind) in counts),
            revoked.get(one.pk),
            left.get(one.pk, 0),
        )
        for one in firsts
    ]


def may_reorganise(actor: Actor) -> bool:
    """Whether the post through which the person acts may reorganise anything."""
    return actor.acting is not None and bool(may(actor, RIGHT, actor.acting.unit))


def reachable(top: int, today: date, effective_on: date | None) -> QuerySet[Unit]:
    """The units that may be reorganised from `top` on a day: those below it today and their predecessors.

    What takes effect on a day to come may also speak of those that will be below by what is recorded already.
    """
    units = readable([top], today)
    if effective_on is not None and effective_on > today:
        units = units | below([top], effective_on)
    return units


def in_reach(units: Iterable[int], top: int, today: date, effective_on: date | None) -> set[int]:
    """Those of the units that may be reorganised."""
    wanted = set(units)
    found: set[int] = set()
    asked = sorted(wanted)
    for start in range(0, len(asked), 5000):
        part = reachable(top, today, effective_on).filter(pk__in=asked[start : start + 5000])
        found |= set(part.values_list("pk", flat=True))
    return found
