"""Whose form a document of a unit keeps to, and what stands in its head."""

from datetime import date

import pytest

from dondoc.documents.format.content import format_on
from dondoc.documents.format.measures import begins
from dondoc.drafting.heads import LEVELS, _issuing, level_for
from dondoc.organisations.queries import Label


def label(kind: str, name: str) -> Label:
    return Label(1, "X", name, name, kind, "party", True)


@pytest.mark.parametrize(
    ("kind", "name", "level", "issuer"),
    [
        ("commune", "Đảng bộ xã Cam Lâm", "commune", "Đảng ủy xã Cam Lâm"),
        ("provincial_committee", "Đảng bộ Khối các cơ quan tỉnh", "commune", "Đảng ủy Khối các cơ quan tỉnh"),
        ("agency", "Văn phòng Tỉnh ủy", "advisory", "Văn phòng"),
        ("agency", "Ban Tổ chức Huyện ủy Cam Lâm", "advisory", "Ban Tổ chức"),
        ("agency", "Ban Xây dựng Đảng", "advisory", "Ban Xây dựng Đảng"),
        ("agency", "Ủy ban Kiểm tra Đảng ủy xã Cam Lâm", "inspection", "Ủy ban Kiểm tra"),
        ("agency", "Uỷ ban Kiểm tra Tỉnh uỷ", "inspection", "Uỷ ban Kiểm tra"),
        ("youth_commune", "Đoàn xã Cam Lâm", "mass", "Đoàn xã Cam Lâm"),
    ],
)
def test_a_unit_issues_in_the_form_of_its_level_under_the_name_that_this_knows(
    kind: str, name: str, level: str, issuer: str
) -> None:
    own = label(kind, name)
    assert level_for(own) == level
    assert _issuing(own, level) == issuer
    assert begins(issuer, format_on(date(2026, 5, 1)).levels[level].issuer)


def test_every_level_is_one_of_the_format() -> None:
    assert set(LEVELS.values()) <= set(format_on(date(2026, 5, 1)).levels)
