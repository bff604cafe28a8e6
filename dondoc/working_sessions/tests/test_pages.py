"""The list and the page of working sessions: who sees what, and what came of what was demanded."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import hold, sign_in
from dondoc.directives import services as directives
from dondoc.directives.services import OriginData
from dondoc.documents.models import Source
from dondoc.documents.services import take_source
from dondoc.figures.services import record_figure
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once
from dondoc.working_sessions import queries, services
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND, SessionData, same

HELD_ON = date(2023, 4, 28)
TREE = """
Tỉnh ủy Khánh Hòa
  Huyện ủy Cam Lâm
    Xã Sơn Tân
    Xã Cam Thành Bắc
  Huyện ủy Vạn Ninh
"""
TEXT = "Xã Sơn Tân có 78 đảng viên. Sơn Tân cần khắc phục hạn chế. Cam Thành Bắc cần đổi mới. Biểu dương các xã."

TAG = re.compile(r"<[^>]*>")
FIGURE = re.compile(r"\b78\b")
"""The number of members that only Sơn Tân's sentence tells, in the words of a page: a key in its markup may be 78 as well."""


@told_once
def units() -> dict[str, Unit]:
    return draw(TREE)


@pytest.fixture
def act() -> Act:
    return act_on(HELD_ON)


def hold_session(units: dict[str, Unit], act: Act, *, is_public: bool = True, number: int = 0) -> WorkingSession:
    office = units["Tỉnh ủy Khánh Hòa"]
    text = TEXT + f" Số {number}."
    source = take_source(
        text, kind="notice", title=f"Thông báo {number}", owner=office.pk, is_public=is_public, act=act
    )
    communes = [units["Xã Sơn Tân"], units["Xã Cam Thành Bắc"]]
    data = SessionData(
        HELD_ON, office.pk, None, f"Phó Bí thư Tỉnh ủy {number}", frozenset(one.pk for one in communes), "xây dựng Đảng"
    )
    session = services.confirm_session(data, source=source, act=act)

    def origin(words: str) -> OriginData:
        at = text.index(words)
        return OriginData(
            KIND,
            session.pk,
            services.label(data),
            source.pk,
            at,
            at + len(words),
            HELD_ON,
            office.pk,
            None,
            data.leader_title,
            words,
        )

    record_figure(
        communes[0].pk,
        "members",
        78,
        period=None,
        said_on=HELD_ON,
        origin="article",
        source=source,
        span=(14, 26),
        act=act,
    )
    directives.record_finding(
        origin("Biểu dương các xã"), kind="praise", units=[one.pk for one in communes], common=True, act=act
    )
    made = [
        directives.record_directive(origin(words), addressee="", receivers="unit", units=[unit.pk], act=act).pk
        for words, unit in (("Sơn Tân cần khắc phục hạn chế", communes[0]), ("Cam Thành Bắc cần đổi mới", communes[1]))
    ]
    directives.draft_assignments(made, [one.pk for one in communes], act)
    return session


def page(client: Client, session: WorkingSession) -> str:
    answer = client.get(reverse("working_sessions:page", args=[session.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def office(client: Client, units: dict[str, Unit]) -> Client:
    return sign_in(client, hold(units["Tỉnh ủy Khánh Hòa"], "clerk", title="Văn phòng Tỉnh ủy"))


def test_the_page_says_who_when_with_whom_and_what_came_of_it(office: Client, units: dict[str, Unit], act: Act) -> None:
    shown = page(office, hold_session(units, act))
    for words in (
        "Thứ Sáu, 28/04/2023",
        "Phó Bí thư Tỉnh ủy 0",
        "Xã Sơn Tân",
        "khắc phục hạn chế",
        "78",
        "chưa có số liệu",
        "1/2",
    ):
        assert words in shown
    assert 'class="session-finding praise"' in shown


def test_the_office_is_led_on_to_the_assignments(office: Client, units: dict[str, Unit], act: Act) -> None:
    session = hold_session(units, act)
    assert reverse("directives:prepare", args=["working_session", session.pk]) in page(office, session)


def test_a_unit_of_the_session_sees_it_and_one_beside_it_does_not(
    client: Client, units: dict[str, Unit], act: Act
) -> None:
    session = hold_session(units, act)
    sign_in(client, hold(units["Xã Sơn Tân"], "head"))
    assert "khắc phục hạn chế" in page(client, session)
    sign_in(client, hold(units["Huyện ủy Vạn Ninh"], "leader"))
    assert client.get(reverse("working_sessions:page", args=[session.pk])).status_code == 404


def test_of_a_restricted_source_a_unit_reads_its_own_sentences_only(
    client: Client, units: dict[str, Unit], act: Act
) -> None:
    session = hold_session(units, act, is_public=False)
    head = hold(units["Xã Cam Thành Bắc"], "head")
    directives_of_others = "Sơn Tân cần khắc phục hạn chế"
    from dondoc.directives.models import Assignment

    Assignment.objects.update(state="issued", issued_on=HELD_ON)
    sign_in(client, head)
    shown = page(client, session)
    assert "Cam Thành Bắc cần đổi mới" in shown
    assert directives_of_others not in shown
    assert not FIGURE.search(TAG.sub(" ", shown))


def test_the_office_reads_a_restricted_source_in_full(office: Client, units: dict[str, Unit], act: Act) -> None:
    shown = page(office, hold_session(units, act, is_public=False))
    assert "Sơn Tân cần khắc phục hạn chế" in shown
    assert "Cam Thành Bắc cần đổi mới" in shown
    assert FIGURE.search(TAG.sub(" ", shown))


def test_the_list_is_filtered_by_year_and_unit(office: Client, units: dict[str, Unit], act: Act) -> None:
    session = hold_session(units, act)
    url = reverse("working_sessions:page", args=[session.pk])
    listed = reverse("working_sessions:list")
    assert url in office.get(listed).content.decode()
    assert url in office.get(listed, {"year": 2023, "unit": units["Xã Sơn Tân"].pk}).content.decode()
    assert url in office.get(listed, {"year": "nhiều", "unit": "999999"}).content.decode()
    assert url not in office.get(listed, {"on": "01/01/2023"}).content.decode()


def test_an_empty_list_says_why(office: Client) -> None:
    assert "Chưa ghi buổi làm việc nào" in office.get(reverse("working_sessions:list")).content.decode()


def test_the_list_asks_as_many_questions_for_many_sessions_as_for_one(
    office: Client, units: dict[str, Unit], act: Act
) -> None:
    counts = []
    for number in range(9):
        hold_session(units, act, number=number)
        if number in {0, 8}:
            with CaptureQueriesContext(connection) as asked:
                office.get(reverse("working_sessions:list"))
            counts.append(len(asked))
    assert counts[0] == counts[1], counts


def test_the_page_asks_as_many_questions_for_much_as_for_little(
    office: Client, units: dict[str, Unit], act: Act
) -> None:
    session = hold_session(units, act)
    with CaptureQueriesContext(connection) as little:
        page(office, session)
    source = session.sources.get()
    for number in range(15):
        words = TEXT[:20]
        origin = OriginData(
            KIND, session.pk, "x", source.pk, 0, 20, HELD_ON, session.led_by_id, None, "Phó Bí thư", words
        )
        communes = [unit.pk for unit in session.units.all()]
        made = directives.record_directive(origin, addressee="", receivers="localities", units=communes, act=act)
        directives.draft_assignments([made.pk], communes, act)
        directives.record_finding(origin, kind="criticism", units=communes[:1], act=act)
        record_figure(
            communes[1],
            "admissions",
            number,
            period=f"{2000 + number}",
            said_on=HELD_ON,
            origin="article",
            source=source,
            act=act,
        )
    with CaptureQueriesContext(connection) as much:
        page(office, session)
    assert len(much) == len(little), (len(little), len(much))


def data(**more: Any) -> SessionData:
    told: dict[str, Any] = {
        "on": HELD_ON,
        "led_by": 1,
        "leader_post": 5,
        "leader_title": "Phó Bí thư",
        "units": frozenset({2, 3}),
    }
    return SessionData(**{**told, **more})


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (data(topic="khác"), True),
        (data(leader_title="Phó bí thư Tỉnh ủy"), True),
        (data(leader_post=None, leader_title="phó  BÍ THƯ"), True),
        (data(leader_post=None, leader_title="Bí thư"), False),
        (data(leader_post=None, led_by=9), False),
        (data(leader_post=6), False),
        (data(units=frozenset({2})), True),
        (data(units=frozenset({3, 4})), True),
        (data(units=frozenset({4})), False),
        (data(on=date(2023, 4, 29)), False),
    ],
)
def test_a_session_is_the_same_by_day_leader_and_units(other: SessionData, is_same: bool) -> None:
    assert same(data(), other) is is_same


def test_the_same_session_is_not_recorded_twice(units: dict[str, Unit], act: Act) -> None:
    session = hold_session(units, act)
    with pytest.raises(Refused, match="known"):
        services.confirm_session(queries.data_of(session), source=Source.objects.get(), act=act)


def test_a_person_may_say_that_a_leader_held_two_sessions_with_a_unit_on_one_day(
    units: dict[str, Unit], act: Act
) -> None:
    session = hold_session(units, act)
    other = services.confirm_session(queries.data_of(session), source=Source.objects.get(), act=act, another=True)
    assert other != session


def test_no_source_is_added_to_a_withdrawn_session(units: dict[str, Unit], act: Act) -> None:
    session = hold_session(units, act)
    source = Source.objects.get()
    services.withdraw_session(session, seen=session.version, act=act)
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.attach_source(session, source, act=act)


@pytest.mark.parametrize(
    ("change", "code"), [({"on": date(2023, 4, 29)}, "ahead"), ({"units": frozenset()}, "no_units")]
)
def test_a_session_that_cannot_have_been_held_is_refused(
    units: dict[str, Unit], act: Act, change: dict[str, object], code: str
) -> None:
    from dataclasses import replace

    session = hold_session(units, act)
    with pytest.raises(Refused, match=code):
        services.confirm_session(
            replace(queries.data_of(session), **change),  # type: ignore[arg-type]
            source=Source.objects.get(),
            act=act,
        )


def test_a_withdrawn_session_disappears_and_may_be_recorded_again(units: dict[str, Unit], act: Act) -> None:
    session = hold_session(units, act)
    services.withdraw_session(session, seen=session.version, act=act)
    assert queries.same_session(queries.data_of(session)) is None
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.withdraw_session(session, seen=1, act=act)


def test_the_only_source_cannot_be_taken_away(units: dict[str, Unit], act: Act) -> None:
    session = hold_session(units, act)
    with pytest.raises(Refused, match="only_source"):
        services.detach_source(session, session.sources.get(), act=act)
