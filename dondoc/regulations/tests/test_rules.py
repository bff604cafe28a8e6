"""What a draft says about how a duty comes back, and what keeps it from being approved. No database."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml
from django.conf import settings

from dondoc.accounts.models import PostKind
from dondoc.lib.cadence import Around, Grace, Monthly, Once, Weekly
from dondoc.lib.working_days import vietnam
from dondoc.organisations.kinds import kinds
from dondoc.regulations.content import WHO, models, models_for, read_models
from dondoc.regulations.rules import Kind, Part, cadence_of, fields_of, gaps, grace_of
from dondoc.regulations.told import rhythm

HEAD = {"title": "Quy chế làm việc", "holds_from": "01/07/2025"}
ARTICLE = Part(1, Kind.ARTICLE, {"number": "1", "heading": "Hội nghị", "text": "Họp hằng tháng."})
DUTY = {"title": "Họp", "evidence": "committee_meeting", "who": "head", "turn": "monthly", "day": "31"}


def codes(head: dict[str, str], *parts: Part, amends: bool = False) -> list[tuple[str, int | None, str]]:
    return [(one.code.removeprefix("regulations."), one.part, one.field) for one in gaps(head, parts, amends=amends)]


@pytest.mark.parametrize("cadence", [Monthly(1, 1, 31), Monthly(3, 4, 5), Weekly(4), Once(60), Around("cell_meeting", -1), Around("briefing", 5, True)])  # fmt: skip
def test_a_cadence_is_typed_and_read_back_the_same(cadence: Any) -> None:
    assert cadence_of(fields_of(cadence)) == cadence


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ({}, "turn"),
        ({"turn": "monthly", "day": "32"}, "day"),
        ({"turn": "monthly", "day": "1.5"}, "day"),
        ({"turn": "quarterly", "month": "16", "day": "1"}, "month"),
        ({"turn": "weekly"}, "weekday"),
        ({"turn": "around", "days": "3"}, "event"),
        ({"turn": "around", "event": "briefing", "days": "ba"}, "days"),
        ({"turn": "once", "days": "²"}, "days"),
    ],
)
def test_what_a_cadence_lacks_is_named(content: dict[str, str], wrong: str) -> None:
    assert cadence_of(content) == wrong


def test_what_comes_before_a_meeting_is_not_put_off_to_the_next_working_day() -> None:
    before = {"turn": "around", "event": "cell_meeting", "days": "-1"}
    assert grace_of(before) == Grace(0, moved=False)
    assert grace_of({"turn": "weekly", "grace": "3", "grace_working": "1"}) == Grace(3, working=True)
    assert grace_of({"grace": "-1"}) is None


def test_a_day_that_a_regulation_fixes_stays_where_offices_do_not_work() -> None:
    sunday = date(2026, 5, 31)
    calendar = vietnam([2026])
    monthly = {"turn": "monthly", "month": "1", "day": "31"}
    assert grace_of(monthly | {"fixed": "1"}) == Grace(0, moved=False)
    assert Grace(0, moved=False).last_day(sunday, calendar) == sunday
    assert Grace(0).last_day(sunday, calendar) == date(2026, 6, 1)


def test_a_model_says_which_of_its_days_stay() -> None:
    duties = {duty.code: duty for article in models()["cell"].articles for duty in article.duties}
    for code, moved in (("cell_meeting", False), ("thematic_meeting", False), ("dues", True)):
        grace = grace_of(duties[code].content())
        assert grace == duties[code].grace
        assert grace is not None
        assert grace.moved is moved


def test_a_complete_draft_lacks_nothing_and_a_change_needs_its_reason() -> None:
    duty = Part(2, Kind.DUTY, DUTY, 1)
    assert codes(HEAD, ARTICLE, duty) == []
    assert codes(HEAD, ARTICLE, duty, amends=True) == [("missing", None, "reason")]


def test_everything_that_is_missing_is_named_with_its_place() -> None:
    twice = Part(3, Kind.ARTICLE, {"number": "1", "heading": "", "text": "…"})
    duty = Part(2, Kind.DUTY, DUTY | {"who": "", "day": "0", "grace": "x"}, 1)
    assert codes({}, ARTICLE, twice, duty) == [
        ("missing", None, "title"),
        ("missing", None, "holds_from"),
        ("number_twice", 3, "number"),
        ("missing", 3, "heading"),
        ("missing", 2, "who"),
        ("no_cadence", 2, "day"),
        ("no_grace", 2, "grace"),
    ]
    assert codes(HEAD) == [("no_article", None, "")]


def test_every_model_can_be_approved_as_it_is() -> None:
    for model in models().values():
        parts = [Part(n, Kind.ARTICLE, {"number": str(a.number), "heading": a.heading, "text": a.text}) for n, a in enumerate(model.articles)]  # fmt: skip
        parts += [Part(100, Kind.DUTY, duty.content(), 0) for a in model.articles for duty in a.duties]
        assert codes(HEAD, *parts) == []
        assert set(model.kinds) <= set(kinds())
    assert set(WHO) <= set(PostKind.values)


def test_a_commune_has_another_model_from_1_july_2025() -> None:
    def of(kind: str, day: date) -> list[str]:
        return [model.code for model in models_for(kind, day)]

    assert of("commune_grassroots", date(2025, 6, 30)) == ["commune_before_2025"]
    assert of("commune", date(2025, 7, 1)) == ["commune_from_2025"]
    assert of("cell", date(2025, 7, 1)) == ["cell"]
    assert of("district", date(2023, 1, 1)) == []
    meeting = {duty.code: duty for article in models()["commune_from_2025"].articles for duty in article.duties}
    assert meeting["committee_meeting"].cadence == Monthly(3, 3, 31)
    assert meeting["briefing"].cadence == Weekly(4)


def _wrong(change: str) -> Any:
    raw = deepcopy(yaml.safe_load((settings.CONTENT / "regulations" / "models.yaml").read_text(encoding="utf-8")))
    duty, second = raw["models"][0]["articles"][0]["duties"][0], raw["models"][1]
    match change:
        case "no basis":
            duty["basis"] = ""
        case "unknown post":
            duty["who"] = "everybody"
        case "twice":
            raw["models"][0]["articles"][1]["duties"][0]["code"] = duty["code"]
        case "unknown change":
            second["changes"]["parade"] = {}
        case "no event":
            duty["cadence"] = {"around": "report", "days": 1}
    return raw


@pytest.mark.parametrize("change", ["no basis", "unknown post", "twice", "unknown change", "no event"])
def test_wrong_content_is_refused(change: str) -> None:
    with pytest.raises(ValueError, match=r"basis|twice|has not|no event"):
        read_models(_wrong(change))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"turn": "monthly", "day": "31"}, "hằng tháng, chậm nhất ngày cuối tháng"),
        ({"turn": "monthly", "month": "2", "day": "5"}, "hằng tháng, chậm nhất ngày 5 tháng sau"),
        ({"turn": "yearly", "month": "1", "day": "31"}, "hằng năm, chậm nhất ngày 31/01"),
        ({"turn": "quarterly", "month": "4", "day": "5"}, "hằng quý, chậm nhất ngày 5 tháng thứ 1 sau kỳ"),
        ({"turn": "weekly", "weekday": "4", "grace": "3"}, "hằng tuần, chậm nhất thứ Sáu; gia hạn 3 ngày"),
        ({"turn": "around", "event": "cell_meeting", "days": "-1"}, "trước kỳ sinh hoạt chi bộ ít nhất 1 ngày"),
        ({"turn": "monthly"}, ""),
    ],
)
def test_a_cadence_is_told_in_words(content: dict[str, str], told: str) -> None:
    assert rhythm(content).lower() == told.lower()
