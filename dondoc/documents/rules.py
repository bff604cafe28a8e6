"""The one door for every text and file: what may come in, decided before anything is stored."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser

from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.vietnamese import folded

LARGEST_TEXT = 2 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
# A packed document may unfold to so much; more is an attack, not a document.
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2000

# A mark of secrecy stands alone in its line, stamped in capitals or between dashes; in a sentence ("bí mật", "mật độ") it is a word.
# Basis: the marks Mật, Tối mật, Tuyệt mật of the law on State secrets; `domain.md` 11.
_MARK = re.compile(r"^[\W_]*(?:(?:độ|mức)\s+mật\s*[:.]\s*)?(tuyệt\s+mật|tối\s+mật|mật)[\W_]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that may come in: how its content begins, its media type, the endings of its name."""

    media_type: str
    endings: tuple[str, ...]


PDF = FileKind("application/pdf", ("pdf",))
PNG = FileKind("image/png", ("png",))
JPEG = FileKind("image/jpeg", ("jpg", "jpeg"))
DOCX = FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
TEXT = FileKind("text/plain", ("txt",))


def secrecy_mark(text: str) -> str | None:
    """The mark of secrecy that a text bears, as it is written, or None."""
    for line in text.splitlines():
        if len(line) <= 40 and (found := _MARK.match(unicodedata.normalize("NFC", line).strip())):
            return found[1]
    return None


def examine_text(raw: bytes | str) -> str:
    """The text in NFC, as it may be stored: pasted markup loses its tags and scripts.

    Refused (422): empty, larger than 2 MB, no text, not Unicode, or with a mark of secrecy.
    """
    if len(raw) > LARGEST_TEXT:
        raise Refused("documents.text_too_large", INVALID)
    text = _decoded(raw) if isinstance(raw, bytes) else raw
    if len(text.encode("utf-8", "replace")) > LARGEST_TEXT:
        raise Refused("documents.text_too_large", INVALID)
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n\r\f\v" for sign in text):
        raise Refused("documents.not_text", INVALID)
    if re.search(r"<\s*(?:!doctype|html|body|p|div|script|span|br|table)\b", text[:20000], re.IGNORECASE):
        text = _without_markup(text)
    text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise Refused("documents.empty", INVALID)
    if mark := secrecy_mark(text):
        raise Refused("documents.secret", INVALID, mark=mark)
    return text


def examine_file(name: str, content: bytes) -> FileKind:
    """What kind of file it is by its content, never by its name. Refused (422): too large, empty, another kind, macros, secret, a bomb."""
    if not content:
        raise Refused("documents.empty_file", INVALID)
    if len(content) > LARGEST_FILE:
        raise Refused("documents.file_too_large", INVALID)
    kind = _sniffed(content)
    if kind is None:
        raise Refused("documents.kind_not_allowed", INVALID)
    ending = name.rpartition(".")[2].lower()
    if ending not in kind.endings:
        raise Refused("documents.name_does_not_fit", INVALID, ending=kind.endings[0])
    if kind is TEXT:
        examine_text(content)
    if kind in (DOCX, XLSX):
        _examine_packed(content)
    return kind


def _decoded(raw: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            break
    else:
        encoding = "utf-8"
    if encoding == "utf-8" and b"\0" in raw:
        raise Refused("documents.not_text", INVALID)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("documents.not_unicode", INVALID) from None


def _sniffed(content: bytes) -> FileKind | None:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        try:
            names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
        except zipfile.BadZipFile:
            return None
        if "word/document.xml" in names:
            return DOCX
        return XLSX if "xl/workbook.xml" in names else None
    try:
        text = _decoded(content)
    except Refused:
        return None
    return TEXT if text.isprintable() or not any(unicodedata.category(s) == "Cc" and s not in "\t\n\r\f" for s in text) else None


def _examine_packed(content: bytes) -> None:
    """A packed office file: bounded when unfolded, without macros, and without a mark of secrecy in its words."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise Refused("documents.unfolds_too_large", INVALID)
        if any(folded(part.filename).endswith("vbaproject.bin") for part in parts):
            raise Refused("documents.macros", INVALID)
        for part in parts:
            if not re.match(r"(word/(document|header\d*|footer\d*)|xl/sharedStrings)\.xml$", part.filename):
                continue
            with packed.open(part) as opened:
                xml = opened.read(LARGEST_UNPACKED).decode("utf-8", "replace")
            words = re.sub(r"</(?:w:p|si)>", "\n", xml)
            if mark := secrecy_mark(re.sub(r"<[^>]*>", "", words)):
                raise Refused("documents.secret", INVALID, mark=mark)


class _Words(HTMLParser):
    """The words of markup, a line for each block, nothing of scripts and styles."""

    BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "table", "article", "section", "title"})
    SILENT = frozenset({"script", "style", "noscript", "template"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in self.BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def _without_markup(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(reader.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
