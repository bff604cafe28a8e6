"""From what the reader found to the values of a draft. Pure: the reader's values in, contents out, units by their place in the list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .extract.reading import Reading, Span, UnitName


@dataclass(slots=True)
class Drafted:
    """A value about to be stored. `of` is the position of its unit among the drafted units, to be replaced by that value's key."""

    kind: str
    name: str
    content: dict[str, Any]
    span: Span | None = None
    rule: str = ""
    derived: bool = False
    of: int | None = None
    has_unit: bool = False


@dataclass(slots=True)
class _Units:
    drafted: list[Drafted] = field(default_factory=list)
    places: dict[tuple[str, str], int] = field(default_factory=dict)

    def place(self, unit: UnitName, span: Span | None, *, in_session: bool) -> int:
        key = (unit.type, unit.name)
        if key not in self.places:
            self.places[key] = len(self.drafted)
            parent = f"{unit.parent.type} {unit.parent.name}".strip() if unit.parent else ""
            content = {
                "type": unit.type,
                "name": unit.name,
                "parent": parent,
                "in_session": in_session,
                "unit": None,
                "how": "",
                "candidates": [],
                "place": None,
                "places": [],
                "elsewhen": [],
            }
            self.drafted.append(Drafted("unit", "", content, span))
        return self.places[key]


def drafted(reading: Reading) -> list[Drafted]:
    """The values of a draft: the session's fields (also those not found, so that a person can fill them), units, figures, findings, directives."""
    units = _units(reading)
    rest = [
        *_figures(reading, units),
        *_findings(reading, units),
        *_directives(reading, units),
    ]
    return [*_event(reading), *units.drafted, *rest]


def _event(reading: Reading) -> Iterable[Drafted]:
    event = reading.event
    day = event.date.isoformat() if event.date else None
    month_day = None if day else event.month_day
    yield Drafted(
        "event", "date", {"day": day, "month_day": month_day}, event.date_span, event.rule if event.date_span else ""
    )
    # A leader often has several posts, of which the text's own first choice need not be the one in the tree.
    roles = next((person.roles for person in reading.people if person.name == event.leader_name), ())
    leader = {"said": ", ".join(roles) or event.leader_post or "", "post": None, "how": ""}
    yield Drafted("event", "leader", leader, event.leader_span, event.rule if event.leader_span else "")
    yield Drafted(
        "event", "topic", {"text": event.topic or ""}, event.topic_span, event.rule if event.topic_span else ""
    )
    for name, year, span in (
        ("year_reviewed", event.year_reviewed, event.year_reviewed_span),
        ("year_planned", event.year_planned, event.year_planned_span),
    ):
        yield Drafted("event", name, {"year": year}, span, event.rule if span else "")
    first = reading.text.strip().partition("\n")[0][:300].strip()
    yield Drafted("event", "title", {"text": reading.title or first}, reading.title_span)
    yield Drafted("event", "publisher", {"text": reading.publisher or ""})
    yield Drafted("event", "published", {"day": reading.published.isoformat() if reading.published else None})


def _units(reading: Reading) -> _Units:
    units = _Units()
    for unit in reading.units:
        units.place(unit.unit, unit.mentions[0] if unit.mentions else None, in_session=unit.unit.type != "toàn Đảng")
    return units


def _figures(reading: Reading, units: _Units) -> Iterable[Drafted]:
    for fact in reading.facts:
        of = units.place(fact.unit, fact.unit_span, in_session=False) if fact.unit else None
        content = {
            "of": None,
            "indicator": fact.indicator,
            "value": str(fact.value),
            "qualifier": fact.qualifier,
            "period": fact.period,
            "label": fact.label,
            "optional": fact.optional,
            "explanation": fact.explanation,
        }
        yield Drafted("figure", "", content, fact.span, fact.rule, fact.derived, of, True)


def _findings(reading: Reading, units: _Units) -> Iterable[Drafted]:
    for finding in reading.findings:
        of = units.place(finding.unit, None, in_session=False) if finding.unit else None
        yield Drafted(
            "finding",
            "",
            {"finding": finding.kind, "of": None, "new": False},
            finding.span,
            finding.rule,
            of=of,
            has_unit=True,
        )


def _directives(reading: Reading, units: _Units) -> Iterable[Drafted]:
    for directive in reading.directives:
        named = directive.to if isinstance(directive.to, UnitName) else None
        of = units.place(named, directive.to_span, in_session=False) if named else None
        words = (
            directive.to_span.of(reading.text)
            if directive.to_span
            else str(directive.to or "")
            if named is None
            else ""
        )
        content = {
            "receivers": directive.receivers,
            "to": words or (f"{named.type} {named.name}".strip() if named else ""),
            "of": None,
            "deadline": directive.deadline,
            "regular": directive.regular,
            "cadence": directive.cadence,
            "new": False,
        }
        yield Drafted("directive", "", content, directive.span, directive.rule, of=of, has_unit=True)
