"""What an ended unit had still to achieve stands on the desk of whoever decides on it, until that is done."""

from datetime import date

import pytest
from django.test import Client

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import actor, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.organisations.steps import Merge
from dondoc.overview.assigning import ToAssign, to_assign
from dondoc.overview.home import desk
from dondoc.targets.models import Remainder
from dondoc.targets.tests.place import Land

pytestmark = pytest.mark.django_db

JULY = date(2024, 7, 1)


def test_what_ended_units_left_waits_on_the_desk_of_whoever_assigns(client: Client) -> None:
    land = Land()
    DemonstrationDay.objects.create(pk=1, day=JULY)
    land.assign("Huyện ủy A", {"Xã A1": 4, "Xã A2": 13, "Xã A3": 6}, 23)
    land.day = date(2024, 6, 20)
    a1, a2, a3 = (land.units[f"Xã A{n}"] for n in (1, 2, 3))
    land.reform(Merge([a2], a1), Merge([a3], a1), on=JULY)
    district = land.unit("Huyện ủy A")

    def seen(kind: str, day: date = JULY) -> list[ToAssign]:
        return to_assign(actor(land.person("Huyện ủy A", kind), day, Post.objects.get(unit=district, kind=kind)))

    assert seen("board") == [ToAssign(district, "Kết nạp đảng viên", 2024, "admissions", 2)]
    assert seen("board", date(2024, 6, 30)) == []
    assert seen("clerk") == []
    board = land.person("Huyện ủy A", "board")
    page = sign_in(client, board).get("/").content.decode()
    assert f'href="/targets/{district}/remainders/?year=2024&amp;indicator=admissions"' in page
    assert "2 chỉ tiêu" in desk(actor(board, JULY, Post.objects.get(unit=district, kind="board"))).sentence
    Remainder.objects.update(state=Remainder.State.DECIDED)
    assert seen("board") == []
