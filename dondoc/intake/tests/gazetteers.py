"""Small gazetteers for tests: places drawn as a tree with the days of their life, and what became of what."""

import re
from datetime import date
from pathlib import Path

from dondoc.intake.gazetteer.build import Row, write
from dondoc.intake.gazetteer.queries import named
from dondoc.intake.gazetteer.rules import TYPES, Place, choose, is_in, key_of

_LINE = re.compile(
    r"(?P<indent> *)(?P<full>[^\[\]>]+?)(?: \[(?P<since>[\d-]*)\.\.(?P<until>[\d-]*)\])?(?: > (?P<heirs>.+))?$"
)

COUNTRY = """
tỉnh Khánh Hòa
  huyện Cam Lâm [..2025-07-01] > xã Cam Hiệp, xã Cam Lâm
    xã Sơn Tân [..2025-07-01] > xã Cam Hiệp
    xã Cam Hòa [..2025-07-01] > xã Cam Hiệp, xã Cam Lâm
    xã Cam Thành Bắc [..2025-07-01] > xã Cam Lâm
    xã Cam Hải Tây [..2025-07-01] > xã Cam Lâm
  huyện Vạn Ninh [..2025-07-01] > xã Vạn Hưng
    xã Vạn Bình [..2025-07-01] > xã Vạn Hưng
  xã Cam Hiệp [2025-07-01..]
  xã Cam Lâm [2025-07-01..]
  xã Vạn Hưng [2025-07-01..]
tỉnh Quảng Ngãi
  huyện Sơn Tây [..2025-07-01] > xã Sơn Tây
    xã Sơn Tân [..2025-07-01] > xã Sơn Tây
    xã Sơn Long [..2025-07-01] > xã Sơn Tây
  xã Sơn Tây [2025-07-01..]
tỉnh Kon Tum [..2025-07-01] > tỉnh Quảng Ngãi
  huyện Đắk Hà [..2025-07-01] > xã Đắk Hà
    xã Đắk La [..2025-07-01] > xã Đắk Hà
    xã Đăk Lá [..2025-07-01] > xã Đắk Hà
tỉnh Quảng Ngãi
  xã Đắk Hà [2025-07-01..]
"""


def draw(picture: str, target: Path) -> Path:
    """A gazetteer file of a picture. A place's key is its way from the top: "tỉnh Khánh Hòa/huyện Cam Lâm"; heirs are named by their title."""
    rows: dict[str, Row] = {}
    heirs: list[tuple[str, str]] = []
    way: list[str] = []
    for line in filter(str.strip, picture.splitlines()):
        found = _LINE.match(line)
        assert found is not None, line
        depth = len(found["indent"]) // 2
        way = [*way[:depth], found["full"]]
        kind = next(one for one in TYPES if found["full"].startswith(one + " "))
        key = "/".join(way)
        rows[key] = Row(
            key,
            kind,
            found["full"][len(kind) + 1 :],
            "/".join(way[:-1]) or None,
            found["since"] or None,
            found["until"] or None,
        )
        heirs += [(key, heir) for heir in (found["heirs"] or "").split(", ") if heir]
    living = {key.split("/")[-1]: key for key, row in rows.items() if row.until is None}
    write(rows.values(), [(key, living[heir]) for key, heir in heirs], target, {"source": "a drawing"})
    return target


def places(name: str, kind: str, day: date, parent: str | None = None, path: Path | None = None) -> list[Place]:
    """The places of this type and name that live on the day, within `parent` ("huyện Cam Lâm") where it is given."""
    found = choose(named([name], path).get(key_of(name), ()), kind, name, day)
    return [place for place in found if not parent or is_in(place, parent)]
