"""The frame of the pages, with everything given and with nothing given."""

from datetime import date
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

TODAY = date(2025, 7, 1)
PAGE = (
    '{% extends "web/base.html" %}{% block title %}Chỉ đạo <b>{% endblock %}'
    "{% block head_sentence %}{{ sentence }}{% endblock %}"
)


class Person:
    is_authenticated = True

    def __str__(self) -> str:
        return "vanphong"


def place(label: str, current: bool = False) -> dict[str, Any]:
    return {"label": label, "url": f"/{label}/", "icon": "network", "current": current}


def page(source: str = PAGE, **context: Any) -> str:
    # Without a request's context processors, so that only what is given is there.
    template = engines["django"].engine.from_string(source)  # type: ignore[attr-defined]
    from django.template import Context

    return str(template.render(Context({"request": RequestFactory().get("/x/?a=1"), **context})))


def full(**changes: Any) -> dict[str, Any]:
    return {
        "rail": [place("to-chuc", current=True), place("so-lieu")],
        "bottom": [place("to-chuc")],
        "search_url": "/tim/",
        "actor_label": "Chánh Văn phòng",
        "posts": [
            {"id": 1, "label": "Chánh Văn phòng", "current": True},
            {"id": 2, "label": "Bí thư Chi bộ", "current": False},
        ],
        "switch_url": "/doi/",
        "on": TODAY,
        "today": TODAY,
        "on_is_today": True,
        "back_to_today_url": "/x/",
        **changes,
    }


def test_a_page_needs_no_frame_at_all() -> None:
    text = page()
    assert '<main class="main ' in text
    assert 'class="rail"' not in text
    assert 'class="demo"' not in text
    assert 'class="lead"' not in text, "no empty paragraph"


def test_the_title_is_the_heading_too() -> None:
    text = page()
    assert "<h1>Chỉ đạo <b></h1>" in text
    assert "<title>Chỉ đạo <b> · Đôn Đốc</title>" in text


def test_a_typed_title_is_escaped_in_both_places() -> None:
    text = page('{% extends "web/base.html" %}{% block title %}{{ name }}{% endblock %}', name="<script>")
    assert text.count("&lt;script&gt;") == 2


def test_the_current_place_is_marked() -> None:
    text = page(frame=full())
    assert 'href="/to-chuc/" aria-current="page"' in text
    assert 'href="/so-lieu/" aria-current' not in text


def test_another_day_is_said_in_words_with_one_way_back() -> None:
    text = page(frame=full(on=date(2023, 4, 28), on_is_today=False))
    assert 'class="other-day ' in text
    assert "Thứ Sáu, 28/04/2023, không phải hôm nay (01/07/2025)" in text
    assert text.count("Về hôm nay") == 2, "in the note and in the menu of the day"
    assert "không phải hôm nay" not in page(frame=full())


def test_choosing_a_day_keeps_the_filters_of_the_page() -> None:
    assert '<input type="hidden" name="a" value="1">' in page(frame=full())


@pytest.mark.parametrize(("posts", "forms"), [(2, 1), (1, 0), (0, 0)])
def test_posts_are_offered_only_where_there_is_a_choice(posts: int, forms: int) -> None:
    frame = full()
    frame["posts"] = frame["posts"][:posts]
    assert page(frame=frame, user=Person()).count('action="/doi/"') == forms


def test_the_demonstration_moves_by_a_day_a_week_a_month() -> None:
    text = page(frame=full(demonstration={"day": TODAY, "version": 4}, clock_url="/clock/move/"))
    assert [f'name="days" value="{days}"' in text for days in (1, 7, 30)] == [True] * 3
    assert 'name="seen" value="4"' in text


def test_a_visitor_sees_the_demonstrations_day_but_cannot_move_it() -> None:
    text = page(frame={"today": TODAY, "demonstration": {"day": TODAY, "version": 4}})
    assert "Ngày làm việc: Thứ Ba, 01/07/2025" in text
    assert 'name="days"' not in text
