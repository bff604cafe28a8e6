"""Writing the ledger: a value is recorded, corrected by a new version, or superseded; never overwritten."""

from datetime import date

from dondoc.documents.models import Source
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.wording import number

from . import rules
from .indicators import indicators
from .models import Figure

LARGEST = 10**15


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
    with writing(act):
        same = Figure.objects.filter(
            unit=unit,
            indicator=indicator,
            period=place.period,
            on=place.on,
            value=value,
            qualifier=qualifier,
            source=source,
            origin_key=origin_key,
            superseded_at=None,
        ).first()
        if same is not None:
            return same
        figure = Figure.objects.create(
            unit_id=unit,
            indicator=indicator,
            period=place.period,
            starts_on=place.days.start if place.days else None,
            ends_on=place.days.end if place.days else None,
            on=place.on,
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
        )
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
        old = _end(pk, reason, act)
        new = Figure.objects.get(pk=pk)
        new.pk, new.value, new.derived, new.qualifier = None, value, False, "exact"
        new.recorded_at, new.superseded_at, new.reason, new.replaces = act.at, None, "", old
        new.save(force_insert=True)
        data = {"indicator": new.indicator, "from": old.value, "to": value}
        record("figures.corrected", new, unit=new.unit_id, data=data, rows=[old])
    return new


def supersede(pk: int, *, reason: str, act: Act) -> Figure:
    """End a version without a new one, as when its draft is withdrawn. Refused as in `correct_figure`."""
    if not reason.strip():
        raise Refused("figures.no_reason", INVALID)
    with writing(act):
        figure = _end(pk, reason, act)
        record("figures.superseded", figure, unit=figure.unit_id, data={"indicator": figure.indicator})
    return figure


def _end(pk: int, reason: str, act: Act) -> Figure:
    ended = Figure.objects.filter(pk=pk, superseded_at=None).update(superseded_at=act.at, reason=reason.strip()[:300])
    figure = Figure.objects.get(pk=pk)
    if not ended:
        latest = Figure.objects.filter(
            unit=figure.unit_id, indicator=figure.indicator, period=figure.period, on=figure.on, superseded_at=None
        ).last()
        name = indicators()[figure.indicator].name
        raise Refused("figures.changed_meanwhile", current=[(name, number(latest.value if latest else None))])
    return figure
