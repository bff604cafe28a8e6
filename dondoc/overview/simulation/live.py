"""Two years of reports of the invented district, lived through the real services: filled, sent, returned, accepted, corrected."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import yaml

from dondoc.history.services import Act
from dondoc.lib.days import add_months
from dondoc.organisations.models import Ancestry, Family, Unit
from dondoc.organisations.queries import labels
from dondoc.overview.demonstration.past import acting
from dondoc.reports import services as reports
from dondoc.reports import sheets
from dondoc.reports.content import forms
from dondoc.reports.models import Difficulty, Report
from dondoc.reports.rules.periods import period_of
from dondoc.reports.services.opening import open_period

from .cells import Cell, Habit
from .planning import Planning

FORM = "monthly"
CELL = "cell"
HEADS = ("head", "leader")
OFFICES = ("clerk", "leader", "head")


@dataclass(order=True, frozen=True)
class Event:
    """Something that happens on a day; of one day in the order in which it was laid down."""

    day: date
    number: int
    do: Callable[[date], None] = field(compare=False)


class Simulation:
    """The district's reports from one month on. One generator, drawn from in the order of the days: the same seed tells the same story."""

    def __init__(self, path: Path) -> None:
        self.content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.draw = Random(self.content["seed"])  # noqa: S311 - invents, protects nothing
        self.habits = {code: Habit(**shares) for code, shares in self.content["habits"].items()}
        self.district = Unit.objects.get(code=self.content["district"])
        self.cells: dict[int, Cell] = {}
        self.planning = Planning(self.content["targets"], self.district, self.cells)
        self._waiting: list[Event] = []
        self._numbers = count()

    def live(self) -> Iterator[date]:
        """Live month after month; gives each month's first day once it is over."""
        first = date.fromisoformat(f"{self.content['first_month']}-01")
        for months in range(self.content["months"]):
            start = add_months(first, months)
            for day, what in self.planning.of_month(start):
                self._at(day, partial(self.planning.decide, what))
            last = add_months(start, 1) - timedelta(days=1)
            self._at(last, partial(self._open, start))
            self._until(last)
            yield start
        self._until(add_months(first, self.content["months"] + 1))

    def _at(self, day: date, do: Callable[[date], None]) -> None:
        heapq.heappush(self._waiting, Event(day, next(self._numbers), do))

    def _until(self, day: date) -> None:
        while self._waiting and self._waiting[0].day <= day:
            event = heapq.heappop(self._waiting)
            event.do(event.day)

    def _open(self, start: date, day: date) -> None:
        """The reports of a month come into being; how each will go is drawn at once."""
        form = forms()[FORM]
        period, version = period_of(form.every, start), form.on(start)
        assert version is not None
        within = Ancestry.objects.filter(
            ancestor=self.district, descendant__family=Family.PARTY, valid_from__lt=period.end
        ).exclude(valid_to__lte=start)
        units = sorted(set(within.values_list("descendant", flat=True)))
        open_period(form, version, period, units, day)
        opened = Report.objects.filter(form=FORM, period=period.key, unit__in=units, begun_on=None).order_by(
            "due_on", "unit", "starts_on"
        )
        kinds = {pk: label.kind for pk, label in labels({one.unit_id for one in opened}, day).items()}
        for report in opened.select_related("unit", "superior"):
            habit = self.habits.get(report.unit.code) or self.habits.get(report.superior.code) or self.habits["else"]
            delay = habit.delay(self.draw)
            numbers = self._numbers_of(report, kinds[report.unit_id], told=delay is not None)
            if delay is not None:
                sends = max(report.due_on + timedelta(days=delay), report.ends_on)
                returned = self.draw.random() < habit.returned
                self._at(sends, self._sending(report.pk, numbers, returned=returned))

    def _numbers_of(self, report: Report, kind: str, *, told: bool) -> dict[str, int]:
        """What the unit counts. In a month that is never reported nothing happens, so that the next one begins where the last ended."""
        if kind != CELL:
            inspected = int(self.draw.random() < 0.3)
            return {
                "organisations_inspected": inspected,
                "members_inspected": inspected,
                "outstanding_people_introduced": self.draw.randint(0, 3),
                "candidates_sent_to_training": self.draw.choice([0, 0, 0, 4]),
                "dialogues_held": int(self.draw.random() < 0.2),
                "citizens_received": self.draw.randint(0, 4),
            }
        if report.unit_id not in self.cells:
            members = self.draw.randint(*self.content["members"])
            self.cells[report.unit_id] = Cell(members, self.draw.randint(*self.content["probationary"]))
        # Where a month is cut, the meeting falls into the part in which it ends.
        meets = told and (report.ends_on.day == 1)
        return self.cells[report.unit_id].month(self.content["a_month"], self.draw, meets=meets)

    def _sending(self, pk: int, numbers: dict[str, int], *, returned: bool) -> Callable[[date], None]:
        def send(day: date) -> None:
            report = Report.objects.get(pk=pk)
            act = acting(report.filler_id, HEADS, day)
            self._fill(report, numbers, act)
            report.refresh_from_db()
            reports.submit(pk, seen=report.version, act=act)
            judged = day + timedelta(days=self.draw.randint(1, 2))
            self._at(judged, self._returning(pk) if returned else self._accepting(pk, numbers))

        return send

    def _fill(self, report: Report, numbers: dict[str, int], act: Act) -> None:
        sheet, words = sheets.read(report), self.content["words"]
        values = {f"line.{row.key}": str(numbers.get(row.key, 0)) for row in sheet.rows if row.open}
        for section in sheet.sections:
            if section.code in words and (section.required or self.draw.random() < self.content["difficult"]):
                values[f"section.{section.code}"] = self.draw.choice(words[section.code])
        reports.save_fields(report.pk, values, act=act)
        odd = sheets.read(report).unexplained
        if odd:
            reports.save_fields(report.pk, {f"why.{problem.source}": words["why"] for problem in odd}, act=act)

    def _returning(self, pk: int) -> Callable[[date], None]:
        def send_back(day: date) -> None:
            report = Report.objects.get(pk=pk)
            remarks = {"section.results": self.content["words"]["remark"]}
            reports.send_back(pk, remarks=remarks, seen=report.version, act=acting(report.receiver_id, OFFICES, day))
            self._at(day + timedelta(days=self.draw.randint(1, 3)), self._again(pk))

        return send_back

    def _again(self, pk: int) -> Callable[[date], None]:
        def send(day: date) -> None:
            report = Report.objects.get(pk=pk)
            act = acting(report.filler_id, HEADS, day)
            more = " ".join(self.content["words"]["results"][:2])
            reports.save_fields(pk, {"section.results": more}, act=act)
            report.refresh_from_db()
            reports.submit(pk, seen=report.version, act=act)
            self._at(day + timedelta(days=1), self._accepting(pk, {}))

        return send

    def _accepting(self, pk: int, numbers: dict[str, int]) -> Callable[[date], None]:
        def accept(day: date) -> None:
            report = Report.objects.get(pk=pk)
            reports.accept(pk, seen=report.version, act=acting(report.receiver_id, OFFICES, day))
            for difficulty in Difficulty.objects.filter(report=pk, answered_on=None).exclude(lies_with=None):
                self._at(day + timedelta(days=self.draw.randint(3, 20)), self._answering(difficulty.pk))
            if numbers.get("meeting_attendances", 0) < numbers.get("meeting_attendances_due", 0) and (
                self.draw.random() < self.content["corrected"]
            ):
                self._at(day + timedelta(days=12), self._correcting(pk, numbers["meeting_attendances"] + 1))

        return accept

    def _answering(self, pk: int) -> Callable[[date], None]:
        def answer(day: date) -> None:
            one = Difficulty.objects.get(pk=pk)
            if one.lies_with_id is None:
                return
            act, words = acting(one.lies_with_id, OFFICES, day), self.content["words"]
            fate = self.draw.random()
            if fate < 0.6:
                reports.answer(pk, text=self.draw.choice(words["answers"]), seen=one.version, act=act)
            elif fate < 0.8 and one.lies_with_id != self.district.pk:
                reports.pass_up(pk, text=words["passed_up"], seen=one.version, act=act)

        return answer

    def _correcting(self, pk: int, attendances: int) -> Callable[[date], None]:
        def correct(day: date) -> None:
            report = Report.objects.get(pk=pk)
            act = acting(report.filler_id, HEADS, day)
            reports.correct(pk, reason=self.content["words"]["correction"], seen=report.version, act=act)
            reports.save_fields(pk, {"line.meeting_attendances": str(attendances)}, act=act)
            report.refresh_from_db()
            reports.submit(pk, seen=report.version, act=act)
            self._at(day + timedelta(days=1), self._accepting(pk, {}))

        return correct
