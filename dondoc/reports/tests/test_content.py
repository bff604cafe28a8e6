"""The forms as they ship, and each way to write one wrong."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml
from django.conf import settings

from dondoc.figures.indicators import indicators
from dondoc.organisations.kinds import kinds
from dondoc.reports.content import check_shared, forms, read_form, read_groups


def raw(name: str) -> Any:
    return yaml.safe_load((settings.CONTENT / "reports" / f"{name}.yaml").read_text(encoding="utf-8"))


def test_the_forms_ship_from_the_most_frequent_to_those_asked_for_once() -> None:
    assert [(form.code, form.every) for form in forms().values()] == [
        ("monthly", "month"),
        ("quarterly", "quarter"),
        ("half_year", "half"),
        ("yearly", "year"),
        ("ad_hoc", "once"),
    ]


@pytest.mark.parametrize("code", ["monthly", "quarterly", "half_year", "yearly", "ad_hoc"])
def test_what_no_text_was_read_for_says_that_it_is_not_verified(code: str) -> None:
    for version in forms()[code].versions:
        assert version.verified is False
        assert "[K]" in version.basis


def test_every_level_that_collects_reports_gives_them_too() -> None:
    version = forms()["monthly"].on(date(2023, 4, 1))
    assert version is not None
    party = {code for code, kind in kinds().items() if kind.family == "party"} - {"central", "agency"}
    assert {kind for level in version.levels for kind in level.kinds} == party


def test_the_latest_version_of_a_day_holds() -> None:
    content = raw("monthly")
    later = deepcopy(content["versions"][0])
    content["versions"][0]["to"] = later["from"] = date(2026, 1, 1)
    content["versions"].append(later)
    form = read_form(content, groups(), raw("groups"))
    found = [form.on(day) for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert [one.since for one in found if one] == [date(2018, 1, 1), date(2026, 1, 1)]
    assert form.on(date(2017, 12, 31)) is None


def groups() -> Any:
    return read_groups(raw("groups")["groups"], indicators())


def changed(**changes: Any) -> Any:
    content = raw("monthly")
    content["versions"][0] |= changes
    return content


def levels(**changes: Any) -> Any:
    """The levels with the second one changed."""
    content = raw("monthly")["versions"][0]["levels"]
    content[1] |= changes
    return content


WRONG: dict[str, tuple[Any, str]] = {
    "an unknown cadence": ({**raw("monthly"), "every": "week"}, "every is 'week'"),
    "a title without its days": ({**raw("monthly"), "title": "Báo cáo"}, "does not say of which"),
    "no version": ({**raw("monthly"), "versions": []}, "has no version"),
    "a field nobody reads": (changed(due=5), r"has \['due'\]"),
    "no basis": (
        {**raw("monthly"), "versions": [{k: v for k, v in raw("monthly")["versions"][0].items() if k != "basis"}]},
        r"lacks \['basis'\]",
    ),
    "a day that is none": (changed(**{"from": "2018"}), "'2018' is no day"),
    "an end before the beginning": (changed(to=date(2017, 1, 1)), "before it begins"),
    "two versions at once": (
        {**raw("monthly"), "versions": [raw("monthly")["versions"][0], raw("quarterly")["versions"][0]]},
        "overlap",
    ),
    "an unknown group": (changed(groups=["members", "weather"]), r"names \['weather'\]"),
    "the same number twice": (changed(groups=["members", "members"]), "asks twice for .*admissions"),
    "an unknown kind": (changed(levels=levels(kinds=["village"])), "village, which is no kind"),
    "a kind on two levels": (changed(levels=levels(kinds=["cell"])), "has cell on two levels"),
    "due before the cut-off": (changed(levels=levels(due=2)), "write them in this order"),
    "cut off before it opens": (changed(opens=9), "write them in this order"),
    "due with the level below": (changed(levels=levels(cut_off=2, due=2)), "not cut off and due later than cell"),
    "cut off with the level below": (changed(levels=levels(cut_off=1)), "not cut off and due later than cell"),
    "levels upside down": (changed(levels=levels(kinds=["division", "grassroots_cell"])), "on two levels"),
    "a lower kind above": (
        changed(levels=[{"kinds": ["commune"], "cut_off": 1, "due": 2}, {"kinds": ["cell"], "cut_off": 3, "due": 4}]),
        "begin with the lowest",
    ),
    "no number of days": (changed(opens="soon"), "'soon' is no number of days"),
    "a section with a field nobody reads": (changed(sections=[{"code": "a", "title": "A", "long": True}]), "long"),
    "two sections with one code": (changed(sections=[{"code": "a", "title": "A"}] * 2), "one code"),
    "two sections for difficulties": (
        changed(sections=[{"code": c, "title": c, "difficulties": True} for c in "ab"]),
        "two sections for difficulties",
    ),
}


@pytest.mark.parametrize(("content", "said"), WRONG.values(), ids=WRONG)
def test_a_form_that_cannot_be_right_is_refused_with_its_place(content: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_form(content, groups(), raw("groups"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"indicator": "rainfall"}, "'rainfall', which is no indicator"),
        ({"opening": "admissions"}, "'admissions', which is no stock"),
        ({"indicator": "members", "opening": "members"}, "not either"),
        ({"help": "x"}, "not either"),
        ({"indicator": "members", "unit": "x"}, r"a line with \['unit'\]"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused_with_its_group(line: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_groups({"members": {"title": "Đảng viên", "lines": [line]}}, indicators())


def test_a_rule_between_lines_names_indicators() -> None:
    shared = raw("groups")
    shared["identity"]["plus"].append("rainfall")
    with pytest.raises(ValueError, match="rainfall"):
        check_shared(shared, indicators())
