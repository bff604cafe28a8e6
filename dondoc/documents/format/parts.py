"""The parts of a packed Word file as small trees, within bounds: a stranger wrote it, and what it says of its sizes may be a lie."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dondoc.lib.sources.found import TooLong
from dondoc.lib.sources.packed import BROKEN
from dondoc.lib.sources.xml import WORD, BadXml, walk

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a Word file that is checked."""
LARGEST_READ = 30 * 1024 * 1024
"""Bytes of all parts that are read, unpacked."""
MOST_PARTS = 2000
MOST_NODES = 250_000
"""Elements of one part; a document of a hundred pages has about 50,000."""

_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "urn:schemas-microsoft-com:vml",
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STATED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_SPACES = frozenset((*WORD, *_DRAWING, _RELATIONS, _STATED))
_BROKEN = (BadXml, *BROKEN)


class Unreadable(Exception):
    """The file cannot be checked; `code` says why: empty, too_large, too_long, locked, kind, old_office, broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Node:
    """An element of Word, of a drawing or of a list of relations, by its name without the namespace; others have the name ""."""

    name: str
    given: Mapping[str, str]
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> "Node | None":
        """The first child of this name."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, name: str) -> list["Node"]:
        """The children of this name."""
        return [one for one in self.children if one.name == name]

    def below(self) -> Iterator["Node"]:
        """Every element inside, in order."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children[::-1]

    def value(self, name: str) -> str | None:
        """The `val` of the child of this name; "" where the child has none, None where there is no such child."""
        found = self.child(name)
        return None if found is None else found.given.get("val", "")


class _Tree:
    def __init__(self) -> None:
        self.root = Node("", {})
        self.open = [self.root]
        self.count = 0

    def begin(self, name: str, given: Mapping[str, str]) -> None:
        self.count += 1
        if self.count > MOST_NODES:
            raise TooLong
        node = Node(name, given)
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, name: str) -> None:
        self.open.pop()

    def text(self, words: str) -> None:
        self.open[-1].text += words


class Parts:
    """An opened Word file. Every way in which it can be wrong is told as Unreadable."""

    def __init__(self, data: bytes) -> None:
        if not data:
            raise Unreadable("empty")
        if len(data) > LARGEST_FILE:
            raise Unreadable("too_large")
        if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
            raise Unreadable("old_office")
        if not data.startswith(b"PK"):
            raise Unreadable("kind")
        self._left = LARGEST_READ
        try:
            self._packed = zipfile.ZipFile(io.BytesIO(data))
            infos = self._packed.infolist()
        except _BROKEN:
            raise Unreadable("broken") from None
        self.names = {info.filename for info in infos}
        if len(infos) > MOST_PARTS:
            raise Unreadable("too_long")
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("locked")
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            raise Unreadable("broken")
        self.main = self._main()
        if self.main not in self.names:
            raise Unreadable("kind")

    def tree(self, name: str) -> Node | None:
        """The elements of a part; None where there is no such part."""
        if name not in self.names:
            return None
        try:
            with self._packed.open(name) as part:
                xml = part.read(self._left + 1)
            self._left -= len(xml)
            if self._left < 0:
                raise TooLong
            tree = _Tree()
            walk(xml, tree, _SPACES)
        except TooLong:
            raise Unreadable("too_long") from None
        except _BROKEN:
            raise Unreadable("broken") from None
        return tree.root.children[0] if tree.root.children else None

    def beside(self, kind: str) -> dict[str, str]:
        """The parts that the document names as being of this kind (styles, theme, header): their identifiers and places."""
        folder, _, own = self.main.rpartition("/")
        relations = self.tree(f"{folder}/_rels/{own}.rels" if folder else f"_rels/{own}.rels")
        found = {}
        for one in relations.children if relations is not None else []:
            if one.given.get("Type", "").rpartition("/")[2] == kind and one.given.get("TargetMode") != "External":
                place = posixpath.normpath(posixpath.join("/", folder, one.given.get("Target", ""))).lstrip("/")
                found[one.given.get("Id", "")] = place
        return found

    def _main(self) -> str:
        relations = self.tree("_rels/.rels")
        for one in relations.children if relations is not None else []:
            if one.given.get("Type", "").endswith("/officeDocument"):
                return one.given.get("Target", "").lstrip("/")
        return "word/document.xml"
