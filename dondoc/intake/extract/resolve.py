"""Which unit a mention means: incomplete names, bare types ("xã", "toàn tỉnh") and bodies ("Đảng ủy Sơn Tân").

A name alone takes the type that the text gives it elsewhere; where it gives two, nothing is decided. A bare type means the
unit of that type named last.
"""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from dondoc.intake.extract.reading import UnitName
from dondoc.intake.extract.units import PARTY, Hit, level
from dondoc.lib.vietnamese import old_tone

_DESCRIBED = ("khối", "cơ quan")
_NAMESAKES = 20
"""So many units of one name are told apart in a text; with more of them nobody could."""


@lru_cache(maxsize=2048)
def key(name: str) -> str:
    """A name for comparison: lower case, older tone spelling."""
    return old_tone(name.lower())


class Named(NamedTuple):
    """A mention with the unit it means (None where the text does not decide) and the units among which it does not."""

    hit: Hit
    unit: UnitName | None
    explicit: bool
    ambiguous: tuple[UnitName, ...] = ()


class Resolver:
    """Resolves the mentions of one text in order."""

    def __init__(self, hits: list[Hit]) -> None:
        self.hits = hits
        self.by_name: dict[str, list[UnitName]] = {}
        for hit in hits:
            if hit.name and hit.type:
                self._know(UnitName(hit.type, hit.name, hit.above))
        self.longer = self._longer_names()
        self.last: dict[str, UnitName] = {}
        self.first: dict[str, UnitName] = {}
        for hit in hits:
            if hit.name:
                self.first.setdefault(hit.type, UnitName(hit.type, hit.name, hit.above))

    def _know(self, unit: UnitName) -> None:
        known = self.by_name.setdefault(key(unit.name), [])
        for i, other in enumerate(known):
            if other.type == unit.type and (other.parent is None or unit.parent is None or other.parent == unit.parent):
                known[i] = replace(other, parent=other.parent or unit.parent)
                return
        if len(known) < _NAMESAKES:
            known.append(unit)

    def _longer_names(self) -> dict[tuple[str, str], set[str]]:
        """For each beginning of a bloc's or an office's name, in whole words, the names that begin so and go on."""
        out: dict[tuple[str, str], set[str]] = {}
        for name, units in self.by_name.items():
            ends = [i for i, letter in enumerate(name) if letter == " "]
            for unit in units:
                if unit.type in _DESCRIBED:
                    for end in ends:
                        out.setdefault((unit.type, name[:end]), set()).add(unit.name)
        return out

    def resolved(self) -> list[Named]:
        """Every mention with its unit."""
        return [self._one(hit) for hit in self.hits]

    def _one(self, hit: Hit) -> Named:
        if hit.name:
            found = self._by_name(hit)
            if found.unit is not None:
                self._remember(found.unit, hit)
            return found
        unit = None if hit.plural else self._bare(hit)
        return Named(hit, unit, explicit=False)

    def _by_name(self, hit: Hit) -> Named:
        if hit.type == PARTY.type:
            return Named(hit, PARTY, explicit=True)
        if hit.type in _DESCRIBED:
            hit = hit._replace(name=self._full(hit))
        known = self.by_name.get(key(hit.name), [])
        if hit.type:
            same = [u for u in known if u.type == hit.type and (hit.above is None or u.parent in (None, hit.above))]
            if len(same) == 1:
                return Named(hit, same[0], explicit=True)
            return Named(hit, UnitName(hit.type, hit.name, hit.above), True, tuple(same) if len(same) > 1 else ())
        if len(known) == 1:
            return Named(hit, known[0], explicit=True)
        if len(known) > 1:
            lowest = [u for u in known if level(u.type) == max(level(k.type) for k in known)]
            if hit.body and len(lowest) == 1 and self.last.get(lowest[0].type) == lowest[0]:
                return Named(hit, lowest[0], explicit=True)
            return Named(hit, None, True, tuple(known))
        return Named(hit, UnitName("đảng bộ", hit.name), explicit=True)

    def _full(self, hit: Hit) -> str:
        """ "Khối các cơ quan tỉnh" is the one that the text names in full, or that of the province named last."""
        longer = self.longer.get((hit.type, key(hit.name)), set())
        if len(longer) == 1:
            return next(iter(longer))
        ending = next((kind for kind in ("tỉnh", "thành phố", "huyện") if key(hit.name).endswith(" " + kind)), None)
        above = self.last.get(ending) if ending and not longer else None
        return f"{hit.name} {above.name}" if above is not None else hit.name

    def _remember(self, unit: UnitName, hit: Hit) -> None:
        self.last[unit.type] = unit
        if not hit.parent and not hit.post:
            self.last[""] = unit
        above = unit.parent
        while above is not None:
            self.last.setdefault(above.type, above)
            above = above.parent

    def _bare(self, hit: Hit) -> UnitName | None:
        if not hit.type:
            return self.last.get("")
        if hit.type in self.last:
            return self.last[hit.type]
        if hit.type in self.first:
            return self.first[hit.type]
        return UnitName(hit.type, hit.type)
