"""A unit's own plan for the year: another figure than the target that its superior assigns to it."""

from collections.abc import Mapping

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.wording import number
from dondoc.organisations.models import Unit
from dondoc.targets import rules
from dondoc.targets.models import Decision, Kind, Target

from .claiming import LONGEST_SOURCE, aim_of, claim, decide
from .values import Base, Basis


def plan(
    unit: int,
    indicator: str,
    year: int,
    values: Mapping[str, int],
    *,
    way: str,
    basis: Basis,
    base: Base | None = None,
    seen: int,
    act: Act,
) -> Decision:
    """Set the unit's plan: indicator → number, the whole and any breakdowns. `way` as for `assign`.

    Refused: no number for the whole, a breakdown above it, a unit that does not live on the day (422); changed meanwhile (409).
    """
    aim = aim_of(indicator)
    columns = {one.key: one.name for one in aim.columns}
    if indicator not in values or any(key not in columns or not 0 <= n <= rules.LARGEST for key, n in values.items()):
        raise Refused("targets.not_a_count", INVALID)
    for part, whole in aim.part_of.items():
        if part in values and whole in values and values[part] > values[whole]:
            shown = {"indicator": columns[part], "part": number(values[part]), "whole": number(values[whole])}
            raise Refused("targets.total_part_over_whole", INVALID, **shown)
    if base:
        examine_words(base.source, LONGEST_SOURCE)
    if not Unit.objects.on(basis.holds_from).filter(pk=unit).exists():
        raise Refused("targets.unit_not_alive", INVALID)
    with writing(act):
        sheet = claim(unit, indicator, year, seen)
        decision, rows = decide(sheet, Kind.PLAN, way, values, basis, act)
        targets = Target.objects.bulk_create(
            Target(
                decision=decision,
                unit_id=unit,
                indicator=key,
                year=year,
                value=value,
                base=base.value if base and key == indicator else None,
                base_on=base.on if base and key == indicator else None,
                base_source=base.source if base and key == indicator else "",
            )
            for key, value in values.items()
        )
        data = {"indicator": indicator, "year": year, "value": values[indicator], "decision": decision.pk}
        record("targets.planned", decision, unit=unit, data=data, rows=[*rows, *targets])
    return decision
