"""The filters and tags of every page."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse, set_script_prefix

from dondoc.web import labels, states
from dondoc.web.templatetags import dondoc as tags

TODAY = date(2025, 7, 1)


def shown(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ d|day }}", "28/04/2023"),
        ("{{ d|weekday_day }}", "Thứ Sáu, 28/04/2023"),
        ("{{ d|relative:today }}", "quá hạn 795 ngày"),
        ("{{ d|ago:today }}", "795 ngày trước"),
        ("{{ none|day }}{{ none|relative:today }}", ""),
        ("{{ n|number }}", "1.234,5"),
        ("{{ none|number }}", "chưa có số liệu"),
        ("{% rate 9 13 %}", '<span class="rate">69,2 %</span>'),
    ],
)
def test_values_are_written_as_in_office_papers(source: str, text: str) -> None:
    assert shown(source, d=date(2023, 4, 28), today=TODAY, n=1234.5, none=None) == text


def test_a_moment_is_shown_on_its_day_in_vietnam() -> None:
    late_in_the_evening = datetime(2023, 4, 27, 20, 30, tzinfo=ZoneInfo("UTC"))
    assert shown("{{ t|day }}", t=late_in_the_evening) == "28/04/2023"


def test_an_acting_form_carries_its_token_what_was_seen_and_a_key_of_its_own() -> None:
    source = "{% act_fields 7 %}"
    first, second = (shown(source, csrf_token="secret") for _ in range(2))
    assert 'name="csrfmiddlewaretoken" value="secret"' in first
    assert 'name="seen" value="7"' in first
    keys = [UUID(re.findall(r'name="key" value="([^"]+)"', text)[0]).version for text in (first, second)]
    assert keys == [4, 4]
    assert first != second


def test_what_was_seen_cannot_break_out_of_its_field() -> None:
    assert "<script>" not in shown("{% act_fields seen %}", seen='"><script>')


@pytest.mark.parametrize("code", states.STATES)
def test_a_state_is_a_shape_a_word_and_a_colour(code: str) -> None:
    text = shown("{% state code %}", code=code)
    state = states.STATES[code]
    assert f"tone-{state.tone}" in text
    assert "<svg" in text
    assert states.word(code) in text
    assert re.search("[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]", states.word(code)), (
        "in Vietnamese"
    )


def test_the_states_of_the_look_are_all_there() -> None:
    asked = "drafted approved issued not_started in_progress due_soon overdue reported accepted accepted_late objected handed_over cancelled returned"
    assert set(asked.split()) <= states.STATES.keys()


def test_two_states_with_one_shape_differ_in_word_and_colour() -> None:
    together = [state for state in states.STATES.values() if state.sign == "●" and state.tone in {"green", "ochre"}]
    assert len({str(state.word) for state in together}) == len(together)


def test_only_overdue_is_red() -> None:
    assert [code for code, state in states.STATES.items() if state.tone == "red"] == ["overdue"]


def test_a_state_takes_the_pages_own_word_and_escapes_it() -> None:
    assert "&lt;b&gt;" in shown("{% state 'overdue' typed %}", typed="<b>")


def test_an_icon_is_hidden_from_readers() -> None:
    text = shown("{% icon 'search' %}")
    assert text.startswith("<svg")
    assert 'aria-hidden="true"' in text


def request(address: str) -> Any:
    return RequestFactory().get(address)


def test_filters_change_the_query_and_keep_the_rest() -> None:
    context = {"request": request("/x/?on=28/04/2023&state=overdue&page=3")}
    assert shown("{% query page=4 %}", **context) == "?on=28%2F04%2F2023&amp;state=overdue&amp;page=4"
    assert shown("{% query state=None page=None %}", **context) == "?on=28%2F04%2F2023"


def test_a_filter_form_keeps_the_query_but_starts_at_the_first_page() -> None:
    text = shown("{% query_fields 'q' %}", request=request("/x/?q=a&state=overdue&page=3"))
    assert text == '<input type="hidden" name="state" value="overdue">'


@pytest.mark.parametrize(
    ("frame", "ending"),
    [
        ({"on": TODAY, "on_is_today": True}, ""),
        ({"on": date(2023, 4, 28), "on_is_today": False}, "?on=28%2F04%2F2023"),
        ({}, ""),
    ],
)
def test_an_address_keeps_the_shown_day_when_it_is_not_today(settings: Any, frame: dict[str, Any], ending: str) -> None:
    settings.ROOT_URLCONF = "dondoc.web.tests.pages"
    assert shown("{% on_url 'account_logout' %}", frame=frame, request=request("/x/")) == f"/sign-out/{ending}"


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("{% bar 9 13 %}", 'class="bar-done" width="69"'),
        ("{% bar 14 13 %}", 'class="bar-done" width="100"'),
    ],
)
def test_a_bar_starts_at_zero_and_ends_at_the_whole(source: str, part: str) -> None:
    assert part in shown(source)


@pytest.mark.parametrize("source", ["{% bar none 13 %}", "{% bar 0 0 %}", "{% sparkline values %}"])
def test_nothing_is_drawn_where_there_is_no_figure(source: str) -> None:
    assert shown(source, none=None, values=[None, 3, None]) == ""


def test_a_trend_has_a_gap_where_a_figure_is_missing() -> None:
    line = re.findall(r'spark-line" d="([^"]+)"', shown("{% sparkline values %}", values=[1, 2, None, 4]))[0]
    assert line.count("M") == 2


@pytest.mark.parametrize(
    ("name", "word"),
    [("reason", "Lý do"), ("row-12-product", "Sản phẩm"), ("unit_id", "Đơn vị"), ("zzz", "Đã nhập")],
)
def test_a_typed_value_is_given_back_with_the_word_of_its_field(name: str, word: str) -> None:
    assert labels.label(name) == word


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("reports:report", [0]),
        ("reports:report", [7070707]),
        ("reports:sent", [12, 3]),
        ("figures:explain", [7, "members"]),
        ("figures:explain", [7, "7070707"]),
        ("figures:explain", ["7", "members"]),
        ("reports:list", []),
    ],
)
def test_an_address_is_the_one_that_the_pages_have_also_when_another_of_its_kind_was_asked_before(
    name: str, given: list[Any]
) -> None:
    if given and type(given[0]) is int:
        tags.address(name, given[0] + 1, *given[1:])
    assert tags.address(name, *given) == reverse(name, args=given)


def test_an_address_stands_below_the_folder_that_the_server_serves() -> None:
    below = tags.address("reports:report", 3)
    set_script_prefix("/office/")
    try:
        assert tags.address("reports:report", 3) == f"/office{below}"
    finally:
        set_script_prefix("/")


def test_a_negative_number_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        tags.address("reports:report", -1)
