"""The leader's week: what lapsed, who was urged and by whom, what came of it, who slips again and again, and what nobody has settled.

A week begins on a Monday. One that has passed is shown as it was known on its last day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may, vacant
from dondoc.directives import rules as tasks
from dondoc.directives.content import ladders as task_ladders
from dondoc.directives.texts import STEPS as TASK_STEPS
from dondoc.obligations import rules
from dondoc.obligations.content import Rung, ladders
from dondoc.obligations.models import Doubt
from dondoc.obligations.queries import SETTLING, doubt_words
from dondoc.obligations.rules import Verdict
from dondoc.obligations.texts import STEPS
from dondoc.organisations.queries import Label, labels

from . import asking

WEEK = timedelta(days=7)
LAST = timedelta(days=6)
OPEN, GOOD, EXCUSED = "open", "good", "excused"
DUTY, TASK = "duty", "task"
WITHIN = 90
"""Over so many days a decline is looked for where the ladder does not say."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that lapsed in the week: a duty or an assignment (`code`), its last day, what came of it and since when."""

    code: str
    key: int
    unit: Label
    title: str
    last_day: date
    came: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What lapsed in the week under one unit directly below, or in the unit itself, and what came of it."""

    label: Label
    lapsed: int
    good: int
    excused: int

    @property
    def open(self) -> int:
        """How much is still to be made good."""
        return self.lapsed - self.good - self.excused


@dataclass(frozen=True, slots=True)
class Urged:
    """An assignment that somebody urged: through which post, in which words, and on which day its unit answered."""

    on: date
    key: int
    by: str
    unit: Label
    task: str
    words: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the clock told by itself: the step's words, about how many duties or tasks, and of how many on paper."""

    words: str
    times: int
    on_paper: int


@dataclass(frozen=True, slots=True)
class Again:
    """A unit that lapsed in the same duty several times within a year, the last time in this week."""

    label: Label
    title: str
    times: int


@dataclass(frozen=True, slots=True)
class Decline:
    """A unit that keeps to its regulation clearly less than before: (done in time, counted) of the months before and of the last ones."""

    label: Label
    before: tuple[int, int]
    now: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Week:
    """All of one week of a unit and those below it, as it was known on `known`.

    `good_before` and `excused_before`: lapses of earlier weeks that were made good or excused in this one. `open_now`: all that is still
    to be made good. `on_paper`: how many things were told on paper because nobody there looks in.
    """

    unit: Label
    begins: date
    known: date
    lines: tuple[Line, ...]
    units: tuple[OfUnit, ...]
    good_before: int
    excused_before: int
    open_now: int
    urged: tuple[Urged, ...]
    told: tuple[Told, ...]
    again: tuple[Again, ...]
    declines: tuple[Decline, ...]
    doubts: tuple[tuple[Doubt, str, Label], ...]
    vacant: tuple[tuple[Label, tuple[str, ...]], ...]
    on_paper: int

    @property
    def ends(self) -> date:
        """The week's last day."""
        return self.begins + LAST

    @property
    def good(self) -> int:
        """What lapsed and was made good within the week."""
        return sum(one.came == GOOD for one in self.lines)

    @property
    def excused(self) -> int:
        """What lapsed and was excused within the week."""
        return sum(one.came == EXCUSED for one in self.lines)

    @property
    def open(self) -> int:
        """What lapsed in the week and is still to be made good."""
        return sum(one.came == OPEN for one in self.lines)

    @property
    def slipped(self) -> int:
        """How many units have lapsed."""
        return len({one.unit.unit for one in self.lines})

    @property
    def empty(self) -> bool:
        """Whether nothing at all is to be told."""
        settled = self.good_before + self.excused_before
        told = self.lines, self.urged, self.told, self.again, self.declines, self.doubts, self.vacant
        return not settled and not any(told)


def monday_of(asked: date | None, on: date) -> date:
    """The Monday of the week asked for, at most that of the day shown.

    Where none is asked for it is the week of the day before: on a Monday morning the week that is over is the one to be spoken of.
    """
    day = min(asked, on) if asked else on - timedelta(days=1)
    return day - timedelta(days=day.weekday())


def leaders_week(actor: Actor, unit: int, begins: date, on: date) -> Week:
    """The week of a unit and everything below it. At most thirteen queries, however many units there are."""
    known = min(begins + LAST, on)
    below = asking.below(unit, known)
    drop = next((rung for rung in ladders().on(known) if rung.drop), None)
    judged = asking.judged(below, begins, known)
    overdue = asking.overdue(below, begins, known)
    duty_steps, task_steps = asking.duty_steps(below, begins, known), asking.task_steps(below, begins, known)
    urged = asking.urged(below, begins, known)
    standing = asking.standing(below, known, actor.day, drop.within if drop else WITHIN)
    patterns = {
        (one["obligation__unit"], one["obligation__code"])
        for one in duty_steps
        if one["step"] in _pattern_codes(ladders().on(known))
    }
    repeated = asking.repeated(patterns, known) if patterns else []
    doubts = asking.doubts(below, unit, known) if may(actor, SETTLING, unit) else []
    places = asking.places(unit, known)
    empty: dict[int, list[str]] = defaultdict(list)
    for post in vacant({unit, *places.values()}, known):
        empty[post.unit_id].append(post.title)
    declines = _declines(standing, drop)
    wanted = {unit, *places.values(), *empty, *(one[0] for one in repeated), *(one[0] for one in declines)}
    wanted |= {one["obligation__unit"] for one in judged} | {one["unit"] for one in (*overdue, *urged)}
    named = labels(wanted | {one.obligation.unit_id for one in doubts}, known)
    lines, before = _lines(judged, overdue, named, known)
    return Week(
        unit=named[unit],
        begins=begins,
        known=known,
        lines=lines,
        units=_by_unit(lines, unit, places, named),
        good_before=before.count(GOOD),
        excused_before=before.count(EXCUSED),
        open_now=sum(row["open"] for row in standing),
        urged=tuple(
            Urged(one["on"], one["assignment"], one["post__title"], named[one["unit"]], one["assignment__task"], one["text"], one["came"])
            for one in urged
        ),
        told=_told(duty_steps, task_steps),
        again=tuple(Again(named[key], title, times) for key, title, times in repeated),
        declines=tuple(Decline(named[key], was, now) for key, was, now in declines),
        doubts=tuple((one, doubt_words(one), named[one.obligation.unit_id]) for one in doubts),
        vacant=tuple((named[key], tuple(titles)) for key, titles in empty.items()),
        on_paper=len({one["obligation"] for one in duty_steps if one["on_paper"]}) + sum(one["paper"] for one in task_steps),
    )  # fmt: skip


def _pattern_codes(rungs: Iterable[Rung]) -> set[str]:
    """The steps that tell of a duty which lapsed again and again."""
    listed = [rung for rung in rungs if rung.lapses]
    most = max((rung.lapses for rung in listed), default=0)
    return {rung.code for rung in listed if rung.lapses == most}


def _lines(
    judged: Sequence[Mapping[str, Any]], overdue: Sequence[Mapping[str, Any]], named: Mapping[int, Label], known: date
) -> tuple[tuple[Line, ...], list[str]]:
    """What lapsed in the week with what came of it, what is open first; and what came of earlier lapses."""
    together: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in judged:
        together[row["obligation"]].append(row)
    lines, before = [], []
    for key, rows in together.items():
        last = rows[-1]
        came = _came(last["verdict"])
        if last["before"] in rules.LAPSES:
            before.append(came)
            continue
        title, day = last["obligation__duty__title"], last["obligation__last_day"]
        on = last["on"] if came != OPEN else None
        lines.append(Line(DUTY, key, named[last["obligation__unit"]], title, day, came, on))
    for row in overdue:
        closed = row["closed_on"] is not None and row["closed_on"] <= known and row["state"] == tasks.State.CANCELLED
        good = row["result"] is not None and row["result"] <= known
        came = GOOD if good else EXCUSED if closed else OPEN
        on = row["result"] if good else row["closed_on"] if closed else None
        lines.append(Line(TASK, row["pk"], named[row["unit"]], row["task"], row["due"], came, on))
    lines.sort(key=lambda one: (one.came != OPEN, one.unit.name, one.last_day, one.code, one.key))
    return tuple(lines), before


def _came(verdict: str) -> str:
    return EXCUSED if verdict == Verdict.EXCUSED else OPEN if verdict in rules.UNMET else GOOD


def _by_unit(
    lines: Iterable[Line], unit: int, places: Mapping[int, int], named: Mapping[int, Label]
) -> tuple[OfUnit, ...]:
    """The lapses by the unit directly below, the most first."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in lines:
        found[places.get(one.unit.unit, unit)].append(one.came)
    rows = [OfUnit(named[key], len(came), came.count(GOOD), came.count(EXCUSED)) for key, came in found.items()]
    return tuple(sorted(rows, key=lambda one: (-one.open, -one.lapsed, one.label.name)))


def _told(duties: Iterable[Mapping[str, Any]], assigned: Iterable[Mapping[str, Any]]) -> tuple[Told, ...]:
    """What the clock told, the gravest first."""
    things: dict[str, set[int]] = defaultdict(set)
    paper: dict[str, set[int]] = defaultdict(set)
    for one in duties:
        things[one["step"]].add(one["obligation"])
        if one["on_paper"]:
            paper[one["step"]].add(one["obligation"])
    found = [
        (ladders().rank(code), Told(str(STEPS[code]), len(keys), len(paper[code]))) for code, keys in things.items()
    ]
    for one in assigned:
        rung = task_ladders().rung(one["step"])
        words = str((rung.text if rung else "") or TASK_STEPS.get(one["step"], one["step"]))
        found.append((rung.rank if rung else 0, Told(words, one["n"], one["paper"])))
    return tuple(told for _, told in sorted(found, key=lambda one: (-one[0], one[1].words)))


def _declines(
    standing: Iterable[Mapping[str, Any]], rung: Rung | None
) -> list[tuple[int, tuple[int, int], tuple[int, int]]]:
    """The units whose share carried out in time fell as far as the ladder says, the farthest first."""
    if rung is None:
        return []
    found = []
    for row in standing:
        was, now = (row["done_before"], row["counted_before"]), (row["done"], row["counted"])
        if min(was[1], now[1]) >= rules.LEAST:
            drop = 100 * (was[0] * now[1] - now[0] * was[1]) // (was[1] * now[1])
            if drop >= rung.drop:
                found.append((drop, row["unit"], was, now))
    return [(unit, was, now) for _, unit, was, now in sorted(found, key=lambda one: (-one[0], one[1]))]
