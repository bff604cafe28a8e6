"""What is odd or impossible in the numbers of a report: a list of problems, each on one line.

An `error` stops the report; a `remark` needs a word of explanation. The source of a problem is the key of its line, of a section
("section.results"), or ALL for the report as a whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from dondoc.lib.refusals import Problem

from .forms import OPENING, Identity, Mode, Sum

TYPED = frozenset({Mode.ENTERED, Mode.OPENING})
"""Lines that the unit itself answers for; the others are sums of what was accepted elsewhere."""
ALL = "all"
SECTION = "section."
REMARKS = frozenset({"reports.unlike_before", "reports.incomplete", "reports.identity_with_others"})
"""The codes that need a word of explanation; every other one stops the report."""


def is_error(problem: Problem) -> bool:
    """Whether it stops the report; else it needs a word of explanation."""
    return problem.code not in REMARKS


@dataclass(frozen=True, slots=True)
class Checked:
    """A line as it is checked: how it is called, where its number comes from, which other line it is a part or a rate of."""

    key: str
    name: str
    mode: Mode
    required: bool = True
    part_of: str | None = None
    rate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What is known beside the report: `closing` is what the last report closed with (None: there is none), `came` the members that
    came with other units in the period (None: some came, nobody knows how many), `before` the unit's own earlier values of each line,
    newest last."""

    closing: int | None = None
    came: int | None = 0
    before: Mapping[str, Sequence[int]] = field(default_factory=dict)


def check(
    lines: Sequence[Checked],
    values: Mapping[str, int | None],
    *,
    adds_up: Sequence[Sum] = (),
    identity: Identity | None = None,
    past: Past | None = None,
    sections: Iterable[tuple[str, str, str]] = (),
    completeness: tuple[int, int] | None = None,
) -> list[Problem]:
    """All problems, by line in the order of the form. `sections` are the required ones as (code, title, text).

    `completeness` is how many reports of the units below are in, of how many.
    """
    known = past or Past()
    by_key = {line.key: line for line in lines}
    found = [
        *_missing(lines, values),
        *_parts(lines, by_key, values),
        *_sums(by_key, values, adds_up),
        *_members(by_key, values, identity, known),
        *(p for line in lines if (p := unlike_before(line, values.get(line.key), known.before.get(line.key, ())))),
    ]
    order = {key: place for place, key in enumerate(by_key)}
    found.sort(key=lambda problem: order[problem.source])
    found += [
        Problem(SECTION + code, "reports.section_missing", {"section": title})
        for code, title, text in sections
        if not text.strip()
    ]
    if completeness is not None and completeness[0] < completeness[1]:
        found.append(Problem(ALL, "reports.incomplete", {"reported": completeness[0], "expected": completeness[1]}))
    return found


def _missing(lines: Sequence[Checked], values: Mapping[str, int | None]) -> list[Problem]:
    return [
        Problem(line.key, "reports.missing", {"line": line.name})
        for line in lines
        if line.required and line.mode in TYPED and values.get(line.key) is None
    ]


def _parts(lines: Sequence[Checked], by_key: Mapping[str, Checked], values: Mapping[str, int | None]) -> list[Problem]:
    found = []
    for line in lines:
        whole = by_key.get(line.part_of or "")
        part_value, whole_value = values.get(line.key), values.get(whole.key) if whole else None
        if whole is None or part_value is None or whole_value is None or part_value <= whole_value:
            continue
        if line.mode not in TYPED and whole.mode not in TYPED:
            continue  # Both are sums of reports in which it holds, or was explained.
        code = "reports.over_hundred_percent" if line.rate_of == line.part_of else "reports.more_than_whole"
        data = {"part": line.name, "whole": whole.name, "part_value": part_value, "whole_value": whole_value}
        found.append(Problem(line.key, code, data))
    return found


def _sums(by_key: Mapping[str, Checked], values: Mapping[str, int | None], adds_up: Sequence[Sum]) -> list[Problem]:
    found = []
    for one in adds_up:
        if one.whole not in by_key or not set(one.parts) <= set(by_key):
            continue
        numbers = [values.get(part) for part in one.parts]
        whole = values.get(one.whole)
        if whole is None or any(number is None for number in numbers):
            continue
        total = sum(number for number in numbers if number is not None)
        if total != whole and by_key[one.whole].mode in TYPED:
            data = {
                "parts": " + ".join(by_key[part].name for part in one.parts),
                "whole": by_key[one.whole].name,
                "total": total,
                "whole_value": whole,
            }
            found.append(Problem(one.whole, "reports.does_not_add_up", data))
    return found


def _members(
    by_key: Mapping[str, Checked], values: Mapping[str, int | None], identity: Identity | None, past: Past
) -> list[Problem]:
    """The identity is that of whoever counts the members; sums of others hold where each of these holds, moved units apart."""
    if identity is None or identity.closing not in by_key or by_key[identity.closing].mode is not Mode.ENTERED:
        return []
    opening_key = identity.opening + OPENING
    opening, closing = values.get(opening_key), values.get(identity.closing)
    found = []
    if opening is not None and past.closing is not None and opening != past.closing:
        data = {"opening": opening, "closing": past.closing}
        found.append(Problem(opening_key, "reports.not_continued", data))
    plus, minus = ([values.get(key) for key in keys] for keys in (identity.plus, identity.minus))
    if opening is None or closing is None or any(one is None for one in (*plus, *minus)):
        return found
    wanted = opening + (past.came or 0) + sum(one or 0 for one in plus) - sum(one or 0 for one in minus)
    if wanted != closing:
        data = {"wanted": wanted, "closing": closing}
        code = "reports.identity_with_others" if past.came is None else "reports.identity"
        found.append(Problem(identity.closing, code, data))
    return found


FEWEST, MOST, TIMES, LEAST = 6, 12, 2.5, 5
"""How many of a unit's own last values are looked at, how many times more or less is unlike them, and by how much at least."""


def unlike_before(line: Checked, value: int | None, before: Sequence[int]) -> Problem | None:
    """A value that is unlike the unit's own past.

    The rule in one sentence: it is more than 2.5 times the second largest, or less than the 2.5th part of the second smallest, of the
    last 12 values (at least 6), and by more than 5. A month with two meetings instead of one is therefore ordinary, a digit too many or
    too few is not, and a single odd value in the past does not widen what is usual.
    """
    last = sorted(before[-MOST:])
    if value is None or len(last) < FEWEST or line.mode not in TYPED:
        return None
    low, high = last[1], last[-2]
    over = value > TIMES * high and value - high > LEAST
    under = value * TIMES < low and low - value > LEAST
    if not (over or under):
        return None
    data = {"line": line.name, "value": value, "usual": round(median(last)), "low": low, "high": high}
    return Problem(line.key, "reports.unlike_before", data)


def unexplained(problems: Iterable[Problem], words: Mapping[str, str]) -> list[Problem]:
    """The remarks that have no word of explanation yet."""
    return [one for one in problems if not is_error(one) and not words.get(one.source, "").strip()]
