"""The periods that a page of figures offers, and the one that an address asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dondoc.lib.days import EARLIEST, add_months

from . import rules
from .words import period_words

MONTHS, QUARTERS, YEARS = 13, 4, 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One period, as the ledger writes it and in words."""

    period: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Periods of one length, the latest first."""

    name: str | Promise
    choices: tuple[Choice, ...]


def default(on: date) -> str:
    """What is shown unless another is asked for: the year up to the last whole month, for which reports can be there."""
    last = add_months(on.replace(day=1), -1)
    return f"{max(last, date(EARLIEST, 1, 1)):%Y-%m} ytd"


def offered(on: date) -> Sequence[Group]:
    """The periods that have begun by the day."""
    first = on.replace(day=1)
    months = [f"{add_months(first, -n):%Y-%m}" for n in range(MONTHS)]
    quarters = [add_months(first, -3 * n) for n in range(QUARTERS)]
    return (
        Group(_("Year to date"), (_choice(default(on)), _choice(f"{on.year} ytd"))),
        Group(_("Months"), tuple(map(_choice, months))),
        Group(_("Quarters"), tuple(_choice(f"{day.year}-Q{(day.month + 2) // 3}") for day in quarters)),
        Group(_("Whole years"), tuple(_choice(str(on.year - n)) for n in range(YEARS))),
    )


def _choice(period: str) -> Choice:
    return Choice(period, period_words(period))


def asked(text: str, on: date) -> str:
    """The period of an address, where it is one that begins by the day; else the default."""
    days = rules.days_of(text, on) if len(text) <= 24 else None
    if days is None or days.end is None or days.start > on:
        return default(on)
    return text
