"""Numbers that nobody types: what was accepted from the reports below, or from the same unit's finer ones, with its completeness."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from dondoc.figures.indicators import indicators
from dondoc.figures.rollup import roll_up
from dondoc.lib.periods import Interval
from dondoc.organisations.models import Ancestry, Succession, Unit, UnitKind

from .content import forms
from .models import Report, SentLine, Submission
from .rules.forms import Form, Line
from .rules.periods import ONCE
from .rules.states import State


@dataclass(frozen=True, slots=True)
class Total:
    """A number with how many of the expected reports it holds; `value` is None while none is in. `form` is the one they come from."""

    value: int | None
    reported: int
    expected: int
    form: str


def entered_in(indicator: str, kind: str, day: date, *, opening: bool = False) -> Form | None:
    """The finest form in which units of this kind type the indicator on periods that begin on the day."""
    if kind not in indicators()[indicator].entered_at:
        return None
    for form in forms().values():
        version = form.on(day)
        if form.every == ONCE or version is None or version.level(kind) is None:
            continue
        if any(line.indicator == indicator and line.opening == opening for line in version.lines()):
            return form
    return None


def totals(unit: int, start: date, end: date, lines: Iterable[Line]) -> dict[str, Total]:
    """The sums of these lines under a unit (itself included) from `start` up to, and without, `end`. The same few queries for any number.

    What counts, and how many parts are expected, is the roll-up of the ledger (docs/algorithms/roll-up.md). An opening is that with
    which the units reported at the beginning, as it was last accepted.
    """
    asked = list(lines)
    sources = {line.key: form for line in asked if (form := _source(line, start)) is not None}
    keys = [line.indicator for line in asked if not line.opening and line.key in sources]
    rolled = roll_up([unit], keys, Interval(start, end)) if keys else {}
    found = {
        key: Total(rolled[unit, key].value, rolled[unit, key].reported, rolled[unit, key].expected, sources[key].code)
        for key in keys
    }
    for line in asked:
        if line.opening and line.key in sources:
            kinds = indicators()[line.indicator].entered_at
            found[line.key] = _opening(unit, start, end, line.key, sources[line.key].code, kinds)
    return found


def _source(line: Line, day: date) -> Form | None:
    """The form in which the line is typed, wherever that is."""
    kinds = indicators()[line.indicator].entered_at
    return next((form for kind in kinds if (form := entered_in(line.indicator, kind, day, opening=line.opening))), None)


def _opening(unit: int, start: date, end: date, key: str, form: str, kinds: Collection[str]) -> Total:
    """What the units under this one began with: of their reports that begin with the period."""
    above = Ancestry.objects.filter(ancestor=unit, descendant=OuterRef("unit"))
    kind = UnitKind.objects.filter(unit=OuterRef("unit"), kind__in=kinds)
    under = Report.objects.filter(form=form, starts_on=start, ends_on__lte=end, demand=None).exclude(state=State.LAPSED)
    under = under.filter(Exists(_on_last_day(above)), Exists(_on_last_day(kind)))
    later = Submission.objects.filter(
        report=OuterRef("submission__report"), number__gt=OuterRef("submission__number"), accepted_on__isnull=False
    )
    rows = SentLine.objects.filter(
        ~Exists(later), submission__report__in=under, submission__accepted_on__isnull=False, key=key
    )
    counted = rows.aggregate(sum=Sum("value"), reported=Count("value"))
    return Total(counted["sum"], counted["reported"], under.count(), form)


def _on_last_day(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows that hold on the last day of what ends (first day out) on the outer row's `ends_on`."""
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=OuterRef("ends_on")), valid_from__lt=OuterRef("ends_on"))


def closing_before(report: Report, stock: str) -> int | None:
    """What the unit closed with before this report's days, as it was sent: its own last report, and those of the units merged into it
    on the first day. None where one of them is not known."""
    return _closings(report, stock, first_day=True)


def came_within(report: Report, stock: str) -> int | None:
    """What came with units merged into this one within the report's days: 0 where none did, None where it is not known.

    It is not known what a part of a unit that was split brought along, nor what a unit brought whose last report was not sent yet.
    """
    came = Succession.objects.filter(heir=report.unit_id, on__gt=report.starts_on, on__lt=report.ends_on)
    return _closings(report, stock, first_day=False) if came.exists() else 0


def _closings(report: Report, stock: str, *, first_day: bool) -> int | None:
    several = Succession.objects.filter(predecessor=OuterRef("predecessor")).exclude(heir=report.unit_id)
    merged = Succession.objects.filter(heir=report.unit_id)
    if first_day:
        merged = merged.filter(on=report.starts_on)
    else:
        merged = merged.filter(on__gt=report.starts_on, on__lt=report.ends_on)
    before = dict(merged.annotate(split=Exists(several)).values_list("predecessor", "split"))
    if any(before.values()):
        return None
    wanted = dict.fromkeys(before, report.starts_on)
    if not first_day:
        wanted = dict(merged.values_list("predecessor", "on"))
    elif Unit.objects.filter(pk=report.unit_id, valid_from__lt=report.starts_on).exists():
        wanted[report.unit_id] = report.starts_on
    if not wanted:
        return None
    ends = Q()
    for unit, day in wanted.items():
        ends |= Q(submission__report__unit=unit, submission__report__ends_on=day)
    sent: dict[int, int | None] = {}
    rows = SentLine.objects.filter(ends, submission__report__form=report.form, key=stock)
    for unit, value in rows.order_by("submission__number").values_list(F("submission__report__unit"), "value"):
        sent[unit] = value
    if set(sent) != set(wanted) or any(value is None for value in sent.values()):
        return None
    return sum(value or 0 for value in sent.values())


def values_before(report: Report, most: int) -> dict[str, list[int]]:
    """The unit's own values of each line in its last `most` reports of this form, as last sent, oldest first. Two queries."""
    earlier = list(
        Report.objects.filter(unit=report.unit_id, form=report.form, ends_on__lte=report.starts_on, demand=None)
        .exclude(sent_on=None)
        .order_by("-ends_on")
        .values_list("pk", flat=True)[:most]
    )
    last: dict[tuple[int, str], int | None] = {}
    rows = SentLine.objects.filter(submission__report__in=earlier).order_by("submission__number")
    for pk, key, value in rows.values_list("submission__report", "key", "value"):
        last[pk, key] = value
    found: dict[str, list[int]] = defaultdict(list)
    for pk in reversed(earlier):
        for (of, key), value in last.items():
            if of == pk and value is not None:
                found[key].append(value)
    return dict(found)
