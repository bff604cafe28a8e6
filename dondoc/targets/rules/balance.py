"""Whether a sheet adds up. Whole numbers only. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dondoc.lib import counts
from dondoc.lib.refusals import Problem
from dondoc.lib.wording import number

LARGEST = 10_000_000
"""No target of the field comes near: the whole Party has some 5.6 million members."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one unit of a sheet is to get: indicator → number. An indicator that is not there was left empty."""

    unit: int
    name: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A headline beside the sum of its lines."""

    total: int
    sum: int

    @property
    def by(self) -> int:
        """How much the lines lie above (or, negative, below) the headline."""
        return self.sum - self.total


def read_count(text: str) -> int | None:
    """The whole number that was typed, 0 or more and not absurd; None where it is none ("-3", "mười", "1,5", "99999999")."""
    try:
        return counts.read_count(text, LARGEST)
    except counts.NotACount:
        return None


def sums(lines: Iterable[Given]) -> dict[str, int]:
    """Indicator → the sum of the numbers given."""
    found: dict[str, int] = {}
    for line in lines:
        for indicator, value in line.values.items():
            found[indicator] = found.get(indicator, 0) + value
    return found


def check(lines: Iterable[Given], totals: Mapping[str, int], whole: str, part_of: Mapping[str, str]) -> list[Problem]:
    """Why the sheet may not be issued; empty where it may.

    Every unit has a number for `whole`; wherever a headline is given the numbers sum to it; no breakdown is larger than what it is a
    part of (`part_of`: breakdown → whole), in any line and in the headline. Breakdowns may overlap (a worker may be of youth age), so
    their sum is held against nothing. Codes have sentences in `texts.py`.
    """
    listed = list(lines)
    found = [
        Problem(str(line.unit), "targets.line_missing", {"unit": line.name})
        for line in listed
        if whole not in line.values
    ]
    if whole not in totals:
        found.append(Problem("total", "targets.total_missing"))
    added = sums(listed)
    for indicator, total in totals.items():
        difference = Difference(total, added.get(indicator, 0))
        if difference.by:
            code = "targets.adds_up_to_more" if difference.by > 0 else "targets.adds_up_to_less"
            data = {
                "indicator": indicator,
                "total": number(total),
                "sum": number(difference.sum),
                "difference": number(abs(difference.by)),
            }
            found.append(Problem("total", code, data))
    for source, name, values in [("total", "", totals), *((str(one.unit), one.name, one.values) for one in listed)]:
        for part, of in part_of.items():
            if part in values and of in values and values[part] > values[of]:
                data = {"unit": name, "indicator": part, "part": number(values[part]), "whole": number(values[of])}
                found.append(
                    Problem(source, "targets.part_over_whole" if name else "targets.total_part_over_whole", data)
                )
    return found
