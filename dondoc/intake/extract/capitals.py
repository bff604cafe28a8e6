"""Names in lines that are written in capitals, as headlines and the heads of letters are: "HUYỆN ỦY CAM LÂM TỔ CHỨC HỘI NGHỊ"."""

import re

from dondoc.intake.extract.forms import vocabulary
from dondoc.intake.extract.tokens import Page

_SHORT_IN_BRACKETS = re.compile(r" ?\([^\W\d_]+\)")
_LONGEST_NAME = 4
_NO_NAME = frozenset(("lần", "nhiệm", "khóa", "năm", "và", "đã", "với", "về", "có"))
"""In a line of capitals no name begins with these."""
_AFTER_CAPITALS = frozenset(
    (
        "lần", "thứ", "nhiệm", "khóa", "năm", "tổ", "tổng", "sơ", "họp", "ra", "khai", "bế", "triển", "công", "trao", "kết", "làm", "và", "đại", "hội", "thực", "phát",
        "đã", "tiếp", "tăng", "xây", "với", "về", "có", "thành", "đẩy", "nâng", "chú", "hoàn", "gặp", "tập", "kiểm", "giám", "quán", "học", "bồi", "đạt", "đón", "dâng",
    )
)  # fmt: skip
"""In a headline in capitals a name of two words or more ends before these."""


def in_capitals(page: Page, i: int) -> bool:
    """Whether the word at i and one beside it are written in capitals."""
    written = page.written[page.at[i] : page.to[i]]
    if len(written) < 2 or not written.isupper():
        return False
    words = page.words
    beside = i + 1 if i + 1 < len(words) and words[i + 1][0].isalpha() else i - 1
    return beside >= 0 and words[beside][0].isalpha() and page.wording(beside, beside + 1).isupper()


def name_in_capitals(page: Page, i: int) -> int:
    """The token after a name that begins at i: at the line's end, a sign, or a word that follows names."""
    words = page.words
    if words[i] in _NO_NAME or tuple(words[i : i + 2]) in vocabulary("deeds"):
        return i  # "ĐẠI HỘI ĐẢNG BỘ TỈNH LẦN THỨ XIII", "ĐẢNG BỘ TỈNH TỔNG KẾT …"
    j = i + 1
    while j < len(words) and j - i < _LONGEST_NAME and words[j][0].isalpha():
        if j - i >= 2 and words[j] in _AFTER_CAPITALS:
            return j
        j += 1
    ends = j >= len(words) or not words[j][0].isalpha()
    return j if ends else min(j, i + 2)


def behind_short_form(page: Page, j: int) -> int:
    """The token behind the short form of a body that stands in brackets: "Ban Chấp hành (BCH) Đảng bộ tỉnh"; j where none does."""
    short = page.words[j : j + 3]
    return (
        j + 3 if len(short) == 3 and short[0] == "(" and short[2] == ")" and page.wording(j + 1, j + 2).isupper() else j
    )


def proper(page: Page, first: int, after: int) -> str:
    """A name as it is written, with single spaces; one in capitals with its first letters large."""
    name = page.wording(first, after)
    if "(" in page.words[first:after]:
        name = _SHORT_IN_BRACKETS.sub("", name)
    if "  " in name:
        name = " ".join(name.split())
    return name.title() if after - first > 1 and name.isupper() and all(len(w) > 1 for w in name.split()[:1]) else name
