"""Walking over XML that a stranger wrote: no entities, no document type, one pass, no tree."""

from collections.abc import Collection, Mapping
from typing import Protocol
from xml.parsers import expat

from dondoc.lib.sources.found import TooLong

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
)
_DEEPEST = 500
MOST_ELEMENTS = 1_000_000
"""A run of a few letters has up to ten."""


class BadXml(Exception):
    """It is not XML, or of a kind that no office writes: with entities of its own, or nested without end."""


class Reader(Protocol):
    """What is told of a part: elements of Word by their names without the namespace, their attributes likewise, and the letters."""

    def begin(self, name: str, given: Mapping[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, words: str) -> None: ...


def walk(xml: bytes, reader: Reader, spaces: Collection[str] = WORD) -> None:
    """Tell the reader of every element of Word, or of these namespaces. Others are told under an empty name. Raises BadXml, TooLong."""
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    depth = count = 0

    def begin(name: str, given: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if count > MOST_ELEMENTS:
            raise TooLong
        if depth > _DEEPEST:
            raise BadXml
        reader.begin(_local(name, spaces), {key.rpartition("\n")[2]: value for key, value in given.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(_local(name, spaces))

    def stop(*_: object) -> None:
        raise BadXml

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = stop
    parser.EntityDeclHandler = stop
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise BadXml from error


def _local(name: str, spaces: Collection[str]) -> str:
    space, _, local = name.rpartition("\n")
    return local if space in spaces else ""
