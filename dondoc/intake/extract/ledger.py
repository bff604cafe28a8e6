"""Whose number it is, and for which period: figures found in sentences become facts of units."""

import datetime
from bisect import bisect_right
from dataclasses import dataclass

from dondoc.intake.extract.figures import Found, figures
from dondoc.intake.extract.first_named import first_named, is_place
from dondoc.intake.extract.grassroots import COMMUNES, below_commune
from dondoc.intake.extract.items import COUNTED, Itemiser, Row, codes, pattern
from dondoc.intake.extract.lists import listed
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.periods import FLOW_VERBS, Calendar
from dondoc.intake.extract.rates import Told, rates
from dondoc.intake.extract.reading import Fact, Number, UnitName
from dondoc.intake.extract.resolve import Named, key
from dondoc.intake.extract.series import series
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import PARTY, Hit, level

_TURNING = pattern("<open|close|unit>")
_NUMBERS = pattern("<number|fraction|percent>")
_OF_PLANS = pattern("<plan|target>")
_NAMED_ONE_BY_ONE = pattern(
    "<organisations|cells|grassroots|affiliated|collectives> _{0,3} <comma|dash>? <consist|part|colon|have>{1,2} <unit> _{0,6} <comma|semicolon> _{0,6} <unit>"
)
"""" "kiểm tra 8 tổ chức đảng, gồm: Đảng ủy Sở Y tế, Đảng ủy Bệnh viện Phổi": whoever is counted takes nothing over."""
_MERGED = frozenset(["sáp", "nhập"])
_MADE_OF = frozenset(["nhập", "nhất", "tách"])
"""Words of units made of others, which are named behind them."""
_LEVELS = frozenset(["tỉnh", "huyện", "xã", "cơ"])
"""Behind "cấp": of no single unit of that level."""
_IS = frozenset(["là", "thành"])
_EACH_OF = frozenset(["cùng", "mỗi", "đều"])
_TOLD_WITH = {
    "organisations_inspected": "inspect", "members_inspected": "inspect", "part_of_inspected": "inspect",
    "organisations_supervised": "supervise", "members_supervised": "supervise", "part_of_supervised": "supervise",
    "members_disciplined": "discipline", "admissions": "admit", "admissions_target": "admit", "admission_rate_percent": "admit",
}  # fmt: skip
_PART_OF = {
    "organisations_inspected": "part_of_inspected", "members_inspected": "part_of_inspected", "organisations_supervised": "part_of_supervised",
    "members_disciplined": "part_of_disciplined", "admissions": "part_of_admissions",
}  # fmt: skip
_NEXT = 6
"""So many items may stand between units that have a number each and that number."""
_NAMED_FOR = 16
_SHARED = 14
"""So many items behind "lần lượt" belong to it."""


@dataclass(slots=True)
class _Subject:
    unit: UnitName | None = None
    first: int = -1
    after: int = -1


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
        self.calendar = Calendar(page, published, year, reviewed)
        self.named = {n.hit.first: n for n in named}
        self.subject = _Subject()
        self.told = Told()
        self.values: set[tuple[str, Number]] = set()
        self.by_name = {key(n.unit.name): n.unit for n in reversed(named) if n.unit is not None}
        self.fallback = first_named(page, named)

    def read(self, sentence: Sentence) -> list[Fact]:
        """The facts of one sentence."""
        counts = self.itemiser.counts(sentence.first, sentence.after)
        row = (
            self.itemiser.row(sentence.first, sentence.after)
            if counts
            else self.itemiser.names(sentence.first, sentence.after)
        )
        found = self._found(row) if counts and _NUMBERS.search(row.code) else []
        told = self.told
        if found or not (row.code[-1:] == codes()["colon"] or _OF_PLANS.search(row.code)):
            self._remember(found, row)  # "Cụ thể:", "có 4 đảng bộ đạt trên 50% chỉ tiêu": what was told goes on
        before = self.subject
        if found and self._of_all_levels(sentence, min(one.first for one in found)):
            self.subject = _Subject(self.fallback)
        turns, subjects = self._subjects(row)
        if found:
            self.calendar.look(row)
        out = []
        for one in sorted(found, key=lambda f: (f.item, f.first)):
            unit, mention = self._unit(row, one, subjects[bisect_right(turns, one.item)])
            if unit is None and mention.first >= 0:
                continue  # a group of units: nobody can tell whose the number is
            if (one.indicator, one.value) in self.values and row.items[one.item - 1].kind == "thuoc":
                continue  # "trong 138 đảng viên được kết nạp, có 35 …": said before
            self.values.add((one.indicator, one.value))
            if one.indicator in _PART_OF and row.has("part", 0, one.item):
                whole = subjects[bisect_right(turns, max(0, row.code.rfind(codes()["part"], 0, one.item)))].unit
                one = self._own_part(row, one, found, unit == whole, told)
            if one.indicator == "grassroots_organisations" and unit is not None and unit.type in COMMUNES:
                one, unit = below_commune(self.page, self.named, one, unit)
                if unit is None:
                    continue
            period, said = self.calendar.of(row, one)
            out += [
                Fact(
                    holder, one.indicator, one.value, one.qualifier, period, self.page.token_span(one.first, one.after), one.derived, one.rule,
                    label=one.label, optional=one.optional, explanation=one.explanation,
                    period_span=self.page.span(said.start, said.end) if said is not None and period is not None else None,
                    unit_span=self.page.token_span(mention.first, mention.after) if mention.first >= 0 else None,
                )
                for holder in (self._sharing(row, one) or (unit,))
            ]  # fmt: skip
        if self.subject.unit is None and self.subject.first >= 0:
            self.subject = before
        elif found and (named := _NAMED_ONE_BY_ONE.search(row.code, max(one.item for one in found))) is not None:
            self.subject = subjects[bisect_right(turns, named.start())]
        self.calendar.keep(row)
        return out

    def _found(self, row: Row) -> list[Found]:
        """The figures of a sentence that has numbers, whosever they are."""
        found = figures(row, going_on=self.told.verbs)
        shared = series(row)
        if shared is None:
            return listed(row, self.page, found + rates(row, found, self.told), self.told)
        # What stands behind "lần lượt" and cannot be shared out is nobody's.
        first = row.code.find(codes()["respectively"])
        until = max((one.item for one in shared), default=first + _SHARED)
        found = shared + [one for one in found if one.item > until or (not shared and one.item < first)]
        return found + rates(row, found, self.told)

    def _own_part(self, row: Row, one: Found, found: list[Found], same: bool, told: Told) -> Found:
        """ "cấp ủy các cấp kiểm tra 76 tổ chức đảng, trong đó Ban Thường vụ Huyện ủy Phú Mỹ kiểm tra 4": of the unit that has the total."""
        k = row.code.rfind(codes()["part"], 0, one.item)
        if k < 0 or not same or one.unit_item >= 0 or one.name is not None:
            return one
        if not row.has("unit", k, one.item) or row.has("period", k, one.item) or row.has("stop", k, one.item):
            return one
        before = any(f.item < k and f.indicator == one.indicator for f in found)
        if before or (k <= 1 and _TOLD_WITH[one.indicator] in told.verbs):
            return one._replace(indicator="other", label=_PART_OF[one.indicator])
        return one

    def _remember(self, found: list[Found], row: Row) -> None:
        """What this sentence told of admissions, for rates in the next ones."""
        base = self.told.base
        indicators = {one.indicator for one in found}
        for one in found:
            if one.indicator == "admission_rate_percent":
                base = "plan"
            elif one.label == "admissions_percent_of_members":
                base = "members"
        self.told = Told(
            frozenset([_TOLD_WITH.get(one.label or one.indicator, "stand") for one in found])
            | {_sort_of(one.label or one.indicator) for one in found}
            | ({"train"} if row.has("train", 0, len(row.items)) else frozenset()),
            not indicators.isdisjoint(("admissions", "admissions_target")),
            "admission_rate_percent" in indicators,
            base,
        )

    def _subjects(self, row: Row) -> tuple[list[int], list[_Subject]]:
        """The unit that numbers belong to, the nearest named before them: the items at which it may change, and the unit
        before the first of them, from the first on, from the second on, and so forth.
        """
        turns, out = [], [self.subject]
        aside: list[_Subject] = []
        posted = -1
        for turn in _TURNING.finditer(row.code):
            i = turn.start()
            item = row.items[i]
            if item.kind == "open":
                aside.append(self.subject)
            elif item.kind == "close" and aside:
                self.subject = aside.pop()
            elif item.kind == "unit":
                named = self.named.get(item.first)
                if named is not None and (named.hit.post or (posted >= 0 and self._with_post(row, posted, i))):
                    posted = i
                elif named is not None and named.hit.plural and self._acts(row, i):
                    self.subject = _Subject(None, item.first, item.after)
                elif named is not None and self._takes_over(named, row, i):
                    self.subject = _Subject(named.unit, item.first, item.after)
            turns.append(i)
            out.append(self.subject)
        return turns, out

    def _of_all_levels(self, sentence: Sentence, until: int) -> bool:
        """ "Trong năm, cấp ủy các cấp đã kiểm tra …" begins a paragraph: of the unit that the text is of, not of the part told of last."""
        unit, words = self.subject.unit, self.page.words
        if self.fallback == PARTY:
            return unit != PARTY and self._levels(sentence, until)
        if unit is None or self.fallback is None or level(self.fallback.type) >= level(unit.type):
            return False
        if sentence.first and "\n" not in words[sentence.first - 1]:
            return False
        return self._levels(sentence, until)

    def _levels(self, sentence: Sentence, until: int) -> bool:
        words = self.page.words
        return any(
            words[i] == "cấp" and (words[i - 1] == "các" or words[i + 1] in _LEVELS)
            for i in range(sentence.first + 1, min(until, len(words) - 1))
        )

    def _with_post(self, row: Row, posted: int, i: int) -> bool:
        """ "Bí thư Chi bộ 1, Chi bộ 3": the second one is of the post as well."""
        named = self.named[row.items[posted].first]
        return (
            posted == i - 2 and row.items[i - 1].kind in ("comma", "and") and named.hit.type == row.items[i].value.type
        )

    def _acts(self, row: Row, i: int) -> bool:
        """ "bốn xã biên giới kết nạp 31 đảng viên": the numbers that follow belong to the group, and so to no unit."""
        for item in row.items[i + 1 : i + 7]:
            if item.kind != "word":
                return item.kind in FLOW_VERBS or item.kind == "have"
        return False

    def _takes_over(self, named: Named, row: Row, i: int) -> bool:
        hit = named.hit
        told_of = hit.aside and self._behind_neighbours(hit, row, i)
        if named.unit is None or hit.post or (hit.parent and not told_of):
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
            return self._of_all(hit, row, i)
        if (
            self._for_example(hit)
            or is_place(self.page, hit)
            or (hit.aside and not told_of)
            or self._owner(hit, row, i)
        ):
            return False
        if (
            row.has("established", 0, i)
            and _MERGED.intersection(self.page.words[row.items[0].first : hit.first]) == _MERGED
        ):
            return False  # "xã Tân An được thành lập trên cơ sở sáp nhập xã A và xã B"
        # "so với Tỉnh ủy", "diện Thành ủy quản lý": said of the number's kind, not its owner.
        before = self.page.words[hit.first - 1] if hit.first else ""
        return (
            before not in ("diện", "với")
            or hit.after >= len(self.page.words)
            or (before == "với" and self.page.words[hit.first - 2] in ("đối", "việc"))
        )

    def _for_example(self, hit: Hit) -> bool:
        """ "chưa chặt chẽ, nhất là ở Tân Sơn, Long Phú; …": places that are only named for what was just said."""
        words = self.page.words
        typed = hit.type and self.page.wording(hit.first, hit.after) != hit.name
        if hit.body or typed or self.subject.unit is None:
            return False
        for k in range(hit.first - 1, max(0, hit.first - _NAMED_FOR), -1):
            if words[k] in (";", ":", ".") or "\n" in words[k]:
                return False
            if words[k] == "là" and words[k - 1] == "nhất":
                return True
        return False

    def _behind_neighbours(self, hit: Hit, row: Row, i: int) -> bool:
        """ "phía Bắc giáp huyện A, xã B hiện có 12 chi bộ": B is told of, and no neighbour; of a merger, nobody can tell."""
        if (
            i + 1 >= len(row.items)
            or row.items[i + 1].kind != "have"
            or not _MADE_OF.isdisjoint(self.page.words[row.items[0].first : hit.first])
        ):
            return False
        return i > 0 and row.items[i - 1].kind == "comma"

    def _owner(self, hit: Hit, row: Row, i: int) -> bool:
        """ "Chi bộ trường là điểm sáng của tỉnh", "đất nước, của tỉnh": the larger place that the subject only belongs to."""
        subject = self.subject
        if self._belongs(hit, row):
            return True
        if subject.unit is None or not hit.first or self.page.words[hit.first - 1] != "của" or hit.body:
            return False
        if hit.name and not row.items[0].first <= subject.first < hit.first:
            return False
        return level(hit.type) < level(subject.unit.type) and not (i > 1 and row.items[i - 2].kind in COUNTED)

    def _belongs(self, hit: Hit, row: Row) -> bool:
        """ "Mỹ Lộc là đảng bộ lớn thứ ba trực thuộc Tỉnh ủy, với 55 chi bộ": what the subject is a part of, in a clause that says what it is."""
        words, subject = self.page.words, self.subject
        if hit.name or not hit.committee or words[hit.first - 1 : hit.first] != ["thuộc"] or subject.unit is None:
            return False
        ends = words[hit.after : hit.after + 1] == [","]
        return ends and subject.first >= row.items[0].first and not _IS.isdisjoint(words[subject.after : hit.first])

    def _of_all(self, hit: Hit, row: Row, i: int) -> bool:
        """ "Toàn tỉnh có …", "nâng tổng số đảng viên của Đảng bộ tỉnh lên …" behind a district: the whole, whose name nobody said."""
        subject = self.subject.unit
        if subject is None or level(hit.type) >= level(subject.type):
            return False
        before = self.page.words[hit.first - 1] if hit.first else ""
        if hit.whole or before == "toàn" or self.page.words[hit.first] == "toàn":
            return True
        if hit.body and not hit.committee and (i == 0 or row.items[i - 1].kind in ("comma", "period", "colon")):
            return True
        return before == "của" and i > 1 and row.items[i - 2].kind in COUNTED and row.has("raise", max(0, i - 6), i)

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

    def _sharing(self, row: Row, one: Found) -> list[UnitName]:
        """ "Cục Thuế và Sở Xây dựng cùng kết nạp được 11 đảng viên", "… mỗi nơi 11": each of the units named right before."""
        i = one.item - 1
        while i > 0 and row.items[i].kind != "unit" and one.item - i <= _NEXT:
            i -= 1
        words = self.page.words[row.items[i].after : row.items[one.item].first]
        if row.items[i].kind != "unit" or not _EACH_OF.intersection(words[:1]):
            return []
        units: list[UnitName] = []
        while i >= 0 and row.items[i].kind == "unit":
            named = self.named.get(row.items[i].first)
            if named is None or named.unit is None or named.hit.post:
                return []
            units.append(named.unit)
            i -= 2 if i > 1 and row.items[i - 1].kind in ("comma", "and") else i + 1
        return units[::-1] if len(units) > 1 else []

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


def _sort_of(counted: str) -> str:
    """Whether an indicator or a label counts organisations or members."""
    return "organisations" if "organisations" in counted or "cells" in counted else "members"
