"""Which mention of a unit only says where the one before it lies, what it was made of, or where somebody lives."""

from bisect import bisect_left

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.reading import UnitName
from dondoc.intake.extract.tokens import Page, Phrases
from dondoc.intake.extract.units import Hit, level

_PARENT_LINKS = {(), (",",), ("(",), ("-",), ("thuộc",), ("của",), (",", "thuộc"), ("trực", "thuộc"), ("tại",), ("ở",)}

_MADE_OF = Phrases(lambda: ((phrase, "made of") for phrase in lexicon("units")["made_of"]))
_NEAR = 5
"""So many tokens may stand before the first of such names, and between two of them."""


def without_those_aside(page: Page, hits: list[Hit]) -> list[Hit]:
    """The mentions again, those marked that only tell what a unit was made of: "thành lập từ phường 11, phường 12"."""
    told = page.places(_MADE_OF)
    if "km" in page.plain:
        # "cách thành phố Lộc An 6 km"
        hits = [
            hit._replace(parent=True, aside=True)
            if page.words[hit.after + 1 : hit.after + 2] == ["km"] and not hit.body
            else hit
            for hit in hits
        ]
    if not told.longest:
        return hits
    out, firsts = list(hits), [hit.first for hit in hits]
    for start, (_, after) in told.longest.items():
        k, end = bisect_left(firsts, after), after
        merged = page.words[after - 1] in ("nhập", "nhất")
        if merged and k and out[k - 1].after >= start - 1 and out[k - 1].body:
            out[k - 1] = out[k - 1]._replace(parent=True, aside=True)  # "Đảng bộ xã A sáp nhập vào Đảng bộ xã B"
        if k < len(out) and merged and page.words[out[k].after : out[k].after + 1] in (["có"], ["hiện"], ["gồm"]):
            continue  # "Sau khi sáp nhập phường A có 11 chi bộ"
        while k < len(out) and out[k].first - end <= _NEAR and not _stops(page, end, out[k].first):
            if out[k].body and not merged:
                break
            out[k] = out[k]._replace(parent=True, aside=True)
            k, end = k + 1, out[k].after
    return out


def _stops(page: Page, start: int, end: int) -> bool:
    """Whether a sentence or a clause with a verb of its own begins between these tokens."""
    return any(word in (".", ";", ":", "\n", "có", "kết", "đạt", "đã") for word in page.words[start:end])


def _where(page: Page, near: Hit) -> bool:
    """Whether a place is named behind "tại": "tại nhà văn hóa thôn A"."""
    before = page.words[max(0, near.first - _NEAR) : near.first]
    at = max((k for k, word in enumerate(before) if word in ("tại", "ở")), default=-1)
    return not near.body and at >= 0 and not any(word in (",", ".", ";", ":", "\n", "bộ") for word in before[at:])


def with_parents(page: Page, hits: list[Hit]) -> list[Hit]:
    """The mentions again, each with the larger place that the text puts beside it: "xã Sơn Tân, huyện Cam Lâm"."""
    out = list(hits)
    for k in range(len(out) - 1, 0, -1):
        near, far = out[k - 1], out[k]
        between = tuple(page.words[near.after : far.first])
        if (
            not far.name
            or (
                far.body and not (between[:1] in (("(",), ("thuộc",), ("trực",)) or (between and level(near.type) >= 5))
            )
            or not near.name
            or between not in _PARENT_LINKS
            or level(far.type) >= level(near.type)
        ):
            continue
        if far.body and between == (",",) and _where(page, near):
            out[k - 1] = near._replace(
                parent=True
            )  # "tại hội trường thôn A, Đảng ủy xã B tổ chức …": only where it was
            continue
        above = UnitName(far.type, far.name, far.above)
        out[k] = far._replace(parent=True)
        for other in range(k - 1, -1, -1):
            same = other == k - 1 or (near.group >= 0 and out[other].group == near.group)
            if not same and out[other].type == near.type and out[other].name and out[other].above is None:
                # "xã A và xã B (huyện C)": both lie in C.
                same = tuple(page.words[out[other].after : out[other + 1].first]) in ((",",), ("và",))
            if not same:
                break
            out[other] = out[other]._replace(above=above)
    return out
