"""A small tree that reports, for tests: its people, its reports opened by the real tick, and the verbs in short.

place = Reporting()
place.open(date(2023, 4, 26))
report = place.report("Chi bộ 1")
place.fill(report, MONTH)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import actor, hold
from dondoc.history.services import Act
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw
from dondoc.reports import services, sheets, tick
from dondoc.reports.models import Report, Submission

TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
          Chi bộ 1
          Chi bộ 2
        Xã A2
          Chi bộ 3
      Huyện ủy B
        Xã B1
          Chi bộ 4
"""
OPENS, ENDS = date(2023, 4, 25), date(2023, 4, 30)
ZEROS = [
    "members_transferred_out",
    "members_reinstated",
    "members_died",
    "members_struck_off",
    "members_expelled",
    "members_left",
    "members_recognised",
    "admissions_workers",
    "admissions_pupils",
    "cell_meetings_thematic",
    "members_exempt",
    "mass_work_models",
    "members_transferred_in",
]
MONTH: dict[str, str] = {
    **{f"line.{key}": "0" for key in ZEROS},
    "line.study_sessions": "1",
    "line.members_opening": "20",
    "line.admissions": "1",
    "line.admissions_youth": "1",
    "line.members": "21",
    "line.members_official": "19",
    "line.members_probationary": "2",
    "line.cell_meetings": "1",
    "line.cell_meetings_good": "1",
    "line.meeting_attendances_due": "20",
    "line.meeting_attendances": "18",
    "section.results": "Đã họp chi bộ, kết nạp một đảng viên.",
    "section.tasks": "Giúp đỡ hai quần chúng ưu tú.",
}
"""A whole monthly report of a cell with nothing odd in it."""
COMMUNE: dict[str, str] = {
    **{
        f"line.{key}": "0"
        for key in [
            "organisations_inspected",
            "members_inspected",
            "organisations_supervised",
            "members_disciplined",
            "outstanding_people_introduced",
            "candidates_sent_to_training",
            "dialogues_held",
            "citizens_received",
            "petitions_received",
            "petitions_settled",
        ]
    },
    "section.results": "Các chi bộ sinh hoạt đúng kỳ.",
    "section.tasks": "Kiểm tra hai chi bộ.",
}
"""What a commune types into its own monthly report."""


@dataclass
class Reporting:
    """The tree with people: a head and a clerk in each commune, a head in each cell, a leader and a clerk above."""

    drawing: str = TREE
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[tuple[str, str], Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = draw(self.drawing)

    def unit(self, name: str) -> int:
        """The key of a unit."""
        return self.units[name].pk

    def person(self, name: str, kind: str = "head") -> Account:
        """Who holds the post of this kind there; the post is made when it is first asked for."""
        if (name, kind) not in self.people:
            self.people[name, kind] = hold(self.units[name], kind)
        return self.people[name, kind]

    def actor(self, name: str, day: date, kind: str = "head") -> Actor:
        """The person on a day, through that post."""
        account = self.person(name, kind)
        return actor(account, day, Post.objects.get(unit=self.units[name], kind=kind))

    def act(self, name: str, day: date, kind: str = "head") -> Act:
        """An act of that person on a day."""
        return self.actor(name, day, kind).act(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))

    def open(self, day: date) -> int:
        """What the tick opens on a day."""
        return tick.step(day)

    def report(self, name: str, form: str = "monthly", period: str = "2023-04", part: int = 0) -> Report:
        """A report of a unit; `part` where it reports the period in several."""
        return Report.objects.filter(unit=self.units[name], form=form, period=period).order_by("starts_on")[part]

    def fill(self, report: Report, values: Mapping[str, str], day: date = ENDS) -> Report:
        """Fill fields as the unit's head."""
        services.save_fields(report.pk, values, act=self.act(self._name(report), day))
        return Report.objects.get(pk=report.pk)

    def submit(self, report: Report, day: date = ENDS) -> Submission:
        """Send it as the unit's head."""
        report.refresh_from_db()
        return services.submit(report.pk, seen=report.version, act=self.act(self._name(report), day))

    def accept(self, report: Report, by: str, day: date = ENDS, kind: str = "clerk") -> Report:
        """Accept it as somebody of the receiver."""
        report.refresh_from_db()
        return services.accept(report.pk, seen=report.version, act=self.act(by, day, kind))

    def accepted(self, name: str, by: str, day: date = ENDS, period: str = "2023-04", **changed: str) -> Report:
        """A monthly report of a cell that went all the way."""
        report = self.report(name, period=period)
        wanted = MONTH | {key.replace("__", "."): text for key, text in changed.items()}
        names = sheets.names(report)
        self.fill(report, {name: text for name, text in wanted.items() if name in names}, day)
        self.submit(report, day)
        return self.accept(report, by, day)

    def _name(self, report: Report) -> str:
        return next(name for name, unit in self.units.items() if unit.pk == report.filler_id)
