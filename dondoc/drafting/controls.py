"""Reading a Word file that comes back: its paragraphs in order, those within one of our content controls as one piece.

The file was written by a stranger. It is read in one pass within bounds, without a tree, as all Word files are (`lib/sources`).
"""

import io
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.sources.found import TooLong
from dondoc.lib.sources.packed import BROKEN
from dondoc.lib.sources.xml import BadXml, Reader, walk

from .rules import Piece, Tag, read_bookmark, read_tag

DOCUMENT = "word/document.xml"
LARGEST = 8 * 1024 * 1024
"""Bytes of the document's part, unpacked; a notice of fifty pages has about one million."""

MOST_PARAGRAPHS = 3000
MOST_LETTERS = 1_000_000


def read(data: bytes) -> list[Piece]:
    """The pieces of a Word file. Refused where it is broken or longer than any document of an office."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(DOCUMENT) as part:
            xml = part.read(LARGEST + 1)
        if len(xml) > LARGEST:
            raise TooLong
        reader = _Pieces()
        walk(xml, reader)
    except TooLong:
        raise Refused("drafting.file_too_long", INVALID, most=MOST_PARAGRAPHS) from None
    except (BadXml, expat.ExpatError, *BROKEN):
        raise Refused("drafting.file_broken", INVALID) from None
    return reader.pieces


class _Pieces(Reader):
    """Paragraphs as they end, each with the tag of the outermost control of ours around or in it, else of the first bookmark in it.

    What was struck out is no text, nor is what a program keeps for those that cannot show something (`Fallback`).
    """

    def __init__(self) -> None:
        self.found: list[tuple[str, Tag | None]] = []
        self.path: list[str] = []
        self.controls: list[Tag | None] = []
        # Text boxes stand inside of a paragraph, so there may be several open: what was said in each, and its tag.
        self.open: list[tuple[list[str], list[Tag]]] = []
        self.struck = self.passed_over = self.letters = self.count = 0
        self.in_text = False

    @property
    def pieces(self) -> list[Piece]:
        """The paragraphs, those of one tag that follow on one another as one piece."""
        joined: list[Piece] = []
        for text, tag in self.found:
            if tag is not None and joined and joined[-1].tag == tag:
                joined[-1] = Piece(f"{joined[-1].text}\n{text}", tag)
            else:
                joined.append(Piece(text, tag))
        return joined

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        above = self.path[-1] if self.path else ""
        self.path.append(name)
        if self.passed_over or name == "Fallback":
            self.passed_over += 1
        elif name == "p":
            self.count += 1
            if self.count > MOST_PARAGRAPHS:
                raise TooLong
            outer = next((tag for tag in self.controls if tag is not None), None)
            self.open.append(([], [outer] if outer else []))
        elif name == "sdt":
            self.controls.append(None)
        elif name == "tag" and above == "sdtPr" and self.controls:
            self.controls[-1] = self._tagged(read_tag(given.get("val", "")))
        elif name == "bookmarkStart":
            self._tagged(read_bookmark(given.get("name", "")))
        elif name in ("del", "moveFrom") and above != "rPr":
            self.struck += 1
        elif name == "t":
            self.in_text = True
        else:
            self._said(name, above)

    def _tagged(self, tag: Tag | None) -> Tag | None:
        if tag is not None and self.open:
            self.open[-1][1].append(tag)
        return tag

    def _said(self, name: str, above: str) -> None:
        if name == "tab" and above == "r":
            self._say("\t")
        elif name in ("br", "cr") and above == "r":
            self._say("\n")
        elif name == "noBreakHyphen":
            self._say("-")

    def text(self, words: str) -> None:
        if self.in_text and not self.passed_over:
            self._say(words)

    def _say(self, words: str) -> None:
        self.letters += len(words)
        if self.letters > MOST_LETTERS:
            raise TooLong
        if self.open and not self.struck:
            self.open[-1][0].append(words)

    def end(self, name: str) -> None:
        self.path.pop()
        if self.passed_over:
            self.passed_over -= 1
        elif name == "t":
            self.in_text = False
        elif name in ("del", "moveFrom") and (not self.path or self.path[-1] != "rPr"):
            self.struck = max(0, self.struck - 1)
        elif name == "p" and self.open:
            words, tags = self.open.pop()
            self.found.append(("".join(words), next(iter(tags), None)))
        elif name == "sdt" and self.controls:
            self.controls.pop()
