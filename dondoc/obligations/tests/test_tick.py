"""The clock opens what regulations ask for, judges it the morning after the last day, and tells whoever must know."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import hold
from dondoc.clock.services import system_act
from dondoc.documents.models import StoredFile
from dondoc.history.models import Event
from dondoc.history.services import Act
from dondoc.lib.refusals import Refused
from dondoc.meetings.models import Meeting
from dondoc.obligations import services, tick
from dondoc.obligations.models import Doubt, Judgement, Obligation, Step
from dondoc.obligations.rules import Verdict
from dondoc.obligations.services.judging import rejudge
from dondoc.obligations.services.opening import open_due
from dondoc.organisations.services import reorganise, revoke
from dondoc.organisations.steps import Dissolve
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.regulations.models import Article, Duty, Version
from dondoc.tests.told_once import told_once

START = date(2023, 6, 1)
MONTHLY = {"turn": "monthly", "month": "1", "day": "31"}
BEFORE = {"turn": "around", "event": "cell_meeting", "days": "-1"}
AFTER = {"turn": "around", "event": "cell_meeting", "days": "3", "working": "1"}


class Cell:
    """A cell with a regulation since 1 June, its secretary, and the clerk and leader of the commune above it, who have signed in."""

    def __init__(self) -> None:
        self.units = draw("Xã A\n  Chi bộ 1\n")
        self.cell, self.commune = self.units["Chi bộ 1"], self.units["Xã A"]
        self.head = hold(self.cell, "head")
        self.clerk, self.leader = hold(self.commune, "clerk"), hold(self.commune, "leader")
        Account.objects.update(last_login=datetime(2023, 5, 1, tzinfo=UTC))
        self.version = Version.objects.create(
            unit=self.cell, ordinal=1, title="Quy chế", holds_from=START, approved_on=START, recorded_at=datetime(2023, 6, 1, tzinfo=UTC)
        )  # fmt: skip
        article = Article.objects.create(version=self.version, number=2, heading="Sinh hoạt", text="Mỗi tháng một lần.")
        for place, (code, evidence, content) in enumerate(
            [("meeting", "cell_meeting", MONTHLY), ("papers", "papers", BEFORE), ("notice", "notice", AFTER)]
        ):
            Duty.objects.create(
                article=article, position=place, code=code, title=code, evidence=evidence, content=content, who="head"
            )

    def act(self, day: date, account: Account | None = None) -> Act:
        held = Post.objects.get(terms__account=account or self.head)
        return Act(
            (account or self.head).pk, held.pk, held.unit_id, day, datetime(day.year, day.month, day.day, tzinfo=UTC)
        )

    def run(self, since: date, until: date) -> None:
        for n in range((until - since).days + 1):
            tick.step(since + timedelta(days=n))

    def of(self, code: str) -> list[tuple[date, str]]:
        return list(Obligation.objects.filter(code=code).order_by("due_on").values_list("due_on", "verdict"))

    def meeting(self, day: date, **given: object) -> Meeting:
        values = {"planned_on": day, "recorded_on": START} | given
        return Meeting.objects.create(unit=self.cell, kind="cell_meeting", **values)


@told_once
def cell() -> Cell:
    return Cell()


def test_a_month_without_a_meeting_is_flagged_the_next_morning_and_told_to_the_head(cell: Cell) -> None:
    cell.run(START, date(2023, 6, 30))
    assert cell.of("meeting") == [(date(2023, 6, 30), Verdict.OPEN)]
    tick.step(date(2023, 7, 1))
    assert cell.of("meeting")[0] == (date(2023, 6, 30), Verdict.NO_PLAN)
    told = Step.objects.values_list("step", "due_on", "done_on", "unit", "audience", "on_paper")
    assert list(told.order_by("due_on")) == [
        ("due_soon", date(2023, 6, 25), date(2023, 6, 25), cell.cell.pk, "head", False),
        ("lapsed", date(2023, 7, 1), date(2023, 7, 1), cell.cell.pk, "head", False),
    ]
    assert Event.objects.filter(action="obligations.lapsed").count() == 1


def test_the_second_lapse_reaches_the_office_above_and_the_third_its_leader(cell: Cell) -> None:
    cell.run(START, date(2023, 9, 1))
    above = Step.objects.filter(unit=cell.commune).order_by("done_on").values_list("step", "done_on", "audience")
    assert [one for one in above if one[0] != "left_open"] == [
        ("lapsed_again", date(2023, 8, 1), "office"),
        ("lapsed_again", date(2023, 9, 1), "office"),
        ("pattern", date(2023, 9, 1), "leader"),
    ]


def test_days_that_were_skipped_are_caught_up_and_running_again_changes_nothing(cell: Cell) -> None:
    tick.step(START)
    tick.step(date(2023, 8, 10))
    lapses = [verdict for _, verdict in cell.of("meeting")]
    assert lapses == [Verdict.NO_PLAN, Verdict.NO_PLAN, Verdict.OPEN]
    before = list(Obligation.objects.values()), Step.objects.count(), Judgement.objects.count()
    tick.step(date(2023, 8, 10))
    services.rejudge([cell.cell.pk], cell.act(date(2023, 8, 10)))
    assert (list(Obligation.objects.values()), Step.objects.count(), Judgement.objects.count()) == before


def test_papers_are_owed_before_a_meeting_and_its_conclusion_after_it(cell: Cell) -> None:
    meeting = cell.meeting(date(2023, 6, 20))
    cell.run(START, date(2023, 6, 20))
    assert cell.of("papers") == [(date(2023, 6, 19), Verdict.NOT_CARRIED_OUT)]
    assert cell.of("notice") == []
    Meeting.objects.filter(pk=meeting.pk).update(
        held_on=date(2023, 6, 20), minutes_on=date(2023, 6, 20), state="closed"
    )
    services.evidence_changed([cell.cell.pk], cell.act(date(2023, 6, 20)))
    assert cell.of("meeting") == [(date(2023, 6, 30), Verdict.DONE)]
    assert cell.of("notice") == [(date(2023, 6, 23), Verdict.OPEN)]
    cell.run(date(2023, 6, 21), date(2023, 6, 24))
    assert cell.of("notice") == [(date(2023, 6, 23), Verdict.NOT_CARRIED_OUT)]


def test_papers_of_a_meeting_that_was_brought_forward_lapse_the_day_after_their_new_day(cell: Cell) -> None:
    meeting = cell.meeting(date(2023, 6, 25))
    cell.run(START, date(2023, 6, 5))
    Meeting.objects.filter(pk=meeting.pk).update(planned_on=date(2023, 6, 12))
    services.evidence_changed([cell.cell.pk], cell.act(date(2023, 6, 5)))
    cell.run(date(2023, 6, 6), date(2023, 6, 12))
    assert cell.of("papers") == [(date(2023, 6, 11), Verdict.NOT_CARRIED_OUT)]
    assert Step.objects.filter(obligation__code="papers", step="lapsed", done_on=date(2023, 6, 12)).exists()


def test_what_a_cancelled_meeting_asked_for_ends_with_it(cell: Cell) -> None:
    meeting = cell.meeting(date(2023, 6, 20))
    tick.step(START)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    services.evidence_changed([cell.cell.pk], cell.act(date(2023, 6, 2)))
    assert [verdict for _, verdict in cell.of("papers")] == [Verdict.ENDED]
    cell.run(date(2023, 6, 3), date(2023, 6, 25))
    assert [verdict for _, verdict in cell.of("papers")] == [Verdict.ENDED]


def test_a_meeting_that_was_entered_only_after_its_day_is_no_plan(cell: Cell) -> None:
    cell.meeting(date(2023, 6, 20), recorded_on=date(2023, 6, 25))
    cell.run(START, date(2023, 7, 1))
    assert cell.of("meeting")[0][1] == Verdict.NO_PLAN


def test_minutes_that_are_missing_are_told_apart_and_made_good(cell: Cell) -> None:
    meeting = cell.meeting(date(2023, 6, 20), held_on=date(2023, 6, 20))
    cell.run(START, date(2023, 7, 1))
    assert cell.of("meeting")[0][1] == Verdict.WITHOUT_EVIDENCE
    Meeting.objects.filter(pk=meeting.pk).update(minutes_on=date(2023, 7, 2))
    services.evidence_changed([cell.cell.pk], cell.act(date(2023, 7, 2)))
    assert cell.of("meeting")[0][1] == Verdict.DONE
    told = Judgement.objects.filter(obligation__code="meeting", obligation__due_on=date(2023, 6, 30))
    assert list(told.values_list("verdict", "on"))[-2:] == [
        (Verdict.WITHOUT_EVIDENCE, date(2023, 7, 1)),
        (Verdict.DONE, date(2023, 7, 2)),
    ]


def test_a_declaration_counts_with_a_file_and_is_taken_back_by_who_made_it(cell: Cell) -> None:
    cell.run(START, date(2023, 7, 1))
    one = Obligation.objects.get(code="meeting", due_on=date(2023, 6, 30))
    file = StoredFile.objects.create(
        digest="0" * 64, name="bien-ban.pdf", media_type="application/pdf", size=1, content="x"
    )
    made = services.declare(one.pk, date(2023, 6, 28), "Đã họp", file, seen=one.version, act=cell.act(date(2023, 7, 2)))
    one.refresh_from_db()
    assert (one.verdict, one.done_on) == (Verdict.DONE, date(2023, 6, 28))
    with pytest.raises(Refused, match="met_already"):
        services.declare(one.pk, date(2023, 6, 28), "Đã họp", file, seen=one.version, act=cell.act(date(2023, 7, 2)))
    with pytest.raises(Refused, match="not_yours"):
        services.withdraw(made.pk, act=cell.act(date(2023, 7, 2), cell.clerk))
    services.withdraw(made.pk, act=cell.act(date(2023, 7, 2)))
    one.refresh_from_db()
    assert one.verdict == Verdict.NO_PLAN


def test_a_unit_is_excused_by_the_one_above_and_by_nobody_of_its_own(cell: Cell) -> None:
    cell.run(START, date(2023, 7, 1))
    one = Obligation.objects.get(code="meeting", due_on=date(2023, 6, 30))
    services.ask_excuse(one.pk, "Lũ lụt", seen=one.version, act=cell.act(date(2023, 7, 2)))
    one.refresh_from_db()
    with pytest.raises(Refused, match="own_unit"):
        services.answer_excuse(one.pk, True, "", seen=one.version, act=cell.act(date(2023, 7, 2)))
    services.answer_excuse(one.pk, True, "", seen=one.version, act=cell.act(date(2023, 7, 3), cell.leader))
    one.refresh_from_db()
    assert one.verdict == Verdict.EXCUSED
    with pytest.raises(Refused, match="changed_meanwhile"):
        services.ask_excuse(one.pk, "Lần nữa", seen=1, act=cell.act(date(2023, 7, 3)))


def test_a_unit_that_ends_in_the_month_owes_it_no_more_and_nobody_is_warned(cell: Cell) -> None:
    tick.step(START)
    reorganise(Dissolve(cell.cell.code), decision="QĐ", effective_on=date(2023, 6, 15), act=act_on(date(2023, 6, 15)))
    cell.run(date(2023, 6, 15), date(2023, 7, 5))
    assert cell.of("meeting") == [(date(2023, 6, 30), Verdict.ENDED)]
    assert not Step.objects.exists()


def test_where_nobody_has_signed_in_it_goes_out_on_paper_and_to_the_superior(cell: Cell) -> None:
    Account.objects.filter(pk=cell.head.pk).update(last_login=None)
    cell.run(START, date(2023, 7, 1))
    told = Step.objects.filter(step="lapsed").values_list("unit", "audience", "on_paper")
    assert set(told) == {(cell.cell.pk, "head", True), (cell.commune.pk, "superior", False)}


def test_a_doubt_is_no_lapse_and_is_gone_when_the_records_agree_again(cell: Cell) -> None:
    meeting = cell.meeting(date(2023, 6, 20), held_on=date(2023, 6, 20), minutes_on=date(2023, 6, 19), state="closed")
    cell.run(START, date(2023, 7, 1))
    assert cell.of("meeting")[0][1] == Verdict.DONE
    one = Doubt.objects.get()
    assert (one.code, one.obligation.code, one.settled_on) == ("minutes_before", "meeting", None)
    Meeting.objects.filter(pk=meeting.pk).update(minutes_on=date(2023, 6, 20))
    services.evidence_changed([cell.cell.pk], cell.act(date(2023, 7, 2)))
    assert Doubt.objects.get().settled_on == date(2023, 7, 2)
    with pytest.raises(Refused, match="settled_already"):
        services.settle_doubt(one.pk, "Ghi nhầm ngày", act=cell.act(date(2023, 7, 2), cell.leader))


def test_a_doubt_is_settled_above_and_stays_settled(cell: Cell) -> None:
    cell.meeting(date(2023, 6, 20), held_on=date(2023, 6, 20), minutes_on=date(2023, 6, 19), state="closed")
    cell.run(START, date(2023, 6, 20))
    services.evidence_changed([cell.cell.pk], cell.act(date(2023, 6, 21)))
    one = Doubt.objects.get()
    with pytest.raises(Refused, match="own_doubt"):
        services.settle_doubt(one.pk, "Không sao", act=cell.act(date(2023, 6, 22)))
    services.settle_doubt(one.pk, "Ghi nhầm ngày", act=cell.act(date(2023, 6, 22), cell.leader))
    services.evidence_changed([cell.cell.pk], cell.act(date(2023, 6, 23)))
    one.refresh_from_db()
    assert (one.settled_on, one.words) == (date(2023, 6, 22), "Ghi nhầm ngày")


def test_an_excuse_that_is_revoked_counts_no_more(cell: Cell) -> None:
    cell.run(START, date(2023, 7, 1))
    one = Obligation.objects.get(code="meeting", due_on=date(2023, 6, 30))
    given = services.answer_excuse(
        one.pk, True, "Lũ lụt", seen=one.version, act=cell.act(date(2023, 7, 3), cell.leader)
    )
    with pytest.raises(Refused, match="own_unit"):
        services.revoke_excuse(given.pk, "Không có lũ", act=cell.act(date(2023, 7, 4)))
    services.revoke_excuse(given.pk, "Không có lũ", act=cell.act(date(2023, 7, 4), cell.leader))
    one.refresh_from_db()
    assert one.verdict == Verdict.NO_PLAN


class Killed(Exception):
    """The power went."""


def test_a_run_that_is_killed_anywhere_and_run_again_gives_the_same_rows(cell: Cell) -> None:
    """Killed at each write in turn: what was committed stays, what was not is done again, and nothing is there twice."""
    cell.meeting(date(2023, 6, 20), held_on=date(2023, 6, 20), minutes_on=date(2023, 6, 20), state="closed")
    day = date(2023, 8, 10)

    def rows() -> tuple[list[object], ...]:
        return (
            list(Obligation.objects.order_by("code", "due_on").values_list("code", "due_on", "verdict", "judge_on")),
            list(Step.objects.order_by("step", "due_on", "unit").values_list("step", "due_on", "unit", "audience")),
            list(Judgement.objects.order_by("obligation__due_on", "verdict").values_list("verdict", "on")),
        )

    def killed_at(n: int) -> bool:
        left = n

        def watch(execute: Any, sql: str, *given: Any) -> Any:
            nonlocal left
            if sql.startswith(("INSERT", "UPDATE")):
                left -= 1
                if left < 0:
                    raise Killed
            return execute(sql, *given)

        with connection.execute_wrapper(watch):
            try:
                with transaction.atomic():
                    open_due(day)
                with transaction.atomic():
                    rejudge([cell.cell.pk], system_act(day), due_only=True)
            except Killed:
                return True
        return False

    class Undo(Exception):
        """Back to the beginning."""

    told: list[object] = []
    for n in range(99):
        with suppress(Undo), transaction.atomic():
            again = killed_at(n)
            tick.step(day)
            told.append(rows())
            raise Undo
        if not again:
            break
    assert len(told) > 5
    assert all(one == told[-1] for one in told)


def test_what_ended_with_its_unit_is_owed_again_where_that_is_revoked(cell: Cell) -> None:
    cell.meeting(date(2023, 6, 20))
    tick.step(START)
    gone = reorganise(
        Dissolve(cell.cell.code), decision="QĐ", effective_on=date(2023, 6, 15), act=act_on(date(2023, 6, 15))
    )
    cell.run(date(2023, 6, 15), date(2023, 6, 17))
    assert {verdict for code in ("meeting", "papers") for _, verdict in cell.of(code)} == {Verdict.ENDED}
    revoke(gone, decision="QĐ-2", act=act_on(date(2023, 6, 18)))
    assert {verdict for code in ("meeting", "papers") for _, verdict in cell.of(code)} == {Verdict.OPEN}
    cell.run(date(2023, 6, 18), date(2023, 7, 1))
    assert cell.of("meeting")[0] == (date(2023, 6, 30), Verdict.NOT_CARRIED_OUT)
    assert Step.objects.filter(step="lapsed", obligation__code="meeting").count() == 1
