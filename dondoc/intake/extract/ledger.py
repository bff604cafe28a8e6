"""Whose number it is, and for which period: figures found in sentences become facts of units."""

import datetime
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal

from dondoc.intake.extract.dates import Period, so_far
from dondoc.intake.extract.figures import Found, figures
from dondoc.intake.extract.items import Itemiser, Row, pattern
from dondoc.intake.extract.lists import listed
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.rates import Told, rates
from dondoc.intake.extract.reading import Fact, UnitName
from dondoc.intake.extract.resolve import Named, key
from dondoc.intake.extract.series import series
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import PARTY, Hit

STOCKS = frozenset({"members", "members_official", "members_probationary", "cells", "grassroots_organisations"})
"""Counts of a state; all others count what happened in a period."""


_TWO_PERIODS = pattern("<period> <and> <period>")
_TURNING, _PERIODS = pattern("<open|close|unit>"), pattern("<period>")
_LOOKS_BACK = 2
"""Until this month "năm qua" is the year before."""
_NUMBERS = pattern("<number|fraction|percent>")
_COMPARED = 20
"""So many earlier statements of one number are compared with a new one; nobody says it more often."""

FLOW_VERBS = frozenset({"admit", "recognise", "introduce", "train", "inspect", "supervise", "discipline"})


@dataclass(slots=True)
class _Subject:
    unit: UnitName | None = None
    first: int = -1
    after: int = -1


def _is_place(page: Page, hit: Hit) -> bool:
    """Whether a bare name only says where something was held: "Ngày 28-12, tại Hà Nội, đã diễn ra …"."""
    if (
        hit.body
        or page.wording(hit.first, hit.after) != hit.name
        or hit.first == 0
        or page.words[hit.first - 1] not in ("tại", "ở")
    ):
        return False
    return page.words[hit.after : hit.after + 1] == [","] or page.words[hit.after : hit.after + 2] in (
        ["đã", "diễn"],
        ["diễn", "ra"],
    )


def _two(row: Row) -> bool:
    """Whether the sentence joins two periods ("năm 2022 và 6 tháng đầu năm 2023"), which together are none."""
    return _TWO_PERIODS.search(row.code) is not None


class Ledger:
    """Reads the figures of a text sentence by sentence, keeping the subject and the period that go on."""

    def __init__(
        self,
        page: Page,
        named: list[Named],
        itemiser: Itemiser,
        published: datetime.date | None,
        year: int | None,
        reviewed: int | None,
    ) -> None:
        self.page = page
        self.itemiser = itemiser
        self.published = published
        self.year = year
        self.reviewed = reviewed
        self.named = {n.hit.first: n for n in named}
        self.subject = _Subject()
        self.period: Period | None = None
        self.term: Period | None = None
        self.day: str | None = None
        self.told = Told()
        self.said: dict[tuple[str, int | None], str] = {}
        self.periods_before: list[tuple[int, int]] = []
        self.by_name = {key(n.unit.name): n.unit for n in reversed(named) if n.unit is not None}
        self.fallback = self._fallback(named)

    def _fallback(self, named: list[Named]) -> UnitName | None:
        """Before any unit is named in the story: the first that is named anywhere, posts last."""
        for post in (False, True):
            for n in named:
                if (
                    n.unit is not None
                    and n.unit != PARTY
                    and n.hit.post is post
                    and not n.hit.parent
                    and n.explicit
                    and not _is_place(self.page, n.hit)
                ):
                    return n.unit
        others = (n.unit for n in named if n.unit is not None and n.unit != PARTY and not n.hit.post)
        return next(others, None) or next((n.unit for n in named if n.unit is not None), None)

    def read(self, sentence: Sentence) -> list[Fact]:
        """The facts of one sentence."""
        counts = self.itemiser.counts(sentence.first, sentence.after)
        row = (
            self.itemiser.row(sentence.first, sentence.after)
            if counts
            else self.itemiser.names(sentence.first, sentence.after)
        )
        found = figures(row, going_on=self.told.figures) if _NUMBERS.search(row.code) else []
        shared = series(row)
        if shared is not None:
            taken = {one.item for one in shared}
            found = shared + [one for one in found if not shared or one.item > max(taken)]
        found += rates(row, found, self.told)
        found = listed(row, self.page, found, self.told) if shared is None else found
        self._remember(found)
        before = self.subject
        turns, subjects = self._subjects(row)
        self.periods_before = self._before(row) if found else []
        out = []
        for one in sorted(found, key=lambda f: (f.item, f.first)):
            unit, mention = self._unit(row, one, subjects[bisect_right(turns, one.item)])
            if unit is None and mention.first >= 0:
                continue  # a group of units: nobody can tell whose the number is
            period, said = self._period(row, one)
            if one.indicator == "admissions_target" and period is not None and self._of_the_year(row, one):
                period = period[:4]
            out.append(
                Fact(
                    unit, one.indicator, one.value, one.qualifier, period, self.page.token_span(one.first, one.after), one.derived, one.rule,
                    label=one.label, optional=one.optional, explanation=one.explanation,
                    period_span=self.page.span(said.start, said.end) if said is not None and period is not None else None,
                    unit_span=self.page.token_span(mention.first, mention.after) if mention.first >= 0 else None,
                )
            )  # fmt: skip
        if self.subject.unit is None and self.subject.first >= 0:
            self.subject = before
        periods: list[Period] = [row.items[found.start()].value for found in _PERIODS.finditer(row.code)]
        if periods:
            self._keep(periods, row)
        return out

    def _remember(self, found: list[Found]) -> None:
        """What this sentence told of admissions, for rates in the next ones."""
        base = self.told.base
        for one in found:
            if one.indicator == "admission_rate_percent":
                base = "plan"
            elif one.label == "admissions_percent_of_members":
                base = "members"
        self.told = Told(
            bool(found),
            any(one.indicator in ("admissions", "admissions_target") for one in found),
            any(one.indicator == "admission_rate_percent" for one in found),
            base,
        )

    def _keep(self, periods: list[Period], row: Row) -> None:
        """What the periods of a sentence mean for the next ones."""
        days = [period for period in periods if period.sort == "day" and period.value]
        self.day = days[-1].value if days else self.day
        aside = self._aside(row)
        flows = [item.value for item in row.items if item.kind == "period" and item.value.sort == "flow"]
        flows = [period for period in flows if period not in aside] or flows
        self.said |= {(p.shape, p.month): p.value for p in flows if p.value is not None and p.month is not None}
        if not flows:
            relative = [period for period in periods if period.sort == "relative"]
            meant = self._written(relative[-1]) if relative else None
            flows = [relative[-1]._replace(value=meant, sort="flow")] if meant is not None else []
        if flows:
            self.period = None if _two(row) else flows[-1]
            self.term = next((p for p in reversed(flows) if p.shape == "term"), self.term)

    def _aside(self, row: Row) -> set[Period]:
        """The periods in brackets and those of a plan ("đạt 69% chỉ tiêu năm 2021"): what is said in passing does not go on."""
        out, depth = set(), 0
        for i, item in enumerate(row.items):
            if item.kind in ("open", "close"):
                depth = max(0, depth + (1 if item.kind == "open" else -1))
            elif item.kind == "period" and (depth or (i > 0 and row.items[i - 1].kind == "plan")):
                out.add(item.value)
        return out

    def _of_the_year(self, row: Row, one: Found) -> bool:
        """ "chỉ tiêu cả năm 120 đảng viên", told beside the figures of a quarter."""
        if one.governor < 0:
            return False
        item = row.items[one.governor]
        return item.kind == "plan" and "năm" in self.page.words[item.first : item.after]

    def _before(self, row: Row) -> list[tuple[int, int]]:
        """For each item, the last period before it and the last word that keeps a state from taking that period (-1: none)."""
        out, period, stop = [], -1, -1
        for i, item in enumerate(row.items):
            out.append((period, stop))
            if item.kind == "period" and item.value.sort not in ("elsewhere", "planned"):
                period = i
            elif item.kind in FLOW_VERBS or self.page.words[item.first] in ("hiện", "nay"):
                stop = i
        return out

    def going_on(self) -> str | None:
        """The period that goes on after the last sentence read."""
        return self._written(self.period) if self.period is not None else None

    def _subjects(self, row: Row) -> tuple[list[int], list[_Subject]]:
        """The unit that numbers belong to, the nearest named before them: the items at which it may change, and the unit
        before the first of them, from the first on, from the second on, and so forth.
        """
        turns, out = [], [self.subject]
        aside: list[_Subject] = []
        for turn in _TURNING.finditer(row.code):
            i = turn.start()
            item = row.items[i]
            if item.kind == "open":
                aside.append(self.subject)
            elif item.kind == "close" and aside:
                self.subject = aside.pop()
            elif item.kind == "unit":
                named = self.named.get(item.first)
                if named is not None and named.hit.plural and self._acts(row, i):
                    self.subject = _Subject(None, item.first, item.after)
                elif named is not None and self._takes_over(named, row, i):
                    self.subject = _Subject(named.unit, item.first, item.after)
            turns.append(i)
            out.append(self.subject)
        return turns, out

    def _acts(self, row: Row, i: int) -> bool:
        """ "bốn xã biên giới kết nạp 31 đảng viên": the numbers that follow belong to the group, and so to no unit."""
        for item in row.items[i + 1 : i + 7]:
            if item.kind != "word":
                return item.kind in FLOW_VERBS or item.kind == "have"
        return False

    def _takes_over(self, named: Named, row: Row, i: int) -> bool:
        hit = named.hit
        if named.unit is None or hit.post or hit.parent:
            return False
        if (
            named.unit == PARTY
            and self.subject.unit not in (None, PARTY)
            and hit.first >= 0
            and not self._counts_party(hit.first, hit.after)
        ):
            return False
        if not hit.name and not hit.type and self.subject.unit is not None:
            return False
        if not hit.name and hit.type and named.unit.name == hit.type and self.subject.unit is not None:
            return False
        if _is_place(self.page, hit):
            return False
        # "so với Tỉnh ủy", "diện Thành ủy quản lý": said of the number's kind, not its owner.
        before = self.page.words[hit.first - 1] if hit.first else ""
        return (
            before not in ("diện", "với")
            or hit.after >= len(self.page.words)
            or (before == "với" and self.page.words[hit.first - 2] == "đối")
        )

    def _counts_party(self, first: int, after: int) -> bool:
        return self.page.words[first:after] in (["cả", "nước"], ["toàn", "đảng"], ["toàn", "quốc"])

    def _unit(self, row: Row, one: Found, named_before: _Subject) -> tuple[UnitName | None, _Subject]:
        if one.name is not None:
            name = self.page.wording(*one.name)
            return self.by_name.get(key(name), UnitName("đảng bộ", name)), _Subject(None, *one.name)
        if one.unit_item >= 0:
            item = row.items[one.unit_item]
            named = self.named.get(item.first)
            return (named.unit if named is not None else None), _Subject(None, item.first, item.after)
        behind = self._behind(row, one.item)
        subject = behind or named_before
        if subject.unit is None:
            return (None if subject.first >= 0 else self.fallback), subject
        return subject.unit, subject

    def _behind(self, row: Row, i: int) -> _Subject | None:
        """ "94 đảng viên ở Đà Nẵng", "4 người thuộc huyện Kim Bôi": the unit right behind the noun."""
        k = i + 2
        if k + 1 < len(row.items) and row.items[k].kind in ("at", "thuoc", "of"):
            k += 1
            while k < len(row.items) and row.items[k].kind in ("at", "word") and k < i + 5:
                k += 1
            item = row.items[k] if k < len(row.items) else None
            if item is not None and item.kind == "unit" and (named := self.named.get(item.first)) is not None:
                hit = named.hit
                said_of_posts = hit.after < len(self.page.words) and self.page.words[hit.after] == "quản"
                if (
                    named.unit is not None
                    and (hit.name or hit.type)
                    and (row.items[i + 2].kind != "of" or self.page.words[row.items[i + 2].first] == "của")
                    and not said_of_posts
                ):
                    return _Subject(named.unit, item.first, item.after)
        return None

    def _period(self, row: Row, one: Found) -> tuple[str | None, Period | None]:
        if (
            one.indicator == "admissions_target"
            and not one.derived
            and (planned := self._planned(row, one.item)) is not None
        ):
            return self._written(planned), planned
        stock = one.indicator in STOCKS or one.label in ("part_of_members", "part_of_organisations")
        k, stop = self.periods_before[one.item]
        if k >= 0 and not (stock and stop > k):
            item = row.items[k]
            if k >= 2 and row.items[k - 1].kind == "and" and row.items[k - 2].kind == "period":
                return None, None  # "năm 2022 và 6 tháng đầu năm 2023": two periods are none
            return self._written(item.value), item.value
        if stock and stop >= 0:
            return None, None
        for k in range(one.item + 1, min(one.item + 8, len(row.items))):
            item = row.items[k]
            if item.kind == "period" and (item.value.sort == "day" or (not stock and item.value.sort == "flow")):
                return self._written(item.value), item.value
            if item.kind in ("number", "fraction", "semicolon", "unit") or (item.kind == "comma" and not stock):
                break
        if stock or self.period is None:
            return None, None
        return self._written(self.period), self.period

    def _planned(self, row: Row, i: int) -> Period | None:
        """ "trong tổng số 200 đảng viên theo kế hoạch năm 2017": the period of the plan."""
        for k in range(i + 1, min(i + 7, len(row.items))):
            if row.items[k].kind in ("number", "semicolon", "percent"):
                return None
            if row.items[k].kind == "period" and row.items[k - 1].kind == "plan":
                found: Period = row.items[k].value
                return found
        return None

    def _written(self, period: Period) -> str | None:
        """The period in canonical form; a year that is not said comes from the day of publication or of the event."""
        if period.value is not None:
            if period.shape == "ytd" and self.published is not None and period.value == f"{self.published.year} ytd":
                return f"{self.published.year}-{self.published.month:02} ytd"
            return period.value
        words = self.page.plain[period.start : period.end]
        if period.sort == "relative":
            return self._relative(words)
        if period.shape == "ytd":
            if self.published is not None:
                return f"{self.published.year}-{self.published.month:02} ytd"
            return f"{self.reviewed or self.year} ytd" if self.reviewed or self.year else None
        if (period.shape, period.month) in self.said:
            return self.said[period.shape, period.month]  # "quý I" after "quý I/2024"
        if self.year is None:
            return None
        if period.shape == "half":
            return f"{self.year}-{'H1' if period.month == 6 else 'H2'}"
        if period.shape == "quarter":
            return f"{self.year}-Q{period.month}"
        if period.shape == "so_far" and period.month:
            return so_far(period.month, self.year)
        return None

    def _relative(self, words: str) -> str | None:
        """ "nhiệm kỳ này", "năm nay", "năm qua": what the text has named before, or what its day of publication tells."""
        if "nhiệm" in words:
            if self.term is None or self.term.value is None:
                return None
            since = "đầu" in words or words.endswith("nay")
            return f"{self.term.value[:9]} ytd" if since else self.term.value
        if any(letter.isdigit() for letter in words):
            return self.term.value if self.term is not None else None  # "5 năm qua"
        if words.endswith("nay"):
            return str(self.year) if self.year is not None else None
        if words.endswith("năm") and self.period is not None and self.period.shape == "year":
            return self.period.value
        if self.reviewed is not None:
            return str(self.reviewed)
        if self.published is not None and (self.period is None or self.period.shape != "year"):
            return str(self.published.year - (self.published.month <= _LOOKS_BACK))
        if self.period is not None:
            return self.period.value
        return self.day[:4] if self.day is not None else None


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
        out.append(fact if near is None else replace(fact, optional=True, period=near.period))
    return out


def _rounds(fact: Fact, exact: Fact) -> bool:
    close = abs(Decimal(exact.value) - Decimal(fact.value)) * 10 <= exact.value
    return close and (exact.value > fact.value) == (fact.qualifier == "over")


def merged(facts: list[Fact]) -> list[Fact]:
    """The same number said twice is one fact, at its fullest statement; the order of the text is kept."""
    out: list[Fact] = []
    known: dict[tuple[object, ...], list[int]] = {}
    for fact in facts:
        places = known.setdefault((fact.unit, fact.indicator, fact.value, fact.label), [])
        for i in places[:_COMPARED]:
            other = out[i]
            periods = other.period is None or fact.period is None or other.period == fact.period
            if periods and other.span != fact.span and fact.label not in ("disciplined_by_form", "badges"):
                longer = fact if fact.span.end - fact.span.start > other.span.end - other.span.start else other
                out[i] = replace(longer, period=other.period or fact.period, optional=other.optional and fact.optional)
                break
        else:
            places.append(len(out))
            out.append(fact)
    return out
