"""The frame of every page: at most eight words, the right ones for each kind of post, and not one query."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.models import PostKind
from dondoc.accounts.tests.people import actor, hold
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw
from dondoc.overview.context import PLACES, frame
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db

TODAY = date(2023, 4, 28)


@told_once
def unit() -> Unit:
    return draw("Tỉnh ủy")["Tỉnh ủy"]


def shown(unit: Unit | None, kind: str = "leader", path: str = "/", on: date = TODAY) -> dict[str, Any]:
    request = RequestFactory().get(path)
    request.today, request.on, request.demonstration = TODAY, on, None  # type: ignore[attr-defined]
    request.actor = actor(hold(unit, kind), TODAY) if unit else None  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as seen:
        found: dict[str, Any] = frame(request)["frame"]
    assert len(seen) == 0
    return found


@pytest.mark.parametrize("kind", PostKind.values)
def test_the_rail_has_at_most_eight_places_and_the_phone_four(unit: Unit, kind: str) -> None:
    found = shown(unit, kind)
    assert 2 <= len(found["rail"]) <= 8
    assert len(found["bottom"]) <= 4
    assert found["rail"][0]["current"]


def test_each_place_has_its_page(unit: Unit) -> None:
    assert all(reverse(place.name).startswith("/") for place in PLACES)


def test_only_the_administrator_is_led_to_the_posts_and_only_the_auditor_to_the_record(unit: Unit) -> None:
    urls = {kind: {item["url"] for item in shown(unit, kind)["rail"]} for kind in PostKind.values}
    posts, record = reverse("accounts:people"), reverse("accounts:history")
    assert all(reverse("directives:list") not in urls[kind] for kind in ("administrator", "auditor"))
    assert [kind for kind in PostKind.values if posts in urls[kind]] == ["administrator"]
    assert [kind for kind in PostKind.values if record in urls[kind]] == ["auditor"]


def test_another_day_is_said_with_the_way_back_and_nothing_else_of_the_address_is_lost(unit: Unit) -> None:
    found = shown(unit, path="/overview/search/?q=xa&on=27/04/2023", on=date(2023, 4, 27))
    assert (found["on_is_today"], found["back_to_today_url"]) == (False, "/overview/search/?q=xa")
    assert found["search_text"] == "xa"


def test_paper_says_whose_it_is(unit: Unit) -> None:
    found = shown(unit)
    assert (found["print_organisation"], found["actor_label"]) == ("Tỉnh ủy", "leader tinh-uy")


def test_a_visitor_sees_neither_places_nor_posts() -> None:
    assert set(shown(None)) == {"today", "demonstration"}
