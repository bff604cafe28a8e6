"""When a regular assignment is due, and which of its due days a report answers."""

from collections.abc import Sequence
from datetime import date

from dondoc.lib.days import add_months


def due_days(issued_on: date, cadence_months: int, review_on: date) -> list[date]:
    """Every day on which something is due: each cadence counted from the day of issue, the last one the review day, when the result is.

    Counted from the day of issue, never from the day before: 31/01, 28/02, 31/03.
    """
    days = []
    number = 1
    while (day := add_months(issued_on, number * cadence_months)) < review_on:
        days.append(day)
        number += 1
    return [*days, review_on]


def next_due(days: Sequence[date], met_to: date | None) -> date | None:
    """The first due day that no report has answered."""
    return next((day for day in days if met_to is None or day > met_to), None)


def answered_to(days: Sequence[date], met_to: date | None, day: date) -> date | None:
    """Up to which due day all is answered after a report on `day`; unchanged where the report answers none.

    A report answers the latest due day that has passed unanswered (and with it those before), else the one whose period has begun:
    a second report in a period does not answer the next one. The last day is the review day: only a result answers that.
    """
    unmet = [due for due in days[:-1] if met_to is None or due > met_to]
    passed = [due for due in unmet if due < day]
    if passed:
        return passed[-1]
    if unmet and (met_to is None or day > met_to):
        return unmet[0]
    return met_to
