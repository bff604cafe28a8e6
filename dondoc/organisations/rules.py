"""What the tree is, as a function of a set of facts: the changes of all reorganisations that are not revoked.

Everything about a unit follows from its own facts and from the units that its facts lead to (superiors, successors), never from the
order in which facts were recorded. Source of the rules: docs/algorithms/tree.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from dondoc.lib.periods import Interval
from dondoc.lib.refusals import Problem
from dondoc.lib.wording import day as written

BEGIN, END, NAME, KIND, PARENT, HEIR = "begin", "end", "name", "kind", "parent", "heir"
SUCCESSOR, SUPERIOR = "successor", "superior"
SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a unit can be; it may be given to a unit from `since` up to, and without, `until`."""

    code: str
    name: str
    family: str
    level: int
    words: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether a unit may be given this kind on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Fact:
    """One change: `attribute` of `unit` from `on`. `record` is the reorganisation, `verb` its kind."""

    on: date
    unit: int
    attribute: str
    text: str = ""
    short_text: str = ""
    other: int | None = None
    record: int = 0
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A name for a time."""

    during: Interval
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A kind for a time, with its level."""

    during: Interval
    kind: str
    level: int


@dataclass(frozen=True, slots=True)
class Link:
    """A direct superior for a time."""

    during: Interval
    parent: int


@dataclass(frozen=True, slots=True)
class Heir:
    """Who took over, living on that day; `how`: named by a reorganisation, or the superior of a dissolved unit."""

    unit: int
    on: date
    how: str
    record: int


def _order(fact: Fact) -> tuple[date, str, str, int, int]:
    return fact.on, fact.attribute, fact.text, fact.other or 0, fact.record


class Story:
    """The facts about one unit, by attribute and day."""

    def __init__(self, code: str, family: str, facts: Iterable[Fact] = ()) -> None:
        self.code = code
        self.family = family
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(facts, key=_order):
            self.facts[fact.attribute].append(fact)

    def of(self, attribute: str) -> Sequence[Fact]:
        """The facts of an attribute by day."""
        return self.facts.get(attribute, ())

    def all(self) -> list[Fact]:
        """Every fact, by day."""
        return sorted((fact for facts in self.facts.values() for fact in facts), key=_order)

    def others(self) -> set[int]:
        """The units that the facts lead to."""
        return {fact.other for facts in self.facts.values() for fact in facts if fact.other is not None}


V = TypeVar("V")


class Tree:
    """The units of `stories`, which must hold every unit that a story leads to, seen through all days at once.

    Answers are kept, so a tree is made anew for every set of facts. Contradictory facts give some answer and a problem.
    """

    def __init__(self, stories: Mapping[int, Story], kinds: Mapping[str, Kind]) -> None:
        self.stories = stories
        self.known_kinds = kinds
        self._lives: dict[int, Interval | None] = {}
        self._links: dict[int, tuple[Link, ...]] = {}
        self._heirs: dict[int, tuple[Heir, ...]] = {}
        self._ranks: dict[int, tuple[Ranked, ...]] = {}
        self._resolving: set[int] = set()
        self._problems: dict[int, list[Problem]] = defaultdict(list)

    def life(self, unit: int) -> Interval | None:
        """From its first day up to the first day out; None for a unit that no valid reorganisation has established."""
        if unit not in self._lives:
            begins, ends = self.stories[unit].of(BEGIN), self.stories[unit].of(END)
            end = ends[0].on if ends else None
            alive = begins and (end is None or end > begins[0].on)
            self._lives[unit] = Interval(begins[0].on, end) if alive else None
        return self._lives[unit]

    def names(self, unit: int) -> tuple[Named, ...]:
        """Its names, one at a time, equal neighbours joined."""
        made = self._spread(unit, NAME, lambda fact: (fact.text, fact.short_text or fact.text))
        return tuple(Named(during, *value) for during, value in made)

    def ranks(self, unit: int) -> tuple[Ranked, ...]:
        """Its kinds and levels, one at a time; kinds that nobody knows are left out (and are a problem)."""
        if unit not in self._ranks:
            made = self._spread(unit, KIND, lambda fact: fact.text)
            known = self.known_kinds
            self._ranks[unit] = tuple(Ranked(during, k, known[k].level) for during, k in made if k in known)
        return self._ranks[unit]

    def links(self, unit: int) -> tuple[Link, ...]:
        """Its direct superiors, one at a time. Where one ends without a fact of the unit's own, its sole heir follows."""
        if unit not in self._links:
            made: list[Link] = []
            for during, parent in self._spread(unit, PARENT, lambda fact: fact.other, joined=False):
                if parent is not None:
                    self._follow(unit, parent, during, made)
            self._links[unit] = tuple(_joined(made))
        return self._links[unit]

    def heirs(self, unit: int) -> tuple[Heir, ...]:
        """Who took over on the day it ended: the successors named, else its superior of the last day; living that day, by unit."""
        if unit in self._heirs:
            return self._heirs[unit]
        if unit in self._resolving:
            self._say(unit, "heirs_in_circle", self.stories[unit].of(END)[0].on)
            return ()
        self._resolving.add(unit)
        found = {heir.unit: heir for heir in self._find_heirs(unit)}
        self._resolving.discard(unit)
        self._heirs[unit] = tuple(found[other] for other in sorted(found))
        return self._heirs[unit]

    def parent(self, unit: int, day: date) -> int | None:
        """Its direct superior on the day."""
        return next((link.parent for link in self.links(unit) if link.during.holds(day)), None)

    def name(self, unit: int, day: date) -> str:
        """What it is called in a message about that day."""
        names = self.names(unit)
        begun = [named for named in names if named.during.start <= day]
        return (begun or names)[-1 if begun else 0].name if names else self.stories[unit].code

    def problems(self, unit: int) -> list[Problem]:
        """What makes the facts about this unit impossible."""
        self._check_facts(unit)
        links, _ = self.links(unit), self.heirs(unit)
        self._check_parts(unit)
        if not self._check_cycle(unit, links):
            self._check_levels(unit, links)
        unique = {(p.code, tuple(sorted(p.data.items()))): p for p in self._problems[unit]}
        return list(unique.values())

    # How the answers are found

    def _spread(
        self, unit: int, attribute: str, value: Callable[[Fact], V], joined: bool = True
    ) -> list[tuple[Interval, V]]:
        """The values of an attribute from each fact's day up to the next one's, within the life."""
        life = self.life(unit)
        if life is None:
            return []
        facts = [fact for fact in self.stories[unit].of(attribute) if life.holds(fact.on)]
        made: list[tuple[Interval, V]] = []
        for number, fact in enumerate(facts):
            end = facts[number + 1].on if number + 1 < len(facts) else life.end
            if end == fact.on:
                continue  # two facts of one day: a problem, said elsewhere
            if joined and made and made[-1][0].end == fact.on and made[-1][1] == value(fact):
                made[-1] = (Interval(made[-1][0].start, end), value(fact))
            else:
                made.append((Interval(fact.on, end), value(fact)))
        return made

    def _follow(self, unit: int, parent: int, during: Interval, made: list[Link]) -> None:
        """Add the links under `parent` and, from the day it ends, under its heir, until the time is over."""
        start, stop = during.start, during.end
        while True:
            life = self.life(parent)
            if life is None or not life.holds(start):
                self._say(unit, "superior_not_living", start, superior=self.name(parent, start))
                return
            if life.end is None or (stop is not None and stop <= life.end):
                made.append(Link(Interval(start, stop), parent))
                return
            made.append(Link(Interval(start, life.end), parent))
            heirs = self.heirs(parent)
            if len(heirs) != 1:
                code = "part_missing" if heirs else "no_home"
                self._say(unit, code, life.end, superior=self.name(parent, start))
                return
            start, parent = life.end, heirs[0].unit

    def _find_heirs(self, unit: int) -> Iterable[Heir]:
        life = self.life(unit)
        if life is None or life.end is None:
            return
        day = life.end
        named = [fact for fact in self.stories[unit].of(HEIR) if fact.on == day and fact.other is not None]
        for fact in named:
            assert fact.other is not None
            if fact.other == unit:
                self._say(unit, "own_heir", day)
            else:
                yield from self._living(unit, fact.other, Heir(fact.other, day, SUCCESSOR, fact.record))
        if not named:
            superior = self.parent(unit, day - timedelta(days=1))
            record = self.stories[unit].of(END)[0].record
            if superior is None:
                self._say(unit, "no_heir", day)
            else:
                yield from self._living(unit, superior, Heir(superior, day, SUPERIOR, record))

    def _living(self, unit: int, other: int, heir: Heir) -> Iterable[Heir]:
        """The heir, or who takes over from it where it ends on the very day."""
        life = self.life(other)
        if life is not None and life.end == heir.on:
            for next_heir in self.heirs(other):
                yield Heir(next_heir.unit, heir.on, heir.how, heir.record)
        elif life is None or not life.holds(heir.on):
            self._say(unit, "heir_not_living", heir.on, heir=self.name(other, heir.on))
        else:
            yield heir

    # What can be wrong

    def _say(self, unit: int, code: str, day: date | None = None, **data: str) -> None:
        day = day or next((fact.on for fact in self.stories[unit].all()), date.min)
        said = {"unit": self.name(unit, day), "day": written(day)} | data
        self._problems[unit].append(Problem(self.stories[unit].code, f"organisations.{code}", said))

    def _check_facts(self, unit: int) -> None:
        story, life = self.stories[unit], self.life(unit)
        begins, ends = story.of(BEGIN), story.of(END)
        facts = story.all()
        if len(begins) > 1:
            self._say(unit, "begins_twice", begins[1].on)
        if len(ends) > 1:
            self._say(unit, "ends_twice", ends[1].on, first=written(ends[0].on))
        seen: set[tuple[str, date]] = set()
        for fact in facts:
            if fact.attribute not in {HEIR, BEGIN, END} and (fact.attribute, fact.on) in seen:
                self._say(unit, "contradictory", fact.on)
            seen.add((fact.attribute, fact.on))
        if facts and not begins:
            self._say(unit, "not_established", facts[0].on)
        elif life is None and begins:
            self._say(unit, "no_day_of_life", begins[0].on)
        elif life is not None:
            self._check_days(unit, story, life)
        for fact in story.of(KIND):
            self._check_kind(unit, fact)

    def _check_days(self, unit: int, story: Story, life: Interval) -> None:
        for attribute in (NAME, KIND, PARENT):
            for fact in story.of(attribute):
                if not life.holds(fact.on):
                    self._say(unit, "outside_life", fact.on)
        if not any(fact.on == life.start for fact in story.of(PARENT)):
            self._say(unit, "no_home", life.start)

    def _check_kind(self, unit: int, fact: Fact) -> None:
        kind = self.known_kinds.get(fact.text)
        if kind is None:
            self._say(unit, "unknown_kind", fact.on, kind=fact.text)
        elif kind.family != self.stories[unit].family:
            self._say(unit, "kind_of_another_family", fact.on, kind=kind.name)
        elif not kind.in_force(fact.on):
            self._say(unit, "kind_not_in_force", fact.on, kind=kind.name)

    def _check_parts(self, unit: int) -> None:
        """A part that a split gives to an heir stood directly under the unit that was split."""
        for fact in self.stories[unit].of(PARENT):
            if fact.verb != SPLIT:
                continue
            before = self.parent(unit, fact.on - timedelta(days=1))
            ends = self.stories[before].of(END) if before is not None else ()
            if not any(end.record == fact.record for end in ends):
                self._say(unit, "not_a_part", fact.on)

    def _check_cycle(self, unit: int, links: Sequence[Link]) -> bool:
        for link in links:
            seen, above = {unit}, link.parent
            while above not in seen:
                seen.add(above)
                higher = self.parent(above, link.during.start)
                if higher is None:
                    break
                above = higher
            else:
                self._say(unit, "cycle", link.during.start, superior=self.name(link.parent, link.during.start))
                return True
        return False

    def _check_levels(self, unit: int, links: Sequence[Link]) -> None:
        for link in links:
            for own in self.ranks(unit):
                shared = link.during.meet(own.during)
                for above in self.ranks(link.parent) if shared else ():
                    both = above.during.meet(shared) if shared else None
                    if both is not None and above.level >= own.level:
                        superior = self.name(link.parent, both.start)
                        self._say(unit, "level_not_above", both.start, superior=superior)
                        return


def _joined(links: list[Link]) -> list[Link]:
    """The same links, neighbours with the same superior as one."""
    made: list[Link] = []
    for link in links:
        last = made[-1] if made else None
        if last is not None and last.parent == link.parent and last.during.end == link.during.start:
            made[-1] = Link(Interval(last.during.start, link.during.end), link.parent)
        else:
            made.append(link)
    return made
