"""Rates, and the targets that follow from them."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from dondoc.intake.extract.figures import Found, item_at, percentage
from dondoc.intake.extract.items import COUNTED, Row, codes, pattern, qualifier_of
from dondoc.intake.extract.reading import Number
from dondoc.intake.extract.rules import rule

RATE = rule("rate.of_plan", "tỷ lệ kết nạp so với kế hoạch")
TARGET_MET = rule("derived.target.met_in_full", "chỉ tiêu suy ra từ tỷ lệ 100%")
TARGET_BEYOND = rule("derived.target.exceeded_by", "chỉ tiêu suy ra từ số vượt")
TARGET_FROM_RATE = rule("derived.target.from_rate", "chỉ tiêu suy ra từ tỷ lệ")
RATE_BEYOND = rule("derived.rate.exceeded_by", "tỷ lệ suy ra từ phần trăm vượt")
QUALITY = rule("rate.meeting_quality", "tỷ lệ sinh hoạt chi bộ xếp loại tốt")

_OF_PLAN = pattern("(<at|of|with>)? _{0,2} <plan>")
_RATED = pattern("<percent|exceed>")
_NEAR = 40
_WORDS = 8
"""So far, in items, a rate looks for what it belongs to."""
_DIGITS = 64
"""Enough for the longest numbers that `numbers.digits` reads: 15 digits and their scale by 15 places."""
_GOOD = pattern("(<cells|meeting|each|at|of|reach|passive>|_){0,10} <good>")


def rates(row: Row, found: list[Found], *, told_before: bool = False) -> list[Found]:
    """The rates of a sentence whose figures were found, and what they imply.

    `told_before`: the sentence before told of admissions, so that "mới đạt 31,3% kế hoạch" alone is their rate.
    """
    out: list[Found] = []
    if _RATED.search(row.code) is None:
        return out
    admissions = sorted((f for f in found if f.indicator == "admissions"), key=lambda f: f.item)
    targeted = {f.item for f in found if f.indicator == "admissions_target"}
    before, last = 0, None
    for i, item in enumerate(row.items):
        while before < len(admissions) and admissions[before].item < i:
            last = admissions[before]
            before += 1
        if item.kind == "percent":
            out += _rate(row, i, last, targeted, told_before)
        elif item.kind == "exceed" and last is not None:
            out += _exceeded(row, i, last)
    return out


def _rate(row: Row, i: int, admitted: Found | None, targeted: set[int], told_before: bool) -> list[Found]:
    items = row.items
    value: Number = percentage(items[i].value)
    plan = _OF_PLAN.match(row.code, i + 1)
    before = item_at(row, i - 1)
    start, qualifier = i, qualifier_of(before)
    if qualifier != "exact":
        start = i - 1
        before = item_at(row, start - 1)
    if before is not None and before.kind == "exceed":
        return []
    reach = before is not None and before.kind == "reach"
    if reach:
        start -= 1
    good = _GOOD.match(row.code, i + 1)
    if row.has("meeting", i - _NEAR, i + _NEAR) and (good or row.has("good", start - 3, start)):
        after = items[good.end() - 1].after if good else items[i].after
        return [Found(i, "meeting_quality_good_percent", value, qualifier, items[start].first, after, QUALITY)]
    if not (plan or reach) or (
        admitted is None
        and not (plan and (row.has("admit", i - _NEAR, i) or (told_before and not _something_counted(row, i))))
    ):
        return []
    if admitted is not None and _of_something_else(row, admitted.item, i):
        return []
    if admitted is not None and not plan:
        far = i - admitted.item > _NEAR
        if far or any(row.has(kind, admitted.item + 2, i) for kind in ("semicolon", "cells", "grassroots", "members")):
            return []
    after = items[plan.end() - 1].after if plan else items[i].after
    rate = Found(i, "admission_rate_percent", value, qualifier, items[start].first, after, RATE)
    if admitted is None or admitted.item in targeted or qualifier != "exact":
        return [rate]
    return [rate, *_target(admitted, items[admitted.item].first, value, after)]


def _something_counted(row: Row, i: int) -> bool:
    """Whether anything else is counted before a rate that stands alone in its sentence."""
    return (
        any(item.kind in COUNTED or item.kind == "not_counted" for item in row.items[max(0, i - _NEAR) : i])
        or row.code.count(codes()["word"], max(0, i - _NEAR), i) > _WORDS
    )


def _of_something_else(row: Row, admitted: int, i: int) -> bool:
    """ "kết nạp 12 đảng viên; thu ngân sách đạt 80% kế hoạch": between the two, something else is told."""
    if row.has("admit", admitted + 1, i):
        return False
    return row.has("semicolon", admitted + 1, i) or row.code.count(codes()["word"], admitted + 1, i) > _WORDS


def _target(admitted: Found, number_first: int, rate: Number, after: int) -> list[Found]:
    done = admitted.value
    if admitted.qualifier != "exact" or not isinstance(done, int) or rate <= 0:
        return []
    if rate == 100:
        why = f"{done} đảng viên là 100% kế hoạch, nên kế hoạch là {done}"
        return [
            Found(
                admitted.item,
                "admissions_target",
                done,
                "exact",
                number_first,
                after,
                TARGET_MET,
                derived=True,
                explanation=why,
            )
        ]
    fitting = [target for target in _around(done, rate) if share(done, target, rate) == rate]
    if len(fitting) != 1:
        return []
    why = f"{done} đảng viên là {str(rate).replace('.', ',')}% kế hoạch: chỉ kế hoạch {fitting[0]} cho đúng tỷ lệ này"
    return [
        Found(admitted.item, "admissions_target", fitting[0], "exact", number_first, after, TARGET_FROM_RATE, derived=True, optional=True, explanation=why)
    ]  # fmt: skip


def _around(done: int, rate: Number) -> range:
    near = int(Decimal(done) * 100 / Decimal(rate))
    reach = max(2, near // 50)
    return range(max(1, near - reach), near + reach + 1) if near < 100_000 else range(0)


def share(done: Number, target: Number, like: Number) -> Decimal:
    """done in % of target, rounded half up to as many decimals as `like` is written with."""
    places = -int(Decimal(like).as_tuple().exponent) if isinstance(like, Decimal) else 0
    with localcontext() as exactly:
        exactly.prec = _DIGITS
        return (Decimal(done) * 100 / Decimal(target)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _exceeded(row: Row, i: int, admitted: Found) -> list[Found]:
    """ "vượt chỉ tiêu 18" and "vượt 11% kế hoạch"."""
    items = row.items
    for k in range(i + 1, min(i + 5, len(items))):
        if items[k].kind == "percent":
            value = percentage(items[k].value + 100)
            why = f"vượt {str(items[k].value).replace('.', ',')}% nên đạt {str(value).replace('.', ',')}%"
            return [
                Found(
                    k,
                    "admission_rate_percent",
                    value,
                    "exact",
                    items[i].first,
                    items[k].after,
                    RATE_BEYOND,
                    derived=True,
                    optional=True,
                    explanation=why,
                )
            ]
        if (
            items[k].kind == "number"
            and isinstance(items[k].value, int)
            and admitted.item != k
            and isinstance(admitted.value, int)
        ):
            target = admitted.value - items[k].value
            if target <= 0:
                return []
            why = f"kết nạp {admitted.value}, vượt {items[k].value}, nên chỉ tiêu là {target}"
            return [
                Found(
                    k,
                    "admissions_target",
                    target,
                    "exact",
                    admitted.first,
                    items[k].after,
                    TARGET_BEYOND,
                    derived=True,
                    explanation=why,
                )
            ]
        if items[k].kind in ("comma", "semicolon"):
            return []
    return []
