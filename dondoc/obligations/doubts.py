"""Records that cannot all be true: figures, days and lengths that contradict one another. Pure; in words: docs/algorithms/duties.md.

A doubt is a question to the unit, never a lapse: who minuted a meeting of ten minutes has minuted a meeting. The folders that hold the
records gather the facts (`settings.DOUBTS`) and ask here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import combinations

from dondoc.lib.periods import Interval

THEMATIC = "thematic"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where doubt begins (`content/obligations/doubts.yaml`), for meetings held from a day up to, and without, another."""

    valid_from: date
    valid_to: date | None
    least_minutes: Mapping[str, int]
    at_once: int
    late_days: int
    same_words: int
    basis: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What the records say of a meeting that was held. None where they say nothing; `members` are those of the ledger by its day.

    `key` names the record ("meeting:12"), `chair` the post, `words` what its minutes say.
    """

    key: str
    unit: int
    kind: str
    on: date
    thematic: bool = False
    began: time | None = None
    ended: time | None = None
    invited_on: date | None = None
    minutes_on: date | None = None
    concluded_on: date | None = None
    chair: int | None = None
    present: int | None = None
    members: int | None = None
    words: str = ""

    @property
    def minutes(self) -> int | None:
        """How long it lasted, in minutes; None where that is not known, negative where it ended before it began."""
        if self.began is None or self.ended is None:
            return None
        return int(
            (datetime.combine(self.on, self.ended) - datetime.combine(self.on, self.began)) / timedelta(minutes=1)
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of the meetings of its period, as it was sent: how many there were, and how many attendances."""

    key: str
    unit: int
    period: Interval
    sent_on: date
    meetings: int | None = None
    attendances: int | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A contradiction: a code of `texts.DOUBTS`, the record in which it stands ("meeting:12"), and what was compared (numbers, days as ISO)."""

    code: str
    unit: int
    key: str
    data: Mapping[str, int | str] = field(default_factory=dict)


def of_meetings(held: Collection[Held], limits: Sequence[Limits]) -> Iterator[Suspicion]:
    """What contradicts itself or another in these meetings, whatever their order."""
    listed = sorted(held, key=lambda one: (one.on, one.key))
    for one in listed:
        at = next(
            (
                each
                for each in limits
                if each.valid_from <= one.on and (each.valid_to is None or one.on < each.valid_to)
            ),
            None,
        )
        if at is not None:
            yield from _alone(one, at)
    yield from _overlapping(listed)
    by_unit: dict[int, list[Held]] = defaultdict(list)
    for one in listed:
        by_unit[one.unit].append(one)
    if limits:
        latest = max(limits, key=lambda one: one.valid_from)
        for several in by_unit.values():
            yield from _at_once(several, latest)
            yield from _copied(several, latest)


def _alone(one: Held, limits: Limits) -> Iterator[Suspicion]:
    def doubt(code: str, **data: int | str) -> Suspicion:
        return Suspicion(code, one.unit, one.key, {"on": one.on.isoformat(), **data})

    least = limits.least_minutes.get(THEMATIC if one.thematic else one.kind)
    if one.minutes is not None and one.minutes <= 0:
        yield doubt("ends_before_it_begins")
    elif one.minutes is not None and least is not None and one.minutes < least:
        yield doubt("too_short", minutes=one.minutes, least=least)
    for code, day in (("minutes_before", one.minutes_on), ("concluded_before", one.concluded_on)):
        if day is not None and day < one.on:
            yield doubt(code, day=day.isoformat())
    if one.invited_on is not None and one.invited_on > one.on:
        yield doubt("invited_after", day=one.invited_on.isoformat())
    if one.present == 0 and one.minutes_on is not None:
        yield doubt("nobody_there")
    if one.present is not None and one.members is not None and one.present > one.members:
        yield doubt("more_than_members", present=one.present, members=one.members)


def _overlapping(listed: Sequence[Held]) -> Iterator[Suspicion]:
    """Of two meetings at one time, of one unit or under one chair, both are doubtful."""
    days: dict[date, list[tuple[Held, time, time]]] = defaultdict(list)
    for one in listed:
        if one.began is not None and one.ended is not None and one.began < one.ended:
            days[one.on].append((one, one.began, one.ended))
    found: dict[tuple[str, str], Suspicion] = {}
    for day, several in days.items():
        for (one, began, ended), (other, other_began, other_ended) in combinations(several, 2):
            if began >= other_ended or other_began >= ended:
                continue
            same = "unit_twice" if one.unit == other.unit else "chair_twice"
            if one.unit == other.unit or (one.chair is not None and one.chair == other.chair):
                for each in (one, other):
                    found.setdefault((same, each.key), Suspicion(same, each.unit, each.key, {"on": day.isoformat()}))
    yield from found.values()


def _at_once(several: Sequence[Held], limits: Limits) -> Iterator[Suspicion]:
    """Minutes of several meetings, adopted long afterwards on one day: written down in one go."""
    late: dict[date, list[Held]] = defaultdict(list)
    for one in several:
        if one.minutes_on is not None and (one.minutes_on - one.on).days >= limits.late_days:
            late[one.minutes_on].append(one)
    for day, written in late.items():
        if len(written) >= limits.at_once:
            for one in written:
                yield Suspicion(
                    "written_at_once",
                    one.unit,
                    one.key,
                    {"on": one.on.isoformat(), "day": day.isoformat(), "count": len(written)},
                )


def _copied(several: Sequence[Held], limits: Limits) -> Iterator[Suspicion]:
    """Minutes whose words are those of an earlier meeting."""
    first: dict[str, Held] = {}
    for one in several:
        words = " ".join(one.words.split())
        if len(words) < limits.same_words:
            continue
        earlier = first.setdefault(words, one)
        if earlier is not one:
            data = {"on": one.on.isoformat(), "day": earlier.on.isoformat()}
            yield Suspicion("same_words", one.unit, one.key, data)


def of_reports(told: Iterable[Told], held: Iterable[Held]) -> Iterator[Suspicion]:
    """Reports that say more than the records show of the days up to their sending."""
    by_unit: dict[int, list[Held]] = defaultdict(list)
    for one in held:
        by_unit[one.unit].append(one)
    for report in told:
        meetings = [one for one in by_unit[report.unit] if report.period.holds(one.on) and one.on <= report.sent_on]
        if report.meetings is not None and report.meetings > len(meetings):
            data = {"told": report.meetings, "found": len(meetings)}
            yield Suspicion("fewer_meetings", report.unit, report.key, data)
        counted = [one.present for one in meetings if one.present is not None]
        complete = bool(counted) and len(counted) == len(meetings)
        if report.attendances is not None and complete and report.attendances > sum(counted):
            data = {"told": report.attendances, "found": sum(counted)}
            yield Suspicion("fewer_attendances", report.unit, report.key, data)
