"""What kind of sentence one is, before it is judged: a plan, the course of a meeting, a heading, a list of tasks, an assessment."""

from itertools import pairwise

from dondoc.intake.extract.clauses import cut, phrases
from dondoc.intake.extract.judged import HEADING
from dondoc.intake.extract.judging_parts import Parts
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.sections import mark
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.unjudged import OF_SESSION, SESSION_FIRST, SESSION_WORDS
from dondoc.intake.extract.verdicts import Weighing

_ASSESSING = phrases("assessing")
_HARD_WORDS = ("khó khăn", "vướng mắc", "khó nhất", "nỗi lo", "trăn trở")
_GOOD_WORDS = ("ưu điểm", "mặt được", "đáng ")
_JOINED = 6
_TASKS_BACK = 12
_SET = frozenset(("đề", "nêu", "xác", "đặt", "giao", "được"))
"""Behind "đã" these only tell of a task that it has been set."""
_TASKS = frozenset((("nhiệm", "vụ"), ("giải", "pháp"), ("phương", "hướng"), ("mục", "tiêu"), ("biện", "pháp"), ("việc", "cần")))  # fmt: skip
_CHARGED = frozenset((("chỉ", "đạo"), ("yêu", "cầu"), ("giao", "cho"), ("phân", "công")))
_ORDERING = phrases("ordering", "ordering_besides", seldom=True)
_SHORT = 25
_FEWEST = 4


class Stating:
    """Looks at the sentences of one text."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing) -> None:
        self.page, self.words = page, page.words
        self.at_token, self.weighing = told.at, weighing
        self.parts = Parts(page, told, weighing)

    def before_plans(self, first: int, end: int, ahead: int) -> int:
        """The end of the clauses before the one that speaks of what is to be done; all where that says first how it went."""
        clause = next(c for c in cut(self.page, first, end) if self.page.to[c.after - 1] > ahead)
        said = self.weighing.verdict(clause.first, clause.after)
        behind = self.words[self.page.token_from(ahead) : clause.after]
        done = any(word == "đã" and follows not in _SET for word, follows in pairwise(behind))
        if said is not None and (said.kind != "praise" or self.page.at[said.at] < ahead or done):
            return end
        return clause.first

    def past_purpose(self, first: int, end: int) -> int:
        """ "Để khắc phục tình trạng đó, huyện đã có nhiều cách làm mới": the token behind the purpose, where what was done is judged."""
        for i in range(first, min(first + HEADING + _SHORT, end - _FEWEST)):
            if self.words[i] == "," and self.parts.begins_clause(i + 1, end):
                said = self.weighing.verdict(i + 1, end)
                if said is not None and not _CHARGED.isdisjoint(pairwise(self.words[i + 1 : said.at])):
                    return first  # "…, Huyện ủy đã chỉ đạo các xã làm tốt …": what was asked, not how it was done
                return i + 1 if said is not None and said.firm and "đã" in self.words[i + 1 : said.at + 1] else first
        return first

    def of_session(self, text: str) -> bool:
        """Whether a sentence tells what a meeting did, not how the work was done."""
        if SESSION_FIRST.match(text) is not None:
            return True
        return any(map(text.__contains__, SESSION_WORDS)) and OF_SESSION.search(text) is not None

    def no_statement(self, sentence: Sentence) -> bool:
        """A question, or a line without a final mark that has no subject, as a heading."""
        last = self.words[sentence.after - 1]
        if last == "?" or last == ":":
            return True
        if self.names_tasks(sentence):
            return True
        short = sentence.after - sentence.first <= _SHORT
        if self.words[sentence.first] == "đây":
            return False
        return (
            short
            and last[0].isalnum()
            and not self.weighing.subject(sentence.first, sentence.after)
            and sentence.first not in self.at_token
        )

    def names_tasks(self, sentence: Sentence) -> bool:
        """ "… đề ra hai nhiệm vụ. Đó là, …": tasks, no results."""
        if self.words[sentence.first : sentence.first + 2] != ["đó", "là"]:
            return False
        before = self.words[max(0, sentence.first - _TASKS_BACK) : sentence.first]
        return any(pair in _TASKS for pair in pairwise(before))

    def promised(self, words: str) -> FindingKind:
        if any(word in words for word in _HARD_WORDS):
            return "difficulty"
        return "praise" if any(word in words for word in _GOOD_WORDS) else "criticism"

    def assesses(self, first: int, end: int) -> bool:
        """ "Nhìn chung", "Tuy nhiên", "Qua kiểm tra": a judgement follows."""
        assessing = self.page.places(_ASSESSING)
        while first < end and not self.words[first][0].isalnum():
            first += 1
        return assessing.at(first, end) is not None

    def only_task(self, sentence: Sentence) -> bool:
        """Whether an item tells what to do: it begins with its verb."""
        start = mark(self.page, sentence.first, sentence.after)[0]
        return self.page.places(_ORDERING).at(start, sentence.after) is not None

    def before_speaker(self, first: int, end: int) -> int:
        """Without ", ông X yêu cầu" at the end of what stands before an order."""
        for i in range(end - 1, max(first, end - _JOINED), -1):
            if self.words[i] == "và":
                return i  # "biểu dương cán bộ, đảng viên và yêu cầu …"
        for i in range(end - 1, max(first, end - 14), -1):
            if self.words[i] == ",":
                return i
        return end
