"""Rows of names behind one type word: "các xã: Sơn Tân 0/3, Cam Tân 1/8", "nhiều phường đạt cao như An Hòa (12 đảng viên), An Bình"."""

from dondoc.intake.extract.tokens import Page

_INTRODUCED_WITHIN = 9
_VALUE_WITHIN = 9
_INTRODUCES = frozenset((":", "như", "gồm", "là"))
_SEPARATORS = (",", "và", ";")
_COUNTED = frozenset(
    ("đảng", "viên", "mới", "đồng", "chí", "chi", "bộ", "quần", "chúng", "có", "kết", "nạp", "đạt", "với", "được", "%")
)


def row_begins(page: Page, j: int) -> int | None:
    """The token at which the names begin that a group's type word, before j, announces a few words ahead; None where none do."""
    words, k = page.words, j
    while k < min(j + _INTRODUCED_WITHIN, len(words) - 1):
        if words[k] in _INTRODUCES:
            k += 1
            while k < len(words) - 1 and words[k] in _INTRODUCES:
                k += 1
            return k if page.capital(k) else None
        if not words[k][0].isalpha() or page.capital(k):
            return None
        k += 1
    return None


def next_in_row(page: Page, j: int) -> int | None:
    """The token at which the next name of a row begins, behind the separator and what the row tells of the name before j."""
    words = page.words
    k = _value_ends(page, j)
    if k + 1 >= len(words) or words[k] not in _SEPARATORS:
        return None
    k += 1
    if words[k] == "và" and k + 1 < len(words):
        k += 1
    return k


def _value_ends(page: Page, j: int) -> int:
    """The token behind a number and what it counts: "1/8", "12 đảng viên", "(đạt 45%)"; j where there is none."""
    words = page.words
    end = min(j + _VALUE_WITHIN, len(words))
    if j < end and words[j] == "(":
        k = j + 1
        while k < end and words[k] != ")" and not (page.capital(k) or "\n" in words[k]):
            k += 1
        return k + 1 if k < end and words[k] == ")" and any(w[0].isdigit() for w in words[j:k]) else j
    k, number = j, False
    while k < end and (words[k][0].isdigit() or words[k] in _COUNTED or words[k] in ("/", "%", ":")):
        number = number or words[k][0].isdigit()
        k += 1
    return k if number else j
