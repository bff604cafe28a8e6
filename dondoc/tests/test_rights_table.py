"""Every address, opened by people of every kind of post to whom the thing does not belong.

A new address needs a line here only where it is open to more than its own folder's thing; the test says which line is missing:

- an address with arguments belongs to a thing, found by `THINGS` ("folder:argument", or the address's full name): strangers get 404 or 403;
- an address without arguments is open to everybody (`EVERYBODY`, with the reason) or to some kinds of post (`KINDS`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dondoc.accounts.models import Account, Post, PostKind, Term
from dondoc.accounts.tests.people import account, hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives.models import Assignment, LateField, Role
from dondoc.directives.tests.pages import SAID_ON, tell
from dondoc.documents.models import IncomingDocument, OfficialDocument, Reservation
from dondoc.documents.services import store_file
from dondoc.drafting import models as drafting
from dondoc.figures.services import record_figure
from dondoc.history.models import Entry
from dondoc.intake import models as intake
from dondoc.meetings import models as meetings
from dondoc.obligations import models as obligations
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise
from dondoc.organisations.steps import Rename
from dondoc.organisations.tests.trees import act_on
from dondoc.regulations import models as regulations
from dondoc.reorganising import models as reorganising
from dondoc.reports import models as reports
from dondoc.targets.models import Remainder
from dondoc.tests.told_once import told_once
from dondoc.working_sessions.models import WorkingSession

from .addresses import Address, addresses

EVERYBODY = {
    "overview:home": "shows what needs the person themselves",
    "overview:tree": "shows the units of their own scope",
    "overview:leader": "shows their own unit",
    "overview:leader-paper": "shows their own unit",
    "overview:week": "shows their own unit",
    "overview:week-paper": "shows their own unit",
    "overview:search": "finds within their own scope",
    "directives:list": "lists what they may see",
    "documents:out": "the registers of their own scope",
    "documents:in": "the registers of their own scope",
    "figures:mine": "leads to their own unit",
    "working_sessions:list": "lists what they may see",
    "targets:start": "leads to the year of their own unit",
    "reorganising:list": "lists what they may see",
    "meetings:start": "leads to the meetings of their own unit",
    "obligations:start": "leads to the standing of their own unit",
    "reminders:start": "their own reminders",
    "reminders:choose": "where their own reminders go",
    "reminders:defer": "items of their own list, named in the form",
    "reminders:take-back": "what they themselves put off, named in the form",
    "reminders:make-calendar": "their own calendar",
    "reminders:revoke-calendar": "their own calendar",
    "regulations:start": "leads to the regulation of their own unit",
    "reorganising:new": "a board prepares a decision for its own unit",
    "drafting:list": "lists the drafts of their own units",
    "intake:list": "lists the drafts of their own units",
    "documents:check": "looks at a file that they bring; nothing is kept",
    "documents:templates": "leads to the templates of their own unit",
    "reports:list": "lists what their own units fill and wait for",
    "reports:collect": "collects for their own units",
    "reports:difficulties": "those that lie with their own units or were raised by them",
    "reports:accept-many": "things named in the form",
    "reports:urge": "things named in the form",
    "accounts:resume": "their own interrupted form",
    "accounts:discard": "their own interrupted form",
    "accounts:switch": "their own posts",
    "clock:move": "any account of a demonstration may",
    # Acts on things that are named in the form: the scope is checked for each of them.
    "directives:acknowledge-many": "things named in the form",
    "directives:approve": "things named in the form",
    "directives:send-back": "things named in the form",
    "directives:issue": "things named in the form",
    "directives:confirm-defaults": "things named in the form",
    "directives:fill": "things named in the form",
    "drafting:urge": "things named in the form",
    "intake:receive": "an office receives for its own unit",
}
KINDS = {
    "accounts:people": {"administrator"},
    "accounts:new_account": {"administrator"},
    "accounts:make_account": {"administrator"},
    "accounts:new_post": {"administrator"},
    "accounts:make_post": {"administrator"},
    "accounts:history": {"auditor"},
    "documents:new": {"clerk", "head", "officer"},
    "documents:give": {"clerk", "head", "officer"},
    "documents:reserve": {"clerk", "head", "officer"},
    "documents:explain": {"clerk", "head", "officer"},
    "documents:new-in": {"clerk", "head", "officer"},
    "documents:enter": {"clerk", "head", "officer"},
    "reports:new": {"leader", "clerk", "board", "head"},
    "reports:ask": {"leader", "clerk", "board", "head"},
}
# Opened by a secret in the address instead of a sign-in: any other secret is 404.
BY_SECRET = {"reminders:calendar"}
# The thing of the story behind each argument; a name of `Story`.
THINGS = {
    "overview:pk": "unit",
    "accounts:pk": "account",
    "accounts:post": {"pk": "post"},
    "accounts:give_post": {"pk": "post"},
    "accounts:end_post": {"pk": "post"},
    "accounts:end_term": {"pk": "term"},
    "directives:pk": "assignment",
    "directives:directive": "directive",
    "directives:incoming": "incoming",
    "intake:incoming": "incoming",
    "directives:kind": "origin_kind",
    "directives:key": "session",
    "directives:file": "file",
    "directives:decide": {"pk": "role"},
    "directives:choose": {"pk": "late_assignment_value"},
    "documents:pk": "file",
    "documents:unit": "unit",
    "documents:code": "template",
    "drafting:pk": "document_draft",
    "drafting:session": "session",
    "drafting:meeting": "meeting",
    "drafting:form": "template",
    "drafting:name": "placeholder",
    "drafting:report": "report",
    "drafting:save": {"pk": "clause"},
    "drafting:leave-out": {"pk": "clause"},
    "drafting:move": {"pk": "clause"},
    "drafting:choose": {"pk": "late_text"},
    "drafting:settle": {"pk": "difference"},
    "documents:number": "sending",
    "documents:document": "document",
    "documents:incoming": "incoming",
    "documents:reservation": "reservation",
    "figures:unit": "unit",
    "figures:indicator": "indicator",
    "figures:figure": "figure",
    "intake:pk": "draft",
    "intake:save": {"pk": "value"},
    "intake:drop": {"pk": "value"},
    "intake:undo": {"pk": "value"},
    "intake:accept": {"pk": "value"},
    "intake:mark_new": {"pk": "value"},
    "intake:settle": {"pk": "value"},
    "intake:choose_late": {"pk": "late_draft_value"},
    "reports:pk": "report",
    "reports:number": "sending",
    "reports:late": "late_report_value",
    "reports:difficulty": "difficulty",
    "targets:pk": "unit",
    "targets:remainder": "remainder",
    "working_sessions:pk": "session",
    "meetings:meeting": "meeting",
    "meetings:pk": "unit",
    "meetings:late": "late_minutes_value",
    "obligations:pk": "obligation",
    "obligations:unit": {"pk": "unit"},
    "obligations:declaration": "declaration",
    "obligations:doubt": "doubt",
    "obligations:excuse": "excuse",
    "reminders:token": "template",
    "regulations:pk": "regulation_draft",
    "regulations:unit": {"pk": "unit"},
    "regulations:begin": {"pk": "unit"},
    "regulations:version": {"pk": "regulation"},
    "regulations:part": "regulation_part",
    "regulations:late": "late_regulation_value",
    "reorganising:pk": "reorganising_draft",
    "reorganising:step": "reorganising_step",
    "reorganising:late": "late_step_value",
    "reorganising:decision": {"pk": "decision"},
    "reorganising:again": {"pk": "decision"},
    "reorganising:revoke": {"pk": "decision"},
}
ALL = sorted((one for one in addresses() if one.ours), key=lambda one: one.name)


@dataclass(frozen=True, slots=True)
class Story:
    """Keys of things that belong to a commune of district A and to the province; the strangers sit in district B."""

    unit: int
    account: int
    post: int
    term: int
    assignment: int
    directive: int
    role: int
    late_assignment_value: int
    session: int
    file: int
    draft: int
    value: int
    late_draft_value: int
    document_draft: int
    clause: int
    late_text: int
    difference: int
    report: int
    sending: int
    late_report_value: int
    difficulty: int
    figure: int
    remainder: int
    decision: int
    meeting: int
    late_minutes_value: int
    obligation: int
    declaration: int
    doubt: int
    excuse: int
    regulation: int
    regulation_draft: int
    regulation_part: int
    late_regulation_value: int
    reorganising_draft: int
    reorganising_step: int
    late_step_value: int
    document: int
    incoming: int
    reservation: int
    origin_kind: str = "working_session"
    indicator: str = "members"
    placeholder: str = "body"
    template: str = "notice"


@told_once
def story() -> Story:
    DemonstrationDay.objects.create(pk=1, day=SAID_ON)
    told = tell()
    commune, province = told.units["Xã A1"], told.units["Tỉnh ủy"]
    term = Term.objects.select_related("post").get(account=told.people["Xã A1"])
    assignment = Assignment.objects.filter(roles__unit=commune).order_by("pk")[0]
    session = WorkingSession.objects.create(pk=1, on=SAID_ON, led_by=province, leader_title="Phó Bí thư")
    session.units.add(commune)
    draft = intake.Draft.objects.create(
        text="x", digest="x", kind="article", owner=province, created_by=told.people["clerk"], created_on=SAID_ON
    )
    article = _article(commune, told.people["Xã A1"])
    minutes = meetings.Minutes.objects.create(
        meeting=meetings.Meeting.objects.create(
            unit=commune,
            kind="committee_meeting",
            planned_on=SAID_ON,
            recorded_on=SAID_ON,
            state="open",
            held_on=SAID_ON,
        )
    )
    declared = _declared(article.draft.amends, Post.objects.filter(unit=commune).first())
    step = _step(province, told.people["clerk"])
    value = intake.DraftValue.objects.create(draft=draft, kind="event", name="topic", position=0, content={"text": "x"})
    report = _of_commune(commune, told.units["Huyện ủy A"])
    clause = _clause(province, told.people["clerk"])
    filled = _row(reports.Value, report=report, account=told.people["Xã A1"])
    return Story(
        unit=commune.pk,
        account=told.people["Xã A1"].pk,
        post=term.post_id,
        term=term.pk,
        assignment=assignment.pk,
        directive=assignment.directive_id,
        role=Role.objects.filter(assignment=assignment).order_by("pk")[0].pk,
        late_assignment_value=_late(LateField, assignment=assignment, account=told.people["clerk"]),
        session=session.pk,
        figure=record_figure(
            commune.pk, "cells", 2, period=None, said_on=SAID_ON, origin="import", act=act_on(SAID_ON)
        ).pk,
        file=store_file(SimpleUploadedFile("x.pdf", b"%PDF-1.7 x")).pk,
        draft=draft.pk,
        value=value.pk,
        remainder=Remainder.objects.create(
            unit=commune, indicator="admissions", year=2023, on=SAID_ON, keeper=told.units["Huyện ủy A"]
        ).pk,
        late_draft_value=_late(intake.LateValue, value=value, account=told.people["clerk"]),
        document_draft=clause.draft_id,
        clause=clause.pk,
        late_text=_late(drafting.LateText, clause=clause, account=told.people["clerk"]),
        difference=_difference(clause, told.people["clerk"]),
        decision=_decision(commune),
        meeting=minutes.meeting_id,
        late_minutes_value=_late(meetings.LateValue, minutes=minutes, field="opening", account=told.people["Xã A1"]),
        obligation=declared.obligation_id,
        declaration=declared.pk,
        doubt=obligations.Doubt.objects.create(
            obligation=declared.obligation, code="nobody_there", data={"on": "2023-05-01"}, on=SAID_ON
        ).pk,
        excuse=obligations.Excuse.objects.create(obligation=declared.obligation, reason="x", granted=True).pk,
        regulation=article.draft.amends_id or 0,
        regulation_draft=article.draft_id,
        regulation_part=article.pk,
        late_regulation_value=_late(
            regulations.LateValue, draft=article.draft, part=article, field="text", account=told.people["Xã A1"]
        ),
        reorganising_draft=step.draft_id,
        reorganising_step=step.pk,
        late_step_value=_late(
            reorganising.LateValue, draft=step.draft, step=step, field="units", account=told.people["clerk"]
        ),
        document=_row(OfficialDocument, issuer=commune).pk,
        incoming=_row(IncomingDocument, unit=commune).pk,
        reservation=_row(Reservation, issuer=commune).pk,
        report=report.pk,
        sending=1,
        late_report_value=_late(reports.LateValue, value=filled, account=told.people["Xã A1"]),
        difficulty=reports.Difficulty.objects.create(
            report=report, unit=commune, text="x", raised_on=SAID_ON, lies_with=report.receiver, lies_since=SAID_ON
        ).pk,
    )


def _of_commune(commune: Unit, district: Unit) -> reports.Report:
    """The commune's monthly report, which it fills and the district waits for."""
    return reports.Report.objects.create(
        form="monthly",
        since=date(2018, 1, 1),
        period="2023-04",
        starts_on=date(2023, 4, 1),
        ends_on=date(2023, 5, 1),
        unit=commune,
        superior=district,
        filler=commune,
        receiver=district,
        opened_on=SAID_ON,
        cut_off_on=date(2023, 5, 5),
        due_on=date(2023, 5, 6),
    )


def _article(commune: Unit, by: Account) -> regulations.DraftPart:
    """An article of the draft that would change the commune's regulation."""
    version = regulations.Version.objects.create(
        unit=commune, ordinal=1, title="x", holds_from=SAID_ON, approved_on=SAID_ON, recorded_at=act_on(SAID_ON).at
    )
    draft = regulations.Draft.objects.create(
        unit=commune, amends=version, made_by=by, made_on=SAID_ON, saved_by=by, saved_on=SAID_ON
    )
    return regulations.DraftPart.objects.create(draft=draft, kind="article", position=1)


def _declared(version: regulations.Version | None, post: Post | None) -> obligations.Declaration:
    """What the commune declared of a duty of its regulation."""
    assert version is not None
    article = regulations.Article.objects.create(version=version, number=1, heading="x", text="x")
    duty = regulations.Duty.objects.create(
        article=article, position=1, code="dues", title="x", evidence="declared", who="head"
    )
    owed = obligations.Obligation.objects.create(
        unit=version.unit, duty=duty, code="dues", article=1, begins_on=SAID_ON, ends_on=date(2023, 5, 28), due_on=SAID_ON, last_day=SAID_ON
    )  # fmt: skip
    return obligations.Declaration.objects.create(
        obligation=owed, done_on=SAID_ON, words="x", post=post, declared_on=SAID_ON
    )


def _step(province: Unit, by: Account) -> reorganising.DraftStep:
    """A step of a draft of the province's board."""
    draft = reorganising.Draft.objects.create(
        owner=province, made_by=by, made_on=SAID_ON, saved_by=by, saved_on=SAID_ON
    )
    return reorganising.DraftStep.objects.create(draft=draft, position=1, kind="dissolve")


def _clause(province: Unit, by: Account) -> drafting.Clause:
    """A piece of a draft of the province's office."""
    draft = drafting.DocumentDraft.objects.create(
        unit=province, template="notice", subject_kind="working_session", subject_key=1, made_on=SAID_ON, made_by=by
    )
    return drafting.Clause.objects.create(draft=draft, name="opening", ordinal=1, made="free", text="x")


def _difference(clause: drafting.Clause, by: Account) -> int:
    """What a file that came back to the draft would change."""
    file = store_file(SimpleUploadedFile("y.pdf", b"%PDF-1.7 y"))
    came = drafting.Return.objects.create(draft=clause.draft, file=file, by=by, at="2023-04-28T00:00Z")
    return int(drafting.Difference.objects.create(came=came, position=1, kind="changed", clause=clause).pk)


def _decision(commune: Unit) -> int:
    """A decision that says something of the commune alone."""
    today = SAID_ON - timedelta(days=1)
    step = Rename(commune, "Đảng bộ xã A1 mới", "Xã A1")
    return reorganise(step, decision="02-QĐ/HU", effective_on=today, act=act_on(today)).pk


def _late(model: Any, **known: Any) -> int:
    return int(_row(model, **known).pk)


def _row(model: Any, **known: Any) -> Any:
    """A row with whatever its columns are: found by type, so that they may change their names."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.has_default() or field.null:
            continue
        if field.related_model is not None:
            fits = (one for one in known.values() if isinstance(one, field.related_model))
            values[field.name] = next(fits)
        else:
            kinds = {"DateTimeField": "2023-04-28T00:00Z", "DateField": date(2023, 4, 28), "JSONField": {}}
            number = "Integer" in field.get_internal_type()
            values[field.name] = kinds.get(field.get_internal_type(), 1 if number else "x")
    return model.objects.create(**values)


def url(address: Address, story: Story) -> str:
    values = {}
    for name, _ in address.arguments:
        own = THINGS.get(address.name)
        thing = (
            own[name]
            if isinstance(own, dict) and name in own
            else THINGS.get(f"{address.name.partition(':')[0]}:{name}")
        )
        assert isinstance(thing, str), f"{address.name}: say in THINGS what its argument {name} is"
        values[name] = getattr(story, thing)
    return address.url(**values)


def outcomes(client: Client, story: Story) -> Iterator[tuple[Address, int]]:
    named: dict[str, Any] = {"chosen": f"{story.assignment}:1", "unit": story.unit, "on": "1/5"}
    for address in ALL:
        where = url(address, story)
        answer = post(client, where, 1, **named) if address.writes else client.get(where)
        yield address, answer.status_code


def test_every_address_is_in_the_table(story: Story) -> None:
    for address in ALL:
        if address.arguments:
            url(address, story)
        else:
            assert address.name in EVERYBODY or address.name in KINDS, (
                f"{address.name}: say in EVERYBODY or KINDS whose it is"
            )
    names = {address.name for address in ALL}
    folders = {f"{address.name.partition(':')[0]}:{name}" for address in ALL for name, _ in address.arguments}
    assert set(EVERYBODY) | set(KINDS) <= names
    assert set(THINGS) <= names | folders


def judge(client: Client, story: Story, kind: str) -> list[str]:
    """What is open that should not be, and shut that should be open."""
    wrong = []
    before = Entry.objects.count()
    for address, status in outcomes(client, story):
        if address.arguments:
            fits = status in {403, 404}
        elif address.name in KINDS:
            fits = status in ({200, 422} if kind in KINDS[address.name] else {403})
        else:
            fits = status in {200, 302, 403, 404, 405, 409, 422}
        if not fits:
            wrong.append(f"{address.name}: {status}")
        if Entry.objects.count() != before and address.name != "clock:move":
            wrong.append(f"{address.name}: something was written")
        before = Entry.objects.count()
    return wrong


# Each kind where it is found: heads and officers in a commune, the others at the district.
STRANGERS = [(kind, "xa-b1" if kind in {"head", "officer"} else "huyen-uy-b") for kind in PostKind.values]


@pytest.mark.parametrize(("kind", "unit"), STRANGERS)
def test_a_stranger_of_any_kind_sees_nothing_and_changes_nothing(
    client: Client, story: Story, kind: str, unit: str
) -> None:
    sign_in(client, hold(Unit.objects.get(code=unit), kind, title=f"người lạ {kind}"))
    assert judge(client, story, kind) == []


def test_someone_without_a_post_sees_nothing_and_changes_nothing(client: Client, story: Story) -> None:
    sign_in(client, account("chua-co-chuc-danh"))
    assert judge(client, story, "") == []


def test_a_visitor_is_led_to_the_sign_in_everywhere(client: Client, story: Story) -> None:
    for address, status in outcomes(client, story):
        assert status in ({404} if address.name in BY_SECRET else {302, 405}), address.name
    assert Account.objects.filter(last_login__isnull=False).count() == 0
