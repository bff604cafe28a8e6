"""Stating what part of a split unit's past each successor gets in restated series."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Succession, Unit
from dondoc.organisations.queries import Label, labels
from dondoc.organisations.services import queue

from .models import Share
from .restating import share_words
from .series import cells_moved


def stated(ended: int) -> list[Share]:
    """The shares stated for a unit, by the key of the heir."""
    return list(Share.objects.filter(ended=ended, superseded_at=None).order_by("heir"))


def version(ended: int) -> int:
    """The state of a unit's shares as one number, 0 while none was ever stated: what a person has seen."""
    return Share.objects.filter(ended=ended).order_by("-pk").values_list("pk", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class HeirShare:
    """A successor of a split unit: how many of its cells went there, and the share that is stated ("" where none is)."""

    label: Label
    cells: int
    share: str


@dataclass(frozen=True, slots=True)
class Split:
    """A unit that was split: its successors, who states shares of what (`version`), and why those that hold were stated."""

    heirs: tuple[HeirShare, ...]
    version: int
    reason: str


def split(ended: int, on: date) -> Split | None:
    """How a unit was split by the day; None where it was not. One query for a unit that nobody took over from."""
    steps = list(Succession.objects.filter(predecessor=ended, on__lte=on).values_list("predecessor", "heir", "on"))
    if len(steps) < 2:
        return None
    moved, known = cells_moved(steps), labels({heir for _, heir, _ in steps}, on)
    shares = {one.heir_id: one for one in stated(ended)}
    return Split(
        tuple(
            HeirShare(
                known[heir],
                moved.get((ended, heir), 0),
                share_words(Fraction(shares[heir].numerator, shares[heir].denominator)) if heir in shares else "",
            )
            for heir in sorted(known)
        ),
        version(ended),
        next((one.reason for one in shares.values()), ""),
    )


def state_shares(ended: int, shares: Mapping[int, Fraction], *, reason: str, seen: int, act: Act) -> list[Share]:
    """Give each successor of a unit its share of the past; those stated before end.

    Refused (422): without a reason, for a unit that nobody took over from, for others than its successors, or shares that do not add up
    to one; (409) when others were stated meanwhile.
    """
    if not reason.strip():
        raise Refused("figures.no_reason", INVALID)
    heirs = set(Succession.objects.filter(predecessor=ended).values_list("heir", flat=True))
    if not heirs or not set(shares) <= heirs or any(share < 0 for share in shares.values()):
        raise Refused("figures.not_its_heirs", INVALID)
    if sum(shares.values()) != 1:
        raise Refused("figures.shares_not_whole", INVALID)
    with writing(act):
        queue()
        if version(ended) != seen:
            raise Refused("figures.shares_changed_meanwhile")
        before = stated(ended)
        Share.objects.filter(pk__in=[one.pk for one in before]).update(superseded_at=act.at)
        made = [
            Share(
                ended_id=ended,
                heir_id=heir,
                numerator=share.numerator,
                denominator=share.denominator,
                reason=reason.strip()[:300],
                stated_at=act.at,
            )
            for heir, share in sorted(shares.items())
        ]
        Share.objects.bulk_create(made)
        record("figures.shares_stated", Unit.objects.get(pk=ended), unit=ended, rows=made)
    return made
