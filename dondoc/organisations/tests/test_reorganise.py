"""The seven kinds of reorganisation on trees drawn as text."""

from datetime import date

import pytest

from dondoc.organisations.services import move, rebuild

from .trees import act_on, draw, drawn, show

pytestmark = pytest.mark.django_db

DAY = date(2023, 1, 1)
BEFORE = date(2022, 12, 31)
SAID = {"decision": "05-QĐ/TU", "effective_on": DAY, "act": act_on(DAY)}

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


def test_a_tree_drawn_reads_back_as_the_same_text() -> None:
    draw(TREE)
    assert show(BEFORE) == drawn(TREE)


def test_a_moved_unit_takes_along_what_is_below_it() -> None:
    units = draw(TREE)
    move(units["Xã A1"], to=units["Huyện ủy B"], **SAID)
    assert show(BEFORE) == drawn(TREE)
    assert show(DAY) == drawn("""
        Tỉnh ủy
          Huyện ủy A
            Xã A2
              Chi bộ 3
          Huyện ủy B
            Xã A1
              Chi bộ 1
              Chi bộ 2
            Xã B1
    """)
    assert rebuild() == 0
