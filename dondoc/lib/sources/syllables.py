"""Whether letters form a syllable of Vietnamese. The spelling is regular enough to be written down as two lists and a tone."""

import re
import unicodedata
from functools import lru_cache

_ONSETS = [
    "",
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gh",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "ngh",
    "nh",
    "p",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
# Rimes by their vowels: which finals each may take; "-" is none.
_RIMES = {
    "a": "- c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- ch m n nh p t u",
    "i": "- a ch m n nh p t u",
    "iê": "c m n ng p t u",
    "o": "- c i m n ng p t",
    "oo": "c n ng",
    "oa": "- c ch i m n ng nh o p t y",
    "oă": "c m n ng t",
    "oe": "- n o t",
    "ô": "- c i m n ng p t",
    "ơ": "- i m n p t",
    "u": "- a c i m n ng p t",
    "uâ": "n ng t y",
    "uê": "- ch n nh",
    "uô": "c i m n ng t",
    "uơ": "- n",
    "uy": "- a ch n nh p t u",
    "uyê": "n t",
    "ư": "- a c i m n ng t u",
    "ươ": "c i m n ng p t u",
    "y": "- ch m n nh p t u",
    "yê": "m n ng t u",
}
_STOPS = ("c", "ch", "p", "t")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_AFTER_QU = {"a", "ă", "â", "e", "ê", "i", "iê", "o", "ô", "ơ", "y", "yê", "u", "oa"}
_AFTER_GI = {"a", "ă", "â", "e", "ê", "o", "ô", "ơ", "u", "ư", "ươ", "uô", "oa", "i"}


@lru_cache(maxsize=1)
def toneless() -> dict[str, bool]:
    """Every syllable without its tone, in small letters; True where it ends in a stop and must carry sắc or nặng."""
    found: dict[str, bool] = {}
    for onset in _ONSETS:
        for vowels, finals in _RIMES.items():
            if (onset == "qu" and vowels not in _AFTER_QU) or (onset == "gi" and vowels not in _AFTER_GI):
                continue
            # Before e, ê, i the sounds of c, g, ng are spelt k, gh, ngh.
            front = vowels[0] in "eêiy"
            if (onset in ("c", "g", "ng") and front and (onset, vowels[0]) != ("g", "i")) or (
                onset in ("k", "gh", "ngh") and not front
            ):
                continue
            for final in finals.split():
                found[onset + vowels + ("" if final == "-" else final)] = final in _STOPS
    found |= {"gi": False, "gin": False, "giêng": False, "giêt": True, "giêc": True, "giêm": False, "giêu": False}
    return found


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word is one syllable that could be Vietnamese, whatever its case: "Đảng", "khuỷu"; not "été" or "Ñaûng"."""
    if not 0 < len(word) <= 14 or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    split = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in split if sign in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(sign for sign in split if sign not in _TONES))
    stops = toneless().get(bare)
    return stops is False or (stops is True and tones in (["\u0301"], ["\u0323"]))


WORD = re.compile(r"[^\W\d_]+")
