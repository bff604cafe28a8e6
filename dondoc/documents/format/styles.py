"""How letters and paragraphs are set once everything that Word inherits is added up: defaults, table, paragraph and letter styles, the run itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from .parts import Node

_OFF = ("0", "false", "off", "none")
# Word's own beginnings where a file says nothing (ECMA-376, 17.7.2 and 17.3.2).
_SIZE = 10.0
_FONT = "Times New Roman"
_DEEPEST = 20

POINT = 25.4 / 72


def switched(node: Node, name: str) -> bool | None:
    """A property that is on or off; None where nothing is said."""
    value = node.value(name)
    return None if value is None else value not in _OFF


def number(text: str | None) -> float | None:
    """A number as the file writes it, with or without a unit; None for anything else. Without a unit it is as it stands."""
    try:
        found = float(text) if text else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < 1e7 else None


def twips(text: str | None) -> float | None:
    """A length in millimetres: twentieths of a point, or a number with its unit (12.7mm, 1in, 20pt, 2cm)."""
    if text is None:
        return None
    for unit, millimetres in (
        ("mm", 1.0),
        ("cm", 10.0),
        ("in", 25.4),
        ("pt", POINT),
        ("pc", 12 * POINT),
        ("pi", 12 * POINT),
    ):
        if text.endswith(unit):
            found = number(text.removesuffix(unit))
            return None if found is None else found * millimetres
    found = number(text)
    return None if found is None else found / 20 * POINT


@dataclass(frozen=True, slots=True)
class Letters:
    """What is said of letters; None where nothing is."""

    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    underlined: bool | None = None

    def over(self, below: "Letters") -> "Letters":
        """This, and where it says nothing, what is below."""
        return Letters(
            *(
                mine if (mine := getattr(self, one.name)) is not None else getattr(below, one.name)
                for one in fields(self)
            )
        )


@dataclass(frozen=True, slots=True)
class Block:
    """What is said of a paragraph; None where nothing is. `indent` in millimetres, `under` and `over` are its borders."""

    alignment: str | None = None
    indent: float | None = None
    under: bool | None = None
    above: bool | None = None

    def over(self, below: "Block") -> "Block":
        """This, and where it says nothing, what is below."""
        return Block(
            *(
                mine if (mine := getattr(self, one.name)) is not None else getattr(below, one.name)
                for one in fields(self)
            )
        )


@dataclass(slots=True)
class _Style:
    kind: str
    based_on: str | None
    letters: Letters
    block: Block


@dataclass(slots=True)
class Styles:
    """The styles of a file and the fonts of its theme."""

    theme: dict[str, str] = field(default_factory=dict)
    letters: Letters = Letters()
    block: Block = Block()
    named: dict[str, _Style] = field(default_factory=dict)
    standard: dict[str, str] = field(default_factory=dict)

    def set(
        self, run: Node | None, paragraph_style: str | None, table_style: str | None, letter_style: str | None
    ) -> Letters:
        """How a run is set, everything added up. Bold, italic, capitals and hidden in several kinds of style cancel each other."""
        levels = [
            self._letters(table_style, "table"),
            self._letters(paragraph_style, "paragraph"),
            self._letters(letter_style, "character"),
        ]
        found = self.letters
        for level in levels:
            found = level.over(found)
        for name in ("bold", "italic", "caps", "hidden"):
            said = [value for level in levels if (value := getattr(level, name)) is not None]
            if said:
                on: Any = sum(said) % 2 == 1 or bool(getattr(self.letters, name))
                found = replace(found, **{name: on})
        return self.of_run(run).over(found) if run is not None else found

    def of_run(self, properties: Node) -> Letters:
        """What the properties of a run say themselves."""
        size = number(properties.value("sz"))
        underline = properties.value("u")
        return Letters(
            self._font(properties.child("rFonts")),
            None if size is None else size / 2,
            switched(properties, "b"),
            switched(properties, "i"),
            switched(properties, "caps"),
            switched(properties, "vanish"),
            None if underline is None else underline not in _OFF,
        )

    def laid(self, paragraph: Node | None, style: str | None) -> Block:
        """How a paragraph is laid, everything added up."""
        found = self.block
        for one in self._chain(style, "paragraph"):
            found = one.block.over(found)
        return of_block(paragraph).over(found) if paragraph is not None else found

    def _letters(self, style: str | None, kind: str) -> Letters:
        found = Letters()
        for one in self._chain(style, kind):
            found = one.letters.over(found)
        return found

    def _chain(self, style: str | None, kind: str) -> list[_Style]:
        """A style after everything it is based on."""
        at = style if style in self.named else self.standard.get(kind)
        chain: list[_Style] = []
        while at is not None and at in self.named and len(chain) < _DEEPEST:
            one = self.named[at]
            if one.kind != kind:
                break
            chain.append(one)
            at = one.based_on
        return chain[::-1]

    def _font(self, fonts: Node | None) -> str | None:
        """The font of Vietnamese letters: Word takes it from `hAnsi`."""
        if fonts is None:
            return None
        for name in ("hAnsi", "ascii"):
            theme = fonts.given.get(f"{name}Theme")
            if theme is not None and (found := self.theme.get("major" if theme.startswith("major") else "minor")):
                return found
            if fonts.given.get(name):
                return fonts.given[name]
        return None


def of_block(properties: Node) -> Block:
    """What the properties of a paragraph say themselves."""
    alignment = properties.value("jc")
    indent = properties.child("ind")
    first = None
    if indent is not None:
        first = twips(indent.given.get("firstLine"))
        if first is None and (hanging := twips(indent.given.get("hanging"))) is not None:
            first = -hanging
    borders = properties.child("pBdr")
    return Block(
        None
        if alignment is None
        else {"start": "left", "end": "right", "distribute": "both"}.get(alignment, alignment),
        first,
        None if borders is None else drawn(borders.child("bottom")),
        None if borders is None else drawn(borders.child("top")),
    )


def drawn(border: Node | None) -> bool:
    """Whether a border can be seen."""
    return border is not None and border.given.get("val", "nil") not in ("nil", "none", "")


def read_styles(styles: Node | None, theme: Node | None) -> Styles:
    """The styles of a file; whatever is missing leaves Word's own beginnings."""
    found = Styles(theme=_theme(theme), letters=Letters(font=_FONT, size=_SIZE))
    if styles is None:
        return found
    defaults = styles.child("docDefaults")
    if defaults is not None:
        said = _inside(defaults.child("rPrDefault"), "rPr")
        if said is not None:
            found.letters = found.of_run(said).over(found.letters)
        block = _inside(defaults.child("pPrDefault"), "pPr")
        if block is not None:
            found.block = of_block(block)
    for one in styles.all("style"):
        name, kind = one.given.get("styleId", ""), one.given.get("type", "paragraph")
        letters, block = one.child("rPr"), one.child("pPr")
        found.named[name] = _Style(
            kind,
            one.value("basedOn"),
            found.of_run(letters) if letters is not None else Letters(),
            of_block(block) if block is not None else Block(),
        )
        if one.given.get("default") not in (None, *_OFF):
            found.standard[kind] = name
    return found


def _inside(node: Node | None, name: str) -> Node | None:
    return None if node is None else node.child(name)


def _theme(theme: Node | None) -> dict[str, str]:
    found: dict[str, str] = {}
    nodes: Iterable[Node] = theme.below() if theme is not None else ()
    for node in nodes:
        if node.name in ("majorFont", "minorFont") and (latin := node.child("latin")) is not None:
            found.setdefault(node.name[:5], latin.given.get("typeface", ""))
    return found
