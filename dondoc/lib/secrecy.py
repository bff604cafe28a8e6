"""The marks of secrecy that a paper carries: "Mật", "Tối mật", "Tuyệt mật" (law on the protection of State secrets; `domain.md` 11).

The mark is a stamp, that is a word standing alone; the word inside a sentence ("bí mật", "bảo mật") is none.
"""

import re
import unicodedata

_LEVEL = r"(?P<level>tuyệt mật|tối mật|mật)"
_BEFORE = r"(?:(?:tài liệu|văn bản|công văn|đóng dấu|dấu|chế độ|mức độ|độ)(?: độ)?(?: mật)? ?[:–-]? ?)?"
_AFTER = r"(?: ?[,;/(–-]? ?(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn|bản số.*|số.*))?"
_STAMP = re.compile(rf"{_BEFORE}(?:độ )?{_LEVEL}{_AFTER}\Z")
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:độ )?(?P<level>tuyệt mật|tối mật|mật)\s*[)\]]")
_SPACED = re.compile(r"(?:(?:t ?u ?y ?ệ ?t|t ?ố ?i) +)?m ậ t\Z")
_PIECES = re.compile(r"\t+|\s{2,}|\||;")
# Cyrillic, Greek and Cherokee letters that look like those of the marks.
_ALIKE = str.maketrans(
    "АаЕеІіМмОоТтУуЅΑαΕΙιΜΟοΤτΥυΎᎪᎢᎷᎬᎥᎩ",
    "AaEeIiMmOoTtYySAaEIiMOoTtYuYATMEiY",
)
_EDGES = " \t.,:*★☆•_=~\"'“”‘’()[]{}<>/\\–—-"


def secrecy_mark(text: str) -> str | None:
    """The mark of secrecy that a text carries: "Mật", "Tối mật", "Tuyệt mật", or None.

    A mark stands alone in its line, or in its column of a line, also after words such as "Độ mật:"; or in brackets. Capitals or a
    capital first letter are demanded of the single word, so that the honey of a list is no secret.
    """
    found: set[str] = set()
    # Wide letters, no-break spaces and signs without width are how a mark slips through, on purpose or by a paste.
    # So do letters of other alphabets that look the same.
    apart = unicodedata.normalize("NFKD", text).translate(_ALIKE)
    plain = unicodedata.normalize("NFC", "".join(sign for sign in apart if unicodedata.category(sign) != "Cf"))
    for line in plain.splitlines():  # also at the end of a page, and where a paste brings other signs for a new line
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
