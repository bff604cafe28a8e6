"""One story of reports, lived day by day; afterwards every page is read on each of its days and says what was so then, and no more."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise, reorganise_together
from dondoc.organisations.steps import Dissolve, Establish, Merge
from dondoc.organisations.tests.trees import DECISION, act_on
from dondoc.reports import queries, services
from dondoc.reports.asof import as_of, filled_by, received_by
from dondoc.reports.models import Difficulty, Report
from dondoc.reports.rounds import grid, of_round, rounds
from dondoc.reports.rules.states import FILLED
from dondoc.reports.texts import STANDINGS
from dondoc.tests.told_once import told_once
from dondoc.web.states import STATES

from .reporting import MONTH, OPENS, Reporting

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 20)
TOLD = "Nhà văn hóa xuống cấp"
STANDS = {
    date(2023, 4, 25): ("not_started", "Chi bộ 1", "Xã A1"),
    date(2023, 4, 28): ("in_progress", "Chi bộ 1", "Xã A1"),
    date(2023, 4, 29): ("due_soon", "Chi bộ 1", "Xã A1"),
    date(2023, 5, 3): ("overdue", "Chi bộ 1", "Xã A1"),
    date(2023, 5, 6): ("reported", "Chi bộ 1", "Xã A1"),
    date(2023, 5, 8): ("returned", "Chi bộ 1", "Xã A1"),
    date(2023, 5, 9): ("reported", "Chi bộ 1", "Xã A1"),
    date(2023, 5, 10): ("accepted_late", "Chi bộ 1", "Xã A1"),
    date(2023, 5, 16): ("accepted_late", "Chi bộ mới", "Xã A1"),
    date(2023, 5, 20): ("in_progress", "Chi bộ mới", "Xã A1"),
    date(2023, 5, 22): ("reported", "Chi bộ mới", "Xã A1"),
    date(2023, 6, 1): ("reported", "Chi bộ mới", "Huyện ủy A"),
    date(2023, 6, 5): ("accepted_late", "Chi bộ mới", "Huyện ủy A"),
}
"""How the report of cell 1 on April stands from a day on, who answers for it and who waits; told by hand from the acts below."""
LIES = {
    date(2023, 4, 25): "",
    date(2023, 5, 6): "Xã A1",
    date(2023, 5, 12): "Huyện ủy A",
    date(2023, 6, 10): "",
}
"""With whom the difficulty of that report lies from a day on."""


def acts(place: Reporting) -> Iterator[tuple[date, Callable[[date], object]]]:
    """Everything that happens, in its order."""

    def report() -> Report:
        return place.report("Chi bộ 1")

    def seen() -> int:
        return report().version

    def difficulty() -> Difficulty:
        return Difficulty.objects.get()

    def by(day: date, name: str, kind: str = "clerk") -> Any:
        return place.act(name, day, kind)

    def merge(day: date) -> None:
        first, second = (place.units[name].code for name in ("Chi bộ 1", "Chi bộ 2"))
        steps = (Establish("chi-bo-moi", "cell", "Chi bộ mới", place.units["Xã A1"].code),
                 Merge((first, second), "chi-bo-moi"))  # fmt: skip
        reorganise_together(steps, decision=DECISION, effective_on=day, act=act_on(day))
        place.units["Chi bộ mới"] = Unit.objects.get(code="chi-bo-moi")

    yield OPENS, place.open
    yield date(2023, 4, 28), lambda day: place.fill(report(), MONTH | {"section.difficulties": TOLD}, day)
    yield date(2023, 5, 4), lambda day: services.urge([report().pk], act=by(day, "Xã A1"))
    yield date(2023, 5, 6), lambda day: place.submit(report(), day)
    yield (
        date(2023, 5, 8),
        lambda day: services.send_back(report().pk, remarks={"": "Ghi rõ hơn"}, seen=seen(), act=by(day, "Xã A1")),
    )
    yield date(2023, 5, 9), lambda day: place.submit(report(), day)
    yield date(2023, 5, 10), lambda day: services.accept(report().pk, seen=seen(), act=by(day, "Xã A1"))
    yield (
        date(2023, 5, 12),
        lambda day: services.pass_up(
            difficulty().pk, text="Vượt thẩm quyền", seen=difficulty().version, act=by(day, "Xã A1", "head")
        ),
    )
    yield date(2023, 5, 16), merge
    yield (
        date(2023, 5, 20),
        lambda day: services.correct(
            report().pk, reason="Đếm sót một đảng viên", seen=seen(), act=by(day, "Chi bộ mới", "head")
        ),
    )
    yield date(2023, 5, 22), lambda day: place.submit(report(), day)
    yield (
        date(2023, 6, 1),
        lambda day: reorganise(
            Dissolve(place.units["Xã A1"].code), decision=DECISION, effective_on=day, act=act_on(day)
        ),
    )
    yield date(2023, 6, 5), lambda day: services.accept(report().pk, seen=seen(), act=by(day, "Huyện ủy A"))
    yield (
        date(2023, 6, 10),
        lambda day: services.answer(
            difficulty().pk, text="Đã bố trí vốn", seen=difficulty().version, act=by(day, "Huyện ủy A", "leader")
        ),
    )


@told_once
def place() -> Reporting:
    made = Reporting()
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    for name, kind in (("Chi bộ 1", "head"), ("Xã A1", "clerk"), ("Xã A1", "head"), ("Huyện ủy A", "clerk")):
        made.person(name, kind)
    for day, act in acts(made):
        act(day)
    made.person("Huyện ủy A", "leader")
    return made


WORDS = {
    date(2023, 5, 4): "đã đôn đốc 1 lần",
    date(2023, 5, 6): TOLD,
    date(2023, 5, 8): "Ghi rõ hơn",
    date(2023, 5, 12): "Vượt thẩm quyền",
    date(2023, 5, 22): "Đếm sót một đảng viên",
    date(2023, 6, 10): "Đã bố trí vốn",
}
"""What is first said on a day; nowhere does it stand on an earlier one."""
EDGES = sorted({day - timedelta(n) for day in {*STANDS, *LIES, *WORDS} for n in (0, 1)} - {OPENS - timedelta(1)})
"""Each day on which something changed, and its eve."""


def told(table: dict[date, Any], day: date) -> Any:
    return table[max(one for one in table if one <= day)]


def named(place: Reporting, unit: int | None) -> str:
    return next((name for name, one in place.units.items() if one.pk == unit), "")


def page(client: Client, address: str, day: date) -> str:
    """The page's own part on a day, without the frame."""
    sign = "&" if "?" in address else "?"
    answer = client.get(f"{address}{sign}on={day:%d/%m/%Y}")
    assert answer.status_code == 200, (address, day)
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_a_report_stands_on_each_day_as_it_stood_then(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    for n in range((TODAY - OPENS).days):
        day = OPENS + timedelta(n)
        [then] = as_of([report], day, TODAY)
        [line] = queries.lines([then], day)
        found = (line.standing, named(place, then.filler_id), named(place, then.receiver_id))
        assert found == told(STANDS, day), day
    assert as_of([report], OPENS - timedelta(1), TODAY) == []
    assert as_of([report], TODAY, TODAY) == [report]


def test_the_difficulty_lies_on_each_day_with_whom_it_lay_then(place: Reporting) -> None:
    units = [place.unit(name) for name in ("Xã A1", "Huyện ủy A")]
    for day in EDGES:
        lying = queries.lying_with_on(units, day, TODAY)
        assert [named(place, one.lies_with_id) for one in lying] == [one for one in [told(LIES, day)] if one], day
        raised = queries.raised_by_on([place.unit("Chi bộ 1")], day, TODAY, 9)
        assert len(raised) == (day >= date(2023, 5, 6)), day


def test_what_is_to_be_sent_and_what_is_collected_counts_as_it_did_on_the_day(place: Reporting) -> None:
    report = place.report("Chi bộ 1")
    for day in EDGES:
        standing, filler, receiver = told(STANDS, day)
        mine = filled_by([place.unit(filler)], day, TODAY)
        assert [one.state in FILLED for one in mine if one.pk == report.pk] == [
            standing in {"not_started", "in_progress", "due_soon", "overdue", "returned"}
        ], day
        [now] = [one for one in rounds([place.unit(receiver)], day, TODAY) if one.period == "2023-04"]
        assert (now.waiting, now.accepted) == (int(standing == "reported"), int(standing == "accepted_late")), day
        assert report.pk in {one.pk for one in of_round(now, day, TODAY)}
        [cell] = [row.cells for row in grid([now], day, TODAY) if row.unit.unit == report.unit_id]
        assert cell[0] is not None
        assert cell[0][:2] == (report.pk, standing), day


def test_the_pages_say_on_each_day_what_was_so_then_and_nothing_of_a_later_day(
    client: Client, place: Reporting
) -> None:
    report = place.report("Chi bộ 1")
    leader = sign_in(client, place.person("Huyện ủy A", "leader"))
    addresses = [
        reverse("reports:list"),
        f"{reverse('reports:list')}?unit={report.unit_id}&form=monthly",
        f"{reverse('reports:collect')}?unit={place.unit('Xã A1')}&form=monthly&period=2023-04",
        f"{reverse('reports:collect')}?unit={place.unit('Huyện ủy A')}&form=monthly&period=2023-04",
        reverse("reports:difficulties"),
        reverse("reports:report", args=[report.pk]),
    ]
    everything = ""
    for day in sorted({date(2023, 4, 28), date(2023, 6, 1), *WORDS, *(one - timedelta(1) for one in WORDS)}):
        pages = [page(leader, address, day) for address in addresses]
        standing, _filler, receiver = told(STANDS, day)
        shown = str(STANDINGS.get(standing) or STATES[standing].word)
        assert shown in pages[1], day
        assert shown in pages[2 if receiver == "Xã A1" else 3], day
        assert (f'href="/reports/{report.pk}/?on=' in pages[1]) == (day != TODAY), day
        for said_on, words in WORDS.items():
            if said_on > day:
                assert not any(words in text for text in pages), (day, words)
        assert not any('method="post"' in text for text in pages), day
        everything += "".join(pages)
    assert [words for words in WORDS.values() if words not in everything] == []


def test_a_day_gone_by_is_read_in_the_same_number_of_queries_at_any_size(place: Reporting) -> None:
    day, units = date(2023, 5, 8), [place.unit("Xã A1"), place.unit("Chi bộ 1")]

    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            rounds(units, day, TODAY)
            queries.lines(received_by(units, day, TODAY), day)
            queries.lines(filled_by(units, day, TODAY), day)
            queries.lying_with_on(units, day, TODAY)
        return len(asked)

    before = counted()
    report = Report.objects.get(unit=place.unit("Chi bộ 2"), form="monthly", period="2023-04")
    for n in range(1, 30):
        report.pk, report.period = None, f"2022-{n}"
        report.starts_on, report.superior_id = report.starts_on - timedelta(31), place.unit("Xã A1")
        report._state.adding = True
        report.save()
    assert len(received_by(units, day, TODAY)) > 29
    assert counted() == before
