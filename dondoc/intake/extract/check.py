"""Arithmetic done again on the facts of a text. It finds what does not agree and mends nothing."""

from dondoc.intake.extract.rates import share
from dondoc.intake.extract.reading import Check, Fact
from dondoc.intake.extract.rules import rule

RATE = rule("check.rate", "tính lại tỷ lệ kết nạp")
SUM = rule("check.sum", "tính lại tổng các phần")
MEMBERS = rule("check.members", "đối chiếu tổng số đảng viên với số chính thức và dự bị")

_BESIDE = 12
_MOST_PARTS = 40
"""Nobody divides a total into more parts; so long a row of numbers is something else."""
_PARTS = {"members_disciplined": "disciplined_by_form", "other": "badges"}


def checks(facts: tuple[Fact, ...]) -> tuple[Check, ...]:
    """Every rate recomputed from its two numbers, every total from its parts where the text gives them."""
    return (*_rates(facts), *_sums(facts), *_members(facts))


def _members(facts: tuple[Fact, ...]) -> list[Check]:
    """All members of a unit against the full and the probationary ones, where the text gives the three."""
    out = []
    for i, total in enumerate(facts):
        if total.indicator != "members" or total.qualifier != "exact":
            continue
        near = facts[i + 1 : i + _BESIDE]
        parts = [_beside(near, total, sort) for sort in ("members_official", "members_probationary")]
        found = [part for part in parts if part is not None and part.qualifier == "exact"]
        if len(found) == len(parts):
            computed = sum(part.value for part in found)
            spans = (total.span, *(part.span for part in found))
            values = tuple(part.value for part in found)
            out.append(Check("sum", spans, computed == total.value, total.value, computed, values, MEMBERS, total.unit))
    return out


def _rates(facts: tuple[Fact, ...]) -> list[Check]:
    out = []
    for i, rate in enumerate(facts):
        if rate.indicator != "admission_rate_percent" or rate.derived:
            continue
        near = facts[max(0, i - _BESIDE) : i + _BESIDE]
        done = _beside(near, rate, "admissions")
        target = _beside(near, rate, "admissions_target")
        if done is None or target is None or target.derived or not target.value:
            continue
        computed = share(done.value, target.value, rate.value)
        spans = tuple(sorted({done.span, target.span, rate.span}))
        out.append(
            Check("rate", spans, computed == rate.value, rate.value, int(computed) if computed == int(computed) else computed, (done.value, target.value), RATE, rate.unit)
        )  # fmt: skip
    return out


def _beside(facts: tuple[Fact, ...], fact: Fact, indicator: str) -> Fact | None:
    """The fact of the same unit and period that stands nearest."""
    same = [f for f in facts if f.indicator == indicator and f.period in (None, fact.period) and f.unit == fact.unit]
    return min(same, key=lambda f: abs(f.span.start - fact.span.start), default=None)


def _sums(facts: tuple[Fact, ...]) -> list[Check]:
    out = []
    for i, total in enumerate(facts):
        part_label = (
            "badges" if total.label == "badges" else _PARTS.get(total.indicator) if total.indicator != "other" else None
        )
        if part_label is None or total.qualifier != "exact":
            continue
        parts = []
        for part in facts[i + 1 : i + 2 + _MOST_PARTS]:
            if part.label != part_label or part.unit != total.unit or part.qualifier != "exact":
                break
            parts.append(part)
        if not 2 <= len(parts) <= _MOST_PARTS:
            continue
        computed = sum(part.value for part in parts)
        spans = (total.span, *(part.span for part in parts))
        out.append(
            Check(
                "sum",
                spans,
                computed == total.value,
                total.value,
                computed,
                tuple(p.value for p in parts),
                SUM,
                total.unit,
            )
        )
    return out
