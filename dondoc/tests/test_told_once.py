"""A story that is told once is new to each of its tests, and unknown to every other."""

import pytest

from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw
from dondoc.tests.told_once import Stage, told_once

TELLINGS: list[str] = []


def tell() -> dict[str, Unit]:
    TELLINGS.append("again")
    return draw("Tỉnh ủy > Huyện ủy A")


units = told_once(tell, name="units")


@told_once
def others() -> dict[str, Unit]:
    return draw("Tỉnh ủy B")


@pytest.mark.parametrize("time", [1, 2])
def test_what_one_test_does_is_not_there_for_the_next(units: dict[str, Unit], time: int) -> None:
    assert [unit.code for unit in units.values()] == ["tinh-uy", "huyen-uy-a", "huyen-uy-a"]
    assert Unit.objects.count() == 2
    units.pop("Huyện ủy A").parents.all().delete()
    units["Tỉnh ủy"].code = "changed"
    units["Tỉnh ủy"].save()


def test_the_next_test_gets_a_copy_without_a_second_telling(units: dict[str, Unit], stage: Stage) -> None:
    before = len(TELLINGS)
    again = stage.show(tell)
    assert len(TELLINGS) == before
    assert again == units
    assert again["Tỉnh ủy"] is not units["Tỉnh ủy"]


def test_another_story_finds_nothing_of_this_one(others: dict[str, Unit]) -> None:
    assert list(Unit.objects.values_list("code", flat=True)) == ["tinh-uy-b"]


@pytest.mark.django_db
def test_a_test_that_asks_for_no_story_finds_none() -> None:
    assert not Unit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_is_refused_a_story(request: pytest.FixtureRequest) -> None:
    with pytest.raises(AssertionError, match="commits cannot go on from units"):
        request.getfixturevalue("units")
