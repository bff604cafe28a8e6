"""Which unit a mention means: incomplete names, bare types ("xã", "toàn tỉnh") and bodies ("Đảng ủy Sơn Tân").

A name alone takes the type that the text gives it elsewhere; where it gives two, nothing is decided. A bare type means the
unit of that type named last.
"""

from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.reading import UnitName
from dondoc.intake.extract.units import PARTY, TERRITORIAL, Hit, level
from dondoc.lib.vietnamese import folded, old_tone

_DESCRIBED = ("khối", "cơ quan")
_KNOWN_TYPES = ("tỉnh", "thành phố", "huyện", "quận", "thị xã")
_SHORT_FORMS = (
    ("CCQ", "các cơ quan"), ("CQ", "cơ quan"), ("DNTW", "doanh nghiệp Trung ương"), ("DN", "doanh nghiệp"), ("Ban Chỉ huy Quân sự", "Quân sự"),
    ("Ban Chỉ huy quân sự", "Quân sự"), ("Bộ Chỉ huy Quân sự", "Quân sự"), ("Bộ Chỉ huy quân sự", "Quân sự"), ("CHQS", "Quân sự"),
    ("BĐBP", "Bộ đội Biên phòng"), ("TH ", "Tiểu học "), ("MN ", "Mầm non "), ("MG ", "Mẫu giáo "),
)  # fmt: skip
_SHORT = 2
"""A name of fewer spaces than this only says what kind of office is meant: "Công ty", "Bệnh viện"."""
_NAMESAKES = 20
"""So many units of one name are told apart in a text; with more of them nobody could."""


@lru_cache(maxsize=2048)
def key(name: str) -> str:
    """A name for comparison: lower case, older tone spelling, hyphens without spaces."""
    plain = old_tone(name.lower())
    return plain.replace("–", "-").replace(" - ", "-") if "-" in plain or "–" in plain else plain


@cache
def known_places() -> frozenset[str]:
    """The names of provinces and districts, as `key` writes them."""
    provinces, districts = lexicon("units")["provinces"], lexicon("districts")
    return frozenset(key(name) for names in (*provinces.values(), *districts.values()) for name in names)


def _all_large(name: str) -> bool:
    """Whether a name of many words may come from a line of capitals: each of its words begins with one."""
    return name.count(" ") > 1 and name.istitle()


def _better_written(name: str, other: str) -> bool:
    """Whether a name is written better than the same name elsewhere: not from a line of capitals, with a hyphen between spaces."""
    if _all_large(other) != _all_large(name):
        return _all_large(other)
    if name.count(" ") == 1 and name.istitle() and not other.istitle():
        return True  # "Đô Lương", not "Đô lương"
    return " - " in name and " - " not in other


class Named(NamedTuple):
    """A mention with the unit it means (None where the text does not decide) and the units among which it does not."""

    hit: Hit
    unit: UnitName | None
    explicit: bool
    ambiguous: tuple[UnitName, ...] = ()


class Resolver:
    """Resolves the mentions of one text in order."""

    def __init__(self, hits: list[Hit], banner: int = 0) -> None:
        """`banner`: the token after the name of the page that the text stands on, whose place adds nothing to other names."""
        self.hits, self.banner = hits, banner
        self.by_name: dict[str, list[UnitName]] = {}
        for hit in hits:
            if hit.name and hit.type:
                self._know(UnitName(hit.type, hit.name, hit.above))
        self.longer = self._longer_names()
        self.misspelt = self._misspelt()
        self.recent: dict[str, str] = {}
        self.last: dict[str, UnitName] = {}
        self.told: set[str] = set()
        """The types of the units named behind the banner."""
        self.first: dict[str, UnitName] = {}
        for hit in hits:
            if hit.name and not hit.aside and hit.type not in self.first:
                self.first[hit.type] = UnitName(hit.type, hit.name, hit.above)

    def _know(self, unit: UnitName) -> None:
        known = self.by_name.setdefault(key(unit.name), [])
        for i, other in enumerate(known):
            if other.type == unit.type and _better_written(unit.name, other.name):
                known[i] = other = other._replace(name=unit.name)
            if other.type == unit.type and (other.parent is None or unit.parent is None or other.parent == unit.parent):
                known[i] = other._replace(parent=other.parent or unit.parent)
                return
        if len(known) < _NAMESAKES:
            known.append(unit)

    def _longer_names(self) -> dict[str, list[str]]:
        """For each beginning of a bloc's or an office's name, in whole words, the names that begin so and go on, in the order of the text."""
        out: dict[str, list[str]] = {}
        for name, units in self.by_name.items():
            for unit in units:
                if unit.type not in _DESCRIBED:
                    continue
                for end in [i for i, letter in enumerate(name) if letter == " "]:
                    known = out.setdefault(name[:end], [])
                    if len(known) < _NAMESAKES:
                        known.append(unit.name)
        return out

    def _misspelt(self) -> dict[str, dict[str, str]]:
        """For each type of province or district, names that miss a mark ("Hâu Giang") with the name that the text spells right."""
        out: dict[str, dict[str, str]] = {}
        if all(
            name in known_places() or all(unit.type not in _KNOWN_TYPES for unit in units)
            for name, units in self.by_name.items()
        ):
            return out
        told: dict[tuple[str, str], list[str]] = {}
        for units in self.by_name.values():
            for unit in units:
                if unit.type in _KNOWN_TYPES:
                    told.setdefault((unit.type, folded(unit.name)), []).append(unit.name)
        for (kind, _), names in told.items():
            right = [name for name in names if key(name) in known_places()]
            if len(names) > 1 and len(right) == 1:
                out[kind] = out.get(kind, {}) | {key(name): right[0] for name in names if name != right[0]}
        return out

    @cached_property
    def short(self) -> dict[str, UnitName]:
        """The first letters of an office's name, and of its end: "XMCP" for "Công ty Cổ phần Xi măng Cẩm Phả"."""
        out: dict[str, UnitName] = {}
        for units in self.by_name.values():
            for unit in units:
                if unit.type in _DESCRIBED:
                    letters = "".join(w if w.isdigit() else w[0] for w in key(unit.name).split() if w[0].isalnum())
                    for start in range(len(letters) - 2):
                        out.setdefault(letters[start:], unit)
        return out

    def resolved(self) -> list[Named]:
        """Every mention with its unit."""
        return [self._one(hit) for hit in self.hits]

    def _one(self, hit: Hit) -> Named:
        if hit.name:
            found = self._by_name(hit)
            if found.unit is not None and not hit.aside:
                self._remember(found.unit, hit)
            return found
        if hit.cell and hit.type == "chi bộ":
            cell = self.last.get("chi bộ")
            return Named(hit if cell else hit._replace(type=""), cell or self.last.get(""), explicit=False)
        unit = None if hit.plural else self._bare(hit)
        return Named(hit, unit, explicit=False)

    def _by_name(self, hit: Hit) -> Named:
        if hit.type == PARTY.type:
            return Named(hit, PARTY, explicit=True)
        if hit.type in _DESCRIBED:
            hit = self._written_out(hit)
            hit = hit._replace(name=self._full(hit))
        known = self.by_name.get(key(hit.name), [])
        if hit.type in TERRITORIAL and hit.type in self.misspelt:
            hit = hit._replace(name=self.misspelt[hit.type].get(key(hit.name), hit.name))
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
        if hit.name.isupper() and len(hit.name) > 2 and (meant := self.short.get(key(hit.name))) is not None:
            return Named(hit, meant, explicit=True)
        return Named(hit, UnitName("đảng bộ", hit.name), explicit=True)

    def _written_out(self, hit: Hit) -> Hit:
        """A bloc or a command with its short forms written out, where the text names it so elsewhere: "khối CCQ tỉnh"."""
        for short, full in _SHORT_FORMS:
            if short in hit.name and key(name := hit.name.replace(short, full, 1)) in self.by_name:
                return hit._replace(name=name)
        return hit

    def _full(self, hit: Hit) -> str:
        """ "Công ty" or "Khối các cơ quan tỉnh" is the one that the text names in full, or that of the province named last."""
        name = key(hit.name)
        if _all_large(hit.name):
            # A headline in capitals may run on behind the name that the story gives.
            for end in [i for i, letter in enumerate(name) if letter == " "][:0:-1]:
                known = self.by_name.get(name[:end], [])
                if len(known) == 1 and not _all_large(known[0].name):
                    return known[0].name
        longer = self.longer.get(name, [])
        full = (self._one_of(name, longer) if longer else None) or hit.name
        ending = next((kind for kind in ("tỉnh", "thành phố", "huyện") if key(full).endswith(" " + kind)), None)
        above = (
            self.last.get(ending) if ending in self.told and ending and (full is not hit.name or not longer) else None
        )
        return f"{full} {above.name}" if above is not None and above.name != above.type else full

    def _one_of(self, name: str, longer: list[str]) -> str | None:
        """The full name that a beginning stands for: the only one, the longest of a row each of which goes on from the last, or the last one named."""
        described = sorted(
            {key(one): one for one in reversed(longer) if not _all_large(one)}.items(), key=lambda kv: len(kv[0])
        )
        if not described:
            return longer[0] if len(longer) == 1 and name.count(" ") < _SHORT else None
        chain = all(b[0].startswith(a[0]) for a, b in pairwise(described))
        if chain:
            return described[-1][1]
        return self.recent.get(name) if " " not in name or name.count(" ") == 1 else None

    def _remember(self, unit: UnitName, hit: Hit) -> None:
        if unit.type in _DESCRIBED:
            name = key(unit.name)
            for end in [i for i, letter in enumerate(name) if letter == " "][:3]:
                self.recent[name[:end]] = unit.name
        self.last[unit.type] = unit
        if hit.first >= self.banner:
            self.told.add(unit.type)
        if not hit.parent and not hit.post and unit != PARTY:
            self.last[""] = unit
            self.last["chi bộ" if hit.cell or unit.type == "chi bộ" else "đảng bộ"] = unit
        above = unit.parent
        while above is not None:
            self.last.setdefault(above.type, above)
            self.told.add(above.type)
            above = above.parent

    def _bare(self, hit: Hit) -> UnitName | None:
        if not hit.type:
            return self.last.get("chi bộ" if hit.cell else "đảng bộ") or self.last.get("")
        if hit.type in self.last:
            return self.last[hit.type]
        if hit.type in self.first:
            return self.first[hit.type]
        return UnitName(hit.type, hit.type)
