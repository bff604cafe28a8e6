"""Who holds which part in an assignment, from when: derived from people's decisions and the successions of the units.

The result depends on the set of facts, not on the order in which they became known. `docs/algorithms/succession.md` tells it in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from .states import Choices


class Part(Choices):
    """The roles on an assignment. `answerable` is held by a post, the others by a unit; `issuer` is the unit that demands it."""

    RECEIVER = "receiver"
    FOLLOWER = "follower"
    VERIFIER = "verifier"
    ANSWERABLE = "answerable"
    ISSUER = "issuer"


class How(Choices):
    """How a role came to its holder: decided by a person, followed its unit's sole successor, or waits for a decision."""

    DECIDED = "decided"
    SUCCEEDED = "succeeded"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person gave a part to a unit (and post) from a day on. Of several for one day the one with the highest `order` counts."""

    part: Part
    unit: int
    on: date
    post: int | None = None
    order: int = 0


@dataclass(frozen=True, slots=True)
class Succeeded:
    """A unit ended on a day and this one took over; `named` is False where nobody was named and the superior stands in."""

    predecessor: int
    heir: int
    on: date
    named: bool = True
    reorganisation: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A part as it stood from `start` up to, and without, `end`. While it waits, `unit` is None and `parked_with` is set."""

    part: Part
    unit: int | None
    start: date
    end: date | None
    how: How
    post: int | None = None
    parked_with: int | None = None
    proposed: int | None = None
    reorganisation: int | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """What the rule needs to know of the units: successions, dated superiors, and the posts of heads, by unit."""

    successions: Mapping[int, Sequence[Succeeded]] = field(default_factory=dict)
    parents: Mapping[int, Sequence[tuple[date, date | None, int]]] = field(default_factory=dict)
    head_posts: Mapping[int, Sequence[tuple[date, date | None, int]]] = field(default_factory=dict)
    committees: frozenset[int] | None = None
    """Units of the Party: only these verify. None: all are."""

    def superiors(self, unit: int, day: date) -> list[int]:
        """The superior committees on the day, nearest first."""
        found: list[int] = []
        present: int | None = unit
        while present is not None:
            present = _on(self.parents.get(present, ()), day)
            if present is None or present in found or present == unit:
                break
            found.append(present)
        return [one for one in found if self.committees is None or one in self.committees]

    def superior(self, unit: int, day: date) -> int | None:
        """The nearest superior committee on the day."""
        return next(iter(self.superiors(unit, day)), None)

    def head_post(self, unit: int, day: date) -> int | None:
        """The post of the unit's head on the day."""
        return _on(self.head_posts.get(unit, ()), day)

    def common_superior(self, units: Sequence[int], day: date) -> int | None:
        """The nearest unit above all of them on the day, or one of them that is above the others; for roots the first of them."""
        lines = [[unit, *self.superiors(unit, day)] for unit in units]
        shared = (one for one in lines[0] if all(one in line for line in lines[1:]))
        above = next((one for one in shared if len(units) > 1 or one != units[0]), None)
        return above if above is not None else units[0]


@dataclass(frozen=True, slots=True)
class Reached:
    """A post that somebody holds on the day. `rank`: the place of its kind among those that answer for a unit, the foremost first; `deputy`:
    a deputy's post by its title ("Phó Bí thư")."""

    post: int
    unit: int
    kind: str
    rank: int
    deputy: bool = False


def stand_in(kind: str, units: Sequence[int], reached: Iterable[Reached]) -> Reached | None:
    """Who has what hung on a post of this kind once it is empty; `units` are its unit and those above, nearest first.

    Another post of the same kind in the unit, else the unit's head, else the head of the nearest superior; only posts that somebody holds.
    """
    places = {unit: number for number, unit in enumerate(units)}

    def weight(one: Reached) -> tuple[int, bool, int, bool, int]:
        alike = places[one.unit] == 0 and one.kind == kind
        return places[one.unit], not alike, one.rank, one.deputy, one.post

    return min((one for one in reached if one.unit in places), key=weight, default=None)


def _on(dated: Iterable[tuple[date, date | None, int]], day: date) -> int | None:
    return next((value for start, end, value in dated if start <= day and (end is None or day < end)), None)


def hold(decisions: Iterable[Decision], tree: Tree) -> list[Held]:
    """Who holds what: for each part, intervals without a gap from its first decision on.

    A unit with one named successor is followed by it. Where several took over, the part waits with the nearest superior of them all. A
    receiver whose unit was dissolved without a successor waits with the superior; a follower, verifier or issuer goes to the superior.
    A verifier or follower that would be the receiver itself waits with the receiver's superior, which is also the proposal. The
    answerable post is the decided one while it belongs to the receiver, else the post of the receiver's head.
    """
    by_part: dict[Part, list[Decision]] = {}
    for decision in decisions:
        by_part.setdefault(decision.part, []).append(decision)
    receivers = _follow(Part.RECEIVER, by_part.get(Part.RECEIVER, []), tree, [])
    result = list(receivers)
    for part in (Part.FOLLOWER, Part.VERIFIER, Part.ISSUER):
        result.extend(_follow(part, by_part.get(part, []), tree, receivers))
    result.extend(_answerable(by_part.get(Part.ANSWERABLE, []), receivers, tree))
    return _joined(result)


def _spans(decisions: Sequence[Decision]) -> list[tuple[Decision, date | None]]:
    """Each decision that counts, with the day on which the next one replaces it."""
    last = {one.on: one for one in sorted(decisions, key=lambda d: (d.on, d.order))}
    days = sorted(last)
    return [(last[day], end) for day, end in zip_longest(days, days[1:])]


def _follow(part: Part, decisions: Sequence[Decision], tree: Tree, receivers: Sequence[Held]) -> list[Held]:
    result: list[Held] = []
    for decision, end in _spans(decisions):
        unit, start = decision.unit, decision.on
        how, reorganisation = How.DECIDED, None
        while True:
            heirs = tree.successions.get(unit, ())
            stop = max(heirs[0].on, start) if heirs else None
            until = end if stop is None or (end is not None and end <= stop) else stop
            piece = Held(part, unit, start, until, how, reorganisation=reorganisation)
            if (clash := _clash(piece, receivers)) is not None:
                if clash > start:
                    result.append(replace(piece, end=clash))
                result.extend(_park_own(piece, clash, end, tree, receivers))
                break
            if until is None or until > start:
                result.append(piece)
            if stop is None or until != stop or (end is not None and end <= stop):
                break
            if len(heirs) > 1 or (part is Part.RECEIVER and not heirs[0].named):
                result.extend(_park_heirs(part, heirs, stop, end, tree, receivers))
                break
            unit, start, how, reorganisation = heirs[0].heir, stop, How.SUCCEEDED, heirs[0].reorganisation
    return result


def _clash(piece: Held, receivers: Sequence[Held]) -> date | None:
    """The first day on which the piece's unit would watch over itself."""
    if piece.part not in (Part.FOLLOWER, Part.VERIFIER) or piece.start == piece.end:
        return None
    days = [
        max(piece.start, one.start)
        for one in receivers
        if one.unit == piece.unit
        and (piece.end is None or one.start < piece.end)
        and (one.end is None or piece.start < one.end)
    ]
    return min(days, default=None)


def _receiver_on(receivers: Sequence[Held], day: date) -> int | None:
    return _on(((one.start, one.end, one.unit) for one in receivers if one.unit is not None), day)


def _park_heirs(
    part: Part, heirs: Sequence[Succeeded], start: date, end: date | None, tree: Tree, receivers: Sequence[Held]
) -> list[Held]:
    """The part waits because its unit left several heirs (or a receiver none): with the nearest superior of them all."""
    units = sorted(one.heir for one in heirs)
    waits_with = tree.common_superior(units, start) if heirs[0].named else units[0]
    proposed = None
    if part is Part.VERIFIER and (receiver := _receiver_on(receivers, start)) is not None:
        proposed = tree.superior(receiver, start)
    return _wait(part, waits_with, proposed, start, end, heirs[0].reorganisation, tree)


def _park_own(piece: Held, start: date, end: date | None, tree: Tree, receivers: Sequence[Held]) -> list[Held]:
    """The part waits because its unit would be the receiver itself: with the receiver's superior, which is also the proposal."""
    assert piece.unit is not None
    superior = tree.superior(piece.unit, start)
    moved = next((one.reorganisation for one in receivers if one.start == start and one.reorganisation), None)
    return _wait(piece.part, superior or piece.unit, superior, start, end, piece.reorganisation or moved, tree)


def _wait(
    part: Part,
    waits_with: int | None,
    proposed: int | None,
    start: date,
    end: date | None,
    reorganisation: int | None,
    tree: Tree,
) -> list[Held]:
    """Waiting pieces up to `end`: the list on which the part waits passes on when its unit ends, and so does the proposal."""
    result: list[Held] = []
    while True:
        ends = [
            max(tree.successions[unit][0].on, start)
            for unit in (waits_with, proposed)
            if unit is not None and tree.successions.get(unit)
        ]
        stop = min(ends, default=None)
        until = end if stop is None or (end is not None and end <= stop) else stop
        if until is None or until > start:
            result.append(
                Held(
                    part,
                    None,
                    start,
                    until,
                    How.PARKED,
                    parked_with=waits_with,
                    proposed=proposed,
                    reorganisation=reorganisation,
                )
            )
        if stop is None or until != stop or stop == end:
            return result
        waits_with, proposed = (_living(unit, stop, tree) for unit in (waits_with, proposed))
        start = stop


def _living(unit: int | None, day: date, tree: Tree) -> int | None:
    """The unit, or who stands in its place on the day."""
    if unit is None or not (heirs := tree.successions.get(unit)) or heirs[0].on > day:
        return unit
    units = sorted(one.heir for one in heirs)
    return units[0] if len(units) == 1 else tree.common_superior(units, day)


def _answerable(decisions: Sequence[Decision], receivers: Sequence[Held], tree: Tree) -> list[Held]:
    result: list[Held] = []
    spans = _spans(decisions)
    if not spans:
        return result
    first = spans[0][0].on
    for held in receivers:
        if held.unit is None or (held.end is not None and held.end <= first):
            continue
        start = max(held.start, first)
        cuts = sorted({start, *(d.on for d, _ in spans if start < d.on and (held.end is None or d.on < held.end))})
        for begin, until in zip(cuts, [*cuts[1:], held.end], strict=True):
            decided = next(d for d, end in reversed(spans) if d.on <= begin)
            if decided.unit == held.unit:
                result.append(Held(Part.ANSWERABLE, held.unit, begin, until, How.DECIDED, post=decided.post))
            else:
                head = tree.head_post(held.unit, begin)
                result.append(
                    Held(
                        Part.ANSWERABLE,
                        held.unit,
                        begin,
                        until,
                        How.SUCCEEDED,
                        post=head,
                        reorganisation=held.reorganisation,
                    )
                )
    return result


def _joined(pieces: Sequence[Held]) -> list[Held]:
    """By part and day; touching pieces that say the same become one."""
    result: list[Held] = []
    for piece in sorted(pieces, key=lambda p: (p.part, p.start)):
        last = result[-1] if result else None
        if (
            last is not None
            and last.end == piece.start
            and replace(piece, start=last.start) == replace(last, end=piece.end)
        ):
            result[-1] = replace(last, end=piece.end)
        else:
            result.append(piece)
    return result
