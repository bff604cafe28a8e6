"""Sharing a year's number out to all the units directly below at once."""

from collections.abc import Mapping
from datetime import date

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.services import queue
from dondoc.targets import rules
from dondoc.targets.carry import derive
from dondoc.targets.content import Aim
from dondoc.targets.models import Decision, Kind, Sheet, Target
from dondoc.targets.queries import in_force, receivers

from .claiming import LONGEST, LONGEST_SOURCE, aim_of, claim, decide
from .values import Base, Basis


def save_draft(unit: int, indicator: str, year: int, typed: Mapping[str, str], *, seen: int, act: Act) -> Sheet:
    """Keep a sheet that is not finished, as it was typed: it may lack lines and need not add up. No entry in the history."""
    aim_of(indicator)
    for words in typed.values():
        examine_words(words, LONGEST)
    with writing(act):
        return claim(unit, indicator, year, seen, draft=dict(typed), drafted_by_id=act.person, drafted_on=act.day)


def assign(
    unit: int,
    indicator: str,
    year: int,
    numbers: Mapping[int, Mapping[str, int]],
    totals: Mapping[str, int],
    *,
    way: str,
    basis: Basis,
    bases: Mapping[int, Base] | None = None,
    seen: int,
    act: Act,
) -> Decision:
    """Assign the year's numbers to every unit directly below: unit → indicator → number, and the headlines they must add up to.

    `way`: "first", "adjusted" (other numbers from a later day on) or "corrected" (the decision before was written down wrongly).
    Refused: a unit that is not directly below on the day, a sheet that does not add up, with the difference, a breakdown above its
    whole, an adjustment or correction without a reason (422); a sheet that has changed since it was seen (409).
    """
    aim = aim_of(indicator)
    for base in (bases or {}).values():
        examine_words(base.source, LONGEST_SOURCE)
    _refuse_what_does_not_add_up(aim, unit, year, basis.holds_from, numbers, totals)
    with writing(act):
        # It takes its turn with reorganisations: who ends a unit at the same moment finds its target, or is found here.
        queue()
        sheet = claim(unit, indicator, year, seen, draft={}, drafted_by=None, drafted_on=None)
        decision, rows = decide(sheet, Kind.ASSIGNED, way, totals, basis, act)
        known = bases or {}
        targets = Target.objects.bulk_create(
            Target(
                decision=decision,
                unit_id=one,
                indicator=column.key,
                year=year,
                value=values[column.key],
                base=known[one].value if one in known and column.key == indicator else None,
                base_on=known[one].on if one in known and column.key == indicator else None,
                base_source=known[one].source if one in known and column.key == indicator else "",
            )
            for one, values in numbers.items()
            for column in aim.columns
            if column.key in values
        )
        data = {"indicator": indicator, "year": year, "total": totals[indicator], "decision": decision.pk}
        record("targets.assigned", decision, unit=unit, data=data, rows=[*rows, *targets])
        for one in targets:
            if one.indicator == indicator:
                said = {"indicator": indicator, "year": year, "value": one.value}
                record("targets.received", one, unit=one.unit_id, data=said)
        derive(list(numbers), act)
    return decision


def _refuse_what_does_not_add_up(
    aim: Aim,
    unit: int,
    year: int,
    holds_from: date,
    numbers: Mapping[int, Mapping[str, int]],
    totals: Mapping[str, int],
) -> None:
    below = receivers(unit, max(holds_from, date(year, 1, 1)))
    names = {one.unit: one.name for one in below}
    if not below or set(numbers) - set(names):
        raise Refused("targets.not_directly_below", INVALID)
    columns = {one.key for one in aim.columns}
    given = [*totals.items(), *(item for values in numbers.values() for item in values.items())]
    if any(key not in columns or not 0 <= value <= rules.LARGEST for key, value in given):
        raise Refused("targets.not_a_count", INVALID)
    # A breakdown that is left out goes on holding, so it too is held against the new whole.
    held = {
        key: pair.assigned.value for key, pair in in_force(names, year, columns, holds_from).items() if pair.assigned
    }
    lines = []
    for one in below:
        kept = {part: held[one.unit, part] for part in aim.part_of if (one.unit, part) in held and part not in totals}
        lines.append(rules.Given(one.unit, one.name, kept | dict(numbers.get(one.unit, {}))))
    for problem in rules.check(lines, totals, aim.key, aim.part_of):
        names_of = {one.key: one.name for one in aim.columns}
        data = {
            name: names_of.get(value, value) if name == "indicator" else value for name, value in problem.data.items()
        }
        raise Refused(problem.code, INVALID, **data)
