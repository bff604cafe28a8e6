"""A sentence as a row of items: units, numbers, periods and known words; each is one letter of a code that patterns can match.

A pattern names the kinds it wants in angle brackets: `<admit> _{0,3} <number> <members|new_members>`; `_` is any plain word.
Matching runs on the code, a string with one letter per item, so it is short whatever the words are.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.dates import Day, Period
from dondoc.intake.extract.numbers import NUMERALS, digits, in_words, scaled
from dondoc.intake.extract.reading import Number, Qualifier
from dondoc.intake.extract.tokens import Page, Phrases
from dondoc.intake.extract.units import Hit

_SIGNS = {
    ",": "comma", ";": "semicolon", "(": "open", ")": "close", ":": "colon", '"': "quote", "/": "slash", "-": "dash", ".": "stop",
    "…": "stop", "+": "dash", "*": "dash",
}  # fmt: skip
_EXTRA = ("number", "percent", "fraction", "range", "unit", "period", "day", "sign")
COUNTED = frozenset(
    [
        "members",
        "new_members",
        "official_members",
        "probationary_members",
        "cells",
        "sector_cells",
        "grassroots",
        "affiliated",
        "organisations",
        "admitted",
        "people",
        "outstanding",
        "pupils",
        "individuals",
        "committee_members",
        "collectives",
    ]
)


DONE = "done"
"""The value of a verb behind "đã"."""
_SO_FAR = (["đến", "nay"], ["kết", "quả"])
"""Behind these an admission has happened: "giao chỉ tiêu phát triển 180 đảng viên, đến nay kết nạp 90"."""
OF_ASSOCIATIONS = "associations"
"""The value of "đoàn viên, hội viên" without "ưu tú": who is introduced, and whom an association takes in itself."""
JOINING = "joining"
"""The value of a noun for others than members, where those whom it counts are taken into the Party."""
_INTO = 9
"""So many words behind such a noun may "vào Đảng" stand."""
_ORDINAL = frozenset(["lớp", "khối", "khóa", "điều", "chương", "khoản", "thứ", "đợt"])
"""Behind these a number without a noun says which one."""
_HEADED = 8
"""So many items at the beginning of a sentence head it: "Đối với tổ chức đảng: …"."""
_IN_A_ROW = 8
"""So many items back another score shows that this is one too."""


class Item(NamedTuple):
    """One item: its kind, the tokens first..after, and what it stands for (a number, a pair, a period, a unit mention)."""

    kind: str
    first: int
    after: int
    value: Any = None


# A named tuple without the function between that checks its fields: most of what is made for a sentence are items.
_item: Callable[[tuple[str, int, int, Any]], Item] = partial(tuple.__new__, Item)


class Row(NamedTuple):
    """The items of one sentence with their code."""

    items: list[Item]
    code: str

    def has(self, kind: str, start: int, end: int) -> bool:
        """Whether an item of this kind stands between two places."""
        return self.code.find(codes()[kind], start if start > 0 else 0, end if end > 0 else 0) >= 0


_WORDS = Phrases(lambda: ((phrase, kind) for kind, phrases in lexicon("words").items() for phrase in phrases))
_NUMERALS = Phrases(lambda: ((word, "numeral") for word in NUMERALS))
_BRACKETS = Phrases(lambda: (("(", "open"), (")", "close")))


@cache
def codes() -> dict[str, str]:
    """One letter for each kind of item; plain words are "w"."""
    kinds = [*lexicon("words"), *_EXTRA, *sorted(set(_SIGNS.values()))]
    return {"word": "w"} | {kind: chr(0xE000 + number) for number, kind in enumerate(kinds)}


_KINDS = re.compile(r"<(?:(\w+)=)?([\w|]+)>")


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern over kinds of items. `<name=kind>` captures; spaces mean nothing."""

    def one(m: re.Match[str]) -> str:
        letters = "[" + "".join(codes()[kind] for kind in m[2].split("|")) + "]"
        return f"(?P<{m[1]}>{letters})" if m[1] else letters

    return re.compile(_KINDS.sub(one, text.replace(" ", "")).replace("_", "w"))


def _row(items: list[Item]) -> Row:
    code = codes()
    return Row(items, "".join([code[item.kind] for item in items]))


class Itemiser:
    """Turns the sentences of one page into rows."""

    def __init__(self, page: Page, hits: list[Hit], days: list[Day], periods: list[Period]) -> None:
        self.page = page
        self.words = page.words
        self.known, self.numerals = page.places(_WORDS), page.places(_NUMERALS)
        self.hits = {hit.first: hit for hit in hits}
        self.dates: dict[int, Day | Period] = {page.token_from(day.start): day for day in days}
        self.dates.update({page.token_from(period.start): period for period in periods})
        self.naming = sorted({*self.hits, *self.dates, *page.places(_BRACKETS).longest})
        """The tokens at which a unit, a period or a bracket may stand."""
        self.special = {*self.hits, *self.dates, *page.digits, *self.numerals.longest}
        """The tokens that may be more than a plain or a known word: a unit, a day, a period, a number."""

    def row(self, first: int, after: int) -> Row:
        """The items of the tokens first..after."""
        items: list[Item] = []
        words, special, dates, known = self.words, self.special, self.dates, self.known.longest
        i = first
        while i < after:
            word = words[i]
            # Most tokens are plain words, known words or signs: only the others need a closer look.
            if i in special:
                item = self.item(i, after, items)
                end = item.after
            elif (found := known.get(i)) is not None:
                kind, end = found
                if kind == "bodies":
                    kind, end = self._body(i, end, items)
                if end < after and words[end - 1] == "năm" and end - 1 in dates:
                    # "kế hoạch năm 2017": the year is a period of its own.
                    cut = self.known.at(i, end - 1)
                    item = Item(cut[0], i, cut[1]) if cut is not None else Item("word", i, i + 1)
                else:
                    done = (
                        kind == "admit" and i > first and (words[i - 1] in ("đã", "mới") or words[i - 2 : i] in _SO_FAR)
                    )
                    value = DONE if done else JOINING if kind == "not_counted" and self._joining(end, items) else None
                    if kind == "outstanding" and words[end - 1] == "viên":
                        value = OF_ASSOCIATIONS
                    item = _item((kind, i, end, value)) if end <= after else self.item(i, after, items)
                end = item.after
            else:
                end = i + 1
                item = _item(("word" if word[0].isalnum() else _SIGNS.get(word, "sign"), i, end, None))
            items.append(item)
            i = end
        return _row(items)

    def _joining(self, end: int, before: list[Item]) -> bool:
        """ "kết nạp Đảng cho 8 học sinh", "kết nạp 8 học sinh vào Đảng": the words name the Party."""
        if not before or before[-1].kind != "number":
            return False
        verb = next((item for item in before[:-5:-1] if item.kind == "admit"), None)
        if verb is None:
            return False
        behind = self.words[end : end + _INTO]
        return "đảng" in self.words[verb.first : verb.after] or ("vào", "đảng") in pairwise(behind)

    def counts(self, first: int, after: int) -> bool:
        """Whether there may be a number between these tokens."""
        digits = self.page.digits
        at = bisect_left(digits, first)
        return (at < len(digits) and digits[at] < after) or bool(self.numerals.starts(first, after))

    def names(self, first: int, after: int) -> Row:
        """Only the units, periods and brackets between these tokens, for a sentence that has no number."""
        items: list[Item] = []
        done = first
        for i in self.naming[bisect_left(self.naming, first) : bisect_left(self.naming, after)]:
            if i < done:
                continue
            hit, dated = self.hits.get(i), self.dates.get(i)
            if isinstance(dated, Period):
                items.append(Item("period", i, max(i + 1, min(self.page.token_from(dated.end), after)), dated))
            elif hit is not None and hit.after <= after:
                items.append(Item("unit", i, hit.after, hit))
            elif self.words[i] in ("(", ")"):
                items.append(Item("open" if self.words[i] == "(" else "close", i, i + 1))
            else:
                continue
            done = items[-1].after
        return _row(items)

    def item(self, i: int, end: int, before: list[Item]) -> Item:
        word = self.words[i]
        dated = self.dates.get(i)
        if isinstance(dated, Period) or (isinstance(dated, Day) and not self._score(dated, i, end, before)):
            after = min(self.page.token_from(dated.end), end)
            return Item("period" if isinstance(dated, Period) else "day", i, max(after, i + 1), dated)
        if word[0].isdigit():
            return self.number(i, end)
        if not word[0].isalnum():
            return Item(_SIGNS.get(word, "sign"), i, i + 1)
        phrase = self.known.at(i, end)
        hit = self.hits.get(i)
        counted = bool(before) and before[-1].kind in ("number", "fraction", "percent")
        if hit is not None and hit.after <= end and self._names(hit, phrase, counted):
            return Item("unit", i, hit.after, hit)
        spelled = in_words(self.words, i, end) if word in NUMERALS else None
        if spelled is not None and spelled[1] < end:
            noun = self.known.at(spelled[1], end)
            if noun is not None and noun[0] in COUNTED:
                return Item("number", i, spelled[1], spelled[0])
        if phrase is not None and phrase[0] == "bodies":
            kind, after = self._body(i, phrase[1], before)
            return Item(kind, i, after)
        if phrase is not None:
            return Item(phrase[0], i, phrase[1])
        return Item("word", i, i + 1)

    def _body(self, i: int, after: int, before: list[Item]) -> tuple[str, int]:
        """ "kiểm tra 2 đảng ủy cơ sở": committees that a number counts; else the first words of a name."""
        counted = bool(before) and before[-1].kind in ("number", "fraction")
        if counted and self.words[i] == "đơn" and not any(item.kind == "organisations" for item in before[:_HEADED]):
            counted = False  # "Đối với tổ chức đảng: kiểm tra 12 đơn vị", but not any twelve offices
        return ("collectives", after) if counted else ("word", i + 1)

    def _names(self, hit: Hit, phrase: tuple[str, int] | None, counted: bool) -> bool:
        """Whether a mention of a unit is one here, and not the noun of a number ("14 chi bộ") or a longer phrase."""
        if counted:
            return False  # "4 Đảng bộ khối cơ quan": a noun that is counted
        if phrase is None:
            return True
        return phrase[1] <= hit.after and bool(hit.name or hit.type or hit.whole)

    def _score(self, day: Day, i: int, end: int, before: list[Item]) -> bool:
        """Whether "6/6" is a result out of a target rather than a day of the year."""
        if day.year is not None or day.lead or self.words[i + 1 : i + 2] != ["/"]:
            return False
        noun = self.known.at(i + 3, end) if i + 3 < end else None
        if noun is not None and noun[0] in COUNTED | {"plan", "not_counted"}:
            return True
        if self.words[i + 3 : i + 4] == ["("] and self.words[i + 5 : i + 6] == ["%"]:
            return True  # "4/10 (40%)"
        if before and before[-1].kind in ("admit", "reach", "train", "introduce"):
            return True
        # "Thanh Hải 11/15, Đồng Cốc 8/7": scores in a row
        name = bool(before) and before[-1].kind in ("word", "unit") and self.page.capital(before[-1].first)
        return name and any(item.kind == "fraction" for item in before[-_IN_A_ROW:])

    def _thousands(self, i: int, j: int) -> bool:
        """ "1 034 đảng viên": a space as the mark of thousands."""
        page, words = self.page, self.words
        apart = page.at[j] - page.to[i] == 1 and len(words[j]) == len("000") and j not in self.dates
        return apart and len(words[i]) <= len("000") and words[i].isdigit() and words[i][0] != "0"

    def _of_a_name(self, i: int) -> bool:
        """ "Covid-19", "lớp 12": a number that counts nothing."""
        page, words = self.page, self.words
        if i and words[i - 1] in _ORDINAL:
            noun = self.known.at(i + 1, len(words)) if i + 1 < len(words) else None
            return noun is None or noun[0] not in COUNTED  # "học sinh lớp 12", "đợt 2"
        tied = i > 1 and words[i - 1] == "-" and page.at[i] == page.to[i - 1] and page.at[i - 1] == page.to[i - 2]
        return tied and words[i - 2].isalpha()

    def number(self, i: int, end: int) -> Item:
        words = self.words
        value = digits(words[i])
        if value is None:
            return Item("sign", i, i + 1)
        if self._of_a_name(i):
            return Item("word", i, i + 1)
        j = i + 1
        if j < end and words[j] == "%":
            return Item("percent", i, j + 1, value)
        if words[j : j + 2] == ["phần", "trăm"] and j + 2 <= end:
            return Item("percent", i, j + 2, value)
        if (
            j + 1 < end
            and words[j] in ("/", "-")
            and words[j + 1][0].isdigit()
            and (other := digits(words[j + 1])) is not None
        ):
            if j + 2 < end and words[j + 2] == "%":
                return Item("range", i, j + 3, (value, other))
            return Item("fraction" if words[j] == "/" else "range", i, j + 2, (value, other))
        if j < end and words[j].isdigit() and self._thousands(i, j):
            value, j = int(words[i] + words[j]), j + 1
        value, j = scaled(value, words, j, end)
        if (
            j + 1 < end
            and words[j] in ("đến", "tới")
            and j + 1 not in self.dates
            and (other := digits(words[j + 1])) is not None
        ):
            return Item("range", i, j + 2, (value, other))  # "từ 180 đến 200 đảng viên"
        return Item("number", i, j, value)


def qualifier_of(item: Item | None) -> Qualifier:
    """What the item right before a number makes of it."""
    if item is None:
        return "exact"
    match item.kind:
        case "over" | "under" | "about" as qualifier:
            return qualifier
    return "exact"


def number_of(item: Item) -> Number:
    """The value of a number or percentage item."""
    value: Number = item.value
    return value
