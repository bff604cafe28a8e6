"""A district with its communes, cells and people, in which targets are set through the real services.

land = Land()
land.assign("Huyện ủy A", {"Xã A1": 4, "Xã A2": 13, "Xã A3": 6}, 23)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import hold
from dondoc.figures.models import Figure
from dondoc.figures.services import record_figure
from dondoc.history.services import Act
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.steps import Establish, Step
from dondoc.organisations.tests.trees import draw
from dondoc.targets import services
from dondoc.targets.models import Decision, Sheet
from dondoc.targets.queries import Pair, in_force
from dondoc.targets.services import Base, Basis, Paper

YEAR = 2024
JANUARY = date(2024, 1, 15)
TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
          Chi bộ 1
          Chi bộ 2
          Mặt trận xã A1
        Xã A2
          Chi bộ 3
          Chi bộ 4
          Chi bộ 5
        Xã A3
          Chi bộ 6
        Ban Tổ chức
      Huyện ủy B
        Xã B1
"""
DECISION = "27-QĐ/TU"


@dataclass
class Land:
    """The tree with its people on a working day."""

    drawing: str = TREE
    day: date = JANUARY
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[tuple[str, str], Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = draw(self.drawing)

    def unit(self, name: str) -> int:
        """The key of a unit."""
        return self.units[name].pk

    def person(self, name: str, kind: str) -> Account:
        """Who holds the post of this kind there."""
        if (name, kind) not in self.people:
            self.people[name, kind] = hold(self.units[name], kind)
        return self.people[name, kind]

    def act(self, name: str = "Huyện ủy A", kind: str = "board") -> Act:
        """An act of that person on the working day."""
        account, day = self.person(name, kind), self.day
        post = Post.objects.get(terms__account=account)
        return Act(account.pk, post.pk, post.unit_id, day, datetime(day.year, day.month, day.day, 3, tzinfo=UTC))

    def seen(self, name: str, year: int = YEAR, indicator: str = "admissions") -> int:
        """The version of a sheet as it stands."""
        found = Sheet.objects.filter(unit=self.unit(name), year=year, indicator=indicator).first()
        return found.version if found else 0

    def assign(
        self,
        name: str,
        numbers: Mapping[str, int | Mapping[str, int]],
        total: int | Mapping[str, int],
        *,
        way: str = "first",
        reason: str = "",
        seen: int | None = None,
        holds_from: date | None = None,
        bases: Mapping[str, Base] | None = None,
        paper: Paper | None = None,
        year: int = YEAR,
    ) -> Decision:
        """Share a number out to the units below, on the working day."""
        return services.assign(
            self.unit(name),
            "admissions",
            year,
            {self.unit(one): {"admissions": n} if isinstance(n, int) else n for one, n in numbers.items()},
            {"admissions": total} if isinstance(total, int) else total,
            way=way,
            basis=Basis(holds_from or self.day, self.unit(name), "Nghị quyết năm", paper, reason),
            bases={self.unit(one): base for one, base in (bases or {}).items()},
            seen=self.seen(name, year) if seen is None else seen,
            act=self.act(name),
        )

    def plan(self, name: str, value: int, **given: Any) -> Decision:
        """Set a unit's own plan on the working day."""
        way, reason = given.pop("way", "first"), given.pop("reason", "")
        basis = Basis(given.pop("holds_from", self.day), self.unit(name), "", None, reason)
        return services.plan(
            self.unit(name),
            "admissions",
            YEAR,
            {"admissions": value},
            way=way,
            basis=basis,
            seen=self.seen(name),
            act=self.act(name, "head"),
        )

    def pair(self, name: str, on: date | None = None, indicator: str = "admissions", year: int = YEAR) -> Pair:
        """Plan and assigned target as they hold on a day (default: the working day)."""
        found = in_force([self.unit(name)], year, [indicator], on or self.day)
        return found.get((self.unit(name), indicator), Pair())

    def assigned(self, name: str, on: date | None = None) -> int | None:
        """The number assigned to a unit on a day."""
        found = self.pair(name, on).assigned
        return found.value if found else None

    def report(self, name: str, month: str, value: int, indicator: str = "admissions") -> Figure:
        """A figure of a month, as an accepted report leaves it in the ledger."""
        return record_figure(
            self.unit(name),
            indicator,
            value,
            period=month,
            said_on=self.day,
            origin="report",
            act=self.act("Tỉnh ủy"),
        )

    def members(self, name: str, value: int, on: date) -> Figure:
        """So many members on a day."""
        period = on.isoformat()
        return record_figure(
            self.unit(name),
            "members",
            value,
            period=period,
            said_on=on,
            origin="report",
            act=self.act("Tỉnh ủy"),
        )

    def reform(self, *steps: Step, on: date) -> Any:
        """Record a reorganisation on the working day; new units are then known by their names."""
        made = reorganise_together(steps, decision=DECISION, effective_on=on, act=self.act("Tỉnh ủy"))
        for step in steps:
            if isinstance(step, Establish):
                self.units[step.name] = Unit.objects.get(code=step.code)
        return made
