"""Enumerations that say their verb once: "Tam Kỳ kết nạp 150 đảng viên mới; Hội An 110; Điện Bàn (95 đồng chí)"."""

from typing import NamedTuple

from dondoc.intake.extract.figures import FRACTION, FRACTION_TARGET, Found, edges, percentage
from dondoc.intake.extract.governors import Governor, governors
from dondoc.intake.extract.items import COUNTED, Row, pattern, qualifier_of
from dondoc.intake.extract.rates import RATE, Told, of_economy, share
from dondoc.intake.extract.reading import Number
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.tokens import Page

LISTED = rule("figure.listed", "số liệu trong danh sách đơn vị, động từ chỉ nêu một lần")

_LISTABLE = frozenset(
    [
        "admissions", "admissions_target", "admission_rate_percent", "members", "cells", "grassroots_organisations",
        "candidates_sent_to_training", "outstanding_people_introduced", "members_disciplined",
    ]
)  # fmt: skip
_NOUNS = {
    "admissions": ("members", "new_members", "admitted", "people", "outstanding"),
    "admissions_target": ("members", "new_members", "admitted", "people", "plan"),
    "members": ("members", "people"), "cells": ("cells",), "grassroots_organisations": ("grassroots", "affiliated"),
    "candidates_sent_to_training": ("outstanding", "people", "pupils"), "outstanding_people_introduced": ("outstanding", "people"),
    "members_disciplined": ("members", "people"),
}  # fmt: skip
_UNDER = {"admit": "admissions", "aim": "admissions_target"}
_BETWEEN = frozenset(["open", "colon", "dash", "over", "under", "about", "with", "have", "reach"])
_CUTS = frozenset(["comma", "semicolon", "and", "colon", "open", "close"])
_ENDS = frozenset(["comma", "semicolon", "and", "stop", "close", "open", "sign", "dash"])
_NUMBERED = pattern("<number|fraction|percent>")
_LEAST = 2
_NAME = 5
"""So many words a name may have that nothing but its place in a list shows to be one."""
_NO_NAMES = frozenset(
    ["điều", "khóa", "lần", "tháng", "quý", "năm", "ngày", "số", "khoản", "tuổi", "trong", "từ", "có", "theo", "tổng"]
)
_LEADING = frozenset(["là", "như"])
"""Words that lead in a list: "kết nạp cao là Thanh Hải 11/15, Đồng Cốc 8/7"."""
_PAPERS = frozenset(
    [
        "nghị quyết", "chỉ thị", "quyết định", "kết luận", "quy định", "quy chế", "hướng dẫn", "thông báo", "thông tri", "đề án", "chương trình",
        "kế hoạch", "công văn", "điều lệ", "đại hội", "nhiệm kỳ", "quốc lộ", "hội nghị", "khóa họp",
    ]
)  # fmt: skip


class _Entry(NamedTuple):
    """One entry of a list: the item of its number, and the tokens of a name that is no known unit (None: a unit)."""

    number: int
    name: tuple[int, int] | None


def listed(row: Row, page: Page, found: list[Found], told: Told) -> list[Found]:
    """The figures of a sentence again, with those whose verb or unit only the list tells."""
    numbers = [at.start() for at in _NUMBERED.finditer(row.code)]
    if len(numbers) < _LEAST:
        return found
    by_item: dict[int, list[Found]] = {}
    for one in found:
        by_item.setdefault(one.item, []).append(one)
    governed: dict[int, Governor] | None = None
    indicator: str | None = "admission_rate_percent" if told.rate else None
    out: list[Found] = []
    named = 0
    for i in numbers:
        item = row.items[i]
        known = by_item.get(i, [])
        entry = _entry(row, page, i)
        if known:
            indicator = next((one.indicator for one in known if one.indicator in _LISTABLE), indicator)
            if entry is None or entry.name is None:
                continue
            known = [one for one in known if one.indicator in _LISTABLE]
        elif entry is not None:
            governed = governors(row) if governed is None else governed
            under = _UNDER.get(governed[i].kind) if i in governed else None
            scored = item.kind == "fraction" and told.admissions
            known = _read(row, entry, under or ("admissions" if scored else indicator))
        else:
            continue
        if entry.name is not None and known:
            named += 1
        out += [
            one if entry.name is None else one._replace(name=entry.name, first=min(one.first, entry.name[0]))
            for one in known
        ]
    if named == 1:
        out = [one for one in out if one.name is None]  # one name is no list
    if not out:
        return found
    again = {(one.item, one.indicator) for one in out}
    return [one for one in found if (one.item, one.indicator) not in again] + out


def _entry(row: Row, page: Page, i: int) -> _Entry | None:
    """The name right before a number, where nothing but a sign or a small word stands between them."""
    items = row.items
    k = i - 1
    while k >= 0 and items[k].kind in _BETWEEN:
        k -= 1
    if k < 0:
        return None
    if items[k].kind == "unit":
        office = k > 0 and not items[k].value.name and items[k - 1].kind == "word" and items[k].value.type
        return _office(row, page, i, k) if office else _Entry(i, None)
    last = k
    while k >= 0 and last - k < _NAME and items[k].kind == "word" and page.words[items[k].first] not in _LEADING:
        k -= 1
    leading = k >= 0 and items[k].kind == "word" and page.words[items[k].first] in _LEADING
    if last == k or (k >= 0 and items[k].kind not in _CUTS and not leading):
        return None
    begins, after = items[k + 1].first, items[last].after
    paper = " ".join(page.words[begins : begins + 2]) in _PAPERS
    if paper or page.words[begins] in _NO_NAMES or not page.capital(begins):
        return None
    return _Entry(i, (begins, after))


def _office(row: Row, page: Page, i: int, k: int) -> _Entry | None:
    """ "Công an huyện 4": the office of a place that the list does not name again."""
    items = row.items
    first = k
    while first > 0 and k - first < _NAME and items[first - 1].kind == "word":
        first -= 1
    begins, after = items[first].first, items[k].after
    led = first == 0 or items[first - 1].kind in _CUTS
    return _Entry(i, (begins, after)) if led and page.capital(begins) else _Entry(i, None)


def _in_brackets(row: Row, i: int, done: Number, planned: Number) -> list[Found]:
    """ "9/13 (69,2%)": the rate right behind the score, where it is that of the two numbers."""
    items = row.items
    k = next((k for k in range(i + 1, min(i + 5, len(items))) if items[k].kind == "percent"), None)
    if k is None or any(one.kind in ("unit", "semicolon") for one in items[i + 1 : k]) or not planned:
        return []
    value = percentage(items[k].value)
    if abs(share(done, planned, value) - value) > 1:
        return []
    return [Found(k, "admission_rate_percent", value, qualifier_of(items[k - 1]), items[k].first, items[k].after, RATE)]


def _read(row: Row, entry: _Entry, indicator: str | None) -> list[Found]:
    items, i = row.items, entry.number
    item = items[i]
    behind = items[i + 1].kind if i + 1 < len(items) else "stop"
    first, after, qualifier = edges(row, i, Governor("none", -1, False))
    if item.kind == "percent":
        if indicator != "admission_rate_percent" or behind not in _ENDS or of_economy(row, i):
            return []
        return [Found(i, "admission_rate_percent", percentage(item.value), qualifier, first, item.after, RATE)]
    if item.kind == "fraction":
        if indicator not in ("admissions", "admissions_target") or behind not in (*_ENDS, *_NOUNS["admissions"]):
            return []
        done, planned = item.value
        return [
            Found(i, "admissions", done, "exact", first, after, FRACTION),
            Found(i, "admissions_target", planned, "exact", item.first, after, FRACTION_TARGET),
            *_in_brackets(row, i, done, planned),
        ]
    if indicator not in _NOUNS or behind not in (*_ENDS, *_NOUNS[indicator]):
        return []
    if behind in COUNTED and i + 2 < len(items) and items[i + 2].kind not in _ENDS:
        return []
    return [Found(i, indicator, item.value, qualifier, first, after, LISTED)]
