"""A difficulty told in a report lies with somebody until it is answered, and stays visible to who raised it."""

from datetime import date

import pytest

from dondoc.lib.refusals import Refused
from dondoc.organisations.services import reorganise
from dondoc.organisations.steps import Dissolve
from dondoc.organisations.tests.trees import DECISION, act_on
from dondoc.reports import queries, services
from dondoc.reports.models import Difficulty
from dondoc.tests.told_once import told_once

from .reporting import ENDS, MONTH, OPENS, Reporting

pytestmark = pytest.mark.django_db
TOLD = "- Nhà văn hóa xuống cấp\n\n• Thiếu kinh phí sinh hoạt"


@told_once
def place() -> Reporting:
    made = Reporting()
    made.open(OPENS)
    report = made.fill(made.report("Chi bộ 1"), MONTH | {"section.difficulties": TOLD})
    made.submit(report)
    return made


def lying(place: Reporting, name: str) -> list[str]:
    return [one.text for one in queries.lying_with([place.unit(name)])]


def test_each_line_told_lies_with_the_level_above_once_the_report_is_sent(place: Reporting) -> None:
    assert lying(place, "Xã A1") == ["Nhà văn hóa xuống cấp", "Thiếu kinh phí sinh hoạt"]
    assert set(Difficulty.objects.values_list("unit", flat=True)) == {place.unit("Chi bộ 1")}


def test_an_answer_ends_it_and_passing_up_brings_it_to_the_next_level(place: Reporting) -> None:
    first, second = Difficulty.objects.order_by("pk")
    act = place.act("Xã A1", ENDS, "head")
    services.answer(first.pk, text="Đã bố trí sửa trong quý III.", seen=first.version, act=act)
    services.pass_up(second.pk, text="Vượt thẩm quyền.", seen=second.version, act=act)
    assert (lying(place, "Xã A1"), lying(place, "Huyện ủy A")) == ([], ["Thiếu kinh phí sinh hoạt"])
    assert [step.verb for step in second.steps.all()] == ["pass_up"]
    first.refresh_from_db()
    assert (first.answered_on, first.lies_with) == (ENDS, None)
    with pytest.raises(Refused, match=r"reports\.difficulty_changed"):
        services.answer(first.pk, text="Lần nữa", seen=first.version, act=act)


def test_an_answer_has_words_and_the_top_answers_itself(place: Reporting) -> None:
    one = Difficulty.objects.order_by("pk")[0]
    act = place.act("Xã A1", ENDS, "head")
    with pytest.raises(Refused, match=r"reports\.answer_missing"):
        services.answer(one.pk, text="  ", seen=one.version, act=act)
    for name, kind in (("Xã A1", "head"), ("Huyện ủy A", "leader")):
        one = services.pass_up(one.pk, text="", seen=one.version, act=place.act(name, ENDS, kind))
    with pytest.raises(Refused, match=r"reports\.nobody_above"):
        services.pass_up(one.pk, text="", seen=one.version, act=place.act("Tỉnh ủy", ENDS, "leader"))


def test_a_report_sent_again_keeps_what_it_told_and_withdraws_what_it_tells_no_more(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    clerk = place.act("Xã A1", ENDS, "clerk")
    services.send_back(report.pk, remarks={"": "Ghi rõ hơn"}, seen=report.version, act=clerk)
    place.fill(report, {"section.difficulties": "Thiếu kinh phí sinh hoạt\nThiếu tài liệu"})
    place.submit(report)
    assert lying(place, "Xã A1") == ["Thiếu kinh phí sinh hoạt", "Thiếu tài liệu"]
    assert Difficulty.objects.get(text="Nhà văn hóa xuống cấp").withdrawn_on == ENDS


def test_a_difficulty_follows_whoever_takes_over_from_the_unit_it_lies_with(place: Reporting) -> None:
    dissolve = Dissolve(place.units["Xã A1"].code)
    reorganise(dissolve, decision=DECISION, effective_on=date(2023, 5, 10), act=act_on(date(2023, 5, 10)))
    assert len(lying(place, "Huyện ủy A")) == 2
