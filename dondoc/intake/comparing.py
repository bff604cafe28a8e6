"""The present reader over cases: how much of what people confirmed it reads, and which of their corrections it no longer needs. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from . import rules
from .cases import KINDS, Case, Row, event_of, items_of, plain, rows_of
from .drafting import drafted
from .extract.reader import read

COMPARED = ("date", "leader", "units", "facts", "findings", "directives")


@dataclass(slots=True)
class Score:
    """Values of one kind: how many people confirmed, how many the reader finds, how many are the same."""

    confirmed: int = 0
    read: int = 0
    same: int = 0

    @property
    def precision(self) -> float | None:
        """Of what was read, how much is right; None where nothing was read."""
        return self.same / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Of what is right, how much was read; None where there is nothing."""
        return self.same / self.confirmed if self.confirmed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there was nothing to read and nothing was."""
        total = self.read + self.confirmed
        return 2 * self.same / total if total else None


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of a person and whether the present reader would need it still."""

    about: str
    kind: str
    read: Row | None
    right: Row | None
    mended: bool


@dataclass(slots=True)
class Comparison:
    """Over many cases: a score by kind. `chosen` counts units that people looked up in the tree, which is not the reader's work."""

    scores: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in COMPARED})
    cases: int = 0
    mended: int = 0
    unmended: int = 0
    chosen: int = 0

    def add(self, case: Case) -> list[Correction]:
        """Read the text of one more case. Returns its corrections."""
        items = items_of(drafted(read(case["text"])), case["text"])
        now: dict[str, list[Row]] = rows_of(items)
        fields = {item.name: item.content for item in items if item.kind == "event"}
        self.cases += 1
        for kind in KINDS.values():
            confirmed = [[row] if isinstance(row, str) else row for row in case.get(kind) or ()]
            self._count(kind, confirmed, now[kind])
        self._single("date", _day(case.get("event") or {}), _day(event_of(items)))
        if case.get("leader"):
            said = fields["leader"]["said"]
            same = rules.best_title(said, {1: case["leader"]}) == 1
            self._single("leader", case["leader"], (case["leader"] if same else said) or None)
        found = []
        for one in case.get("corrected") or ():
            if one["what"] == "chosen" and one["kind"] == "units":
                self.chosen += 1
                continue
            mended = _mended(one, now, fields)
            self.mended, self.unmended = self.mended + mended, self.unmended + (not mended)
            found.append(Correction(str(case["about"]), one["kind"], one["read"], one["right"], mended))
        return found

    def _count(self, kind: str, confirmed: Sequence[Row], read: Sequence[Row]) -> None:
        score = self.scores[kind]
        wanted, got = (Counter(key_of(kind, row) for row in rows) for rows in (confirmed, read))
        same = wanted & got
        # Numbers that may be left out count only where both have them.
        may_miss, may_add = (
            Counter(key_of(kind, row) for row in rows if kind == "facts" and " optional" in row[1]) - same
            for rows in (confirmed, read)
        )
        score.same += same.total()
        score.confirmed += wanted.total() - (may_miss & (wanted - same)).total()
        score.read += got.total() - (may_add & (got - same)).total()

    def _single(self, kind: str, confirmed: str | None, read: str | None) -> None:
        score = self.scores[kind]
        score.confirmed += confirmed is not None
        score.read += read is not None
        score.same += confirmed is not None and confirmed == read


def key_of(kind: str, row: Row) -> tuple[Any, ...]:
    """What makes two values the same. A figure is the same wherever in the text it was read; a sentence by its words."""
    if kind == "units":
        return (plain(row[0].partition(" < ")[0]),)
    if kind == "facts":
        unit, name, value, period, _ = row
        return plain(unit), name.split()[0], str(value if isinstance(value, str) else float(value)), str(period or "")
    if kind == "findings":
        return row[0], plain(row[1]), plain(row[2])
    return plain(row[0]), row[1], str(row[2] or ""), plain(row[3])


def _mended(one: dict[str, Any], now: dict[str, list[Row]], fields: dict[str, Any]) -> bool:
    kind, wrong, right = one["kind"], one["read"], one["right"]
    if kind in now:
        got = {key_of(kind, row) for row in now[kind]}
        if right is not None:
            return key_of(kind, right) in got
        return key_of(kind, wrong) not in got
    if kind == "leader":
        return rules.best_title(fields["leader"]["said"], {1: right[0]}) == 1
    content = fields.get(kind, {})
    value = next((content[key] for key in ("day", "text", "year") if key in content), None) or None
    return str(value) == str(right[0])


def _day(event: dict[str, Any]) -> str | None:
    if event.get("date"):
        return str(event["date"])
    return event.get("month_day")
