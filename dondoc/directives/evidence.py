"""Evidence that directives were answered: in each month, quarter, half-year and year, whether all that was due in it was reported in time."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import F, Q

from dondoc.lib.days import add_months
from dondoc.lib.evidence import Evidence, Proof
from dondoc.lib.periods import Interval

from . import rules
from .models import Role

COUNTED = [
    state.value
    for state in rules.State
    if state not in rules.UNISSUED and state not in (rules.State.OBJECTED, rules.State.CANCELLED)
]
"""What is objected to or cancelled asks for no answer."""

Asked = tuple[int, date, date | None]
"""An assignment, its deadline, and the day on which its result was reported."""


def found(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    """What directives from others with a deadline show of the units that received them, by period. Two queries, however many units.

    A period in which nothing was due is kept: nothing was left unanswered in it. What was returned is unanswered until it is reported anew.
    """
    held = Role.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=F("assignment__due_on")),
        unit__in=units,
        role=rules.Part.RECEIVER.value,
        valid_from__lte=F("assignment__due_on"),
        assignment__due_on__gte=_start(since, 12),
        assignment__due_on__lt=add_months(_start(until, 12), 12),
        assignment__state__in=COUNTED,
    ).order_by()
    asked: dict[int, list[Asked]] = defaultdict(list)
    rows = list(held.values_list("unit", "assignment", "assignment__due_on", "assignment__reported_on"))
    own = set(
        Role.objects.filter(
            assignment__in={row[1] for row in rows}, role=rules.Part.ISSUER.value, unit__in=units
        ).values_list("assignment", "unit")
    )
    for unit, assignment, due, reported in rows:
        # What a unit asks of itself is no directive from above.
        if unit is not None and due is not None and (assignment, unit) not in own:
            asked[unit].append((assignment, due, reported))
    for every in (1, 3, 6, 12):
        begins = _start(since, every)
        while begins < until:
            period = Interval(begins, add_months(begins, every))
            for unit in units:
                if proof := _answered(unit, period, [one for one in asked.get(unit, ()) if period.holds(one[1])]):
                    yield proof
            begins = add_months(begins, every)


def _start(day: date, every: int) -> date:
    """The first day of the period of so many months in which the day lies."""
    return date(day.year, (day.month - 1) // every * every + 1, 1)


def _answered(unit: int, period: Interval, asked: Sequence[Asked]) -> Proof | None:
    """The proof for a period, None while something due in it waits for its answer."""
    kind = Evidence.DIRECTIVES_ANSWERED
    if not asked:
        return Proof(kind, unit, "", period.start, period=period)
    answers = []
    for assignment, due, reported in asked:
        if reported is None:
            return None
        # An answer after its own deadline makes the period late, also where it came within the period.
        on = reported if reported <= due or period.end is None else max(reported, period.end)
        answers.append((on, assignment))
    on, assignment = max(answers)
    return Proof(kind, unit, f"assignment:{assignment}", on, period=period)
