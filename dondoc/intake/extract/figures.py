"""Figures: which number counts what. Finding only; whose number it is and for which period is decided in `ledger.py`."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from dondoc.intake.extract.figure_rules import RULES, TRAINED, FigureRule
from dondoc.intake.extract.governors import Governor, governors
from dondoc.intake.extract.items import COUNTED, Item, Row, codes, pattern, qualifier_of
from dondoc.intake.extract.near import VERBS, number_next
from dondoc.intake.extract.reading import Number, Qualifier
from dondoc.intake.extract.rules import rule

_BACK = 24
_SHORT = ("official", "probationary")

SINCE_DISCIPLINED = rule("figure.disciplined.since", "số đảng viên được kiểm tra, sau đó bị kỷ luật")
FRACTION = rule("figure.admissions.out_of_target", "số kết nạp trên chỉ tiêu, viết dạng phân số")
PART = rule("figure.admissions.part_out_of", "số kết nạp trên chỉ tiêu của một nhóm")
GROUP = rule("figure.admissions.of_group", "số kết nạp của một nhóm đảng viên")
FRACTION_TARGET = rule("figure.target.out_of", "chỉ tiêu kết nạp, mẫu số của phân số")
CELLS_HELD = rule("figure.cells.congress", "số chi bộ đã đại hội xong, là tất cả")
GRASSROOTS_HELD = rule("figure.grassroots.congress", "số tổ chức cơ sở đảng đã đại hội xong, là tất cả")
_HELD_BY = {"cells": ("cells", CELLS_HELD), "grassroots": ("grassroots_organisations", GRASSROOTS_HELD)}
_OF_THE_CLASS = pattern("<pupils|outstanding>")
_IN_CLASS = pattern(
    "<attend> _{1,4} <have>? <over|under|about>? <number>|_{1,3} (<attend|have>|_){1,3} <of>? <over|under|about>? <number>"
)
"""How a sentence begins that goes on from one about a class: "Dự lớp có 105 học viên", "Lớp học thu hút 66 đoàn viên ưu tú"."""
_CONGRESS = pattern("<congress_held>")
_HELD = 10
"""So many items before or behind "88/88 chi bộ" tell that they held their congress."""


class Found(NamedTuple):
    """A figure found in a sentence: item numbers in its row, tokens of its span. `name`: the tokens of a unit that only a list shows to be one."""

    item: int
    indicator: str
    value: Number
    qualifier: Qualifier
    first: int
    after: int
    rule: str
    label: str | None = None
    derived: bool = False
    optional: bool = False
    explanation: str | None = None
    governor: int = -1
    unit_item: int = -1
    name: tuple[int, int] | None = None


def figures(row: Row, *, going_on: frozenset[str] = frozenset()) -> list[Found]:
    """The figures of one sentence, in order. `going_on`: with which verbs the sentence before told figures."""
    governed = governors(row, going_on=going_on)
    out: list[Found] = []
    grouped = -1
    for i, governor in governed.items():
        item = row.items[i]
        if item.kind == "fraction":
            out += _fraction(row, i, governor)
            continue
        if (
            "train" in going_on
            and governor.kind in ("attend", "stand", "none")
            and _OF_THE_CLASS.match(row.code, i + 1)
            and _IN_CLASS.match(row.code)
        ):
            out.append(_found(TRAINED, row, i, governor))
            continue
        for candidate in _rules_under(governor.kind, governor.part):
            if _stands(candidate, row, i):
                one = _found(candidate, row, i, governor)
                if one.indicator == "cells" and _beside_sectors(row, i):
                    one = one._replace(indicator="other", label="sector_cells")
                if one.indicator == "admissions" and (_of_group(row, i) or governor.item == grouped >= 0):
                    # "kết nạp 12 đảng viên là học sinh; huyện B 5 đảng viên": all of that group
                    one = one._replace(indicator="other", label="part_of_admissions", rule=GROUP)
                    grouped = governor.item
                out.append(one)
                break
        if governor.kind in ("inspect", "must_discipline", "violate") and _since_disciplined(row, i):
            first, after, qualifier = edges(row, i, governor)
            out.append(Found(i, "members_disciplined", item.value, qualifier, first, after, SINCE_DISCIPLINED))
    return out


def _since_disciplined(row: Row, i: int) -> bool:
    """ "kiểm tra 02 đảng viên, kết luận có vi phạm và đã thi hành kỷ luật": the same members, with no number of their own."""
    items = row.items
    if i + 1 >= len(items) or items[i + 1].kind not in ("members", "people", "individuals", "committee_members"):
        return False
    violated = False
    for k in range(i + 2, min(i + 2 + _BACK, len(items))):
        kind = items[k].kind
        if kind in ("number", "fraction", "percent", "semicolon", "demand_discipline", "propose"):
            return False
        if kind == "discipline" and violated and not number_next(row, k):
            return True
        violated = violated or kind in ("must_discipline", "violate")
    return False


def _beside_sectors(row: Row, i: int) -> bool:
    """ "có 8 chi bộ thôn, 3 chi bộ trường học": cells of one sort beside those of others are no total."""
    items = row.items
    sort = i + 1 < len(items) and items[i + 1].after - items[i + 1].first > len(("chi", "bộ"))
    return sort and [item.kind for item in items[i + 2 : i + 5]] == ["comma", "number", "sector_cells"]


def _of_group(row: Row, i: int) -> bool:
    return row.items[i + 2 : i + 3] != [] and row.items[i + 1].kind in COUNTED and row.items[i + 2].kind == "group"


@cache
def _rules_under(kind: str, part: bool) -> tuple[FigureRule, ...]:
    """The rules that numbers governed so may come under: a few of them all."""
    return tuple(one for one in RULES if one.under & {kind, "any"} and (one.part is None or one.part == part))


def fits(candidate: FigureRule, row: Row, i: int, governor: Governor) -> bool:
    """Whether a rule applies to the number at item i."""
    if not (candidate.under & {governor.kind, "any"}) or (
        candidate.part is not None and candidate.part != governor.part
    ):
        return False
    return _stands(candidate, row, i)


def _stands(candidate: FigureRule, row: Row, i: int) -> bool:
    """Whether what stands before and after the number at item i is what the rule wants there."""
    if candidate.after.match(row.code, i + 1) is None:
        return False
    return candidate.before is None or candidate.before.search(row.code, max(0, i - _BACK), i) is not None


def _found(candidate: FigureRule, row: Row, i: int, governor: Governor) -> Found:
    items = row.items
    first, after, qualifier = edges(row, i, governor)
    indicator, label = candidate.indicator, candidate.label
    if (
        label == "disciplined_by_form"
        and governor.kind == "form"
        and _only_form(row, governor)
        and i + 1 < len(items)
        and items[i + 1].kind == "members"
    ):
        indicator, label = "members_disciplined", None
    value: Number = items[i].value
    optional = label == "affiliated"
    return Found(
        i,
        indicator,
        value,
        qualifier,
        first,
        after,
        candidate.name,
        None if optional else label,
        optional=optional,
        governor=governor.item,
    )


def _only_form(row: Row, governor: Governor) -> bool:
    return not governor.part and row.code.count(codes()["form"]) == 1


def edges(row: Row, i: int, governor: Governor) -> tuple[int, int, Qualifier]:
    """The tokens that a figure covers: its verb where it is next to it, qualifier, number, noun; and the qualifier."""
    items = row.items
    start = i
    qualifier: Qualifier = "exact"
    if i > 0 and (qualifier := qualifier_of(items[i - 1])) != "exact":
        start = i - 1
    if start > 0 and (items[start - 1].kind == "total" or _its_verb(row, start - 1, governor)):
        start -= 1
        if governor.kind == "aim" and start > 0 and items[start - 1].kind in ("aim", "assign", "target", "will"):
            start -= 1  # "phấn đấu kết nạp 350 đảng viên"
    elif start > 0 and items[start - 1].kind in _SHORT:
        start -= 1  # "chính thức 4.711"
    end = i + 1 if i + 1 < len(items) and (items[i + 1].kind in COUNTED or items[i + 1].kind in _SHORT) else i
    if governor.kind == "joined":
        end = i + 1
    if governor.kind in ("form_passive", "violate", "strike_off", "discipline") and end < governor.item <= end + 2:
        end = governor.item
    return items[start].first, items[end].after, qualifier


def _its_verb(row: Row, i: int, governor: Governor) -> bool:
    kind = row.items[i].kind
    return (governor.item == i and (kind in VERBS or kind == "develop")) or (
        governor.kind == "aim" and kind in ("admit", "develop", "aim", "assign", "target")
    )


def _fraction(row: Row, i: int, governor: Governor) -> list[Found]:
    """ "kết nạp 9/13 đồng chí": nine admitted, thirteen planned."""
    items = row.items
    done, planned = items[i].value
    noun = items[i + 1].kind if i + 1 < len(items) else ""
    if not isinstance(done, int) or not isinstance(planned, int):
        return []
    first, after, qualifier = edges(row, i, governor)
    if (
        governor.kind in ("admit", "reach", "aim", "exceed")
        or (noun == "new_members")
        or (noun in ("plan", "aim", "target") and governor.kind == "none")
    ):
        if (
            noun in ("plan", "aim", "target")
            and not row.has("admit", i - _BACK, i)
            and not row.has("new_members", i - _BACK, i)
        ):
            return []
        if governor.kind == "reach" and noun not in (
            "members",
            "new_members",
            "admitted",
            "plan",
            "aim",
            "target",
            "people",
        ):
            return []
        if noun not in (
            "members",
            "new_members",
            "admitted",
            "people",
            "outstanding",
            "plan",
            "aim",
            "comma",
            "open",
            "stop",
            "",
        ):
            return []
        number = items[i].first
        if governor.part:
            # "trong đó, doanh nghiệp kết nạp được 50/50 chỉ tiêu": of a part
            return [
                Found(
                    i, "other", done, qualifier, first, after, PART, label="part_of_admissions", governor=governor.item
                )
            ]
        return [
            Found(i, "admissions", done, qualifier, first, after, FRACTION, governor=governor.item),
            Found(i, "admissions_target", planned, "exact", number, after, FRACTION_TARGET, governor=governor.item),
        ]
    if done == planned and noun in _HELD_BY and _CONGRESS.search(row.code, max(0, i - _HELD), i + _HELD):
        indicator, name = _HELD_BY[noun]
        return [Found(i, indicator, done, qualifier, first, after, name, governor=governor.item)]
    out = []
    for candidate in RULES:
        if (
            candidate.indicator != "other"
            and candidate.indicator not in ("members", "cells")
            and (candidate.indicator != "grassroots_organisations" or done == planned)
            and fits(candidate, row, i, governor)
        ):
            out.append(
                Found(
                    i,
                    candidate.indicator,
                    done,
                    qualifier,
                    first,
                    after,
                    candidate.name,
                    governor=governor.item,
                    optional=candidate.label == "affiliated",
                )
            )
            break
    return out


def percentage(value: Number) -> Number:
    """A percentage as an int where it is one."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def item_at(row: Row, i: int) -> Item | None:
    """The item at a place of the row, or None beyond its ends."""
    return row.items[i] if 0 <= i < len(row.items) else None
