"""The unit page: everything of the chosen day, only within one's scope, and never a number that is not known."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.actors import Actor
from dondoc.accounts.tests.people import actor, hold, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives import services
from dondoc.directives.models import Assignment
from dondoc.directives.tests.work import SAID, Place
from dondoc.figures.services import Line, record_figure, record_figures
from dondoc.lib.periods import Interval
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import labels
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Establish, Merge, Split
from dondoc.organisations.tests.trees import act_on
from dondoc.overview.facts import Fact
from dondoc.overview.units import UnitPage, unit_page
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db

TODAY = date(2023, 9, 1)


@told_once
def place() -> Place:
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    return Place()


def page(place: Place, name: str, on: date = TODAY, who: Actor | None = None) -> UnitPage:
    place.day = TODAY
    return unit_page(who or place.actor("Tỉnh ủy", "leader"), place.unit(name), on)


def fact(shown: UnitPage, label: str) -> Fact:
    return next(one for one in shown.facts if one.label == label)


def test_a_unit_outside_the_scope_is_not_found(place: Place, client: Client) -> None:
    with pytest.raises(Http404):
        page(place, "Xã A1", who=place.actor("Huyện ủy B", "leader"))
    sign_in(client, place.person("Huyện ủy B", "leader"))
    assert client.get(reverse("overview:unit", args=[place.unit("Xã A1")])).status_code == 404
    assert client.get(reverse("overview:unit", args=[place.unit("Xã B1")])).status_code == 200


def test_what_was_accepted_later_is_open_on_the_chosen_day(place: Place) -> None:
    work = place.reported("Xã A1", due_on=date(2023, 5, 28))
    place.day = date(2023, 6, 12)
    services.accept(work.pk, seen=work.version, act=place.act("Huyện ủy A", "leader"))
    then, now = page(place, "Xã A1", date(2023, 6, 11)), page(place, "Xã A1")
    assert ([one.card.standing for one in then.open], then.closed) == (["reported"], [])
    assert ([one.card.standing for one in now.closed], now.open) == (["accepted"], [])
    assert all(line.on <= date(2023, 6, 11) for line in then.timeline)
    assert "accepted" in {line.state for line in now.timeline} - {line.state for line in then.timeline}


def test_what_was_withdrawn_later_was_open_then(place: Place) -> None:
    work = place.issued("Xã A1", due_on=date(2023, 10, 1))
    place.day = date(2023, 6, 12)
    services.cancel(work.pk, reason="Trùng", seen=work.version, act=place.act("Tỉnh ủy", "clerk"))
    assert [one.card.standing for one in page(place, "Xã A1", date(2023, 6, 11)).open] == ["not_started"]
    assert [one.card.standing for one in page(place, "Xã A1").closed] == ["cancelled"]


def test_before_it_was_issued_nothing_was_asked(place: Place) -> None:
    place.issued("Xã A1")
    assert page(place, "Xã A1", date(2023, 4, 27)).outcomes == []


def record(place: Place, indicator: str, value: int, *, period: str | None = None, unit: str = "Xã A1") -> None:
    place.day = SAID
    record_figure(
        place.unit(unit),
        indicator,
        value,
        period=period,
        said_on=SAID,
        origin="article",
        source=place.source(),
        act=place.act("Tỉnh ủy", "clerk"),
    )


def test_figures_have_their_day_their_rate_and_their_source_and_what_is_not_known_is_said(place: Place) -> None:
    record(place, "members", 342)
    record(place, "admissions", 9, period="2022")
    record(place, "admissions_target", 13, period="2022")
    shown = page(place, "Xã A1")
    members, admitted = fact(shown, "Đảng viên"), fact(shown, "Kết nạp đảng viên")
    assert (members.shown, members.source.title if members.source else "") == ("342", "Bài báo")
    assert (admitted.shown, admitted.rate, admitted.when) == ("9", "69,2 %", "năm 2022")
    assert not fact(shown, "Chi bộ trực thuộc").known
    assert not fact(page(place, "Xã A1", date(2023, 4, 27)), "Đảng viên").known


def test_different_numbers_for_one_day_stand_side_by_side(place: Place) -> None:
    record(place, "members", 342)
    record(place, "members", 340)
    members = fact(page(place, "Xã A1"), "Đảng viên")
    assert {members.shown, *(other for other, _source in members.differing)} == {"342", "340"}


def test_a_superior_is_told_how_many_below_have_a_figure_and_never_a_zero(place: Place) -> None:
    record(place, "members", 78)
    record(place, "members", 139, unit="Xã A2")
    members = fact(page(place, "Huyện ủy A"), "Đảng viên")
    assert (members.shown, members.reported, members.expected, members.below) == ("", 2, 3, 217)


def test_a_page_of_which_nothing_is_known_says_why_and_what_to_do(place: Place, client: Client) -> None:
    assert page(place, "Xã A3").unknown
    sign_in(client, place.person("Tỉnh ủy", "leader"))
    shown = client.get(reverse("overview:unit", args=[place.unit("Xã A3")])).content.decode()
    assert 'class="empty"' in shown
    assert reverse("intake:list") in shown


def test_who_took_over_reads_the_page_of_the_day_before(place: Place) -> None:
    place.working("Xã A1", due_on=date(2023, 12, 1))
    reorganise_together(
        [
            Establish("xa-moi", "commune_grassroots", "Xã Mới", "huyen-uy-a", "Mới"),
            Merge(["xa-a1"], "xa-moi"),
            Split("xa-a3", {"xa-moi": [], "xa-a2": []}),
        ],
        decision="1667/NQ",
        effective_on=date(2023, 7, 1),
        act=act_on(date(2023, 6, 16)),
    )
    heir = Unit.objects.get(code="xa-moi")
    reader = actor(hold(heir, "head", title="Bí thư xã Mới"), TODAY)
    then = unit_page(reader, place.unit("Xã A1"), SAID)
    assert (then.label.alive, len(then.open), [one.now.name for one in then.open if one.now]) == (True, 1, ["Xã Mới"])
    [became] = then.became
    assert (became.on, became.decision, [label.name for label, _part in became.units]) == (
        date(2023, 7, 1),
        "1667/NQ",
        ["Xã Mới"],
    )
    assert heir.pk in then.linked
    assert place.unit("Huyện ủy A") not in then.linked
    now = unit_page(reader, place.unit("Xã A1"), TODAY)
    assert (now.label.alive, [one.card.standing for one in now.closed]) == (False, ["handed_over"])
    mine = unit_page(reader, heir.pk, TODAY)
    assert [one.before.name for one in mine.open if one.before] == ["Xã A1"]
    assert {label.name: part for passed in mine.came for label, part in passed.units} == {"Xã A1": False, "Xã A3": True}
    assert mine.came[0].eve == date(2023, 6, 30)
    assert unit_page(reader, heir.pk, date(2023, 6, 30)).begins_later


def test_what_the_cells_reported_is_the_key_figure_of_their_commune_with_completeness_and_trend(place: Place) -> None:
    cell = place.unit("Chi bộ 1")
    for month, admitted in ((6, 1), (7, 2)):
        days = Interval(date(2023, month, 1), date(2023, month + 1, 1))
        record_figures(
            cell, [Line("admissions", admitted), Line("members", 20)], days, origin="report", act=act_on(SAID)
        )
    commune = page(place, "Xã A1")
    admissions = fact(commune, "Kết nạp đảng viên")
    assert (admissions.shown, admissions.when, admissions.reported) == ("3", "8 tháng đầu năm 2023", 2)
    assert admissions.series[-3:] == (1, 2, None)
    assert fact(commune, "Đảng viên").shown == "20"
    # A number said of the commune itself stays as it was said; the sum of a later time stands before it.
    record(place, "admissions", 4, period="2022")
    found = [one for one in page(place, "Xã A1").facts if one.label == "Kết nạp đảng viên"]
    assert [(one.shown, one.when) for one in found] == [("3", "8 tháng đầu năm 2023"), ("4", "năm 2022")]


def test_of_two_numbers_of_one_day_that_of_the_report_is_shown(place: Place) -> None:
    place.day = SAID
    days = Interval(date(2023, 4, 1), date(2023, 5, 1))
    cell = place.unit("Chi bộ 1")
    record_figures(cell, [Line("members", 20)], days, origin="report", act=act_on(SAID))
    record_figure(cell, "members", 21, period="2023-04-30", said_on=SAID, origin="article", act=act_on(SAID))
    assert fact(page(place, "Chi bộ 1"), "Đảng viên").shown == "20"


def test_the_page_costs_the_same_however_much_is_known(place: Place) -> None:
    def costs() -> dict[date, int]:
        found = {}
        for on in (TODAY, date(2023, 6, 1)):
            with CaptureQueriesContext(connection) as seen:
                page(place, "Xã A1", on)
            found[on] = len(seen)
        return found

    def happen() -> None:
        place.day = SAID
        record(place, "members", 300 + Assignment.objects.count())
        services.record_finding(
            place.origin("nhận xét"), kind="praise", units=[place.unit("Xã A1")], act=place.act("Tỉnh ủy", "clerk")
        )
        place.reported("Xã A1")

    happen()
    first = costs()
    for _again in range(3):
        happen()
    assert costs() == first


def test_the_names_of_the_path_are_those_of_the_day(place: Place) -> None:
    assert [one.name for one in page(place, "Chi bộ 1").path] == ["Tỉnh ủy", "Huyện ủy A", "Xã A1", "Chi bộ 1"]
    assert labels([place.unit("Chi bộ 1")], TODAY)
