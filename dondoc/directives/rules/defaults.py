"""What an assignment is given where the directive's words say nothing: content, to be confirmed or changed by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.lib.days import add_months
from dondoc.lib.vietnamese import new_tone


@dataclass(frozen=True, slots=True)
class ProductRule:
    """If a directive contains one of the words, this is its product: handed in once after `days`, or regularly every `months`."""

    words: tuple[str, ...]
    product: str
    days: int | None
    months: int | None
    basis: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Defaults:
    """What was found for one directive; exactly one of `due_on` and `cadence_months` (with `review_on`) is set."""

    product: str
    due_on: date | None
    cadence_months: int | None
    review_on: date | None
    basis: str
    verified: bool


def default_of(text: str, rules: Sequence[ProductRule], day: date, planned_year: int | None) -> Defaults:
    """The defaults for a directive's words: of the first rule one of whose words occurs; the last rule has none and fits all.

    A deadline counts from `day`. The review day is the end of the planned year; where that leaves no whole cadence, a year ahead of it.
    """
    plain = new_tone(text.casefold())
    rule = next(r for r in rules if not r.words or any(new_tone(word.casefold()) in plain for word in r.words))
    if rule.months is None:
        assert rule.days is not None
        return Defaults(rule.product, day + timedelta(days=rule.days), None, None, rule.basis, rule.verified)
    review_on = date(planned_year or day.year, 12, 31)
    while review_on < add_months(day, rule.months):
        review_on = date(review_on.year + 1, 12, 31)
    return Defaults(rule.product, None, rule.months, review_on, rule.basis, rule.verified)
