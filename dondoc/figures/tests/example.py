"""The tree and the figures of docs/algorithms/roll-up.md."""

from datetime import date

from dondoc.figures.models import Figure
from dondoc.figures.rollup import Total, roll_up
from dondoc.figures.services import Line, record_figure, record_figures
from dondoc.lib.periods import Interval
from dondoc.organisations.models import Unit
from dondoc.organisations.services import reorganise
from dondoc.organisations.steps import Merge, Move
from dondoc.organisations.tests.trees import act_on, draw

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
          Đảng bộ Trường
"""
JUNE = Interval(date(2023, 6, 1), date(2023, 7, 1))
JULY = Interval(date(2023, 7, 1), date(2023, 8, 1))
BEFORE_THE_MOVE = Interval(date(2023, 6, 1), date(2023, 6, 15))
AFTER_THE_MOVE = Interval(date(2023, 6, 15), date(2023, 7, 1))
ACT = act_on(date(2023, 8, 5))
# Who reports which days: members admitted, members there.
REPORTED = [
    ("Chi bộ 1", JUNE, 3, 20),
    ("Chi bộ 2", BEFORE_THE_MOVE, 2, 11),
    ("Chi bộ 2", AFTER_THE_MOVE, 1, 12),
    ("Chi bộ 3", JUNE, 4, 30),
    ("Chi bộ 2", JULY, 5, 17),
    ("Chi bộ 3", JULY, 1, 31),
]


def move(units: dict[str, Unit]) -> None:
    reorganise(Move(units["Chi bộ 2"], units["Xã B1"]), decision="07-QĐ/TU", effective_on=date(2023, 6, 15), act=ACT)


def merge(units: dict[str, Unit]) -> None:
    step = Merge([units["Xã A2"]], units["Xã A1"])
    reorganise(step, decision="08-QĐ/TU", effective_on=date(2023, 7, 1), act=ACT)


def report(unit: Unit, days: Interval, reason: str = "", **figures: int | None) -> list[Figure]:
    lines = [Line(key, value) for key, value in figures.items()]
    return record_figures(unit.pk, lines, days, origin="report", act=ACT, reason=reason)


def say(
    unit: Unit, indicator: str, value: int, period: str, origin: str = "article", qualifier: str = "exact"
) -> Figure:
    return record_figure(
        unit.pk, indicator, value, period=period, said_on=ACT.day, origin=origin, act=ACT, qualifier=qualifier
    )


def example() -> dict[str, Unit]:
    """The tree with its move and its merger, and all that was reported."""
    units = draw(TREE)
    move(units)
    merge(units)
    for name, days, admitted, members in REPORTED:
        report(units[name], days, admissions=admitted, members=members)
    return units


def total(unit: Unit, indicator: str, period: str | Interval, on: date | None = None) -> Total:
    return roll_up([unit.pk], [indicator], period, on=on)[unit.pk, indicator]


def brief(unit: Unit, indicator: str, period: str | Interval, on: date | None = None) -> tuple[int | None, str]:
    """The number and its completeness: (9, "3/3")."""
    one = total(unit, indicator, period, on)
    return one.value, f"{one.reported}/{one.expected}"
