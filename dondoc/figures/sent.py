"""What a unit has sent upward of a period, beside what is known now: the folder that keeps what was sent tells it (`settings.FIGURES_SENT`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from dondoc.lib.periods import Interval


@dataclass(frozen=True, slots=True)
class Sent:
    """A report of a unit as it was sent on a day: indicator → the number sent, None where it had none. `url` is its page."""

    title: str
    url: str
    on: date
    numbers: Mapping[str, int | None]


Finder = Callable[[int, Interval, date], Sequence[Sent]]


def sent_upward(unit: int, span: Interval, on: date) -> Sequence[Sent]:
    """What the unit had sent by the day of exactly these days, each report as it was last sent."""
    finder: Finder = import_string(settings.FIGURES_SENT)
    return finder(unit, span, on)
