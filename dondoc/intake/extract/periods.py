"""Which period a number is of: what its own sentence says, what goes on from earlier ones, and what the day of publication tells."""

import datetime

from dondoc.intake.extract.dates import Period, day_of, so_far
from dondoc.intake.extract.figures import Found
from dondoc.intake.extract.items import COUNTED, Item, Row, pattern
from dondoc.intake.extract.tokens import Page

STOCKS = frozenset({"members", "members_official", "members_probationary", "cells", "grassroots_organisations"})
"""Counts of a state; all others count what happened in a period."""
FLOW_VERBS = frozenset({"admit", "recognise", "introduce", "train", "inspect", "supervise", "discipline"})

_TASKS = frozenset(["vụ", "tiêu", "hoạch", "hướng"])
_PERIODS = pattern("<period>")
_TWO_PERIODS = pattern("<period> <and> <period>")
_NOUN = "<members|new_members|official_members|probationary_members|cells|grassroots|organisations|admitted|people|outstanding|pupils|individuals|collectives>"
_BEHIND = pattern(
    f"{_NOUN} (_{{0,2}}<comma|and><over|under|about>?<number>{_NOUN}){{0,3}} (_|<at|of|unit>){{0,4}} <thuoc>? <said=period> (?=<stop|semicolon|comma|close>|\\Z)"
)
"""What follows a number that is told with its period behind it: "kết nạp 12 đảng viên, 4 đoàn viên ưu tú trong quý I/2020;"."""
_EARLIER = 60
_NEAR = 4
_TERM = 5
"""The years of a term; those of a cell are shorter, and where they began nobody can tell."""
_LOOKS_BACK = 2
"""Until this month "năm qua" is the year before."""


def _two(row: Row) -> bool:
    """Whether the sentence joins two periods ("năm 2022 và 6 tháng đầu năm 2023"), which together are none."""
    return _TWO_PERIODS.search(row.code) is not None


class Calendar:
    """The periods of a text, sentence by sentence."""

    def __init__(self, page: Page, published: datetime.date | None, year: int | None, reviewed: int | None) -> None:
        self.page = page
        self.published = published
        self.year = year
        self.reviewed = reviewed
        self.period: Period | None = None
        self.headed: Period | None = None
        """What a headline says, for a story that names no period of its own."""
        self.term: Period | None = None
        self.before: str | None = None
        """The term before the one that a congress opens: what "nhiệm kỳ qua" is there."""
        self.day: str | None = None
        self.said: dict[tuple[str, int | None], str] = {}
        self.periods_before: list[tuple[int, int]] = []

    def look(self, row: Row) -> None:
        """Look at the sentence whose numbers are asked for next."""
        self.periods_before = self._before(row)
        told = (row.items[found.start()].value for found in _PERIODS.finditer(row.code))
        self.said |= {(p.shape, p.month): p.value for p in told if p.sort == "flow" and p.value and p.month is not None}

    def head(self) -> None:
        """Set aside what the headline said."""
        self.headed, self.period = self.period or self.headed, None

    def keep(self, row: Row) -> None:
        """What the periods of a sentence mean for the next ones."""
        periods: list[Period] = [row.items[found.start()].value for found in _PERIODS.finditer(row.code)]
        if not periods:
            return
        days = [period for period in periods if period.sort == "day" and self._written(period)]
        self.day = self._written(days[-1]) if days else self.day
        if self.period is None and not any(period.sort in ("flow", "relative") for period in periods):
            self.period = next((period for period in periods if period.sort == "paper"), None)
        if days and row.items[-1].kind == "colon" and all(period.sort == "day" for period in periods):
            self.period = days[-1]  # "Kết quả đến ngày 20/9/2024 như sau:"
        aside, founded = self._aside(row), self._founded(row)
        if opened := [period for period in periods if self._opens(period)]:
            self.before = self._term_before(opened[-1]) or self.before
        flows = [
            p
            for p in periods
            if (p.sort == "flow" and p.shape != "total") or (p.sort == "opened" and not self._opens(p))
        ]
        flows = [period for period in flows if period not in founded]
        flows = [period for period in flows if period not in aside] or (flows if self.period is None else [])
        self.said |= {(p.shape, p.month): p.value for p in flows if p.value is not None and p.month is not None}
        if not flows:
            relative = [period for period in periods if period.sort == "relative"]
            meant = self._written(relative[-1]) if relative else None
            flows = [relative[-1]._replace(value=meant, sort="flow")] if meant is not None else []
        if flows:
            self.period = self._ahead_of(flows[-1], periods) if not _two(row) else None
            self.term = next((p for p in reversed(flows) if p.shape == "term"), self.term)

    def _ahead_of(self, flow: Period, periods: list[Period]) -> Period:
        """The period that goes on: "nhiệm kỳ qua" behind a year goes before it, whether or not its years are known."""
        behind = [p for p in periods if p.start > flow.start and p.sort == "relative" and p.shape == "this"]
        term = bool(behind) and "nhiệm" in self.page.plain[behind[-1].start : behind[-1].end]
        return behind[-1] if term and flow.shape != "term" else flow

    def _opens(self, period: Period) -> bool:
        """Whether a congress opens this term, as far as the year of the text tells."""
        return period.sort == "opened" and (self.year is None or self.year <= int((period.value or "0")[:4]))

    def _term_before(self, period: Period) -> str | None:
        first, last = int((period.value or "0-0")[:4]), int((period.value or "0-0")[5:9])
        return f"{2 * first - last}-{first}" if last - first == _TERM else None

    def _aside(self, row: Row) -> set[Period]:
        """The periods in brackets and those of a plan ("đạt 69% chỉ tiêu năm 2021"): what is said in passing does not go on."""
        out, depth = set(), 0
        for i, item in enumerate(row.items):
            if item.kind in ("open", "close"):
                depth = max(0, depth + (1 if item.kind == "open" else -1))
            elif item.kind == "period" and (depth or (i > 0 and row.items[i - 1].kind == "plan")):
                out.add(item.value)
        return out

    def _founded(self, row: Row) -> set[Period]:
        """When a unit was founded: "thành lập năm 2005" dates nothing that is told later."""
        return {
            item.value
            for i, item in enumerate(row.items)
            if item.kind == "period"
            and any(before.kind == "established" for before in row.items[max(0, i - 2) : i])
            and not row.has("cells", i, i + _NEAR)
        }

    def _of_the_year(self, row: Row, one: Found) -> bool:
        """ "chỉ tiêu cả năm 120 đảng viên", told beside the figures of a quarter."""
        if one.governor < 0:
            return False
        item = row.items[one.governor]
        return item.kind == "plan" and "năm" in self.page.words[item.first : item.after]

    def _before(self, row: Row) -> list[tuple[int, int]]:
        """For each item, the last period before it and the last word that keeps a state from taking that period (-1: none)."""
        out, period, stop, outer = [], -1, -1, -1
        for i, item in enumerate(row.items):
            out.append((period, stop))
            if item.kind == "word":
                stop = i if self.page.words[item.first] in ("hiện", "nay") else stop
            elif item.kind == "open":
                outer = period
            elif item.kind == "close":
                period = outer  # "(năm 2019 là 11 đảng viên), giám sát …": what is said in passing does not go on
            elif (
                item.kind == "period"
                and item.value.sort not in ("elsewhere", "planned")
                and not self._opens(item.value)
                and not (period >= 0 and self._of_tasks(row.items[period], item))
            ):
                if item.value.sort != "paper" or (period < 0 and (self.period is None or self.period.sort == "paper")):
                    period = i
            elif item.kind in FLOW_VERBS or self.page.words[item.first] in ("hiện", "nay"):
                stop = i
        return out

    def _of_tasks(self, told: Item, item: Item) -> bool:
        """ "Trong 5 tháng đầu năm, … thực hiện nhiệm vụ năm 2019 …": the year of the tasks, not the time told of."""
        whole = item.value.shape == "year" and told.value.shape != "year" and told.value.sort == "flow"
        return whole and self.page.words[item.first - 1] in _TASKS

    def going_on(self) -> str | None:
        """The period that goes on after the last sentence read."""
        return self._written(self.period) if self.period is not None else None

    def of(self, row: Row, one: Found) -> tuple[str | None, Period | None]:
        """The period of a figure in canonical form, and where it is said."""
        period, said = self._of(row, one)
        if said is not None and said.shape == "term" and period is not None and one.indicator != "admissions_target":
            period = self._up_to_now(period)
        if one.indicator == "admissions_target" and period is not None and self._of_the_year(row, one):
            period = period[:4]
        return period, said

    def _up_to_now(self, term: str) -> str:
        """A term that is not over when the text is written has been told of up to now."""
        year = self.published.year if self.published is not None else self.year
        return f"{term} ytd" if len(term) == len("2020-2025") and year is not None and str(year) < term[5:] else term

    def _of(self, row: Row, one: Found) -> tuple[str | None, Period | None]:
        if (
            one.indicator == "admissions_target"
            and not one.derived
            and (planned := self._planned(row, one.item)) is not None
        ):
            return self._written(planned), planned
        stock = one.indicator in STOCKS or one.label in ("part_of_members", "part_of_organisations", "sector_cells")
        # "(đầu nhiệm kỳ 2020-2025 có 5.356 đảng viên)": a state is of a day or a year, never of a term
        k, stop = self.periods_before[one.item]
        if not stock and (behind := self._behind(row, one.item, k)) is not None:
            return self._written(behind), behind
        if k >= 0 and not (stock and stop > k):
            item = row.items[k]
            if stock and item.value.shape == "term":
                return None, None
            if item.value.sort == "last_year":
                return self._last_year(row, k), item.value
            if k >= 2 and row.items[k - 1].kind == "and" and row.items[k - 2].kind == "period":
                return None, None  # "năm 2022 và 6 tháng đầu năm 2023": two periods are none
            written = self._written(item.value)
            if (
                item.value.shape == "year"
                and not stock
                and one.indicator != "admissions_target"
                and self._to_now(row, k, one)
            ):
                return self._written(item.value._replace(value=f"{written} ytd", shape="ytd")), item.value
            return written, item.value
        if one.indicator == "admissions_target" and (ahead := self._opened_before(row, one.item)) is not None:
            return self._written(ahead), ahead
        if stock and stop >= 0:
            return None, None
        for k in range(one.item + 1, min(one.item + 8, len(row.items))):
            item = row.items[k]
            if item.kind == "period" and (item.value.sort == "day" or (not stock and item.value.sort == "flow")):
                return self._written(item.value), item.value
            if (
                item.kind == "open"
                and (told := row.items[k + 1 : k + 3])
                and told[0].kind == "period"
                and told[-1].kind != "close"
            ):
                break  # "(năm 2019 là 11 đảng viên)"
            if item.kind in ("number", "fraction", "semicolon", "unit") or (item.kind == "comma" and not stock):
                break
        going_on = self.period or self.headed
        if stock or going_on is None:
            return None, None
        return self._written(going_on), going_on

    def _behind(self, row: Row, i: int, k: int) -> Period | None:
        """The period right behind the number at item i, where the one before (at item k) stands behind another number as well:
        "kết nạp 12 đảng viên năm 2020; 14 đảng viên năm 2021"."""
        if k >= 0 and not (row.has("semicolon", k, i) or self._trails(row, k)):
            return None
        found = _BEHIND.match(row.code, i + 1)
        if found is None:
            return None
        behind: Period = row.items[found.start("said")].value
        return behind if behind.sort == "flow" and behind.shape != "total" else None

    def _trails(self, row: Row, k: int) -> bool:
        """Whether the period at item k stands behind a number and its noun."""
        before = row.items[k - 2 : k] if k >= 2 else []
        return any(item.kind in COUNTED for item in before) and all(
            item.kind in COUNTED or item.kind == "thuoc" for item in before[1:]
        )

    def _opened_before(self, row: Row, i: int) -> Period | None:
        """ "Đại hội nhiệm kỳ 2025-2030 đề ra chỉ tiêu kết nạp 200 đảng viên": a target is of the term that begins."""
        opened = (item.value for item in row.items[max(0, i - _EARLIER) : i] if item.kind == "period")
        return next((period for period in opened if period.sort == "opened"), None)

    def _to_now(self, row: Row, k: int, one: Found) -> bool:
        """ "Năm 2024 được giao kết nạp 12 đảng viên, đến nay đã kết nạp được 7"."""
        words = self.page.words
        return any(
            words[item.first] == "đến" and words[item.first + 1 : item.first + 2] == ["nay"]
            for item in row.items[k + 1 : one.item]
            if item.kind in ("word", "turn")
        )

    def _last_year(self, row: Row, k: int) -> str | None:
        """ "cùng kỳ năm 2020": the same stretch of the year named, or of the year before."""
        before = [
            item.value
            for item in row.items[max(0, k - _EARLIER) : k]
            if item.kind == "period" and item.value.sort == "flow"
        ]
        current = before[-1] if before else self.period
        value = self._written(current) if current is not None else None
        if value is None or not value[:4].isdigit() or value[4:5] not in ("", "-", " ") or value[5:9].isdigit():
            return None
        named = row.items[k].value
        words = self.page.plain[named.start : named.end]
        return (words[-4:] if words[-4:].isdigit() else str(int(value[:4]) - 1)) + value[4:]

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
            if period.shape == "ytd" and self.published is not None:
                if period.value == f"{self.published.year} ytd":
                    return f"{self.published.year}-{self.published.month:02} ytd"
                if period.value[:4] < str(self.published.year):
                    return f"{period.value[:4]}..now"  # "từ đầu năm 2019 đến nay", read in 2022
            return period.value
        words = self.page.plain[period.start : period.end]
        if period.sort == "relative":
            return self._relative(words)
        if period.shape == "total":
            return self._so_far()
        if period.shape == "until":
            return day_of(words, self.year) if self.year is not None else None
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
        if period.shape == "month_alone":
            return f"{self.year}-{period.month:02}"
        if period.shape == "so_far" and period.month:
            return so_far(period.month, self.year)
        return None

    def _so_far(self) -> str | None:
        """ "lũy kế 141 đảng viên" in the report of a quarter: up to its end."""
        told = next(
            (value for (shape, _), value in reversed(self.said.items()) if shape in ("quarter", "month_alone")), None
        )
        if told is None or not told[:4].isdigit():
            return None
        month = int(told[-1]) * 3 if "-Q" in told else int(told[5:7])
        return so_far(month, told[:4])

    def _relative(self, words: str) -> str | None:
        """ "nhiệm kỳ này", "năm nay", "năm qua": what the text has named before, or what its day of publication tells."""
        if "nhiệm" in words:
            if (self.term is None or self.term.value is None) and not words.endswith("này"):
                return self.before
            if self.term is None or self.term.value is None:
                return None
            since = "đầu" in words or words.endswith("nay")
            return f"{self.term.value[:9]} ytd" if since else self.term.value
        current = self.period or self.headed
        if words.endswith("quý") and current is not None and current.shape == "quarter":
            return self._written(current)
        if words.endswith("quý"):
            return next((value for (shape, _), value in reversed(self.said.items()) if shape == "quarter"), None)
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
        return self.day[:4] if self.day is not None else str(self.year) if self.year and words.endswith("năm") else None
