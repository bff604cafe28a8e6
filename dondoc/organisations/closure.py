"""Everything above a unit, and everything it inherited: closures of links and of successions. No Django."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from dondoc.lib.periods import Interval, coalesce

from .rules import Link

Above = tuple[tuple[int, Interval], ...]


def ancestry(
    units: Iterable[int], life: Callable[[int], Interval | None], links: Callable[[int], Sequence[Link]]
) -> dict[tuple[int, int], list[Interval]]:
    """When each unit stood under each other one: (ancestor, unit) → intervals, touching ones joined; each unit under itself.

    `links` must answer for the units and for all above them. Brothers share the climb from their superior, so the cost is that of
    the rows made.
    """
    known: dict[tuple[int, Interval], Above] = {}

    def climb(unit: int, during: Interval) -> Above:
        """The units at and above `unit` within a time, each with the part of it for which that holds."""
        if (unit, during) not in known:
            found: list[tuple[int, Interval]] = [(unit, during)]
            for link in links(unit):
                shared = link.during.meet(during)
                if shared is not None:
                    found += climb(link.parent, shared)
            known[unit, during] = tuple(found)
        return known[unit, during]

    result: dict[tuple[int, int], list[Interval]] = {}
    for unit in units:
        own = life(unit)
        if own is None:
            continue
        result[unit, unit] = [own]
        times: dict[int, list[Interval]] = defaultdict(list)
        for link in links(unit):
            for above, during in climb(link.parent, link.during):
                times[above].append(during)
        for above, during_all in times.items():
            result[above, unit] = coalesce(during_all)
    return result


def heritage(predecessor: int, heirs: Callable[[int], Iterable[tuple[int, date]]]) -> dict[int, date]:
    """Who took over from a unit, directly or through others, and from which day on: the earliest where several ways lead there."""
    since: dict[int, date] = {}
    waiting = list(heirs(predecessor))
    while waiting:
        heir, day = waiting.pop()
        if heir != predecessor and (heir not in since or day < since[heir]):
            since[heir] = day
            waiting += heirs(heir)
    return since
