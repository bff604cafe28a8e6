"""The clauses of an order: one for each thing asked, with whoever is asked, also in lists."""

from dataclasses import dataclass

from dondoc.intake.extract.clauses import Clause, cut, trimmed, without_connectors
from dondoc.intake.extract.orders import Orders
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.sections import Style, leading_in, mark
from dondoc.intake.extract.speakers import Speakers
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.verdicts import Weighing

ASKED = rule("directive.asked", "yêu cầu, đề nghị, giao")
OBLIGED = rule("directive.obliged", "nói rõ phải làm, cần làm")
CONTINUED = rule("directive.continued", "câu tiếp theo của ý kiến chỉ đạo")
LISTED = rule("directive.listed", "mục trong danh sách được yêu cầu")

_LEAST = 2
_NEAR = 14
_PAPERS = (["nghị", "quyết"], ["chỉ", "thị"], ["kết", "luận"], ["quy", "định"], ["hướng", "dẫn"], ["kế", "hoạch"])
_LISTED_NOUNS = ("những", "sự", "việc", "tình", "công", "một", "các")


@dataclass(slots=True)
class Asked:
    """One clause asked: its tokens, its addressee's tokens (None: none of its own), the addressee it goes on from."""

    first: int
    after: int
    to: tuple[int, int] | None
    by: str | None
    rule: str
    sentence: Sentence


class Clauses(Orders):
    """Cuts what is asked in one text into clauses."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing, speakers: Speakers) -> None:
        super().__init__(page, told, weighing, speakers)
        self.lead: tuple[int, int] | None = None
        self.active = False
        self.listing = False
        self.listed = False
        self.style: Style = ""
        self.line = -1

    def open_list(self, sentence: Sentence) -> None:
        """A list of what is asked begins behind this sentence."""
        self.listing = self.listed = True
        _, self.style = mark(self.page, sentence.first, sentence.after)

    def item(self, sentence: Sentence) -> list[Asked] | None:
        """An item of a list of what is asked; None where the sentence is none."""
        start, style = mark(self.page, sentence.first, sentence.after)
        if not style or style == self.style or sentence.line == self.line:
            return None
        if self.words[sentence.after - 1] == ":" and not self.somebody(start, sentence.after):
            return []  # "2. Công tác cán bộ:"
        told = without_connectors(self.page, start, sentence.after)
        if any(self.words[k] == "đã" for k in range(told, min(told + 3, sentence.after))):
            return None
        if self.words[told : told + 2] == ["đối", "với"] and self.page.words[sentence.after - 1] not in (".", ";"):
            self.lead = (told + 2, sentence.after)  # "1. Đối với Chi bộ thôn Đông" heads items of its own
            return []
        self.active, self.line, lead = True, sentence.line, self.lead
        out = self.clauses(told, sentence.after, self.speakers.current, LISTED, sentence, obliged=True)
        self.lead = lead
        return out

    def _does(self, start: int, end: int) -> bool:
        """Whether a clause has a verb of order or a modal near its beginning."""
        return self.modal(start, end) or bool(self.ordering.starts(start + 1, min(end, start + _NEAR)))

    def _paper(self, start: int, end: int) -> bool:
        """ "Nghị quyết số 02-NQ/ĐU": a paper's name, no clause of its own."""
        named = self.words[start : start + 2] in _PAPERS and "số" in self.words[start : start + _LEAST + 2]
        return named and not self._does(start, end)

    def end_of(self, first: int, end: int) -> int:
        """Without ", đồng thời" before the next verb of directing."""
        while end > first and self.words[end - 1] in ("thời", "đồng", ",", "và", "cũng", ";"):
            end -= 1
        return end

    def clauses(
        self, first: int, after: int, by: str | None, name: str, sentence: Sentence, *, obliged: bool
    ) -> list[Asked]:
        """What is asked between these tokens, clause by clause."""
        out: list[Asked] = []
        addressed: int | None = None
        clauses = self._led_in(cut(self.page, first, after), sentence)
        for number, clause in enumerate(clauses):
            start, end = trimmed(self.page, clause.first, clause.after)
            start = without_connectors(self.page, start, end) if clause.first != first or obliged else start
            if end - start < _LEAST:
                continue
            if not out and number + 1 < len(clauses) and self._only_named(start, end):
                addressed = start if addressed is None else addressed
                continue  # "đề nghị UBND xã, các đoàn thể; các chi bộ tập trung …": whoever is asked
            end = self._before_remark(start, end)
            if addressed is not None:
                start, addressed = addressed, None
            to = self.addressee(start, end)
            listed = self.words[start] in _LISTED_NOUNS and (self.words[start] == "sự" or not self._does(start, end))
            if out and to in (None, (start, end)) and (listed or self._paper(start, end)):
                out[-1].after = end  # "phân tích rõ những …; sự …": a list, no new order
                continue
            if (
                to in (None, (start, end))
                and end < sentence.after
                and self.words[end] == ":"
                and self.somebody(start, end)
            ):
                # "Yêu cầu Đảng ủy xã A:" leads a list; the list says what.
                self.lead = (start, end)
                self.open_list(sentence)
                continue
            if out and to is None and self.lacking(start, end):
                continue  # "lưu ý: cần đổi mới; việc nêu gương còn bị xem nhẹ": no order
            if self.lead is None and to is not None:
                self.lead = to
            out.append(Asked(start, end, to or self.lead, by, name, sentence))
        return out

    def _before_remark(self, start: int, end: int) -> int:
        """ "tăng cường tạo nguồn, đồng thời, việc giữ chân đảng viên là nội dung quan trọng": the end of what is asked."""
        words = self.words
        if "đồng" not in (told := words[start:end]) or "là" not in told:
            return end
        for k in range(start + _LEAST, end - _NEAR // 2):
            if words[k] == "đồng" and words[k + 1] == "thời" and words[k - 1] == ",":
                begins = k + 2 + (words[k + 2] == ",")
                remark = words[begins] in ("việc", "đây", "công") and "là" in words[begins:end]
                if remark and not self.modal(begins, end):
                    return k - 1
        return end

    def lacking(self, start: int, end: int) -> bool:
        """Whether a clause between orders only tells what is lacking."""
        if self.ordered(start, end) or self.modal(start, end):
            return False
        said = self.weighing.verdict(start, end)
        return said is not None and said.firm and said.kind != "praise" and said.at - start > _LEAST

    def _only_named(self, start: int, end: int) -> bool:
        """Whether a clause only names whoever is asked, and the next one says what."""
        return self.somebody(start, end) and not self.modal(start, end) and not self.turns(start, end)

    def _led_to_order(self, first: int, after: int) -> bool:
        """Whether what stands behind a colon is asked by itself: "rà soát các nội dung sau: quy chế, kế hoạch" is one order."""
        start = without_connectors(self.page, mark(self.page, first, after)[0], after) if first < after else first
        return start >= after or self.ordered(start, after) or self.told(start, after) or self.modal(start, after)

    def _led_in(self, clauses: list[Clause], sentence: Sentence) -> list[Clause]:
        """ "A, trong đó tập trung các việc sau: b; c": A and what is led in, without the words that lead it in."""
        out: list[Clause] = []
        for clause in clauses:
            colon = next((i for i in range(clause.first, clause.after) if self.words[i] == ":"), None)
            begins = self.page.at[clause.first]
            cuts = leading_in(self.page.plain[begins : self.page.at[colon]]) if colon is not None else None
            if colon is None or cuts is None or not self._led_to_order(colon + 1, clause.after):
                out.append(clause)
                continue
            middle = self.page.token_from(begins + cuts) if cuts else clause.first
            to = self.addressee(clause.first, colon)
            if to is not None and middle <= to[1]:
                self.lead = (to[0], max(middle, to[0] + 1))
            elif middle > clause.first and (to is not None or self.ordered(clause.first, middle)):
                out.append(Clause(clause.first, middle))
            if colon + 1 < clause.after:
                out.append(Clause(colon + 1, clause.after))
            elif clause.after == sentence.after:
                self.open_list(sentence)
        return out
