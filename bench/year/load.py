"""Plays a generated province-year into the present database (migrated and empty), day by day.

Each day the clock's tick runs first, as in the morning; then what became known that day is written, and the product is told that evidence
has changed. Rows are written many at once where a service for each would take hours, with the fields that the services write; the verdicts are the
product's own.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from dondoc.accounts.models import Account, Post, Term
from dondoc.clock.services import run_to, system_act
from dondoc.documents.models import OfficialDocument, StoredFile
from dondoc.lib import cadence as cadences
from dondoc.meetings.models import Charge, Guest, Meeting, Move
from dondoc.obligations.models import Declaration, Excuse, Obligation
from dondoc.obligations.services import evidence_changed
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Dissolve, Establish, Merge, Step
from dondoc.organisations.steps import Move as MoveUnit
from dondoc.regulations.models import Article, Duty, Version
from dondoc.regulations.rules import fields_of
from dondoc.reports.models import Report, SentLine, Submission

BEGUN = date(2025, 12, 1)
EVERY = {1: "monthly", 3: "quarterly", 6: "half_year", 12: "yearly"}
TOGETHER = 40


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file; days as days."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield {name: _value(value) for name, value in json.loads(line).items()}


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return date.fromisoformat(value)
    return value


class Play:
    """The database as the year goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meetings: dict[str, int] = {}
        self.numbers: dict[int, int] = defaultdict(int)
        self._plant()
        self.units = dict(Unit.objects.values_list("code", "pk"))
        told = list(read(folder / "units.jsonl"))
        self.parents = {one["code"]: one["parent"] for one in told}
        self.kinds = {one["code"]: one["kind"] for one in told}
        self.at = datetime(2026, 1, 1, tzinfo=UTC)
        self._people()
        self._regulations()
        self.proof = StoredFile.objects.create(
            digest="0" * 64, name="phieu-thu.pdf", media_type="application/pdf", size=1, content="stored/none"
        )
        self.events = {
            day: list(told) for day, told in groupby(read(folder / "events.jsonl"), key=lambda one: one["on"])
        }
        self.ends = {
            day: list(told) for day, told in groupby(read(folder / "reorganisations.jsonl"), key=lambda one: one["on"])
        }

    def _plant(self) -> None:
        steps: list[Step] = [
            Establish(one["code"], one["kind"], one["name"], one["parent"]) for one in read(self.folder / "units.jsonl")
        ]
        reorganise_together(steps, decision="QĐ", effective_on=BEGUN, act=system_act(BEGUN))

    def _people(self) -> None:
        told = list(read(self.folder / "posts.jsonl"))
        before = datetime(2025, 12, 1, tzinfo=UTC)
        Post.objects.bulk_create(
            Post(code=f"{one['unit']}-{one['kind']}", unit_id=self.units[one["unit"]], kind=one["kind"], title=one["kind"], valid_from=BEGUN)
            for one in told
        )  # fmt: skip
        Account.objects.bulk_create(
            Account(username=f"{one['unit']}-{one['kind']}", label=one["kind"], last_login=before if one["signed_in"] else None)
            for one in told if one["held"]
        )  # fmt: skip
        posts = dict(Post.objects.values_list("code", "pk"))
        Term.objects.bulk_create(
            Term(account_id=pk, post_id=posts[name], valid_from=BEGUN)
            for name, pk in Account.objects.filter(username__in=posts).values_list("username", "pk")
        )
        self.posts, self.someone = posts, Account.objects.order_by("pk").values_list("pk", flat=True)[0]

    def _regulations(self) -> None:
        ordinals: dict[str, int] = defaultdict(int)
        duties: list[Duty] = []
        self.waiting: dict[date, list[dict[str, Any]]] = defaultdict(list)
        for one in read(self.folder / "regulations.jsonl"):
            ordinals[one["unit"]] += 1
            version = Version.objects.create(
                unit_id=self.units[one["unit"]], ordinal=ordinals[one["unit"]], title="Quy chế làm việc",
                holds_from=one["holds_from"], approved_on=one["approved_on"], recorded_at=datetime(2025, 12, 1, tzinfo=UTC),
            )  # fmt: skip
            article = Article.objects.create(
                version=version, number=1, heading="Chế độ làm việc", text="Chế độ làm việc."
            )
            duties += [
                Duty(
                    article=article, position=at, code=duty["code"], title=duty["title"], evidence=duty["evidence"], who=duty["who"],
                    content=fields_of(_cadence(duty["cadence"])) | {"grace": str(duty["grace"])},
                )
                for at, duty in enumerate(one["duties"])
            ]  # fmt: skip
        Duty.objects.bulk_create(duties, batch_size=500)

    def live(self, until: date, progress: Callable[[date], None] = lambda _: None) -> None:
        """Every day up to and with one, from the first in the calendar."""
        for one in read(self.folder / "calendar.jsonl"):
            day = one["day"]
            if day > until:
                return
            if day in self.ends:
                self._reorganise(day)
            run_to(day)
            touched = {self.units[event["unit"]] for event in self.events.get(day, ())}
            self.write(day)
            order = sorted(touched)
            for start in range(0, len(order), TOGETHER):
                evidence_changed(order[start : start + TOGETHER], system_act(day))
            progress(day)

    def _reorganise(self, day: date) -> None:
        steps: list[Step] = []
        for one in self.ends[day]:
            if one["what"] == "merge":
                steps.append(Merge([one["unit"]], one["into"]))
                for code, parent in self.parents.items():
                    if parent == one["unit"]:
                        self.parents[code] = one["into"]
            elif one["what"] == "move":
                steps.append(MoveUnit(one["unit"], one["into"]))
                self.parents[one["unit"]] = one["into"]
            else:
                steps.append(Dissolve(one["unit"]))
        reorganise_together(steps, decision="QĐ", effective_on=day, act=system_act(day))

    def write(self, day: date) -> None:
        """What became known on a day."""
        by: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for event in self.events.get(day, ()):
            by[event["what"]].append(event)
        self._planned(by["meeting.planned"], day)
        self._held(by, day)
        self._papers(by, day)
        self._reports(by["report"], day)
        self._said(by, day)
        Charge.objects.bulk_create(
            Charge(post_id=self.posts[f"{one['unit']}-head"], unit_id=self._a_cell(one["unit"]), valid_from=day)
            for one in by["charged"]
        )
        Guest.objects.bulk_create(
            Guest(post_id=self.posts[f"{one['unit']}-head"], meeting_id=self.meetings[one["key"]])
            for one in by["attended"]
        )

    def _a_cell(self, commune: str) -> int:
        return next(self.units[code] for code, parent in self.parents.items() if parent == commune)

    def _planned(self, told: list[dict[str, Any]], day: date) -> None:
        made = Meeting.objects.bulk_create(
            [
                Meeting(unit_id=self.units[one["unit"]], kind=one["kind"], thematic=one["thematic"], planned_on=one["day"], recorded_on=day)
                for one in told
            ],
            batch_size=500,
        )  # fmt: skip
        self.meetings |= {one["key"]: row.pk for one, row in zip(told, made, strict=True)}

    def _held(self, by: dict[str, list[dict[str, Any]]], day: date) -> None:
        rows = {
            row.pk: row
            for row in Meeting.objects.filter(
                pk__in={
                    self.meetings[one["key"]]
                    for name in by
                    if name.startswith("meeting.") and name != "meeting.planned"
                    for one in by[name]
                }
            )
        }
        moves = []
        for one in by["meeting.moved"]:
            row = rows[self.meetings[one["key"]]]
            moves.append(
                Move(meeting=row, from_on=row.planned_on, to_on=one["day"], reason=one["reason"], decided_on=day)
            )
            row.planned_on = one["day"]
        for one in by["meeting.invited"]:
            row = rows[self.meetings[one["key"]]]
            row.invited_on, row.state = day, Meeting.State.INVITED
        for one in by["meeting.held"]:
            row = rows[self.meetings[one["key"]]]
            row.held_on, row.state = day, Meeting.State.OPEN
            row.began_at, row.ended_at = time.fromisoformat(one["began"]), time.fromisoformat(one["ended"])
        for one in by["meeting.minutes"]:
            row = rows[self.meetings[one["key"]]]
            row.minutes_on, row.state = one["day"], Meeting.State.CLOSED
        for one in by["meeting.concluded"]:
            row = rows[self.meetings[one["key"]]]
            row.conclusion = self._document(row.unit_id, "TB", "thông báo", "Kết luận hội nghị", one["dated"])
        Move.objects.bulk_create(moves)
        fields = ["planned_on", "invited_on", "state", "held_on", "began_at", "ended_at", "minutes_on", "conclusion"]
        Meeting.objects.bulk_create(
            rows.values(), update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=200
        )

    def _document(self, unit: int, symbol: str, kind: str, abstract: str, dated: date) -> OfficialDocument:
        self.numbers[unit] += 1
        return OfficialDocument.objects.create(
            issuer_id=unit, term="2025-2030", symbol=symbol, number=self.numbers[unit], dated_on=dated, type_name=kind, abstract=abstract
        )  # fmt: skip

    def _papers(self, by: dict[str, list[dict[str, Any]]], day: date) -> None:
        for one in by["document"]:
            self._document(self.units[one["unit"]], "VB", one["type"], one["abstract"], one["dated"])

    def _reports(self, told: list[dict[str, Any]], day: date) -> None:
        rows = []
        for one in told:
            begins, months = one["begins"], round((one["ends"] - one["begins"]).days / 30)
            period = f"{begins:%Y-%m}" if months == 1 else f"{begins:%Y}-Q{begins.month // 3 + 1}"
            above = self.units[self.parents[one["unit"]] or ""]
            rows.append(
                Report(
                    form=EVERY[months], since=BEGUN, period=period, starts_on=begins, ends_on=one["ends"],
                    unit_id=self.units[one["unit"]], filler_id=self.units[one["unit"]], superior_id=above, receiver_id=above,
                    opened_on=begins, cut_off_on=one["ends"], due_on=one["due"], state="sent", begun_on=day, sent_on=day,
                )
            )  # fmt: skip
        made = Report.objects.bulk_create(rows, batch_size=200)
        sent = Submission.objects.bulk_create(
            Submission(report=row, number=1, on=day, at=self.at, by_id=self.someone, post_id=self.posts[f"{one['unit']}-head"])
            for one, row in zip(told, made, strict=True)
        )  # fmt: skip
        SentLine.objects.bulk_create(
            SentLine(submission=row, key="cell_meetings", mode="entered", value=one["meetings"])
            for one, row in zip(told, sent, strict=True)
            if self.kinds[one["unit"]] == "cell"
        )

    def _said(self, by: dict[str, list[dict[str, Any]]], day: date) -> None:
        told = [one for what in ("declared", "excuse.asked", "excuse.answered") for one in by[what]]
        owed = {
            (unit, code, begins): pk
            for unit, code, begins, pk in Obligation.objects.filter(
                unit__in={self.units[one["unit"]] for one in told}, code__in={one["code"] for one in told}
            ).values_list("unit__code", "code", "begins_on", "pk")
        }

        def of(one: dict[str, Any]) -> int:
            return owed[one["unit"], one["code"], one["begins"]]

        Declaration.objects.bulk_create(
            Declaration(obligation_id=of(one), done_on=one["done"], words="Đã thu, nộp", file=self.proof if one["proof"] else None, declared_on=day)
            for one in by["declared"]
        )  # fmt: skip
        Excuse.objects.bulk_create(
            Excuse(obligation_id=of(one), reason=one["reason"], asked_on=day) for one in by["excuse.asked"]
        )
        for one in by["excuse.answered"]:
            Excuse.objects.filter(obligation=of(one), granted=None).update(granted=one["granted"], answered_on=day)


def _cadence(told: dict[str, Any]) -> cadences.Cadence:
    if "every" in told:
        return cadences.Monthly(told["every"], told["month"], told["day"])
    if "weekday" in told:
        return cadences.Weekly(told["weekday"])
    if "once" in told:
        return cadences.Once(told["once"])
    return cadences.Around(told["around"], told["days"], told.get("working", False))
