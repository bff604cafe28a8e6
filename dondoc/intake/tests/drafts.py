"""A small province for tests of drafts: the office of the provincial committee, its leader, and three communes of two districts."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests import people
from dondoc.clock.models import DemonstrationDay
from dondoc.history.services import Act
from dondoc.intake import queries, services
from dondoc.intake.models import Draft, DraftValue
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw
from dondoc.tests.told_once import told_once

TODAY = date(2023, 5, 4)
HELD_ON = date(2023, 4, 28)
ARTICLES = Path(settings.HOME).parent / "shared" / "articles"
SAMPLE = settings.CONTENT / "demonstration" / "article.txt"

TREE = """
Trung ương
  Tỉnh ủy Khánh Hòa
    Huyện ủy Cam Lâm
      Xã Sơn Tân
        Mặt trận xã Sơn Tân
      Xã Cam Thành Bắc
        Mặt trận xã Cam Thành Bắc
      Xã Cam Hải Tây
        Mặt trận xã Cam Hải Tây
      Xã Cam Vạn
    Huyện ủy Vạn Ninh
      Xã Vạn Bình
      Xã Cam Vạn
  Tỉnh ủy Quảng Ngãi
    Huyện ủy Sơn Tây
      Xã Sơn Tân
"""
TEXT = """Ngày 28-4-2023, đồng chí Phó Bí thư Tỉnh ủy làm việc với Đảng ủy xã Sơn Tân (huyện Cam Lâm) về công tác xây dựng Đảng năm 2022.

Đảng bộ xã Sơn Tân có 78 đảng viên thuộc 5 chi bộ, năm 2022, xã kết nạp 9/13 đảng viên (đạt 69,2%).

Đồng chí Phó Bí thư Tỉnh ủy yêu cầu Đảng ủy xã Sơn Tân tập trung khắc phục những hạn chế, khuyết điểm."""
# Two districts of the province have a commune of this name, and the text does not say which it means.
AMBIGUOUS = TEXT.replace(" (huyện Cam Lâm)", "").replace("Sơn Tân", "Cam Vạn")


@dataclass
class Story:
    """The people and units of a test."""

    units: dict[str, Unit]
    clerk: Account
    leader: Account
    outsider: Account

    @property
    def office(self) -> Unit:
        return self.units["Tỉnh ủy Khánh Hòa"]

    @property
    def leader_post(self) -> Post:
        return Post.objects.get(title="Phó Bí thư Tỉnh ủy")

    def act(self, account: Account | None = None, day: date = TODAY) -> Act:
        return people.actor(account or self.clerk, day).act(timezone.now())

    def receive(self, text: str = TEXT, **more: Any) -> Draft:
        options = {"kind": "article", "is_public": True, "owner": self.office.pk, "act": self.act(), **more}
        return services.receive(services.read_source(text), **options).draft

    def confirm(self, draft: Draft, account: Account | None = None) -> Any:
        draft.refresh_from_db()
        mark = queries.mark_of(draft.values.all())
        return services.confirm(draft.pk, seen=draft.version, mark=mark, act=self.act(account))


def tell() -> Story:
    """Draw the units and give them their people."""
    units = draw(TREE)
    office = units["Tỉnh ủy Khánh Hòa"]
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    return Story(
        units,
        people.hold(office, "clerk", title="Văn phòng Tỉnh ủy"),
        people.hold(office, "leader", title="Phó Bí thư Tỉnh ủy"),
        people.hold(units["Huyện ủy Vạn Ninh"], "clerk", title="Văn phòng Huyện ủy Vạn Ninh"),
    )


story = told_once(tell, name="story")


def value(draft: Draft, kind: str, field: str = "", **content: Any) -> DraftValue:
    """The only value of the draft that is so."""
    found = [
        one
        for one in draft.values.filter(kind=kind)
        if (not field or one.name == field) and all(one.content.get(key) == wanted for key, wanted in content.items())
    ]
    assert len(found) == 1, [one.content for one in found]
    return found[0]


def codes(draft: Draft, today: date = TODAY) -> list[str]:
    """The codes of what is wrong with the draft, without the folder's name."""
    rows = list(draft.values.prefetch_related("late").order_by("position"))
    return [problem.code.removeprefix("intake.") for problem in queries.problems_of(rows, today)]


def seed() -> str:
    """The press article of the story, where this machine has it."""
    path = ARTICLES / "000.json"
    if not path.exists():
        pytest.skip("the article is not on this machine")
    text: str = json.loads(path.read_text(encoding="utf-8"))["text"]
    return text


def long_report(units: int = 12) -> str:
    """A report with five figures for each of many communes."""
    told = [
        f"Đảng bộ xã Bình {number} có {40 + number} đảng viên thuộc {3 + number % 5} chi bộ, năm 2022 kết nạp {4 + number % 3}/{7 + number % 3} đảng viên."
        for number in range(1, units + 1)
    ]
    head = (
        "Ngày 28-4-2023, đồng chí Phó Bí thư Tỉnh ủy làm việc với Huyện ủy Cam Lâm về công tác xây dựng Đảng năm 2022."
    )
    return "\n\n".join([head, *told])
