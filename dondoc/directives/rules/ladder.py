"""The ladder of reminders: which steps are due on which day. A clock that runs on an assignment, and rungs counted from its base."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.working_days import Calendar, add_working_days

from .states import DONE, WORKING, State

CLOCKS = frozenset(
    {"deadline", "acknowledgement", "verification", "objection", "approval", "issue", "extension", "parked"}
)
"""What can be waited for: something to be handed in, an acknowledgement, a judgement of the result, an answer to an objection, an
approval, an issue, an answer to an extension asked, the decision on a role that waits."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: `days` after the base (before it where negative), in working days where `working`; then again every `repeat` days.

    `rank` says how grave it is: of several steps on one item only the gravest is named. `text` says it where there is no sentence for the code.
    """

    code: str
    clock: str
    days: int
    audience: tuple[str, ...]
    rank: int
    working: bool = False
    repeat: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs in force from a day up to, and without, another."""

    valid_from: date
    valid_to: date | None
    basis: str
    verified: bool
    rungs: tuple[Rung, ...]

    def holds(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs on an assignment: its base, and the day since which it runs; steps up to that day are not taken."""

    clock: str
    base: date
    since: date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A step on its day."""

    rung: Rung
    counted_from: date
    due_on: date


def _days(rung: Rung, base: date, calendar: Calendar) -> Iterator[date]:
    day = add_working_days(base, rung.days, calendar) if rung.working else base + timedelta(days=rung.days)
    yield day
    while rung.repeat:
        day += timedelta(days=rung.repeat)
        yield day


def occurrences(
    clocks: Sequence[Running], ladders: Sequence[Ladder], calendar: Calendar, until: date
) -> list[Occurrence]:
    """Every step whose day has come by `until`, by day. A ladder's rungs hold for the days on which it was in force."""
    found = []
    for clock in clocks:
        for ladder in ladders:
            for rung in ladder.rungs:
                if rung.clock != clock.clock:
                    continue
                for day in _days(rung, clock.base, calendar):
                    if day > until:
                        break
                    if day > clock.since and ladder.holds(day):
                        found.append(Occurrence(rung, clock.base, day))
    return sorted(found, key=lambda one: (one.due_on, one.rung.rank, one.rung.code, one.counted_from))


def next_after(clocks: Sequence[Running], ladders: Sequence[Ladder], calendar: Calendar, day: date) -> date | None:
    """The first day after `day` on which a step is due, or None when nothing can happen by itself."""
    found = []
    for clock in clocks:
        for ladder in ladders:
            for rung in ladder.rungs:
                if rung.clock != clock.clock:
                    continue
                for due in _days(rung, clock.base, calendar):
                    if ladder.valid_to is not None and due >= ladder.valid_to:
                        break
                    if due > day and due > clock.since and due >= ladder.valid_from:
                        found.append(due)
                        break
    return min(found, default=None)


def running(
    state: str,
    *,
    drafted_on: date,
    approved_on: date | None = None,
    issued_on: date | None = None,
    asked_anew_on: date | None = None,
    objected_on: date | None = None,
    reported_on: date | None = None,
    returned_on: date | None = None,
    unmet: Sequence[date] = (),
    extended_on: date | None = None,
    asked_on: date | None = None,
    parked_since: Iterable[date] = (),
) -> list[Running]:
    """The clocks that run on an assignment.

    `unmet` are the days on which something is due and not handed in; `extended_on` the day of the last answer to an extension, `asked_on`
    that of an open one; `parked_since` the days since when roles wait. `asked_anew_on` is the day on which it was handed to another
    receiver, its objection was answered, or it was reopened: from then on there is as long to acknowledge as after the issue. Steps of the deadline count
    anew after that, after an extension and after a return.
    """
    present = State(state)
    if present in DONE:
        return []
    found = {Running("parked", since, since) for since in parked_since}
    if asked_on is not None:
        found.add(Running("extension", asked_on, asked_on))
    single = {
        State.DRAFTED: ("approval", drafted_on),
        State.APPROVED: ("issue", approved_on),
        State.ISSUED: ("acknowledgement", asked_anew_on or issued_on),
        State.OBJECTED: ("objection", objected_on),
        State.REPORTED: ("verification", reported_on),
    }
    clock, base = single.get(present, ("", None))
    if base is not None:
        found.add(Running(clock, base, base))
    if present in WORKING and issued_on is not None:
        since = max(day for day in (issued_on, asked_anew_on, returned_on, extended_on) if day is not None)
        found.update(Running("deadline", due, since) for due in unmet)
    return sorted(found, key=lambda one: (one.base, one.clock))
