"""Figures: which number counts what. Finding only; whose number it is and for which period is decided in `ledger.py`."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from dondoc.intake.extract.figure_rules import RULES, FigureRule
from dondoc.intake.extract.items import COUNTED, Item, Row, codes, qualifier_of
from dondoc.intake.extract.reading import Number, Qualifier
from dondoc.intake.extract.rules import rule

_VERBS = frozenset(
    [
        "admit",
        "recognise",
        "introduce",
        "train",
        "inspect",
        "supervise",
        "discipline",
        "must_discipline",
        "demand_discipline",
        "form",
        "rebuke",
        "strike_off",
        "conclude",
        "violate",
        "settle",
        "move",
        "attend",
        "award",
        "established",
        "aim",
        "exceed",
        "not_counted",
    ]
)
_AIMED = 4
_BACK = 24
_REACH = 9
"""So many plain words may stand between a verb and its number, or between a number and the passive that follows it."""

FRACTION = rule("figure.admissions.out_of_target", "số kết nạp trên chỉ tiêu, viết dạng phân số")
FRACTION_TARGET = rule("figure.target.out_of", "chỉ tiêu kết nạp, mẫu số của phân số")


class Found(NamedTuple):
    """A figure found in a sentence: item numbers in its row, tokens of its span."""

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


class Governor(NamedTuple):
    """What a number depends on: the kind of verb, the item where it stands (-1: nowhere), and whether it is part of a total."""

    kind: str
    item: int
    part: bool


def governors(row: Row) -> dict[int, Governor]:
    """For each number of a sentence, what governs it."""
    out: dict[int, Governor] = {}
    kind, where, words, part = "none", -1, 0, False
    outer: list[tuple[str, int, bool]] = []
    counted = False
    for i, item in enumerate(row.items):
        if item.kind == "word":  # most items are plain words
            words += 1
            continue
        counted = counted or item.kind in COUNTED
        if item.kind in ("number", "fraction"):
            after = _passive(row, i)
            if after is not None:
                out[i] = Governor(after[0], after[1], part)
            elif words <= _REACH:
                out[i] = Governor(kind, where, part)
            else:
                out[i] = Governor("none", -1, part)
            words = 0
        elif item.kind == "have":
            if _number_next(row, i):
                kind, where, words = "stand", i, 0
        elif item.kind in _VERBS and not _noun_of_number(row, i):
            # "được giao chỉ tiêu kết nạp 2 đảng viên", "phấn đấu kết nạp …": still the aim.
            if not (item.kind == "admit" and kind == "aim" and words <= _AIMED and where >= i - _AIMED):
                kind, where, words = item.kind, i, 0
        elif item.kind == "part":
            part, words = counted, 0
            kind = (
                kind
                if kind in ("admit", "discipline", "award")
                else "stand"
                if kind in ("none", "stand", "total")
                else kind
            )
        elif (
            item.kind in ("with", "thuoc", "total", "colon", "at")
            and kind in ("none", "stand", "total")
            and _number_next(row, i)
        ):
            kind, where, words = "total" if item.kind == "total" else "stand", i, 0
            part = part and item.kind != "with"
        elif item.kind == "plan" and _number_next(row, i):
            kind, where, words = "aim", i, 0
        elif item.kind == "reach" and _number_next(row, i) and kind == "none":
            kind, where, words = "reach", i, 0
        elif item.kind == "unit":
            if kind == "none" and _number_next(row, i):
                kind, where = "stand", i
            words = 0
        elif item.kind == "open":
            outer.append((kind, where, part))
            words = 0
        elif item.kind == "close" and outer:
            kind, where, part = outer.pop()
            words = 0
        elif item.kind == "semicolon":
            if not outer:
                kind, where, words, part = (
                    kind if part or kind in ("inspect", "supervise", "admit") else "none",
                    where,
                    0,
                    part,
                )
        elif item.kind == "comma":
            words = 0 if kind != "none" else words
    return out


def _number_next(row: Row, i: int) -> bool:
    for item in row.items[i + 1 : i + 4]:
        if item.kind in ("number", "fraction"):
            return True
        if item.kind not in ("over", "under", "about", "total", "colon", "have"):
            return False
    return False


def _noun_of_number(row: Row, i: int) -> bool:
    return row.items[i].kind == "not_counted" and not (i > 0 and row.items[i - 1].kind in ("number", "fraction"))


def _passive(row: Row, i: int) -> tuple[str, int] | None:
    """The verb behind a number and its noun: "556 đảng viên ở tỉnh này bị kỷ luật"."""
    items = row.items
    j = i + 1
    if j >= len(items) or items[j].kind not in COUNTED:
        return None
    words, passive = 0, False
    for k in range(j + 1, len(items)):
        kind = items[k].kind
        if kind == "passive":
            passive = True
        elif kind in ("award", "violate", "strike_off", "must_discipline"):
            return kind, k
        elif passive and kind in _VERBS and kind != "not_counted":
            return ("form_passive" if kind == "form" else kind), k
        elif kind == "train" and k <= j + 4:
            return kind, k
        elif kind in ("word", "other_sense", "of", "each", "total", "attend") or (kind in ("comma", "and") and passive):
            words += 1
            if words > _REACH:
                return None
        elif kind not in ("unit", "at", "thuoc"):
            return None
    return None


def figures(row: Row) -> list[Found]:
    """The figures of one sentence, in order."""
    governed = governors(row)
    out: list[Found] = []
    for i, governor in governed.items():
        item = row.items[i]
        if item.kind == "fraction":
            out += _fraction(row, i, governor)
            continue
        for candidate in _rules_under(governor.kind, governor.part):
            if _stands(candidate, row, i):
                out.append(_found(candidate, row, i, governor))
                break
    return out


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
    if start > 0 and (
        items[start - 1].kind == "total" or (governor.item == start - 1 and items[start - 1].kind in _VERBS)
    ):
        start -= 1
    end = i + 1 if i + 1 < len(items) and items[i + 1].kind in COUNTED else i
    if governor.kind in ("form_passive", "violate", "strike_off", "discipline") and end < governor.item <= end + 2:
        end = governor.item
    return items[start].first, items[end].after, qualifier


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
        or (noun == "plan" and governor.kind == "none")
    ):
        if governor.kind == "reach" and noun not in ("members", "new_members", "plan", "people"):
            return []
        if noun not in ("members", "new_members", "people", "outstanding", "plan", "comma", "open", "stop", ""):
            return []
        number = items[i].first
        return [
            Found(i, "admissions", done, qualifier, first, after, FRACTION, governor=governor.item),
            Found(i, "admissions_target", planned, "exact", number, after, FRACTION_TARGET, governor=governor.item),
        ]
    out = []
    for candidate in RULES:
        if (
            candidate.indicator != "other"
            and candidate.indicator not in ("members", "cells")
            and fits(candidate, row, i, governor)
        ):
            out.append(
                Found(i, candidate.indicator, done, qualifier, first, after, candidate.name, governor=governor.item)
            )
            break
    return out


def percentage(value: Number) -> Number:
    """A percentage as an int where it is one."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def item_at(row: Row, i: int) -> Item | None:
    """The item at a place of the row, or None beyond its ends."""
    return row.items[i] if 0 <= i < len(row.items) else None
