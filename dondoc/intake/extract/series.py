"""Numbers that run over several units: "ba xã A, B và C lần lượt có 78, 342 và 139 đảng viên"."""

from dondoc.intake.extract.figure_rules import RULES
from dondoc.intake.extract.figures import Found, edges, fits, percentage
from dondoc.intake.extract.governors import Governor
from dondoc.intake.extract.items import COUNTED, Row, codes
from dondoc.intake.extract.rules import rule

SERIES = rule("figure.respectively", "số liệu lần lượt của nhiều đơn vị")

_AIMS = ("aim", "assign", "target", "plan")
_COUNTS = {
    "members": ("members", None), "cells": ("cells", None), "grassroots": ("grassroots_organisations", None),
    "official_members": ("members_official", None), "probationary_members": ("members_probationary", None),
    "new_members": ("admissions", None),
}  # fmt: skip


def series(row: Row) -> list[Found] | None:
    """The figures of a sentence with "lần lượt", each with the item of its unit; None where the sentence has no such word.

    As many numbers as units are needed; otherwise nobody can tell whose they are, and there is no answer.
    """
    where = row.code.find(codes()["respectively"])
    if where < 0:
        return None
    units = _run(row, where) or _told(row, where)
    said = _noun_before(row, where), _verb_before(row, where)
    out: list[Found] = []
    k = where + 1
    while k < len(row.items):
        numbers, after = _numbers(row, k)
        if not numbers:
            k += 1
            continue
        if len(numbers) == len(units) >= 2:
            out += _shared(row, numbers, units, *said)
        k = max(after, k + 1)
    return out


def _run(row: Row, where: int) -> list[int]:
    """The units told one after the other before the word: the last such run of two or more."""
    run: list[int] = []
    best: list[int] = []
    for i in range(where):
        kind = row.items[i].kind
        if kind == "unit" and row.items[i].value.name and not row.items[i].value.parent:
            run.append(i)
            best = run if len(run) >= 2 else best
        elif kind not in ("comma", "and", "unit", "open", "close"):
            run = []
    return best


def _told(row: Row, where: int) -> list[int]:
    """ "xã A kết nạp 11 đảng viên, xã B 8 đảng viên; tỷ lệ lần lượt đạt …": the units told one by one, where each is told once."""
    units = [
        i
        for i in range(where)
        if row.items[i].kind == "unit" and row.items[i].value.name and not row.items[i].value.parent
    ]
    names = {row.items[i].value.name for i in units}
    return units if len(names) == len(units) else []


def _numbers(row: Row, k: int) -> tuple[list[int], int]:
    found: list[int] = []
    while k < len(row.items):
        kind = row.items[k].kind
        if kind in ("number", "percent", "fraction"):
            found.append(k)
        elif (not (kind in ("comma", "and") and found) and kind not in COUNTED | {"over", "under", "about"}) or (
            kind in COUNTED and not found
        ):
            break
        k += 1
    return found, k


def _noun_before(row: Row, where: int) -> str | None:
    return next((row.items[i].kind for i in range(where - 1, -1, -1) if row.items[i].kind in COUNTED), None)


def _verb_before(row: Row, where: int) -> str | None:
    kinds = (row.items[i].kind for i in range(min(where + 2, len(row.items) - 1), -1, -1))
    verb, before = next(
        ((kind, next(kinds, "")) for kind in kinds if kind in ("admit", "introduce", "train", *_AIMS)), (None, "")
    )
    return "aim" if verb in _AIMS or before in _AIMS else verb


def _shared(row: Row, numbers: list[int], units: list[int], noun_before: str | None, verb: str | None) -> list[Found]:
    """One figure for each pair of number and unit, counting the noun that stands behind the numbers or before the word."""
    items = row.items
    noun = next((items[n + 1].kind for n in numbers if n + 1 < len(items) and items[n + 1].kind in COUNTED), None)
    noun = noun or noun_before
    indicator: str | None = None
    rates = all(items[n].kind == "percent" for n in numbers)
    if rates:
        indicator = "admission_rate_percent" if verb is not None and row.has("reach", 0, numbers[0]) else None
    elif noun is None:
        return []
    elif verb is not None:
        governor = Governor(verb, -1, False)
        probe = next((n for n in numbers if n + 1 < len(items) and items[n + 1].kind == noun), numbers[-1])
        indicator = next(
            (r.indicator for r in RULES if fits(r, row, probe, governor)),
            {"admit": "admissions", "aim": "admissions_target"}.get(verb),
        )
    elif noun in _COUNTS:
        indicator = _COUNTS[noun][0]
    if indicator is None:
        return []
    out = []
    for number, unit in zip(numbers, units, strict=True):
        first, after, qualifier = edges(row, number, Governor("none", -1, False))
        value = percentage(items[number].value) if rates else items[number].value
        if items[number].kind != ("percent" if rates else "number"):
            return []
        out.append(Found(number, indicator, value, qualifier, first, after, SERIES, unit_item=unit))
    return out
