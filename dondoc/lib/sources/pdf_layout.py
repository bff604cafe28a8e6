"""From the places of letters on pages to lines and paragraphs, as they were before they were set. Pure; lengths are in points.

The order of the file is kept: programs write columns one after the other and tables row by row. A line that was broken because the next
word did not fit is joined with the next one; what stands on every page, and the numbers of pages, are set apart.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from statistics import median

from dondoc.lib.sources.fonts import in_font


@dataclass(frozen=True, slots=True)
class Run:
    """Letters side by side, in a box whose origin is below left; `font` only where it is one of an older character set."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    font: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `picture` where most of it is one picture."""

    width: float
    height: float
    runs: list[Run]
    picture: bool = False


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass(slots=True)
class _Block:
    """Lines that follow each other downwards."""

    lines: list[_Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Set:
    """How the lines of one size in a block are set: from where to where, and how far below one another; None where there are none."""

    left: float | None
    right: float | None
    pitch: float | None


@dataclass(frozen=True, slots=True)
class _Last:
    """How a block ended: its last line, the right edge of its column, and whether it was several lines of prose."""

    line: _Line
    right: float
    is_prose: bool


_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–\s]*\d{1,4}(?:\s*(?:/|trên)\s*\d{1,4})?[-–.\s]*", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-–+•*·▪●○►✓]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}[.)])\s*\S")
_ENDS = (".", ":", "!", "?", "…")
_ENDED = (".", ":", ";", "!", "?", "…", "”", '"', "./.")


def text_of_pages(pages: list[Page]) -> tuple[str, str]:
    """The text, a paragraph a line, cells of tables apart by tabs; and what stood at the head and foot of pages."""
    lines = [_lines(page) for page in pages]
    beside = _take_heads(pages, lines)
    paragraphs: list[list[str]] = []
    last: _Last | None = None
    for of_page in lines:
        for block in _blocks(of_page):
            last = _join(block, paragraphs, last)
    return "\n".join("".join(pieces) for pieces in paragraphs), "\n".join(beside)


def _lines(page: Page) -> list[_Line]:
    found: list[_Line] = []
    said: list[list[str]] = []  # of each line; joined at the end, so that a line of many runs is not copied with each
    for run in page.runs:
        text = in_font(run.text, run.font)
        last = found[-1] if found else None
        if last is not None:
            shared = min(last.top, run.top) - max(last.bottom, run.bottom)
            gap = run.left - last.right
            low = min(last.height, max(run.top - run.bottom, 1.0))
            if shared > 0.5 * low and gap > -0.5 * low:
                between = "\t" if gap > 1.2 * last.height else " " if gap > 0.12 * low else ""
                if said[-1][-1].endswith(" ") and between == " ":
                    between = ""
                if between == "\t":
                    said[-1][-1] = said[-1][-1].rstrip()
                said[-1] += [between, text]
                last.right = max(last.right, run.right)
                last.top, last.bottom = max(last.top, run.top), min(last.bottom, run.bottom)
                continue
        found.append(_Line("", run.left, run.bottom, run.right, run.top))
        said.append([text])
    for line, pieces in zip(found, said, strict=True):
        line.text = re.sub(r" {2,}", " ", "".join(pieces).replace("\u00a0", " ")).strip()
    return [line for line in found if line.text]


def _take_heads(pages: list[Page], lines: list[list[_Line]]) -> list[str]:
    """Take out what stands at the head or foot of pages again and again, and the numbers of pages; answers what was taken."""
    edges = [_edges(page, of_page) for page, of_page in zip(pages, lines, strict=True)]
    seen = Counter(key for at, of_page in enumerate(edges, 1) for key in {_pattern(line, at) for line in of_page})
    taken: list[str] = []
    for at, (of_page, at_edge) in enumerate(zip(lines, edges, strict=True), 1):
        for line in at_edge:
            again = len(pages) > 1 and seen[_pattern(line, at)] >= max(2, len(pages) // 2)
            if again or _PAGE_NUMBER.fullmatch(line.text):
                of_page.remove(line)
                taken.append(line.text)
    return taken


def _edges(page: Page, lines: list[_Line]) -> list[_Line]:
    """The short lines that stand highest and lowest on a page, two of each, in its outer parts."""
    downwards = sorted(
        (line for line in lines if len(line.text) <= 90 and not line.text[0].islower()), key=lambda line: -line.bottom
    )
    picked = [*downwards[:2], *downwards[2:][-2:]]
    return [one for one in picked if one.bottom > 0.88 * page.height or one.top < 0.12 * page.height]


def _pattern(line: _Line, page: int) -> tuple[str, int]:
    """What stands again on another page: the same words, but for the number of the page, at the same height."""
    return re.sub(rf"\b{page}\b", "#", line.text), round(line.bottom / 12)


def _blocks(lines: list[_Line]) -> list[_Block]:
    found: list[_Block] = []
    for line in lines:
        last = found[-1].lines[-1] if found else None
        if (
            last is None
            or line.bottom > last.bottom + 0.3 * last.height
            or line.left > last.right
            or line.right < last.left
        ):
            found.append(_Block())
        found[-1].lines.append(line)
    return found


def _join(block: _Block, paragraphs: list[list[str]], before: _Last | None) -> _Last:
    """Add the lines of a block as paragraphs, each in pieces. `before`: how the block before ended."""
    lines = block.lines
    sizes = _sizes(lines)
    for at, line in enumerate(lines):
        of_size = sizes[_size(line)]
        right = line.right if of_size.right is None else of_size.right
        margin = line.left if of_size.left is None else of_size.left
        if at > 0:
            last = lines[at - 1]
            goes_on = last.bottom - line.bottom <= 1.25 * (line.height if of_size.pitch is None else of_size.pitch)
            goes_on = goes_on and _broken(last, line, right)
            indented = line.left > margin + 0.8 * line.height and line.left > last.left + 0.8 * line.height
            goes_on = goes_on and not (indented and last.text.endswith(_ENDED))
        elif before is not None:
            last = before.line
            goes_on = _broken(last, line, before.right) and (
                (line.text[:1].islower() and not last.text.endswith(_ENDS))
                or (before.is_prose and not last.text.endswith((*_ENDED, ",")) and line.text[:1].isalnum())
            )
        else:
            goes_on = False
        if goes_on:
            _add(paragraphs[-1], line.text)
        else:
            paragraphs.append([line.text])
    last_line = lines[-1]
    right = max(one.right for one in lines if _alike(one, last_line))
    return _Last(last_line, right, len(lines) >= 3 and len(last_line.text) > 30)


def _sizes(lines: list[_Line]) -> dict[int, _Set]:
    """How the lines of each size are set. Asked once for a size, not for a line: a page may have thousands."""
    found: dict[int, _Set] = {}
    for line in lines:
        if (size := _size(line)) in found:
            continue
        alike = [one for one in lines if _alike(one, line) and "\t" not in one.text]
        pitches = [a.bottom - b.bottom for a, b in pairwise(alike) if a.bottom - b.bottom < 2.2 * a.height]
        found[size] = _Set(
            min((one.left for one in alike), default=None),
            max((one.right for one in alike), default=None),
            median(pitches) if pitches else None,
        )
    return found


def _size(line: _Line) -> int:
    """Lines of one size differ in height by a twentieth at most."""
    return round(20 * log(line.height))


def _alike(one: _Line, other: _Line) -> bool:
    """Whether two lines are set in the same size."""
    return abs(one.height - other.height) <= 0.15 * max(one.height, other.height)


def _broken(last: _Line, line: _Line, right: float) -> bool:
    """Whether a line ended only because the first word of the next did not fit."""
    if "\t" in last.text or "\t" in line.text or not _alike(last, line):
        return False
    if not any(map(str.isalnum, line.text)) or not any(map(str.isalnum, last.text)):
        return False  # A line of stars or dashes.
    if last.text.isupper() != line.text.isupper() and any(map(str.isalpha, line.text)):
        return False  # The capitals of a letterhead or title do not go on in small letters.
    if _ITEM.match(line.text) and last.text.endswith(_ENDED):
        return False
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) * (len(word) + 1) / max(len(line.text), 1)
    return last.right + width > right - 0.3 * line.height


def _add(pieces: list[str], below: str) -> None:
    """Let a paragraph go on with the words of the next line."""
    above = pieces[-1]
    if above.endswith("\u00ad"):
        pieces[-1] = above[:-1]
    elif not re.fullmatch(r"[^\W_][-/]", above[-2:]):
        # "12-TB/" + "TU", "TB-" + "TU" belong together; the dash in "kinh tế -" stands apart.
        pieces.append(" ")
    pieces.append(below)
