"""One number said several times: a round one beside the exact one, and the same one again, are one fact."""

from decimal import Decimal

from dondoc.intake.extract.periods import STOCKS
from dondoc.intake.extract.reading import Fact, UnitName

_COMPARED = 20
"""So many earlier statements of one number are compared with a new one; nobody says it more often."""


def headed_by(headlines: list[Fact], story: list[Fact], period: str | None) -> list[Fact]:
    """The facts of headlines that name no unit where the story shares the number out among several are left out; those that name no
    period have that with which the story opens."""
    out = []
    told = {(one.indicator, one.value) for one in story}
    for fact in headlines:
        if fact.unit_span is None and fact.indicator != "other" and _shared_out(fact, story):
            continue
        if (
            fact.period is None
            and fact.indicator not in STOCKS
            and period is not None
            and (fact.indicator, fact.value) not in told
        ):
            fact = fact._replace(period=period)
        out.append(fact)
    return out


def _shared_out(fact: Fact, story: list[Fact]) -> bool:
    """Whether the units of the story have the number of a headline together: "Kết nạp 25 đảng viên" over a story of 15 and 10."""
    parts = {
        one.unit: one.value for one in reversed(story) if one.indicator == fact.indicator and one.value != fact.value
    }
    return len(parts) > 1 and sum(parts.values()) == fact.value


def rounded(facts: list[Fact]) -> list[Fact]:
    """The facts again, a round number beside the exact one ("gần 600" beside 556) marked as optional."""
    if all(fact.qualifier in ("exact", "about") for fact in facts):
        return facts
    exact: dict[tuple[UnitName | None, str], list[Fact]] = {}
    for fact in facts:
        if fact.qualifier == "exact" and fact.indicator != "other":
            exact.setdefault((fact.unit, fact.indicator), []).append(fact)
    out = []
    for fact in facts:
        near = None
        if fact.qualifier in ("over", "under"):
            near = next((f for f in exact.get((fact.unit, fact.indicator), [])[:_COMPARED] if _rounds(fact, f)), None)
        out.append(fact if near is None else fact._replace(optional=True, period=near.period))
    return out


def _rounds(fact: Fact, exact: Fact) -> bool:
    close = abs(Decimal(exact.value) - Decimal(fact.value)) * 10 <= exact.value
    return close and (exact.value > fact.value) == (fact.qualifier == "over")


def merged(facts: list[Fact]) -> list[Fact]:
    """The same number said twice is one fact, at its fullest statement; the order of the text is kept."""
    written = {(fact.unit, fact.indicator, fact.value) for fact in facts if not fact.derived}
    # "giao chỉ tiêu 85 … kết nạp 103, đạt 121%": the target that follows from the rate is the one that is written
    facts = [f for f in facts if not (f.derived and f.optional and (f.unit, f.indicator, f.value) in written)]
    out: list[Fact] = []
    known: dict[tuple[object, ...], list[int]] = {}
    for fact in facts:
        places = known.setdefault((fact.unit, fact.indicator, fact.value, fact.label), [])
        for i in places[:_COMPARED]:
            other = out[i]
            periods = other.period is None or fact.period is None or other.period == fact.period
            if periods and other.span != fact.span and fact.label not in ("disciplined_by_form", "badges"):
                if other.derived != fact.derived:
                    other, fact = (fact, other) if other.derived else (other, fact)
                    out[i] = other._replace(period=other.period or fact.period)
                    break  # what is written goes before what follows from it
                longer = fact if fact.span.end - fact.span.start > other.span.end - other.span.start else other
                out[i] = longer._replace(period=other.period or fact.period, optional=other.optional and fact.optional)
                break
        else:
            places.append(len(out))
            out.append(fact)
    return out
