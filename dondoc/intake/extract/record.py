"""A reading as the plain record that the gold articles hold."""

from decimal import Decimal
from typing import Any

from dondoc.intake.extract.reading import Number, Reading, Span, UnitName


def as_record(reading: Reading) -> dict[str, Any]:
    """The reading in the form of `gold`, ready for JSON; each item also names its rule."""
    event = reading.event
    return {
        "published": reading.published.isoformat() if reading.published else None,
        "event": {
            "date": event.date.isoformat() if event.date else None,
            "month_day": event.month_day,
            "kind": event.kind,
            "topic": event.topic,
            "rule": event.rule,
        },
        "people": [{"name": p.name, "roles": list(p.roles), "rule": p.rule} for p in reading.people],
        "units": [_unit(u.unit) for u in reading.units],
        "facts": [
            {
                "unit": _unit(f.unit),
                "indicator": f.indicator,
                "value": _number(f.value),
                "qualifier": f.qualifier,
                "period": f.period,
                "span": _span(f.span),
                "derived": f.derived,
                "rule": f.rule,
            }
            | ({"label": f.label} if f.label else {})
            | ({"optional": True} if f.optional else {})
            | ({"explanation": f.explanation} if f.explanation else {})
            for f in reading.facts
        ],
        "findings": [
            {"kind": f.kind, "unit": _unit(f.unit), "span": _span(f.span), "rule": f.rule, "by": f.by}
            for f in reading.findings
        ],
        "directives": [
            {
                "to": _unit(d.to) if isinstance(d.to, UnitName) else d.to,
                "by": d.by,
                "span": _span(d.span),
                "deadline": d.deadline,
                "rule": d.rule,
                "receivers": d.receivers,
            }
            for d in reading.directives
        ],
        "negative": reading.negative,
    }


def _unit(unit: UnitName | None) -> dict[str, Any] | None:
    if unit is None:
        return None
    record: dict[str, Any] = {"type": unit.type, "name": unit.name}
    if unit.parent is not None:
        record["parent"] = _unit(unit.parent)
    return record


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _number(value: Number) -> int | float:
    return float(value) if isinstance(value, Decimal) else value
