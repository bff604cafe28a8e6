"""Any number of a province's page is explained in three clicks: down to the line of a report, over a whole year and three levels."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import actor, hold, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.figures import explaining
from dondoc.figures.indicators import indicators
from dondoc.figures.rules import months
from dondoc.figures.services import Line, record_figures
from dondoc.lib.periods import Interval
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.reports.models import Report, SentLine, Submission
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db

TODAY = date(2023, 1, 20)
YEAR = Interval(date(2022, 1, 1), date(2023, 1, 1))
DRAWING = "Tỉnh ủy\n" + "\n".join(
    f"  Huyện ủy {d}\n" + "\n".join(f"    Xã {d}{c}\n      Chi bộ {d}{c}1\n      Chi bộ {d}{c}2" for c in (1, 2))
    for d in "AB"
)


@told_once
def units() -> dict[str, Unit]:
    """A province that has heard of every cell in every month, each time in a report of its own."""
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    found = draw(DRAWING)
    account = hold(found["Huyện ủy A"], "clerk")
    post = account.terms.get().post
    act = act_on(TODAY)
    for name in [one for one in found if re.fullmatch(r"Chi bộ \w+", one)]:
        unit, commune = found[name], found[f"Xã {name[7:9]}"]
        for month in months(YEAR):
            assert month.end is not None
            report = Report.objects.create(
                form="monthly",
                since=date(2018, 1, 1),
                period=f"{month.start:%Y-%m}",
                starts_on=month.start,
                ends_on=month.end,
                unit=unit,
                superior=commune,
                filler=unit,
                receiver=commune,
                opened_on=month.start,
                cut_off_on=month.end,
                due_on=month.end,
                state="accepted",
                sent_on=month.end,
                accepted_on=month.end,
            )
            sent = Submission.objects.create(report=report, number=1, on=month.end, at=act.at, by=account, post=post)
            lines = [
                Line(key, value, SentLine.objects.create(submission=sent, key=key, mode="entered", value=value).pk)
                for key, value in (("admissions", 1), ("members", 20))
            ]
            record_figures(unit.pk, lines, month, origin="report", act=act, said_on=month.end)
    return found


def links(client: Client, address: str) -> list[str]:
    """The addresses to which the content of a page leads."""
    answer = client.get(address.partition("#")[0])
    assert answer.status_code == 200, address
    content = answer.content.decode().partition("<main")[2]
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', content)]


def lines_of(indicator: str) -> set[str]:
    """The addresses of the lines in the reports: where the explanation has to end."""
    rows = SentLine.objects.filter(key=indicator).select_related("submission")
    return {
        reverse("reports:sent", args=[one.submission.report_id, one.submission.number]) + f"#line-{one.key}"
        for one in rows
    }


@pytest.mark.parametrize(("indicator", "in_the_number"), [("admissions", 96), ("members", 8)])
def test_from_a_provinces_number_of_a_year_every_line_in_it_is_three_clicks_away(
    units: dict[str, Unit], client: Client, monkeypatch: pytest.MonkeyPatch, indicator: str, in_the_number: int
) -> None:
    # A page of three lines is to this small province what one of three hundred is to a real one.
    monkeypatch.setattr(explaining, "LISTED", 3)
    monkeypatch.setattr(explaining, "SMALL", 2)
    sign_in(client, hold(units["Tỉnh ủy"], "leader"))
    start = reverse("figures:overview", args=[units["Tỉnh ủy"].pk]) + "?period=2022"
    first = next(one for one in links(client, start) if f"/{units['Tỉnh ủy'].pk}/{indicator}/" in one)
    on_the_first = links(client, first)
    assert not lines_of(indicator) & set(on_the_first)
    found: set[str] = set()
    for second in {one for one in on_the_first if f"/{indicator}/?period=2022" in one}:
        on_the_second = links(client, second)
        found |= lines_of(indicator) & set(on_the_second)
        assert len(lines_of(indicator) & set(on_the_second)) <= explaining.LISTED
    assert len(found) == in_the_number
    # The third click opens the report itself, where the line has its own place.
    report, _, place = sorted(found)[0].partition("#")
    assert f'id="{place}"' in client.get(report).content.decode()


def test_the_way_costs_the_same_however_many_units_and_lines_there_are(
    units: dict[str, Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explaining, "LISTED", 3)
    monkeypatch.setattr(explaining, "SMALL", 2)
    leader, known = actor(hold(units["Tỉnh ủy"], "leader"), TODAY), indicators()["admissions"]

    def cost(unit: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            shown = explaining.explained(leader, units[unit], known, "2022", TODAY)
        assert shown.is_table
        return len(asked)

    # The district has no large unit below, so it opens none: that costs a few queries less, and never more.
    assert cost("Huyện ủy A") <= cost("Tỉnh ủy") <= 30


def test_a_number_that_was_sent_upward_and_is_another_one_now_is_marked(units: dict[str, Unit], client: Client) -> None:
    cell, may = units["Chi bộ A11"], Interval(date(2022, 5, 1), date(2022, 6, 1))
    sign_in(client, hold(units["Huyện ủy A"], "leader"))
    page = reverse("figures:overview", args=[cell.pk]) + "?period=2022-05"
    assert "Các số đã gửi vẫn giữ nguyên" in client.get(page).content.decode()
    record_figures(
        cell.pk,
        [Line("admissions", 3), Line("members", 20)],
        may,
        origin="report",
        act=act_on(TODAY),
        reason="Ghi thiếu",
    )
    shown = client.get(page)
    [row] = shown.context["shown"].changed
    assert (row.indicator.key, row.sent_number, row.total.value) == ("admissions", 1, 3)
    assert "đã gửi cấp trên: 1" in shown.content.decode()
    # On a day before it was sent there is nothing to hold it against.
    assert "đã gửi cấp trên" not in client.get(f"{page}&on=31/05/2022").content.decode()
