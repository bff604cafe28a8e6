"""Whose the grassroots organisations are that a text counts: a commune is one itself and has none below it."""

from dondoc.intake.extract.figures import Found
from dondoc.intake.extract.reading import UnitName
from dondoc.intake.extract.resolve import Named
from dondoc.intake.extract.tokens import Page

COMMUNES = frozenset(["xã", "phường", "thị trấn", "đặc khu"])
_BEHIND = 28
"""So many tokens behind the number the committees that the organisations lie under are looked for."""


def below_commune(page: Page, named: dict[int, Named], one: Found, unit: UnitName) -> tuple[Found, UnitName | None]:
    """What stands below a commune are cells, though a text may call them "chi bộ cơ sở"; a number of grassroots organisations
    said behind a commune is that of a larger unit ("trực thuộc các huyện ủy, … Tỉnh ủy"), or of nobody known."""
    words = page.words
    if "chi" in words[one.first : one.after]:
        return one._replace(indicator="cells"), unit
    told = range(min(one.after + _BEHIND, len(words)) - 1, one.after - 1, -1)
    above = next((named[i].unit for i in told if i in named and named[i].hit.committee), None)
    return one, above if above is not None and above.type not in COMMUNES else None
