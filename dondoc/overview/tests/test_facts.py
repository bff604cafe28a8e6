"""What the key figures of a unit and the sentence of the desk say, without a database."""

from datetime import date

from dondoc.figures.indicators import indicators
from dondoc.figures.models import Figure
from dondoc.figures.origins import Place
from dondoc.figures.queries import Shown
from dondoc.figures.rollup import Total
from dondoc.overview.facts import _sum
from dondoc.overview.reporting import ReportsDesk

ON = date(2023, 4, 28)


def test_the_sum_of_reports_is_the_number_and_what_a_source_said_stands_beside_it() -> None:
    said = Figure(pk=1, unit_id=7, indicator="members", value=167, on=date(2023, 2, 22), qualifier="exact")
    total = Total(value=160, summed=160, entered=167, reported=5, expected=5)
    fact = _sum(Shown(indicators()["members"], said), total, 7, ON, {1: Place("Thông báo kết luận")})
    assert (fact.shown, fact.when, fact.reported, fact.expected) == ("160", "3 tháng đầu năm 2023", 5, 5)
    assert [(number, place.title if place else "") for number, place in fact.differing] == [
        ("167", "Thông báo kết luận")
    ]


def test_the_same_number_from_a_source_is_not_named_as_another() -> None:
    said = Figure(pk=1, unit_id=7, indicator="members", value=160, on=date(2023, 2, 22), qualifier="exact")
    total = Total(value=160, summed=160, entered=160, reported=5, expected=5)
    assert _sum(Shown(indicators()["members"], said), total, 7, ON, {}).differing == ()


def test_the_desk_counts_late_reports_also_of_rounds_that_it_does_not_list() -> None:
    desk = ReportsDesk(to_send=(), more=0, overdue=0, rounds=(), waiting=3, late=460, difficulties=0)
    assert desk.sayings() == ["3 báo cáo chờ đồng chí chấp nhận", "460 báo cáo của cấp dưới chậm"]
