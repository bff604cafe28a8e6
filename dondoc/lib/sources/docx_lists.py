"""What Word keeps apart from the words: fonts of styles, and the numbers and signs that a list puts before its paragraphs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from dondoc.lib.sources.xml import Reader, walk

LEVELS = 9
"""Levels of a list; Word knows no more."""
_ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


@dataclass(slots=True)
class _Style:
    based_on: str = ""
    font: str = ""
    number: str | None = None
    level: str | None = None


class Styles(Reader):
    """The styles of a file: which font and which list a paragraph has from its style, or from the one that this is based on."""

    def __init__(self, xml: bytes) -> None:
        self.known: dict[str, _Style] = {}
        self.default = ""
        self._now: _Style | None = None
        self._in_default = False
        self._lines: dict[str, list[_Style]] = {}
        if xml:
            walk(xml, self)

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        if name == "docDefaults":
            self._in_default = True
        elif name == "style":
            self._now = self.known.setdefault(given.get("styleId", ""), _Style())
            if given.get("default") == "1" and given.get("type") == "paragraph":
                self.known[""] = self._now
        elif name == "rFonts" and self._now is not None:
            self._now.font = given.get("hAnsi") or given.get("ascii") or ""
        elif name == "rFonts" and self._in_default:
            self.default = given.get("hAnsi") or given.get("ascii") or ""
        elif self._now is not None:
            if name == "basedOn":
                self._now.based_on = given.get("val", "")
            elif name == "numId":
                self._now.number = given.get("val", "")
            elif name == "ilvl":
                self._now.level = given.get("val", "")

    def end(self, name: str) -> None:
        if name == "style":
            self._now = None
        elif name == "docDefaults":
            self._in_default = False

    def text(self, words: str) -> None: ...

    def _line(self, style: str) -> list[_Style]:
        if style in self._lines:
            return self._lines[style]
        first = style
        found: list[_Style] = []
        while (here := self.known.get(style)) is not None and here not in found and len(found) < 20:
            found.append(here)
            if not here.based_on:
                break
            style = here.based_on
        self._lines[first] = found
        return found

    def font(self, run_style: str, style: str) -> str:
        """The font of a run that names none."""
        for here in [*(self._line(run_style) if run_style else []), *self._line(style)]:
            if here.font:
                return here.font
        return self.default

    def list(self, style: str, level: str | None) -> tuple[str | None, str | None]:
        """The list of a paragraph that names none, and its level in it."""
        for here in self._line(style):
            if here.number is not None:
                return here.number, level or here.level
        return None, None


@dataclass(slots=True)
class _Level:
    kind: str = "decimal"
    pattern: str = ""
    first: int = 1


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=lambda: defaultdict(_Level))


class Numbering(Reader):
    """The lists of a file, and how far each has counted."""

    def __init__(self, xml: bytes) -> None:
        self.plans: dict[str, _List] = {}
        self.plan_of: dict[str, str] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.own: set[str] = set()  # numbers that say themselves where they begin
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._plan: _List | None = None
        self._level: _Level | None = None
        self._number = ""
        self._override = 0
        if xml:
            walk(xml, self)

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        value = given.get("val", "")
        if name == "abstractNum":
            self._plan = self.plans.setdefault(given.get("abstractNumId", ""), _List())
        elif name == "lvl" and self._plan is not None:
            at = _whole(given.get("ilvl", "0"))
            self._level = self._plan.levels[at] if at < LEVELS else None
        elif name == "num":
            self._number = given.get("numId", "")
        elif name == "abstractNumId":
            self.plan_of[self._number] = value
        elif name == "lvlOverride":
            self._override = _whole(given.get("ilvl", "0"))
        elif name == "startOverride":
            self.starts[self._number, self._override] = _whole(value)
            self.own.add(self._number)
        elif self._level is not None:
            if name == "numFmt":
                self._level.kind = value
            elif name == "lvlText":
                self._level.pattern = value[:40]
            elif name == "start":
                self._level.first = _whole(value)

    def end(self, name: str) -> None:
        if name == "abstractNum":
            self._plan = None
        elif name == "lvl":
            self._level = None

    def text(self, words: str) -> None: ...

    def before(self, number: str, level: str) -> str:
        """Count one further in a list and give what stands before the paragraph: "2.", "b)", "-"; "" for no list (number 0)."""
        plan = self.plans.get(self.plan_of.get(number, ""))
        at = _whole(level)
        if plan is None or at not in plan.levels:
            return ""
        here = plan.levels[at]
        # Numbers of one plan count on together, unless one of them says where it begins.
        counts = self.counts[f"={number}" if number in self.own else self.plan_of[number]]
        counts[at] = counts.get(at, self._first(number, at, here) - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        if here.kind == "bullet":
            return "-"
        if here.kind == "none":
            return ""
        said = here.pattern
        for one in range(at + 1):
            plan_level = plan.levels[one]
            count = counts.get(one, plan_level.first)
            kind = plan_level.kind if one == at else _inner(plan_level.kind)
            said = said.replace(f"%{one + 1}", _count(count, kind))
        return said.strip()

    def _first(self, number: str, at: int, level: _Level) -> int:
        return self.starts.get((number, at), level.first)


def _inner(kind: str) -> str:
    return "decimal" if kind == "bullet" else kind


def _whole(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _count(count: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter") and count >= 1:
        letter = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 9)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        said, left = "", count
        for value, sign in _ROMAN:
            while left >= value:
                said += sign
                left -= value
        return said.upper() if kind == "upperRoman" else said
    return f"{count:02d}" if kind == "decimalZero" else str(count)
