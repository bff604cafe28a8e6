"""What the views of this folder share: which year and indicator an address means, and what is beside every page."""

from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import PageRequest
from dondoc.accounts.queries import access_line, may
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import Label
from dondoc.targets.content import Aim, aims
from dondoc.targets.remainders import CELLS
from dondoc.targets.sheet import Cell

EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a unit, an indicator and a year; what is no sensible value of them falls back to the first and to the year shown.

    `seen`: the unit and those of its superiors, ever, that the person may look at.
    """

    unit: Unit
    aim: Aim
    year: int
    seen: Set[int]

    @property
    def query(self) -> str:
        """Year and indicator as an address writes them."""
        return f"year={self.year}&indicator={self.aim.key}"


def asked(request: PageRequest, pk: int) -> Asked:
    """The unit through the door of its scope, with year and indicator of the address or of what was sent.

    What is sent names both (else 422): numbers are not written into another sheet than the one that was looked at.
    """
    unit, seen = access_line(request.actor, pk)
    given = request.POST if request.method == "POST" else request.GET
    year, key = given.get("year", ""), given.get("indicator", "")
    known = aims()
    chosen = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    sensible = EARLIEST <= chosen <= LATEST
    if request.method == "POST" and not (sensible and key in known):
        raise Refused("targets.which_sheet", INVALID)
    return Asked(unit, known.get(key) or next(iter(known.values())), chosen if sensible else request.on.year, seen)


def address(request: PageRequest, name: str, one: Asked) -> str:
    """A page of the same unit, indicator and year, keeping the day shown."""
    on = "" if request.on == request.today else f"&on={wording.day(request.on)}"
    return f"{reverse(name, args=[one.unit.pk])}?{one.query}{on}"


def beside(request: PageRequest, one: Asked) -> dict[str, Any]:
    """The unit's place, its name, the choices of indicator and year, and where this person may go from here."""
    path: list[Label] = organisations.path_of(one.unit, request.on)
    allots = any(may(request.actor, action, one.unit.pk) for action in ("target.assign", "target.draft"))
    below = path[-1].kind not in CELLS
    plans = bool(may(request.actor, "target.plan", one.unit.pk))
    urls = {
        name: address(request, f"targets:{name}", one)
        for name in ("unit", "sheet", "plan", "versions", "remainders", "paper")
    }
    here = request.resolver_match.url_name if request.resolver_match else ""
    tabs = [
        {"label": label, "url": urls[name], "current": here == name}
        for name, label, shown in (
            ("unit", _("The year"), True),
            ("sheet", _("Allotment sheet"), allots and below),
            ("plan", _("Own plan"), plans),
            ("versions", _("Versions"), True),
            ("remainders", _("To be assigned"), below),
        )
        if shown
    ]
    return {
        "asked": one,
        "tabs": tabs,
        "place": path[-1],
        "path": path[:-1],
        "linked": one.seen,
        "aims": list(aims().values()),
        "before": one.year - 1,
        "after": one.year + 1,
        "may_allot": allots,
        "may_plan": plans,
        "urls": urls,
    }


@contextmanager
def naming(cells: Iterable[Cell]) -> Iterator[None]:
    """A refusal gives back what was typed: with the words of these fields, so that each number is found again."""
    try:
        yield
    except Refused as refused:
        refused.data["labels"] = {cell.name: cell.label for cell in cells}
        raise
