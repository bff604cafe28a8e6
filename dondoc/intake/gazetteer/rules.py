"""Places of the country and the days on which they lived. Pure: rows in, places out.

A day before 1 July 2025 is answered from the state of 30 June 2025: what was merged or renamed earlier is not known, so `since` of those
places is None, "for as long as is known".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dondoc.intake.rules import split_unit
from dondoc.lib.vietnamese import folded, plain

REFORM = date(2025, 7, 1)
"""The first day without districts (Resolution 203/2025/QH15), on which the new communes began to work."""
PROVINCE_TYPES = frozenset({"tỉnh", "thành phố"})
DISTRICT_TYPES = frozenset({"huyện", "quận", "thị xã", "thành phố"})
COMMUNE_TYPES = frozenset({"xã", "phường", "thị trấn", "đặc khu"})
TYPES = PROVINCE_TYPES | DISTRICT_TYPES | COMMUNE_TYPES


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or commune. It lives from `since` up to, and without, `until`; None is "as long as is known" and "still".

    `above` are the places that hold it, nearest first; `heirs` what it became, several where it was split; `areas` the former
    districts and provinces of which it was made.
    """

    key: str
    type: str
    name: str
    since: date | None
    until: date | None
    above: tuple["Place", ...] = ()
    heirs: tuple["Place", ...] = ()
    areas: tuple["Place", ...] = ()

    def lives(self, day: date) -> bool:
        """Whether it is there on the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    @property
    def title(self) -> str:
        """Type and name: "xã Sơn Tân"."""
        return f"{self.type} {self.name}"


def key_of(name: str) -> str:
    """The form of a name by which it is looked up: its spelling without marks."""
    return folded(spelling(name))


def is_called(place: Place, kind: str, name: str) -> bool:
    """Whether the words mean it. "Sơn Tân" and "Sơn Tấn" fold to the same letters and are two names; without a type any will do."""
    return (not kind or kind == place.type) and spelling(place.name) == spelling(name)


def spelling(name: str) -> str:
    """A name for comparing: lower case, one tone spelling, one kind of hyphen and apostrophe; marks stay."""
    return re.sub(r"\s*-\s*", "-", plain(name))


def is_in(place: Place, parent: str) -> bool:
    """Whether it lies in the larger place that the words name, or was made of parts of it: "huyện Cam Lâm", "tỉnh Khánh Hòa"."""
    kind, name = split_unit(re.sub(r"\s*\(?cũ\)?$", "", parent))
    return any(is_called(one, kind, name) for one in (*place.above, *place.areas))


def choose(found: Iterable[Place], kind: str, name: str, day: date) -> list[Place]:
    """Those of this type and name that live on the day."""
    return [place for place in found if place.lives(day) and is_called(place, kind, name)]
