"""What an office chose for a name is offered first in its next text, and never taken by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dondoc.intake import remembered, services
from dondoc.intake.models import Draft
from dondoc.intake.tests.drafts import HELD_ON, TEXT, Story, codes, value

# No unit of this name lives in the tree: the people of the office know which one is meant.
UNKNOWN = TEXT.replace(" (huyện Cam Lâm)", "").replace("Sơn Tân", "Hòn Mây")
NEXT = UNKNOWN.replace("78", "80")


def choose(story: Story, draft: Draft, unit: str) -> None:
    found = value(draft, "unit", name="Hòn Mây")
    content = {**found.content, "unit": story.units[unit].pk, "place": None, "how": "chosen"}
    services.save_value(found.pk, content, seen=found.counter, act=story.act())


def confirmed(story: Story, text: str = UNKNOWN, unit: str = "Xã Cam Hải Tây") -> Draft:
    draft = story.receive(text)
    choose(story, draft, unit)
    story.confirm(draft)
    return draft


def content(draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = value(draft, "unit", name="Hòn Mây").content
    return found


def test_the_next_text_is_offered_what_was_chosen_and_a_person_still_decides(story: Story) -> None:
    confirmed(story)
    draft = story.receive(NEXT)
    unit = story.units["Xã Cam Hải Tây"].pk
    assert content(draft)["unit"] is None
    assert content(draft)["candidates"][0] == unit
    assert content(draft)["last"] == unit
    assert "unit_unplaced" in codes(draft) or "unit_ambiguous" in codes(draft)


def test_a_draft_that_nobody_confirmed_teaches_nothing(story: Story) -> None:
    choose(story, story.receive(UNKNOWN), "Xã Cam Hải Tây")
    assert "last" not in content(story.receive(NEXT))


def test_what_was_withdrawn_is_forgotten(story: Story) -> None:
    draft = confirmed(story)
    draft.refresh_from_db()
    services.withdraw(draft.pk, reason="nhầm", seen=draft.version, act=story.act())
    assert "last" not in content(story.receive(NEXT))


def test_the_latest_choice_goes_first_and_the_earlier_one_stays_below(story: Story) -> None:
    confirmed(story)
    confirmed(story, UNKNOWN.replace("78", "79").replace("28-4-2023", "27-4-2023"), "Xã Cam Thành Bắc")
    told = content(story.receive(NEXT))
    first, second = (story.units[name].pk for name in ("Xã Cam Thành Bắc", "Xã Cam Hải Tây"))
    assert told["candidates"][:2] == [first, second]
    assert told["last"] == first


def test_a_name_under_another_superior_is_another_name(story: Story) -> None:
    confirmed(story)
    draft = story.receive(NEXT.replace("xã Hòn Mây về", "xã Hòn Mây (huyện Vạn Ninh) về", 1))
    assert content(draft)["parent"] == "huyện Vạn Ninh"
    assert "last" not in content(draft)


def test_another_office_is_told_nothing(story: Story) -> None:
    confirmed(story)
    waiting: dict[str, Any] = {"type": "xã", "name": "Hòn Mây", "parent": "", "unit": None, "how": "", "candidates": []}
    remembered.offer([waiting], story.units["Huyện ủy Vạn Ninh"].pk, HELD_ON)
    assert "last" not in waiting
    remembered.offer([waiting], story.office.pk, HELD_ON)
    assert waiting["last"] == story.units["Xã Cam Hải Tây"].pk


def test_a_unit_that_no_longer_lives_is_not_offered(story: Story) -> None:
    confirmed(story)
    waiting: dict[str, Any] = {"type": "xã", "name": "Hòn Mây", "parent": "", "unit": None, "how": "", "candidates": []}
    remembered.offer([waiting], story.office.pk, HELD_ON - timedelta(days=40000))
    assert waiting["candidates"] == []


def test_a_settled_name_keeps_what_the_tree_says(story: Story) -> None:
    settled = {"type": "xã", "name": "Sơn Tân", "parent": "", "unit": 5, "how": "matched", "candidates": [5], "last": 4}
    remembered.offer([settled], story.office.pk, HELD_ON)
    assert settled == {"type": "xã", "name": "Sơn Tân", "parent": "", "unit": 5, "how": "matched", "candidates": [5]}


@pytest.mark.parametrize("guessed", [{"unit": 999, "place": None}, {"unit": None, "place": "21337"}])
def test_what_was_only_guessed_is_open_again_where_the_office_chose_otherwise(
    guessed: dict[str, Any], story: Story
) -> None:
    confirmed(story)
    chosen = story.units["Xã Cam Hải Tây"].pk
    found = {"type": "xã", "name": "Hòn Mây", "parent": "", "how": "leader", "candidates": [], "places": [], **guessed}
    remembered.offer([found], story.office.pk, HELD_ON)
    assert (found["unit"], found["place"], found["how"]) == (None, None, "")
    assert found["candidates"] == [chosen, *filter(None, [guessed["unit"]])]
    assert found["places"] == [*filter(None, [guessed["place"]])]


def test_a_guess_that_the_office_made_too_stays(story: Story) -> None:
    confirmed(story)
    unit = story.units["Xã Cam Hải Tây"].pk
    found = {"type": "xã", "name": "Hòn Mây", "parent": "", "how": "leader", "unit": unit, "candidates": [unit]}
    remembered.offer([found], story.office.pk, HELD_ON)
    assert (found["unit"], found["how"]) == (unit, "leader")


def test_the_page_says_that_the_office_chose_it_last_time(story: Story, client: Any) -> None:
    confirmed(story)
    draft = story.receive(NEXT)
    client.force_login(story.clerk)
    row = value(draft, "unit", name="Hòn Mây")
    shown = client.get(f"{reverse('intake:draft', args=[draft.pk])}?edit={row.pk}").content.decode()
    assert "lần trước cơ quan đã chọn" in shown
