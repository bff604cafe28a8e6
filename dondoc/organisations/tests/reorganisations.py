"""A tree of two districts on which reorganisations are tried, and the days and the decision that they are of."""

from datetime import date
from typing import TypedDict

from dondoc.history.services import Act
from dondoc.organisations.models import Unit
from dondoc.tests.told_once import told_once

from .trees import act_on, draw

DAY = date(2023, 1, 1)
BEFORE = date(2022, 12, 31)
LATER = date(2023, 6, 1)


class Said(TypedDict):
    decision: str
    effective_on: date
    act: Act


def said(day: date = DAY, recorded: date | None = None) -> Said:
    return {"decision": "05-QĐ/TU", "effective_on": day, "act": act_on(recorded or day)}


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
"""


@told_once
def units() -> dict[str, Unit]:
    return draw(TREE)
