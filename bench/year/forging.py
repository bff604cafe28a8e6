"""Reporting without doing: records as they are invented at a desk. Most contradict themselves or others; some are plausible on purpose."""

from datetime import date
from typing import TYPE_CHECKING, Any

from .owed import Duty
from .workdays import DAY

if TYPE_CHECKING:
    from .conduct import Life

LIES = {"too_short": 35, "ends_before_it_begins": 10, "minutes_before": 20, "plausible": 35}
FIGURES = {"figures": 60, "plausible": 40}


def forge(life: "Life", duty: Duty | None, on: date, record: dict[str, Any]) -> dict[str, Any]:
    """The record as it is, or, of a unit that reports without doing, every second time an invented one, which is noted in the truth."""
    if life.unit.conduct != "forging" or life.chance.random() < 0.5:
        return record
    lies = LIES if duty is None else FIGURES
    lie = life.chance.choices(list(lies), list(lies.values()))[0]
    told = dict(record)
    match lie:
        case "too_short":
            told["ended"] = record["began"][:2] + ":42"
        case "ends_before_it_begins":
            told["began"], told["ended"] = record["ended"], record["began"]
        case "minutes_before":
            told["minutes"] = on - 3 * DAY
        case "figures":
            told["more"] = 2
    life.forged.append(
        {"unit": life.unit.code, "on": on, "lie": lie, "key": record.get("key", ""), "code": duty.code if duty else "",
         "begins": record.get("begins")}
    )  # fmt: skip
    return told
