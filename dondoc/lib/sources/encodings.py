"""Bytes to letters: Unicode in its forms, and the three character sets in which Vietnamese was written before it.

TCVN3 ("ABC") gives every small letter with its marks a byte of its own; its capitals are the small letters in a font of capitals
(.VnTimeH), so from bytes alone they come out small. VNI-Windows writes a letter and then a byte for its marks. Windows-1258 writes the
vowel and then its tone. Which one it is, is decided by which makes Vietnamese syllables out of the bytes; where two do, nobody guesses.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from dondoc.lib.sources.found import MOST_LETTERS, Problem, Text
from dondoc.lib.sources.syllables import is_syllable

ENOUGH = 0.75
"""The share of words beyond plain letters that must be Vietnamese syllables."""
CLEARLY = 0.2
"""By how much the next best must be worse."""
_LOOKED_AT = 20_000  # words; more says nothing new
_LONGEST = 100  # bytes of a word; what is longer is none


def _row(first: int, letters: str) -> dict[int, str]:
    return {first + place: letter for place, letter in enumerate(letters) if letter != " "}


TCVN3: Mapping[int, str] = {
    **_row(0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    **_row(0xB5, "àảãáạ ằẳẵắ"),
    **_row(0xC6, "ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"),
}
# VNI: the byte after a vowel says its marks; as Windows-1252 shows it.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_BREVE = {"ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"}
_VNI_HAT = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for base, vowel in [*((v, v) for v in "aeouy"), ("ô", "ơ"), ("ö", "ư")]:
        for mark, tone in _VNI_TONES.items():
            table[base + mark] = unicodedata.normalize("NFC", vowel + tone)
        if base in "aeo":
            for mark, tone in _VNI_HAT.items():
                table[base + mark] = unicodedata.normalize("NFC", base + "\u0302" + tone)
    table.update({"a" + mark: letter for mark, letter in _VNI_BREVE.items()})
    return table


VNI: Mapping[str, str] = _vni()
_VNI_PIECE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)), re.IGNORECASE)


def western(data: bytes) -> str:
    """Bytes as Windows-1252 shows them; the five that it does not know as the control signs that they are in Latin-1."""
    return "".join(_WESTERN[byte] for byte in data)


_WESTERN = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
_BYTES = {letter: byte for byte, letter in enumerate(_WESTERN)}


def from_tcvn3(data: bytes) -> str:
    """TCVN3 bytes as letters; what TCVN3 does not use (quotes, dashes) as Windows-1252 shows it."""
    return _with_capitals("".join(_TCVN3[byte] for byte in data))


def _with_capitals(text: str) -> str:
    """Words of capitals whose marked letters came out small, made whole: "§¶NG Bé TØNH" is ĐẢNG BỘ TỈNH.

    A word is one where it has two plain capitals and no plain small letter; so is one with a single plain capital beside it, and one
    without plain letters between two of them ("ở").
    """
    parts = _LETTERS.split(text)  # words stand at odd places
    plain = ["".join(letter for letter in word if letter.isascii()) for word in parts[1::2]]
    large = [len(letters) >= 2 and letters.isupper() for letters in plain]
    for at, letters in enumerate(plain):
        before = at > 0 and large[at - 1] and "\n" not in parts[2 * at]
        after = at + 1 < len(large) and large[at + 1] and "\n" not in parts[2 * at + 2]
        if (letters.isupper() and (before or after)) or (not letters and before and after):
            large[at] = True
    for at, is_large in enumerate(large):
        if is_large:
            parts[2 * at + 1] = parts[2 * at + 1].upper()
    return "".join(parts)


_LETTERS = re.compile(r"([^\W\d_]+)")
_TCVN3 = [TCVN3.get(byte, letter) for byte, letter in enumerate(_WESTERN)]


def from_vni(data: bytes) -> str:
    """VNI-Windows bytes as letters. A letter is large where its vowel is, whatever the case of its mark."""

    def letter(match: re.Match[str]) -> str:
        small = VNI[match[0].lower()]
        return small.upper() if match[0][0].isupper() else small

    return _VNI_PIECE.sub(letter, western(data))


def from_1258(data: bytes) -> str:
    """Windows-1258 bytes as letters, each vowel joined with the tone that follows it."""
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


OLD: Mapping[str, Callable[[bytes], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni, "Windows-1258": from_1258}
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_EDGES = "“”‘’\"'–—…·•«»\u00a0"


def plausible(words: list[bytes], decode: Callable[[bytes], str]) -> float:
    """The share of words that become Vietnamese syllables."""
    good = counted = 0
    for word in words:
        for piece in re.split(r"[–—…\u00a0]+", decode(word).strip(_EDGES)):
            if piece:
                counted += 1
                good += is_syllable(piece)
    return good / counted if counted else 0.0


def recognise(data: bytes, also: Callable[[bytes], str] | None = None) -> str | None:
    """Which of OLD the bytes are written in: the one that makes syllables where the others clearly do not; None where none or two do.

    `also`: another reading that must be clearly worse too.
    """
    words = [match[0][:_LONGEST] for match, _ in zip(_WORD.finditer(data), range(_LOOKED_AT), strict=False)]
    if not words:
        return None
    scores = sorted(((plausible(words, decode), name) for name, decode in OLD.items()), reverse=True)
    (best, name), (second, _) = scores[:2]
    if also is not None:
        second = max(second, plausible(words, also))
    return name if best >= ENOUGH and best - second >= CLEARLY else None


def decoded(data: bytes) -> Text | Problem:
    """Bytes as a text: by its mark, else UTF-8, else UTF-16 without a mark, else an older set that fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return Text(data.decode("utf-16"), letters="UTF-16")
        except UnicodeDecodeError:
            return Problem("letters")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        if "\x00" not in text:
            return Text(text, letters="UTF-8")
    if b"\x00" in data:
        wide = _utf16(data)
        return Problem("not_text") if wide is None else Text(wide, letters="UTF-16")
    if len(data) > 2 * MOST_LETTERS:
        return Problem("too_long")
    name = recognise(data)
    return Problem("letters") if name is None else Text(OLD[name](data), letters=name)


_ORDINARY = re.compile(r"[\t\n\r\x20-\x7e\u00a0-\u01b0\u0300-\u0323\u1ea0-\u1ef9\u2010-\u2026]")


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in one order of bytes nearly all letters are those of Vietnamese texts, in the other hardly any."""
    if len(data) % 2:
        return None
    shares = []
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        part = text[:100_000]
        plain = sum(letter.isascii() and letter.isprintable() for letter in part)
        # Half of a Vietnamese text and more are plain letters and spaces; bytes of anything else only happen to be letters.
        shares.append((len(_ORDINARY.findall(part)) / len(part) if plain * 3 > len(part) else 0.0, text))
    shares.sort(reverse=True)
    if not shares or shares[0][0] < 0.97 or (len(shares) == 2 and shares[1][0] > 0.5):
        return None
    return shares[0][1]


def mended(text: str) -> str:
    """A text whose letters are the bytes of an older set ("§¶ng bé", "Ñaûng boä") as it was meant; any other text as it is.

    Letters beyond Windows-1252, such as ả or đ, are no bytes: a text with many of them is Vietnamese already.
    """
    if text.isascii():
        return text
    beyond = _BEYOND.findall(text)
    marked = len(_MARKED.findall(text))
    if len(beyond) * 10 > marked:
        return text
    parts = re.split("([^" + _CLASS + "]+)", text) if beyond else [text]
    data = [_as_bytes(part) if at % 2 == 0 else b"" for at, part in enumerate(parts)]
    whole = b" ".join(data)
    name = recognise(whole, western)
    if name is None:
        return text
    return "".join(OLD[name](data[at]) if at % 2 == 0 else part for at, part in enumerate(parts))


def recoded(text: str, decode: Callable[[bytes], str]) -> str:
    """Words that are said to be bytes of an older set, as it shows them; as they are where they hold letters that are no such bytes.

    Fonts of symbols put their bytes at U+F000.
    """
    plain = "".join(chr(ord(letter) - 0xF000) if "\uf020" <= letter <= "\uf0ff" else letter for letter in text)
    if plain.isascii() or any(letter not in _BYTES for letter in plain):
        return text if plain.isascii() and plain == text else plain
    return decode(_as_bytes(plain))


_CLASS = "".join(re.escape(letter) for letter in _WESTERN)
_BEYOND = re.compile(f"[^{_CLASS}]")
_MARKED = re.compile(r"[^\x00-\x7f]")


def _as_bytes(text: str) -> bytes:
    return bytes(_BYTES[letter] for letter in text)
