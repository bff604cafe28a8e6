"""Rates, and the targets that follow from them."""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from dondoc.intake.extract.figures import PART, Found, item_at, percentage
from dondoc.intake.extract.items import COUNTED, Row, codes, pattern, qualifier_of
from dondoc.intake.extract.reading import Number
from dondoc.intake.extract.rules import rule

RATE = rule("rate.of_plan", "tỷ lệ kết nạp so với kế hoạch")
TARGET_MET = rule("derived.target.met_in_full", "chỉ tiêu suy ra từ tỷ lệ 100%")
TARGET_BEYOND = rule("derived.target.exceeded_by", "chỉ tiêu suy ra từ số vượt")
TARGET_FROM_RATE = rule("derived.target.from_rate", "chỉ tiêu suy ra từ tỷ lệ")
RATE_BEYOND = rule("derived.rate.exceeded_by", "tỷ lệ suy ra từ phần trăm vượt")
QUALITY = rule("rate.meeting_quality", "tỷ lệ sinh hoạt chi bộ xếp loại tốt")

OF_MEMBERS = rule("rate.of_members", "tỷ lệ kết nạp so với tổng số đảng viên")

_OF_PLAN = pattern("_{0,3} (<at|of|with>)? _{0,2} <plan|aim|target>")
_OF_MEMBERS = pattern("_{0,3} (<at|of|with>)? <total> <members>")
_OF_OTHERS = pattern(
    "(<of|at|total|each|comma>? _{0,2} <members|cells|grassroots|affiliated|organisations|people|outstanding|not_counted|collectives"
    "|individuals|official_members|probationary_members>|<total>|_{0,2} <with> (?!<plan>)|_{0,2} <period>)"
)
_BASE = pattern("(<with|percent|of> <total> <members>|<with> _? <total> <members>|<slash> <total> <number>)")
_SEVERAL = pattern("<unit> <comma|and> <unit>")
_THAN_BEFORE = pattern("<members|new_members|people>? _{0,2} <with> _{0,2} <period>")
_RATED = pattern("<percent|exceed>")
_UNIT_RATE = pattern("<unit> <open|with|colon|dash|have>{0,2} <reach>? <over|under|about>? <percent>")
_AFTER_RATE = pattern("(<comma|semicolon|and|stop|close|open|sign|dash>|\\Z)")
_OTHERS_COUNTED = pattern("<number|fraction> <not_counted>")
_SMALL = 15
"""A rate below it, with no base named, is one of all members ("kết nạp 358 đảng viên, đạt tỷ lệ 7,61%"), not of a plan."""
_NEAR = 40
_LIST = 240
"""So many items a list of units with their rates may be long."""
_WORDS = 8
"""So far, in items, a rate looks for what it belongs to."""
_ADMITTING = ("admit", "admitted", "new_members", "target", "aim")
_OTHER_VERBS = ("introduce", "train", "recognise", "inspect", "supervise", "discipline", "established", "award")
_EXACTLY = Context(prec=64, rounding=ROUND_HALF_UP)
"""Enough digits for the longest numbers that `numbers.digits` reads: 15 digits and their scale by 15 places."""
_GROUPS = frozenset(["word", "unit", "cells", "grassroots", "affiliated", "organisations", "collectives"])
_GOOD = pattern("(<cells|meeting|each|at|of|reach|passive|unit|lacking>|_){0,10} <good>")
_RANKED = pattern("<good> (<reach|share|colon|open|comma>|_)*\\Z")


class Told(NamedTuple):
    """What the sentence before has told: with which verbs it counted which sort, admissions, their rate, and what rates are a share of."""

    verbs: frozenset[str] = frozenset()
    admissions: bool = False
    rate: bool = False
    base: str | None = None


def rates(row: Row, found: list[Found], told: Told) -> list[Found]:
    """The rates of a sentence whose figures were found, and what they imply."""
    out: list[Found] = []
    if _RATED.search(row.code) is None:
        return out
    aside = [f.item for f in found if f.rule == PART]
    admissions = sorted((f for f in found if f.indicator == "admissions"), key=lambda f: f.item)
    targets = {f.item: f for f in found if f.indicator == "admissions_target"}
    before, last = 0, None
    if told.base is None and _BASE.search(row.code):
        told = told._replace(base="members")
    for rated in _RATED.finditer(row.code):
        i = rated.start()
        item = row.items[i]
        while before < len(admissions) and admissions[before].item < i:
            last = admissions[before]
            before += 1
        if any((last.item if last is not None else -1) < k < i for k in aside):
            continue  # "trong đó, doanh nghiệp kết nạp 50/50 (đạt 100%)"
        if item.kind == "percent":
            out += _rate(row, i, last, targets, told)
        elif item.kind == "exceed" and last is not None:
            out += _exceeded(row, i, last)
    return out


def _rate(row: Row, i: int, admitted: Found | None, targets: dict[int, Found], told: Told) -> list[Found]:
    items = row.items
    value: Number = percentage(items[i].value)
    plan = _OF_PLAN.match(row.code, i + 1)
    before = item_at(row, i - 1)
    start, qualifier = i, qualifier_of(before)
    if qualifier != "exact":
        start = i - 1
        before = item_at(row, start - 1)
    if (
        before is not None
        and before.kind == "share"
        and row.has("meeting", i - _NEAR, i)
        and _RANKED.search(row.code, max(0, i - 3), i)
    ):
        # "203 chi bộ được đánh giá sinh hoạt tốt, chiếm 94,4%"
        return [Found(i, "meeting_quality_good_percent", value, qualifier, items[start].first, items[i].after, QUALITY)]
    if before is not None and (before.kind in ("exceed", "move") or (before.kind == "share" and not plan)):
        return []
    if qualifier != "exact" and _SEVERAL.search(row.code, max(0, i - _NEAR), start):
        return []  # "các huyện A, B và C đạt trên 100%": the least of each
    reach = before is not None and before.kind == "reach"
    if reach:
        start -= 1
    good = _GOOD.match(row.code, i + 1)
    if row.has("meeting", i - _NEAR, i + _NEAR) and (good or _RANKED.search(row.code, max(0, start - 3), start)):
        after = items[good.end() - 1].after if good else items[i].after
        return [Found(i, "meeting_quality_good_percent", value, qualifier, items[start].first, after, QUALITY)]
    if of_economy(row, i) or (qualifier != "exact" and admitted is None and _of_group(row, i)):
        return []
    members = None if plan else _OF_MEMBERS.match(row.code, i + 1)
    if not plan and not members and _OF_OTHERS.match(row.code, i + 1):
        return []
    listed = not plan and not members and _listed(row, start, i, told)
    since = max((k for k in targets if admitted is not None and admitted.item < k < i), default=-1)
    if not listed and not _belongs(row, i, admitted, told, plain=not (plan or members), reach=reach, since=since):
        return []
    after = items[plan.end() - 1].after if plan else items[members.end() - 1].after if members else items[i].after
    first = items[start].first
    target = targets.get(admitted.item) if admitted is not None else None
    if members or (not plan and _of_members(value, admitted, target, told)):
        return [Found(i, "other", value, qualifier, first, after, OF_MEMBERS, label="admissions_percent_of_members")]
    rate = Found(i, "admission_rate_percent", value, qualifier, first, after, RATE)
    known = any(admitted is not None and admitted.item <= k <= i for k in targets)
    if listed or admitted is None or known or qualifier != "exact":
        return [rate]
    return [rate, *_target(admitted, items[admitted.item].first, value, after)]


def _of_group(row: Row, i: int) -> bool:
    """ "có 4 đảng bộ đạt trên 50% chỉ tiêu": the least of each of the four, and no rate of the whole."""
    return any(
        row.items[k].kind == "number" and row.items[k + 1].kind in _GROUPS for k in range(max(0, i - _NEAR), i - 1)
    )


def of_economy(row: Row, i: int) -> bool:
    """Whether the percentage at item i is told of money, harvests and the like: they were named last."""
    since = max(0, i - _LIST)
    last = row.code.rfind(codes()["economy"], since, i)
    return last >= 0 and all(row.code.rfind(codes()[kind], since, i) < last for kind in _ADMITTING)


def _belongs(row: Row, i: int, admitted: Found | None, told: Told, *, plain: bool, reach: bool, since: int) -> bool:
    """Whether a percentage is one of admissions, told in its sentence or in the one before. `since`: the target between, or -1."""
    if admitted is None:
        if plain:
            return False
        if row.has("target", i + 1, i + 4):
            return True  # "đạt 69% chỉ tiêu kết nạp đảng viên"
        return row.has("admit", i - _NEAR, i) or (told.admissions and not _something_counted(row, i))
    if _of_something_else(row, admitted.item, i):
        return False
    if not plain:
        return True
    bracket = row.items[i - 1].kind == "open" and i <= admitted.item + 4
    near = i - admitted.item <= _NEAR
    return (
        (reach or bracket)
        and near
        and not any(
            row.has(kind, max(admitted.item, since) + 2, i) for kind in ("semicolon", "cells", "grassroots", "members")
        )
    )


def _listed(row: Row, start: int, i: int, told: Told) -> bool:
    """ "đạt cao như: Đảng bộ huyện Ninh Sơn 45,16%; Đảng bộ xã Tân An đạt 42%": a rate alone behind each unit."""
    k = start - 1
    while k >= 0 and row.items[k].kind in ("open", "with", "colon", "dash", "have"):
        k -= 1
    if k < 0 or row.items[k].kind != "unit" or _AFTER_RATE.match(row.code, i + 1) is None:
        return False
    told_here = row.has("admit", k - _LIST, k) or row.has("plan", k - _LIST, k)
    if told_here or not told.rate:
        return told_here
    near = row.code[max(0, i - _NEAR) : i + _NEAR]
    return len(_UNIT_RATE.findall(near)) > 1


def _of_members(value: Number, admitted: Found | None, target: Found | None, told: Told) -> bool:
    """Whether a rate with no base named is one of all members: the text says so, or it is too small for one of a plan."""
    if target is not None and admitted is not None and target.value:
        return share(admitted.value, target.value, value) != value and value < _SMALL
    return told.base == "members" or (told.base is None and value < _SMALL)


def _something_counted(row: Row, i: int) -> bool:
    """Whether anything else is counted before a rate that stands alone in its sentence."""
    return (
        any(item.kind in COUNTED or item.kind == "not_counted" for item in row.items[max(0, i - _NEAR) : i])
        or row.code.count(codes()["word"], max(0, i - _NEAR), i) > _WORDS
    )


def _of_something_else(row: Row, admitted: int, i: int) -> bool:
    """ "kết nạp 12 đảng viên; thu ngân sách đạt 80% kế hoạch": between the two, something else is told."""
    if any(row.has(kind, admitted + 1, i) for kind in _OTHER_VERBS) or _OTHERS_COUNTED.search(
        row.code, admitted + 1, i
    ):
        return True
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
    exact = _EXACTLY.divide(_EXACTLY.multiply(Decimal(done), Decimal(100)), Decimal(target))
    return _EXACTLY.quantize(exact, Decimal(1).scaleb(-places))


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
            if _THAN_BEFORE.match(row.code, k + 1) is not None:
                return []  # "vượt 15 đảng viên so với cả năm 2021": more than before, not than planned
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
        if items[k].kind in ("comma", "semicolon", "open"):
            return []
    return []
