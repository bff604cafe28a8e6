"""The ledger: recorded once, corrected by versions, read as of a day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.documents.models import Source
from dondoc.documents.services import take_source
from dondoc.figures import queries, services
from dondoc.figures.indicators import indicators, read, shown_only
from dondoc.figures.models import Figure
from dondoc.history.models import Entry
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.tests.told_once import told_once

SAID = date(2023, 4, 28)
AT = datetime(2023, 4, 28, 9, tzinfo=UTC)
ACT = Act(person=1, post=1, unit=1, day=SAID, at=AT)


@told_once
def unit() -> Unit:
    return Unit.objects.create(code="xa-a", family="party", valid_from=date(2000, 1, 1))


def enter(unit: Unit, indicator: str, value: int, period: str | None = None, **more: Any) -> Figure:
    return services.record_figure(
        unit.pk, indicator, value, period=period, said_on=SAID, origin="article", act=more.pop("act", ACT), **more
    )


def shown(unit: Unit, indicator: str, on: date = SAID) -> queries.Shown:
    return next(one for one in queries.of_units([unit.pk], on)[unit.pk] if one.indicator.key == indicator)


def test_a_number_that_is_already_known_is_not_entered_twice(unit: Unit) -> None:
    first = enter(unit, "members", 78)
    assert enter(unit, "members", 78) == first
    assert Figure.objects.count() == 1


def source_of(unit: Unit, text: str) -> Source:
    return take_source(text, kind="article", title=text, owner=unit.pk, is_public=True, act=ACT)


def test_a_number_stays_known_by_the_source_that_is_left(unit: Unit) -> None:
    first = enter(unit, "members", 78, source=source_of(unit, "Báo thứ nhất"))
    second = enter(unit, "members", 78, source=source_of(unit, "Báo thứ hai"))
    assert first != second
    assert (shown(unit, "members").value, shown(unit, "members").differing) == (78, ())
    services.supersede(first.pk, reason="thu hồi", act=ACT)
    assert shown(unit, "members").value == 78


def test_a_number_said_roughly_does_not_swallow_the_exact_one(unit: Unit) -> None:
    enter(unit, "members", 80, qualifier="about")
    enter(unit, "members", 80)
    known = shown(unit, "members")
    assert known.figure is not None
    assert (known.figure.qualifier, known.differing) == ("exact", ())


def test_another_number_of_several_sources_stands_beside_the_first_once(unit: Unit) -> None:
    for text, value in (("Báo thứ nhất", 78), ("Báo thứ hai", 78), ("Báo thứ ba", 79)):
        enter(unit, "members", value, source=source_of(unit, text))
    one = shown(unit, "members")
    assert (one.value, [other.value for other in one.differing]) == (79, [78])


def test_a_number_that_differs_stands_beside_the_first(unit: Unit) -> None:
    enter(unit, "members", 78)
    enter(unit, "members", 79)
    one = shown(unit, "members")
    assert (one.value, [other.value for other in one.differing]) == (79, [78])


def test_an_exact_number_comes_before_a_rounded_one(unit: Unit) -> None:
    enter(unit, "members", 342)
    enter(unit, "members", 350, qualifier="about")
    assert shown(unit, "members").value == 342


def test_what_nobody_has_counted_is_none_and_never_zero(unit: Unit) -> None:
    assert [one.value for one in queries.of_units([unit.pk], SAID)[unit.pk]] == [None] * len(indicators())


def test_a_rate_is_a_pair_of_the_same_period(unit: Unit) -> None:
    enter(unit, "admissions", 9, "2022")
    enter(unit, "admissions_target", 13, "2022")
    enter(unit, "admissions_target", 20, "2023")
    one = shown(unit, "admissions")
    assert (one.value, one.target and one.target.value, one.rate) == (9, 13, "69,2 %")


def test_a_rate_without_a_target_of_its_period_is_not_made_up(unit: Unit) -> None:
    enter(unit, "admissions", 9, "2022")
    enter(unit, "admissions_target", 20, "2023")
    assert shown(unit, "admissions").rate is None


def test_a_stock_counts_from_its_day_on(unit: Unit) -> None:
    enter(unit, "members", 78)
    assert shown(unit, "members", SAID - timedelta(1)).value is None
    assert shown(unit, "members", SAID + timedelta(400)).value == 78


def test_a_correction_is_a_new_version_and_the_old_one_stays_with_its_reason(unit: Unit) -> None:
    old = enter(unit, "members", 87)
    new = services.correct_figure(old.pk, value=78, reason="viết nhầm", act=ACT)
    old.refresh_from_db()
    assert (old.value, old.superseded_at, old.reason, new.replaces_id) == (87, AT, "viết nhầm", old.pk)
    assert shown(unit, "members").value == 78


def test_the_ledger_can_be_read_as_it_was_known_before_a_correction(unit: Unit) -> None:
    old = enter(unit, "members", 87)
    later = Act(person=1, post=1, unit=1, day=SAID, at=AT + timedelta(days=3))
    services.correct_figure(old.pk, value=78, reason="viết nhầm", act=later)
    known = queries.as_known_on(AT + timedelta(days=1))
    assert [one.value for one in queries.of_units([unit.pk], SAID, known=known)[unit.pk] if one.figure] == [87]


def test_a_version_that_is_not_the_latest_cannot_be_corrected(unit: Unit) -> None:
    old = enter(unit, "members", 87)
    services.correct_figure(old.pk, value=78, reason="viết nhầm", act=ACT)
    with pytest.raises(Refused, match=r"figures\.changed_meanwhile") as refused:
        services.correct_figure(old.pk, value=80, reason="viết nhầm", act=ACT)
    assert refused.value.data["current"] == [("Đảng viên", "78")]


def test_a_withdrawn_figure_is_shown_no_more(unit: Unit) -> None:
    services.supersede(enter(unit, "members", 78).pk, reason="thu hồi", act=ACT)
    assert shown(unit, "members").value is None


@pytest.mark.parametrize(
    ("indicator", "value", "period", "code"),
    [
        ("admission_rate_percent", 69, "2022", "unknown_indicator"),
        ("members", -1, None, "not_a_count"),
        ("members", 10**16, None, "not_a_count"),
        ("admissions", 4, None, "no_period"),
        ("admissions", 4, "năm ngoái", "no_period"),
    ],
)
def test_what_the_ledger_cannot_hold_is_refused(
    unit: Unit, indicator: str, value: int, period: str | None, code: str
) -> None:
    with pytest.raises(Refused, match=rf"figures\.{code}"):
        enter(unit, indicator, value, period)
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    "act", [services.correct_figure, lambda pk, value, reason, act: services.supersede(pk, reason=reason, act=act)]
)
def test_without_a_reason_nothing_is_corrected_or_withdrawn(unit: Unit, act: Callable[..., Figure]) -> None:
    figure = enter(unit, "members", 78)
    with pytest.raises(Refused, match=r"figures\.no_reason"):
        act(figure.pk, value=1, reason="  ", act=ACT)


def test_every_writing_of_the_ledger_leaves_an_entry(unit: Unit) -> None:
    figure = enter(unit, "members", 87)
    services.correct_figure(figure.pk, value=78, reason="viết nhầm", act=ACT)
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("count", [1, 30])
def test_figures_of_many_units_take_one_query(db: None, count: int) -> None:
    units = [Unit.objects.create(code=f"xa-{n}", family="party", valid_from=date(2000, 1, 1)) for n in range(count)]
    for each in units:
        enter(each, "members", 78)
    with CaptureQueriesContext(
        connection,
    ) as queried:
        queries.of_units([one.pk for one in units], SAID)
    assert len(queried) == 1


RAW: dict[str, Any] = {
    "sections": {"people": "Đảng viên"},
    "indicators": {
        "members": {
            "name": "Đảng viên",
            "nature": "stock",
            "unit": "đảng viên",
            "entered_at": ["cell"],
            "counts": "summed",
            "basis": "x",
            "section": "people",
        }
    },
    "shown_only": {"other": {"name": "khác"}},
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nature", "level"),
        ("counts", "both"),
        ("rate_of", "nothing"),
        ("part_of", "nothing"),
        ("entered_at", []),
        ("basis", ""),
        ("section", "nothing"),
    ],
)
def test_an_indicator_that_is_written_wrong_stops_the_start(field: str, value: Any) -> None:
    wrong = {**RAW, "indicators": {"members": {**RAW["indicators"]["members"], field: value}}}
    with pytest.raises(ValueError, match="members"):
        read(wrong)


def test_a_rate_of_an_unknown_indicator_stops_the_start() -> None:
    with pytest.raises(ValueError, match="other"):
        read({**RAW, "shown_only": {"other": {"name": "khác", "of": ["nothing"]}}})


def test_no_percentage_is_ever_a_column_of_the_ledger() -> None:
    assert not [key for key in indicators() if "percent" in key]
    assert {"admission_rate_percent", "meeting_quality_good_percent"} <= set(shown_only())
