"""The kinds of unit as content: what the file says, and each way to write it wrong."""

from datetime import date
from typing import Any

import pytest

from dondoc.organisations.kinds import kinds, read_kinds


def test_the_district_level_cannot_be_given_from_1_july_2025() -> None:
    assert kinds()["district"].in_force(date(2025, 6, 30))
    assert not kinds()["district"].in_force(date(2025, 7, 1))


def test_a_commune_is_a_grassroots_organisation_before_and_a_committee_above_them_after() -> None:
    before, after = kinds()["commune_grassroots"], kinds()["commune"]
    assert before.until == after.since == date(2025, 7, 1)
    assert before.level == after.level < kinds()["grassroots"].level


def test_the_front_and_mass_organisations_of_a_commune_stand_below_it() -> None:
    for code, kind in kinds().items():
        if code.endswith("_commune"):
            assert kind.family != "party"
            assert kind.level > kinds()["commune"].level


RIGHT: dict[str, Any] = {"name": "X", "family": "party", "level": 4, "basis": "[K]"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (RIGHT | {"colour": "red"}, "kinds.yaml: x has colour; known are"),
        ({"name": "X"}, "kinds.yaml: x lacks basis, family, level"),
        (RIGHT | {"family": "cats"}, "kinds.yaml: x is of family 'cats'; write party, front, mass, state"),
        (RIGHT | {"level": 0}, "kinds.yaml: x has level 0; write 1 to 9"),
        (RIGHT | {"from": "July"}, "kinds.yaml: x has from 'July'; write a day as 2025-07-01"),
        (
            RIGHT | {"from": date(2025, 7, 1), "to": date(2025, 7, 1)},
            "kinds.yaml: x ends on 2025-07-01, before it begins",
        ),
    ],
)
def test_a_kind_written_wrong_stops_with_one_line(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=r"kinds\.yaml") as wrong:
        read_kinds({"x": fields})
    assert str(wrong.value).startswith(said)
