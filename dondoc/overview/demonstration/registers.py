"""What the registers of documents hold when the demonstration begins, entered through the real services by the offices' posts."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from dondoc.accounts.models import Post
from dondoc.documents.services import About, Arrival, To, enter, explain_gap, finish, number_document, reserve
from dondoc.organisations.models import Unit

from .past import acting

KEEPERS = ("clerk", "head")


def fill(path: Path) -> None:
    """Enter everything of the file; documents with numbers that are given are there already when a reserved number follows them."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    units = dict(Unit.objects.values_list("code", "pk"))
    term = content["term"]
    for one in content["out"]:
        unit, day = units[one["unit"]], one["day"]
        signs = Post.objects.on(day).filter(unit=unit, kind__in=("leader", "head")).order_by("-kind").first()
        to = [To(units[name]) if name in units else To(words=name) for name in one["to"]]
        about = About(one.get("type", ""), signs.pk if signs else None, to)
        number_document(
            unit, term, one["symbol"], one["number"], day, one["abstract"], acting(unit, KEEPERS, day), about=about
        )
    for one in content["empty"]:
        unit = units[one["unit"]]
        act = acting(unit, KEEPERS, one["day"])
        explain_gap(unit, term, one["symbol"], one["number"], one["explanation"], act)
    for one in content["reserved"]:
        unit = units[one["unit"]]
        reserve(unit, term, one["symbol"], one["reason"], acting(unit, KEEPERS, one["day"]))
    for one in content["in"]:
        _enter(one, units)


def _enter(one: dict[str, Any], units: dict[str, int]) -> None:
    unit, day = units[one["unit"]], one["day"]
    act = acting(unit, KEEPERS, day)
    sender = units.get(one["sender"])
    arrival = Arrival(
        arrived_on=day,
        dated_on=one["dated"],
        abstract=one["abstract"],
        sender=sender,
        sender_words="" if sender else one["sender"],
        number=one.get("number", ""),
        symbol=one.get("symbol", ""),
        due_on=one.get("due"),
        handled_by=act.post if one.get("handled") else None,
    )
    entered = enter(unit, arrival, act)
    done: date | None = one.get("done")
    if done is not None:
        finish(entered.pk, words=one["outcome"], seen=entered.version, act=acting(unit, KEEPERS, done))
