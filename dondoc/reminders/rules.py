"""What goes into a digest, and when an e-mail may be sent again. Plain values only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.reminders import Item

NAMED = 5
"""So many items are named in a digest; of the rest only the number is."""
AGED = timedelta(days=7)
"""What was told so long ago and has not changed is no news: it is counted, and named only where somebody unfolds it."""
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6), timedelta(hours=12))
"""How long to wait after each attempt that failed; after the last one there is no other."""
CLAIM = timedelta(minutes=15)
"""A run that has not come back after this long was killed."""


@dataclass(frozen=True, slots=True)
class Put:
    """An item that a person put off or handed on at a rank, until a day (None: for good)."""

    key: str
    rank: int
    until: date | None


def highest(items: Iterable[Item]) -> list[Item]:
    """One item per thing, with its highest step; the gravest first, of equal ones the oldest."""
    best: dict[str, Item] = {}
    for one in items:
        if one.key not in best or one.rank > best[one.key].rank:
            best[one.key] = one
    return sorted(best.values(), key=lambda one: (-one.rank, one.since, one.key))


def hidden(item: Item, puts: Iterable[Put], day: date) -> bool:
    """Whether the person has put the item off or handed it on; a higher step than then, or the day, shows it anew."""
    return any(put.key == item.key and item.rank <= put.rank and (put.until is None or day < put.until) for put in puts)


def older(items: Iterable[Item], told: Collection[tuple[str, str]], day: date) -> list[Item]:
    """The items that were told already with the same step, more than a week ago."""
    return [one for one in items if (one.key, one.code) in told and day - one.since > AGED]


def worth_telling(items: Iterable[Item], told: Collection[tuple[str, str]]) -> bool:
    """Whether there is a step that the last digest did not have: nobody is written to about what they were told already."""
    return any((one.key, one.code) not in told for one in items)


def pause(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts, None: no more."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
