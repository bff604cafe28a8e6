"""Checking a Word file: by the format of its own day, at the level that its head shows, unless another is asked for."""

from dataclasses import dataclass
from datetime import date

from . import rules
from .content import format_on, formats
from .faces import Problem
from .layout import Layout
from .measures import Format, Level
from .reading import read


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a check: `on` is the day by which it was checked, `level` None where the head shows none that is known."""

    form: Format
    level: Level | None
    on: date
    problems: tuple[Problem, ...]


def check(
    data: bytes, today: date, *, on: date | None = None, level: str | None = None, draft: bool = False
) -> Verdict:
    """What is wrong with the form of a Word file. `on` is the day of the format, else the document's own, else today.

    `level` is a code of the content (KeyError for another); `draft`: number, day and name may be blank. Raises Unreadable.
    """
    return check_layout(read(data), today, on=on, level=level, draft=draft)


def check_layout(
    layout: Layout, today: date, *, on: date | None = None, level: str | None = None, draft: bool = False
) -> Verdict:
    """The same for a file that was read."""
    day = on or rules.dated_on(layout, formats()[-1]) or today
    form = format_on(day)
    shown = form.levels[level] if level else rules.level(layout, form, day)
    return Verdict(form, shown, day, tuple(rules.problems(layout, form, level, on=day, draft=draft)))
