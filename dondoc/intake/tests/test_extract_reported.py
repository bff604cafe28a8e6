"""Which units a text reports on, who has a part in it, and on which day its event was."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dondoc.intake.extract.reader import read

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "mentions" / "reported.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_the_units_the_people_and_the_day_are_those_of_the_text(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    if "units" in case:
        found = [u.unit.name if u.unit.name == u.unit.type else f"{u.unit.type} {u.unit.name}" for u in reading.units]
        assert sorted(found) == sorted(case["units"])
    if "people" in case:
        assert [person.name for person in reading.people] == case["people"]
    if "day" in case:
        assert reading.event.month_day == case["day"]
