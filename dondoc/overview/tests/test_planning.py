"""The targets of the invented district: planned and shared out, in the numbers that the content asks for."""

from datetime import date
from typing import Any

import pytest
import yaml

from dondoc.overview.management.commands.simulate import CONTENT
from dondoc.overview.simulation.cells import Cell
from dondoc.overview.simulation.planning import Planning
from dondoc.targets.models import Sheet
from dondoc.targets.tests.place import Land


@pytest.mark.django_db
def test_the_district_has_a_plan_and_gives_its_communes_targets_with_their_youth() -> None:
    land = Land()
    for name, kind in (("Huyện ủy A", "leader"), ("Xã A1", "head"), ("Xã A2", "head")):
        land.person(name, kind)
    land.person("Xã A3", "head")
    cells = {land.unit(f"Chi bộ {n}"): Cell(20, 0) for n in range(1, 7)}
    years: dict[str, Any] = {
        "plans": {"dated_on": date(2024, 1, 4), "share": 6.0},
        "communes": {"dated_on": date(2024, 1, 12), "share": 5.0, "number": 7, "youth": 50},
    }
    content = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["targets"] | {"years": {2024: years}}
    planning = Planning(content, land.units["Huyện ủy A"], cells)
    days = list(planning.of_month(date(2024, 1, 1)))
    assert (days, list(planning.of_month(date(2024, 2, 1)))) == (
        [(date(2024, 1, 4), "plans"), (date(2024, 1, 12), "communes")],
        [],
    )
    for day, what in days:
        planning.decide(what, day)
    district = land.pair("Huyện ủy A")
    assert district.plan is not None
    assert (district.plan.value, district.assigned) == (7, None)
    youth = land.pair("Xã A2", indicator="admissions_youth").assigned
    assert (land.assigned("Xã A2"), youth and youth.value) == (3, 2)
    assert Sheet.objects.get(unit=land.unit("Huyện ủy A")).version == 2
