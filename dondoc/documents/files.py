"""The door for files: what a file is, is seen from its content; its name only has to agree.

Word, Excel, plain text and the text layer of a PDF (its first 200 pages) are read for marks of secrecy. A scan cannot be, so whoever
attaches one is reminded of it by the page.
"""

import html
import re
import zipfile
from pathlib import PurePath
from typing import BinaryIO

from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.sources import pdf
from dondoc.lib.sources.found import Problem, Text
from dondoc.lib.sources.packed import BROKEN

from .rules import LARGEST_TEXT, examine_text, stop_if_secret

LARGEST_FILE = 20 * 1024 * 1024
# A packed file may not unfold without bounds: so many parts, so many bytes, and no part more than a hundred times its packed size.
MOST_PARTS = 2000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_READ = 30 * 1024 * 1024

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {PDF: {"pdf"}, PNG: {"png"}, JPEG: {"jpg", "jpeg"}, TEXT: {"txt"}, DOCX: {"docx"}, XLSX: {"xlsx"}}

_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles|RichMedia)\b")
_READ_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml"
)
_ACTIVE_PARTS = re.compile(
    r"vbaProject|activeX|\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|ole)$|oleObject|embeddings/.+\.bin", re.IGNORECASE
)
_WORDS = re.compile(rb"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)</(?:\w+:)?t>|</(?:\w+:)?(?:p|si|c)>")


def examine_file(name: str, content: BinaryIO, size: int, largest: int = LARGEST_FILE) -> str:
    """The media type of a file that may be stored. Refused with what to do where it may not; the content is read from its beginning."""
    if size == 0:
        raise Refused("documents.file_empty", INVALID)
    if size > largest:
        raise Refused("documents.file_too_large", INVALID, most=f"{largest // (1024 * 1024)} MB")
    stop_if_secret(PurePath(name).stem.replace("_", " "))
    content.seek(0)
    head = content.read(4096)
    content.seek(0)
    media_type = _type(head, content, size)
    content.seek(0)
    ending = name.rpartition(".")[2].lower()
    if ending not in ENDINGS[media_type]:
        raise Refused("documents.file_name_and_content", INVALID, ending=min(ENDINGS[media_type]))
    return media_type


def _type(head: bytes, content: BinaryIO, size: int) -> str:
    if head.startswith(b"%PDF-"):
        data = content.read()
        if _ACTIVE_PDF.search(data):
            raise Refused("documents.file_active", INVALID)
        found = pdf.read(data)
        if isinstance(found, Problem) and found.code == "locked":
            raise Refused("documents.file_locked", INVALID)
        stop_if_secret(f"{found.text}\n{found.beside}" if isinstance(found, Text) else found.beside)
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"PK\x03\x04"):
        return _packed(content)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("documents.file_old_office", INVALID)
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")):
        raise Refused("documents.file_active", INVALID)
    if size <= LARGEST_TEXT:
        text = content.read()
        if re.search(rb"<\s*(?:!doctype|html|script|svg)\b", text[:4096], re.IGNORECASE):
            raise Refused("documents.file_type", INVALID)
        try:
            examine_text(text)
        except Refused as refused:
            if refused.code == "documents.not_a_text":
                raise Refused("documents.file_type", INVALID) from None
            raise
        return TEXT
    raise Refused("documents.file_type", INVALID)


def _packed(content: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(content) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
                raise Refused("documents.file_unpacks_too_far", INVALID)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("documents.file_locked", INVALID)
            kind = DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None
            if kind is None or "[Content_Types].xml" not in names:
                raise Refused("documents.file_type", INVALID)
            types = _part(packed, "[Content_Types].xml")
            if b"macroEnabled" in types or any(_ACTIVE_PARTS.search(name) for name in names):
                raise Refused("documents.file_active", INVALID)
            left = LARGEST_READ
            for name in sorted(names):
                if _READ_PARTS.fullmatch(name):
                    read = _part(packed, name, left)
                    left -= len(read)
                    stop_if_secret(_words(read))
            return kind
    except BROKEN:
        raise Refused("documents.file_broken", INVALID) from None


def _part(packed: zipfile.ZipFile, name: str, most: int = LARGEST_READ) -> bytes:
    """One part, read no further than allowed: the sizes that a packed file states may be lies."""
    with packed.open(name) as part:
        read = part.read(most + 1)
    if len(read) > most:
        raise Refused("documents.file_unpacks_too_far", INVALID)
    if b"\0" in read or b"<![CDATA[" in read:
        # Offices write UTF-8 without such sections; what is written otherwise could not be looked at.
        raise Refused("documents.file_broken", INVALID)
    return read


def _words(xml: bytes) -> str:
    """The text of a part, a line for each paragraph or cell."""
    pieces = [match[1] if match[1] is not None else b"\n" for match in _WORDS.finditer(xml)]
    return html.unescape(b"".join(pieces).decode("utf-8", "replace"))
