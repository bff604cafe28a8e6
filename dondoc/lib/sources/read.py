"""The one door from a file to its text. What a file is, is seen from its content, not from its name."""

import re
import unicodedata
from dataclasses import replace

from dondoc.lib.sources import docx, encodings, html, pdf
from dondoc.lib.sources.found import LARGEST_FILE, MOST_LETTERS, Problem, Text

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"ID3", b"OggS")
_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|div|article|table|p)\b",
    re.IGNORECASE | re.DOTALL,
)
# Control characters that no text holds; tab, line feed, form feed and carriage return are ordinary, and 0x1A ends old files.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")


def text_of(data: bytes) -> Text | Problem:
    """The text of a file (.txt, .html, .docx, .pdf), or why there is none. Never raises; takes no more than some seconds."""
    if len(data) > LARGEST_FILE:
        return Problem("too_large")
    if not data.strip():
        return Problem("empty")
    found = _read(data)
    if isinstance(found, Problem):
        return found
    text = tidy(found.text)
    if _BINARY.search(text):
        return Problem("not_text")
    if not text.strip():
        return Problem("empty")
    if len(text) > MOST_LETTERS:
        return Problem("too_long")
    return replace(found, text=text, beside=tidy(found.beside))


def tidy(text: str) -> str:
    """In NFC, with plain line ends, without half signs and the sign that ends old files."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x1a", "")
    return unicodedata.normalize("NFC", plain.encode("utf-8", "ignore").decode())


def _read(data: bytes) -> Text | Problem:
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return pdf.read(data)
    if head.startswith(b"PK\x03\x04"):
        return docx.read(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        word = "WordDocument".encode("utf-16-le") in data
        return Problem("locked" if locked else "old_office" if word else "kind")
    if head.startswith(b"{\\rtf"):
        return Problem("old_office")
    if head.startswith(_PICTURES) or head[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1") or head[8:12] == b"WEBP":
        return Problem("picture")
    if head.startswith((*_PROGRAMS, *_PACKED)) or head[4:8] == b"ftyp":
        return Problem("not_text")
    if _PAGE.match(head) or (b"<html" in head.lower() and b"<" in head[:20]):
        return html.read(data)
    found = encodings.decoded(data)
    if isinstance(found, Text):
        if re.match(r"\s*<(?:!doctype\s+html|html)\b", found.text[:200], re.IGNORECASE):
            return html.read(found.text.encode())
        return replace(found, text=encodings.mended(found.text))
    return found
