"""The yearly targets of the invented district: what it and its communes plan, and what it assigns to them.

The province assigns nothing: its sheet would need invented numbers of real districts.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dondoc.organisations.models import Ancestry, Unit
from dondoc.overview.demonstration.past import acting
from dondoc.targets import services as targets
from dondoc.targets.queries import receivers
from dondoc.targets.services.values import Basis, Paper

from .cells import Cell

WHOLE, YOUTH = "admissions", "admissions_youth"
DECIDES = ("leader", "head")


class Planning:
    """Decides the numbers by the members whom the cells have on the day. All of it goes through the real services."""

    def __init__(self, content: Mapping[str, Any], district: Unit, cells: Mapping[int, Cell]) -> None:
        self.content, self.district, self.cells = content, district.pk, cells
        self.by = {"plans": self._plan, "communes": self._of_the_district}

    def of_month(self, start: date) -> Iterator[tuple[date, str]]:
        """The days of the month on which something is decided, and what."""
        for what, wanted in self.content["years"].get(start.year, {}).items():
            if wanted["dated_on"].replace(day=1) == start:
                yield wanted["dated_on"], what

    def decide(self, what: str, day: date) -> None:
        """Take the decision: "plans" or "communes"."""
        self.by[what](self.content["years"][day.year][what], day)

    def _plan(self, wanted: Mapping[str, Any], day: date) -> None:
        """The district and each of its communes plan for themselves."""
        for unit, members in self._members(day).items():
            numbers = {WHOLE: round(members * wanted["share"] / 100)}
            basis = Basis(date(day.year, 1, 1), unit, self.content["legal_basis"]["plans"])
            act = acting(unit, DECIDES, day)
            targets.plan(unit, WHOLE, day.year, numbers, way="first", basis=basis, seen=0, act=act)

    def _of_the_district(self, wanted: Mapping[str, Any], day: date) -> None:
        """The targets of the communes, by their members, and how many of these are to be of youth age."""
        members, numbers = self._members(day), dict[int, dict[str, int]]()
        for commune in receivers(self.district, day):
            whole = round(members[commune.unit] * wanted["share"] / 100)
            numbers[commune.unit] = {WHOLE: whole, YOUTH: round(whole * wanted["youth"] / 100)}
        paper = Paper(wanted["number"], self.content["symbol"], day)
        basis = Basis(date(day.year, 1, 1), self.district, self.content["legal_basis"]["communes"], paper)
        planned = "plans" in self.content["years"][day.year]
        self._assign(self.district, numbers, basis, day, seen=int(planned))

    def _assign(self, unit: int, numbers: Mapping[int, Mapping[str, int]], basis: Basis, day: date, seen: int) -> None:
        columns = {key for one in numbers.values() for key in one}
        totals = {key: sum(one[key] for one in numbers.values()) for key in columns}
        act = acting(unit, ("leader",), day)
        targets.assign(unit, WHOLE, day.year, numbers, totals, way="first", basis=basis, seen=seen, act=act)

    def _members(self, day: date) -> dict[int, int]:
        """The members of the district and of each commune on the day, by the cells below them."""
        units = [self.district, *(one.unit for one in receivers(self.district, day))]
        found = dict.fromkeys(units, 0)
        rows = Ancestry.objects.on(day).filter(descendant__in=self.cells, ancestor__in=units)
        for unit, cell in rows.values_list("ancestor", "descendant"):
            found[unit] += self.cells[cell].members
        return found
