"""Vietnamese letters: searching without marks, alphabetical order, and reading a text in any Unicode form with its offsets.

A syllable that ends in oa, oe or uy carries its tone on the first vowel in the older spelling (hòa, khỏe, ủy) and on the
second in the newer one (hoà, khoẻ, uỷ). Both are in daily use, so both must be read as the same word.
"""

import re
import unicodedata
from dataclasses import dataclass

_NEWER = {
    **{"o" + new: old + "a" for new, old in zip("àáảãạ", "òóỏõọ", strict=True)},
    **{"o" + new: old + "e" for new, old in zip("èéẻẽẹ", "òóỏõọ", strict=True)},
    **{"u" + new: old + "y" for new, old in zip("ỳýỷỹỵ", "ùúủũụ", strict=True)},
}
_OLDER = {old: new for new, old in _NEWER.items()}
_NEWER_AT_END = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)
# The same in lower case, written so that the search runs from one o or u to the next.
_NEWER_AT_END_LOWER = re.compile(r"[ou](?:(?<=o)[àáảãạèéẻẽẹ]|(?<=u)(?<!qu)[ỳýỷỹỵ])(?![^\W\d_])")
_OLDER_AT_END = re.compile(r"(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y)(?![^\W\d_])", re.IGNORECASE)


def plain(text: str) -> str:
    """For comparing names and titles: lower case, one tone spelling, single spaces; marks stay."""
    return " ".join(letters(text).plain.split())


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
LETTERS = "".join(
    letter
    for base in _ALPHABET
    for tone in ("", *_TONES)
    if len(letter := unicodedata.normalize("NFC", base + tone)) == 1
)
"""The letters of Vietnamese in lower case, with each tone that a letter of its own has."""
_SPACES = re.compile(r"\s+")

_SAME_WIDTH = {
    **dict.fromkeys(
        map(ord, "\x0b\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"), " "
    ),
    **dict.fromkeys(map(ord, "\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"), " "),
    **dict.fromkeys(map(ord, "\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n"),
}
# Some keyboards write the letters of other alphabets that look like đ.
_SAME_WIDTH |= {ord("\u00d0"): "Đ", ord("\u0189"): "Đ", ord("\u00f0"): "đ", ord("\u0256"): "đ"}
_SAME_SIGN = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"), '"'),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032"), "'"),
}


_ODD = re.compile("[" + "".join(map(chr, _SAME_WIDTH | _SAME_SIGN)) + "]")


def _recase(found: str, made: str) -> str:
    return "".join(new.upper() if old.isupper() else new for old, new in zip(found, made, strict=True))


def old_tone(text: str) -> str:
    """The tone of a final oa, oe, uy on the first vowel: "hoà" becomes "hòa", "Uỷ" becomes "Ủy". NFC in, same length out."""
    return _NEWER_AT_END.sub(lambda m: _recase(m[0], _NEWER[m[0].lower()]), text)


def new_tone(text: str) -> str:
    """The tone of a final oa, oe, uy on the second vowel: "hòa" becomes "hoà", "Ủy" becomes "Uỷ". NFC in, same length out."""
    return _OLDER_AT_END.sub(lambda m: _recase(m[0], _OLDER[m[0].lower()]), text)


def _lower_letter_by_letter(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def without_marks(text: str) -> str:
    """The letters without tone and vowel marks, đ as d; case kept. Bare marks disappear."""
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def folded(text: str) -> str:
    """For searching: no marks, đ as d, lower case, one space between words: " Đảng  ủy " becomes "dang uy"."""
    return _SPACES.sub(" ", without_marks(text.translate(_SAME_WIDTH)).lower()).strip()


MOST_MARKS = 32


@dataclass(frozen=True, slots=True)
class Letters:
    """A text with one entry per letter, whatever its Unicode form, each knowing where it stands in the text given.

    `written` is NFC with ordinary spaces; `plain` is the same in lower case, older tone spelling, straight quotes and
    hyphens. Both have the same length; `starts[i]` and `ends[i]` are the code points of the text given that letter i covers.
    """

    given: str
    written: str
    plain: str
    starts: range | list[int]
    ends: range | list[int]


def letters(text: str) -> Letters:
    """Read a text letter by letter. Never fails, linear in the length of the text."""
    if unicodedata.is_normalized("NFC", text):
        composed, starts, ends = text, range(len(text)), range(1, len(text) + 1)
        return Letters(text, *_written_and_plain(composed), starts, ends)
    pieces: list[str] = []
    first: list[int] = []
    after: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        # No letter has more marks than a handful; thousands of them would be sorted again and again.
        while end < min(len(text), at + MOST_MARKS) and unicodedata.combining(text[end]):
            end += 1
        piece = unicodedata.normalize("NFC", text[at:end])
        pieces.append(piece)
        first += [at] * len(piece)
        after += [end] * len(piece)
        at = end
    return Letters(text, *_written_and_plain("".join(pieces)), first, after)


def _written_and_plain(text: str) -> tuple[str, str]:
    # A text has few kinds of odd letters: replacing each is far quicker than `translate`, which looks up every letter.
    odd = [ord(letter) for letter in set(_ODD.findall(text))]
    for letter in odd:
        text = text.replace(chr(letter), _SAME_WIDTH.get(letter, chr(letter)))
    plain = _lower_letter_by_letter(text)
    for letter in odd:
        plain = plain.replace(chr(letter), _SAME_SIGN.get(letter, chr(letter)))
    # Looking for each newer spelling is far quicker than one search for all of them.
    if any(newer in plain for newer in _NEWER):
        plain = _NEWER_AT_END_LOWER.sub(lambda m: _NEWER[m[0]], plain)
    return text, plain


_RANK = {letter: chr(ord("A") + rank) for rank, letter in enumerate(_ALPHABET)}
_PARTS = re.compile(r"\d+|[^\W\d_]+")


def _syllable_key(syllable: str) -> str:
    tone, base = "0", []
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TONES:
            tone = _TONES[letter]
        else:
            base.append(letter)
    plain = unicodedata.normalize("NFC", "".join(base))
    return "".join(_RANK.get(letter, "z" + letter) for letter in plain) + tone


def sort_key(text: str) -> str:
    """A key whose plain string order is the Vietnamese alphabet (a ă â b c d đ e ê …), then the tone, syllable by syllable.

    Tones follow the dictionary: none, huyền, hỏi, ngã, sắc, nặng. Numbers sort by size: "Chi bộ 2" before "Chi bộ 10".
    """
    plain = old_tone(unicodedata.normalize("NFC", text)).lower()
    return " ".join(
        f"!{len(p.lstrip('0')):03}{p.lstrip('0')}" if p.isdigit() else _syllable_key(p) for p in _PARTS.findall(plain)
    )


def person_sort_key(name: str) -> str:
    """The key of a person: by the given name, which stands last, then by the rest from the family name on."""
    words = name.split()
    return sort_key(" ".join(words[-1:])) + "  " + sort_key(" ".join(words[:-1]))
