"""Writing the ledger: a value is recorded, corrected by a new version, or superseded; never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dondoc.documents.models import Source
from dondoc.history.services import Act, record, writing
from dondoc.lib.periods import Interval
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.wording import number
from dondoc.organisations.services import queue

from . import rules
from .indicators import indicators
from .models import Figure
from .standing import month_of, touching
from .totals import following

LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Line:
    """What a unit says of one indicator in `record_figures`. `value` None: it says nothing (any more). `origin_key`: the row it is from."""

    indicator: str
    value: int | None
    origin_key: int | None = None


def record_figures(
    unit: int,
    lines: Sequence[Line],
    days: Interval,
    *,
    origin: str,
    act: Act,
    said_on: date | None = None,
    reason: str = "",
) -> list[Figure]:
    """Enter what a unit says of several indicators for the same days, such as the lines of an accepted report; one history entry, few queries.

    `days` are those of the part reported: a flow counts over all of them, a stock holds on the last. `said_on` is the day on which it
    was said (default: that of the act). A figure that the same origin gave before for any of these days gives way: with the same value
    and days it stays as it is (also its `origin_key`), otherwise it ends with `reason` and the new one is its next version. Returned are
    the figures that hold now, in the order of the lines.

    Refused (422): an unknown indicator, a value that is no count, another value than before without a reason. ValueError: an indicator
    named twice, days without an end. It takes its turn with reorganisations (`organisations.services.queue`): a caller that locks rows
    of its own calls `queue` before that.
    """
    named = [line.indicator for line in lines]
    if days.end is None or len(set(named)) < len(named):
        raise ValueError("a report has a last day, and says one thing of each indicator")
    for line in lines:
        if line.indicator not in indicators():
            raise Refused("figures.unknown_indicator", INVALID)
        if line.value is not None and not 0 <= line.value < LARGEST:
            raise Refused("figures.not_a_count", INVALID)
    with writing(act):
        queue()
        before: dict[str, list[Figure]] = {}
        for old in touching(unit, named, days).filter(origin=origin).order_by("pk"):
            if old.on is None or old.on == days.end - timedelta(1):
                before.setdefault(old.indicator, []).append(old)
        made = {
            line.indicator: _made(unit, line, days, origin, act, said_on) for line in lines if line.value is not None
        }
        kept = {key: old for key, new in made.items() for old in before.get(key, []) if _same(old, new)}
        ended = [old for key, group in before.items() for old in group if kept.get(key) is not old]
        new = {key: one for key, one in made.items() if key not in kept}
        if ended and not reason.strip():
            raise Refused("figures.no_reason", INVALID)
        for old in ended:
            old.superseded_at, old.reason, old.standing = act.at, reason.strip()[:300], ""
            if old.indicator in new and new[old.indicator].replaces is None:
                new[old.indicator].replaces = old
        if new or ended:
            touched = dict.fromkeys([*new, *(old.indicator for old in ended)])
            with following(unit, touched, rules.hull(days, [_days(old) for old in ended])):
                Figure.objects.filter(pk__in=[old.pk for old in ended]).update(
                    superseded_at=act.at, reason=reason.strip()[:300], standing=""
                )
                Figure.objects.bulk_create(new.values())
            subject = next(iter(new.values()), None) or ended[0]
            written = [one for one in [*new.values(), *ended] if one is not subject]
            data = {"from": days.start, "to": days.end - timedelta(1), "figures": len(new), "ended": len(ended)}
            record("figures.taken_over", subject, unit=unit, data=data, rows=written)
    return [kept.get(key) or made[key] for key in named if key in made]


def _made(unit: int, line: Line, days: Interval, origin: str, act: Act, said_on: date | None) -> Figure:
    stock = indicators()[line.indicator].nature == "stock"
    on = days.end - timedelta(1) if stock and days.end else None
    return Figure(
        unit_id=unit,
        indicator=line.indicator,
        period="" if stock else rules.written(days),
        starts_on=None if stock else days.start,
        ends_on=None if stock else days.end,
        on=on,
        month=month_of(on, days),
        value=line.value or 0,
        origin=origin,
        origin_key=line.origin_key,
        said_on=said_on or act.day,
        recorded_at=act.at,
        standing=rules.COUNTS,
    )


def _same(old: Figure, new: Figure) -> bool:
    fields = ("value", "on", "starts_on", "ends_on", "qualifier")
    return all(getattr(old, field) == getattr(new, field) for field in fields)


def _days(figure: Figure) -> Interval:
    """The days of a figure; of a stock the one on which it holds."""
    if figure.on is not None:
        return Interval(figure.on, figure.on + timedelta(1))
    assert figure.starts_on is not None
    return Interval(figure.starts_on, figure.ends_on)


def record_figure(
    unit: int,
    indicator: str,
    value: int,
    *,
    period: str | None,
    said_on: date,
    origin: str,
    act: Act,
    source: Source | None = None,
    span: tuple[int, int] | None = None,
    qualifier: str = "exact",
    derived: bool = False,
    origin_key: int | None = None,
) -> Figure:
    """Enter one value, counted in the indicator's smallest unit; `said_on` is the day on which it was said, `origin_key` the row it is from.

    Every source keeps a row of its own, also where it agrees with others, so that withdrawing one takes nothing from another; pages join
    the equal ones. Only what the same source says once more is returned as it is. Refused (422): an unknown indicator, a negative or absurd value, a flow without a period.
    """
    known = indicators().get(indicator)
    if known is None:
        raise Refused("figures.unknown_indicator", INVALID)
    if not 0 <= value < LARGEST:
        raise Refused("figures.not_a_count", INVALID)
    place = rules.when(known.nature, period, said_on)
    if place is None:
        raise Refused("figures.no_period", INVALID, indicator=known.name)
    figure = Figure(
        unit_id=unit,
        indicator=indicator,
        period=place.period,
        starts_on=place.days.start if place.days else None,
        ends_on=place.days.end if place.days else None,
        on=place.on,
        month=month_of(place.on, place.days),
        value=value,
        qualifier=qualifier,
        derived=derived,
        origin=origin,
        origin_key=origin_key,
        source=source,
        span_start=span[0] if span else None,
        span_end=span[1] if span else None,
        said_on=said_on,
        recorded_at=act.at,
        standing=rules.COUNTS,
    )
    with writing(act):
        queue()
        said = ("unit_id", "indicator", "period", "on", "value", "qualifier", "source", "origin_key")
        same = Figure.objects.filter(superseded_at=None, **{field: getattr(figure, field) for field in said}).first()
        if same is not None:
            return same
        with following(unit, [indicator], _days(figure)):
            figure.save(force_insert=True)
        record("figures.recorded", figure, unit=unit, data={"indicator": indicator, "value": value})
    return figure


def correct_figure(pk: int, *, value: int, reason: str, act: Act) -> Figure:
    """Put a new version in the place of the one seen (`pk` is the version), with a reason that stays on the old one.

    Refused: without a reason or with a value that is no count (422); when the version seen is no longer the latest (409).
    """
    if not reason.strip():
        raise Refused("figures.no_reason", INVALID)
    if not 0 <= value < LARGEST:
        raise Refused("figures.not_a_count", INVALID)
    with writing(act):
        queue()
        new = Figure.objects.get(pk=pk)
        with following(new.unit_id, [new.indicator], _days(new)):
            old = _end(pk, reason, act)
            new.pk, new.value, new.derived, new.qualifier = None, value, False, "exact"
            new.recorded_at, new.superseded_at, new.reason, new.replaces = act.at, None, "", old
            new.standing = rules.COUNTS
            new.save(force_insert=True)
        data = {"indicator": new.indicator, "from": old.value, "to": value}
        record("figures.corrected", new, unit=new.unit_id, data=data, rows=[old])
    return new


def supersede(pk: int, *, reason: str, act: Act) -> Figure:
    """End a version without a new one, as when its draft is withdrawn. Refused as in `correct_figure`."""
    if not reason.strip():
        raise Refused("figures.no_reason", INVALID)
    with writing(act):
        queue()
        figure = Figure.objects.get(pk=pk)
        with following(figure.unit_id, [figure.indicator], _days(figure)):
            figure = _end(pk, reason, act)
        record("figures.superseded", figure, unit=figure.unit_id, data={"indicator": figure.indicator})
    return figure


def _end(pk: int, reason: str, act: Act) -> Figure:
    ended = Figure.objects.filter(pk=pk, superseded_at=None).update(
        superseded_at=act.at, reason=reason.strip()[:300], standing=""
    )
    figure = Figure.objects.get(pk=pk)
    if not ended:
        latest = Figure.objects.filter(
            unit=figure.unit_id, indicator=figure.indicator, period=figure.period, on=figure.on, superseded_at=None
        ).last()
        name = indicators()[figure.indicator].name
        raise Refused("figures.changed_meanwhile", current=[(name, number(latest.value if latest else None))])
    return figure
