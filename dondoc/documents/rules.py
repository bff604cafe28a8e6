"""The one door for every text and file: size, type and a mark of secrecy are looked at before anything is stored.

A text that carries a mark of secrecy does not belong on this network (law on the protection of State secrets; `domain.md` 11): it is
stopped and never stored. The mark is a stamp, that is a word standing alone; the word inside a sentence ("bí mật", "bảo mật") is none.
All refusals have status 422 and a sentence in `texts.py`.
"""

import html
import re
import unicodedata

from dondoc.lib.refusals import INVALID, Refused

LARGEST_TEXT = 2 * 1024 * 1024

# Control characters that no text holds; tab, line feed, form feed and carriage return are ordinary.
_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(r"<\s*(?:!doctype|html|head|body|script|style|div|p|table|span|br|a)\b[^<>]*>", re.IGNORECASE)
# UTF-8 that was read as Western letters ("Ä‘áº£ng"), and TCVN3 ("§¶ng bé"): letters that Vietnamese does not have, inside words.
_GARBLED = re.compile(r"á[º»][^\s\w]|Ä[‘\x90]|Æ°|Ã[\xa0-\xbf]|[A-Za-z][µ¶·¸¹®¨©ª«¬­][A-Za-z\s]|\ufffd")

_LEVEL = r"(?P<level>tuyệt mật|tối mật|mật)"
_BEFORE = r"(?:(?:tài liệu|văn bản|công văn|đóng dấu|dấu|chế độ|mức độ|độ)(?: độ)?(?: mật)? ?[:–-]? ?)?"
_AFTER = r"(?: ?[,;/–-]? ?(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn|bản số.*|số.*))?"
_STAMP = re.compile(rf"{_BEFORE}(?:độ )?{_LEVEL}{_AFTER}\Z")
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:độ )?(?P<level>tuyệt mật|tối mật|mật)\s*[)\]]")
_SPACED = re.compile(r"(?:(?:t ?u ?y ?ệ ?t|t ?ố ?i) +)?m ậ t\Z")
_PIECES = re.compile(r"\t+|\s{2,}|\||;")
_EDGES = " \t.,:*★☆•_=~\"'“”‘’()[]{}<>/\\–—-"


def examine_text(raw: bytes | str, largest: int = LARGEST_TEXT) -> str:
    """The text as it may be stored: decoded, without markup, in NFC, with plain line ends. Refused with what to do where it may not."""
    if len(raw) > largest or (isinstance(raw, str) and len(raw.encode("utf-8", "surrogatepass")) > largest):
        raise Refused("documents.text_too_large", INVALID, most=f"{largest // (1024 * 1024)} MB")
    text = _decoded(raw) if isinstance(raw, bytes) else raw.removeprefix("\ufeff")
    if _BINARY.search(text) or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise Refused("documents.not_a_text", INVALID)
    if len(_HTML.findall(text)) >= 2:
        text = text_of_html(text)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise Refused("documents.text_empty", INVALID)
    if len(_GARBLED.findall(text)) > max(3, len(text) // 500):
        raise Refused("documents.text_garbled", INVALID)
    stop_if_secret(text)
    return text


def _decoded(raw: bytes) -> str:
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16")
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in raw[:4096]:
            raise Refused("documents.not_a_text", INVALID) from None
        raise Refused("documents.text_garbled", INVALID) from None
    return text


_UNREAD = frozenset({"script", "style", "head", "template", "noscript", "svg", "iframe", "object"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dt",
        "dd",
        "figure",
    ]
)
_TAG = re.compile(r"/?\s*([a-zA-Z][a-zA-Z0-9]*)")


def text_of_html(text: str) -> str:
    """What a person would read of a web page that was pasted as its source, in one walk over the text.

    Every step looks forward once and never again: parsers that mend broken markup need quadratic time on markup broken on purpose.
    What follows a tag or comment that never ends is not read.
    """
    pieces: list[str] = []
    lower = text.lower()
    at = 0
    while (opening := text.find("<", at)) >= 0:
        pieces.append(re.sub(r"\s+", " ", html.unescape(text[at:opening])))
        comment = text.startswith("<!--", opening)
        tag = _TAG.match(text, opening + 1)
        if tag is None and not text.startswith("<!", opening):
            pieces.append("<")
            at = opening + 1
            continue
        closing = text.find("-->" if comment else ">", opening)
        if closing < 0:
            at = len(text)
            break
        at = closing + (3 if comment else 1)
        if tag is None:
            continue
        name = tag[1].lower()
        if name in _BLOCKS:
            pieces.append("\n")
        elif name in {"td", "th"}:
            pieces.append("\t")
        elif name in _UNREAD and text[opening + 1] != "/" and text[closing - 1] != "/":
            ending = lower.find(f"</{name}", at)
            at = len(text) if ending < 0 else ending
    pieces.append(re.sub(r"\s+", " ", html.unescape(text[at:])))
    lines = [line.strip() for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def secrecy_mark(text: str) -> str | None:
    """The mark of secrecy that a text carries: "Mật", "Tối mật", "Tuyệt mật", or None.

    A mark stands alone in its line, or in its column of a line, also after words such as "Độ mật:"; or in brackets. Capitals or a
    capital first letter are demanded of the single word, so that the honey of a list is no secret.
    """
    found: set[str] = set()
    # Wide letters, no-break spaces and signs without width are how a mark slips through, on purpose or by a paste.
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    for line in plain.split("\n"):
        if "ậ" not in line and "Ậ" not in line:
            continue
        # The whole line first: spaced-out letters ("T Ố I  M Ậ T") fall apart in columns.
        for piece in (line, *_PIECES.split(line)):
            level = _stamp(piece.strip(_EDGES))
            if level:
                found.add(level)
                break
        found |= {match["level"] for match in _IN_BRACKETS.finditer(line.lower())}
    for level in ("tuyệt mật", "tối mật", "mật"):
        if level in found:
            return level.capitalize()
    return None


def _stamp(piece: str) -> str | None:
    if not piece or len(piece) > 60 or piece == piece.lower():
        return None
    lower = re.sub(r"\s+", " ", piece.lower())
    if _SPACED.match(lower) and piece == piece.upper():
        joined = lower.replace(" ", "")
        return "tuyệt mật" if joined.startswith("tuyệt") else "tối mật" if joined.startswith("tối") else "mật"
    match = _STAMP.match(lower)
    return match["level"] if match else None


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
