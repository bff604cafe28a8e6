"""What a draft lacks, and what defaults give it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dondoc.directives import content, rules

DAY = date(2023, 5, 4)
WHOLE = rules.Outline(7, "Kế hoạch", date(2023, 6, 3), None, None, 1, 11, 2, 2)


def test_a_whole_outline_has_no_gap() -> None:
    assert rules.gaps(WHOLE, DAY) == []


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"product": "  "}, ("product", "no_product")),
        ({"due_on": None}, ("due_on", "no_deadline")),
        ({"due_on": date(2023, 5, 3)}, ("due_on", "deadline_passed")),
        ({"due_on": None, "cadence_months": 3}, ("review_on", "no_review_day")),
        ({"due_on": None, "cadence_months": 3, "review_on": date(2023, 5, 3)}, ("review_on", "review_day_passed")),
        ({"latest": date(2023, 6, 2)}, ("due_on", "later_than_the_parent")),
        (
            {"due_on": None, "cadence_months": 1, "review_on": date(2023, 7, 1), "latest": date(2023, 6, 30)},
            ("review_on", "later_than_the_parent"),
        ),
        ({"receiver": None, "answerable": None}, ("receiver", "no_receiver")),
        ({"answerable": None}, ("answerable", "no_answerable_post")),
        ({"follower": None}, ("follower", "no_follower")),
        ({"verifier": None}, ("verifier", "no_verifier")),
        ({"verifier": 1}, ("verifier", "verifies_itself")),
        ({"follower": 1}, ("follower", "follows_itself")),
    ],
)
def test_each_gap_is_named_with_its_field(change: dict[str, Any], gap: tuple[str, str]) -> None:
    [problem] = rules.gaps(replace(WHOLE, **change), DAY)
    assert rules.where(problem.source) == (7, gap[0])
    assert problem.code == f"directives.{gap[1]}"


def test_a_deadline_on_the_day_itself_or_on_the_parents_is_no_gap() -> None:
    assert rules.gaps(replace(WHOLE, due_on=DAY, latest=DAY), DAY) == []


def test_all_gaps_are_named_at_once() -> None:
    bare = rules.Outline(1, "", None, None, None, None, None, None, None)
    assert len(rules.gaps(bare, DAY)) == 5


@pytest.mark.parametrize(
    ("text", "product", "months"),
    [
        ("tập trung khắc phục những hạn chế, khuyết điểm", "Kế hoạch khắc phục và báo cáo kết quả", None),
        ("có kế hoạch khắc phục những hạn chế, khó khăn", "Kế hoạch khắc phục và báo cáo kết quả", None),
        ("từ thực tiễn xây dựng Quy chế làm việc", "Quy chế làm việc sửa đổi, bổ sung", None),
        ("rà soát quần chúng ưu tú giới thiệu cho các chi bộ", "Danh sách quần chúng ưu tú được giới thiệu", 3),
        ("nâng cao hiệu quả kiểm tra, giám sát", "Báo cáo kết quả kiểm tra, giám sát", 3),
        ("đoàn kết, nhất trí, thống nhất", "Báo cáo kết quả thực hiện", 3),
    ],
)
def test_the_product_follows_from_the_words(text: str, product: str, months: int | None) -> None:
    found = rules.default_of(text, content.products(), DAY, 2023)
    assert (found.product, found.cadence_months) == (product, months)


def test_a_plan_is_due_after_thirty_days() -> None:
    assert rules.default_of("khắc phục", content.products(), DAY, 2023).due_on == date(2023, 6, 3)


def test_continuous_work_is_reviewed_at_the_end_of_the_planned_year() -> None:
    found = rules.default_of("", content.products(), DAY, 2023)
    assert (found.due_on, found.review_on) == (None, date(2023, 12, 31))


def test_a_planned_year_that_leaves_no_whole_cadence_is_reviewed_a_year_later() -> None:
    assert rules.default_of("", content.products(), date(2023, 11, 1), 2023).review_on == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({"products": []}, "last rule"),
        ({"products": [{"words": ["a"], "product": "P", "days": 1, "basis": "", "verified": False}]}, "last rule"),
        ({"products": [{"words": [], "product": "P", "basis": "", "verified": False}]}, "either days or months"),
    ],
)
def test_a_wrong_file_of_defaults_stops_the_start(raw: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        content.read_products(raw)
