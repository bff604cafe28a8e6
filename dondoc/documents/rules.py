"""The one door for every text and file: size, type and a mark of secrecy are looked at before anything is stored.

A text that carries a mark of secrecy does not belong on this network (law on the protection of State secrets; `domain.md` 11): it is
stopped and never stored. The mark is a stamp, that is a word standing alone; the word inside a sentence ("bí mật", "bảo mật") is none.
All refusals have status 422 and a sentence in `texts.py`.
"""

import re
import unicodedata
from dataclasses import replace
from pathlib import PurePath

from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.secrecy import secrecy_mark
from dondoc.lib.sources.encodings import decoded, mended
from dondoc.lib.sources.found import LARGEST_FILE, Problem, Text, TooLong
from dondoc.lib.sources.html import text_of_html
from dondoc.lib.sources.read import text_of

LARGEST_TEXT = 2 * 1024 * 1024

# Control characters that no text holds; tab, line feed, form feed and carriage return are ordinary.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(r"<\s*(?:!doctype|html|head|body|script|style|div|p|table|span|br|a)\b[^<>]*>", re.IGNORECASE)
# UTF-8 that was read as Western letters ("Ä‘áº£ng"), and TCVN3 ("§¶ng bé"): letters that Vietnamese does not have, inside words.
_GARBLED = re.compile(r"á[º»][^\s\w]|Ä[‘\x90]|Æ°|Ã[\xa0-\xbf]|[A-Za-z][µ¶·¸¹®¨©ª«¬­][A-Za-z\s]|\ufffd")


def examine_text(raw: bytes | str, largest: int = LARGEST_TEXT) -> str:
    """The text as it may be stored: decoded, without markup, in NFC, with plain line ends. Refused with what to do where it may not."""
    if len(raw) > largest or (isinstance(raw, str) and len(raw.encode("utf-8", "surrogatepass")) > largest):
        raise Refused("documents.text_too_large", INVALID, most=f"{largest // (1024 * 1024)} MB")
    text = mended(_decoded(raw) if isinstance(raw, bytes) else raw.removeprefix("\ufeff"))
    if _BINARY.search(text) or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise Refused("documents.not_a_text", INVALID)
    if len(_HTML.findall(text)) >= 2:
        try:
            text = text_of_html(text)
        except TooLong:
            raise Refused("documents.text_too_large", INVALID, most=f"{largest // (1024 * 1024)} MB") from None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise Refused("documents.text_empty", INVALID)
    if len(_GARBLED.findall(text)) > max(3, len(text) // 500):
        raise Refused("documents.text_garbled", INVALID)
    stop_if_secret(text)
    return text


def _decoded(raw: bytes) -> str:
    found = decoded(raw)
    if isinstance(found, Problem):
        code = "documents.not_a_text" if found.code == "not_text" or b"\x00" in raw[:4096] else "documents.text_garbled"
        raise Refused(code, INVALID)
    return found.text


def examine_source(data: bytes, name: str) -> Text:
    """The text of a file that a person brings to be read, through the door of all texts; its name and what stands beside its text too.

    Refused with what to do where the file gives no text.
    """
    stop_if_secret(PurePath(name.replace("\\", "/")).stem.replace("_", " "))
    found = text_of(data)
    if isinstance(found, Problem):
        raise Refused(f"documents.source_{found.code}", INVALID, most=f"{LARGEST_FILE // (1024 * 1024)} MB")
    stop_if_secret(found.beside)
    return replace(found, text=examine_text(found.text))


def examine_words(text: str, most: int) -> str:
    """Words that a person types beside a text: no longer than `most` letters, no signs that are no text, no mark of secrecy. Else Refused."""
    if len(text) > most:
        raise Refused("documents.words_too_long", INVALID, most=most)
    if _BINARY.search(text) or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise Refused("documents.not_a_text", INVALID)
    stop_if_secret(text)
    return text


def stop_if_secret(text: str) -> None:
    """Refused where the text carries a mark of secrecy."""
    mark = secrecy_mark(text)
    if mark is not None:
        raise Refused("documents.secret", INVALID, mark=mark)
