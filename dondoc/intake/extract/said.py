"""What somebody says must be done: "ông X nhấn mạnh: … phải …", "theo ông X, … cần …", "đồng chí gợi mở hướng A"."""

from dondoc.intake.extract.asked import OBLIGED, Asked, Clauses
from dondoc.intake.extract.clauses import cut, phrases, without_connectors
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.sections import sets_tasks
from dondoc.intake.extract.speakers import Speakers
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.verdicts import Weighing

_DIRECTING = phrases("directing")
_SAYING, _SPEAKERS, _FAULTS = phrases("saying"), phrases("speakers", seldom=True), phrases("faults")
_FEW = 4
_FARTHEST, _NEAR = 26, 14
_PLANS = (["phương", "hướng"], ["kế", "hoạch"], ["dự", "thảo"], ["chương", "trình"])
_THINGS = frozenset(("phương án", "phương hướng", "giải pháp", "hướng giải", "cách làm", "vấn đề", "kinh nghiệm", "ý kiến", "định hướng", "bài học", "kết quả", "quan điểm", "mục tiêu", "ưu điểm", "tồn tại", "hạn chế", "khuyết điểm", "thiếu sót", "mặt được", "bất cập", "mặt hạn", "nhiệm vụ", "nội dung", "yêu cầu", "điểm mới", "chủ trương"))  # fmt: skip
_WHAT_IT_IS = frozenset(("nhiệm", "việc", "trách", "khâu", "yếu", "vấn", "điều", "một", "nội"))
_LAID_DOWN = frozenset(("nhấn", "lưu", "gợi", "chốt", "kết", "nêu", "quán", "chỉ", "nhắc"))
"""The first words of verbs of saying behind which a bare verb is an order: "lưu ý: Rà soát nguồn"."""


class Said(Clauses):
    """Reads what is said must be done."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing, speakers: Speakers) -> None:
        super().__init__(page, told, weighing, speakers)
        self.heard = 0
        """For so many sentences more, whoever spoke is taken to speak on."""

    def before_orders(self, sentence: Sentence, end: int) -> list[Asked]:
        """ "Đồng chí gợi mở hướng A và giao …": what is laid down before the first verb of order."""
        saying = self.page.places(_SAYING)
        begins = without_connectors(self.page, sentence.first, end)
        for i in saying.starts(sentence.first, end - _FEW):
            found = saying.at(i, end)
            if found is None or self.words[i] not in _LAID_DOWN or i in self.inside or i == begins:
                continue
            start = found[1]
            while start < end and self.words[start] in (",", ":", "rằng", "hướng", "là"):
                start += 1
            upto = self.end_of(start, end)
            if upto - start < _FEW or not self._lays_down(start, upto):
                continue
            if self.ordered(start, upto) or self.modal(start, upto):
                by = self.speakers.before(sentence.first, i)
                return self.clauses(start, upto, by, OBLIGED, sentence, obliged=True)
        return []

    def said(self, sentence: Sentence, opening: int) -> list[Asked]:
        """ "Ông X nhấn mạnh: … phải …", "Theo ông X, … cần …"."""
        if (according := self._according(sentence)) is not None:
            begins, comma = according
            out = self._obliged(comma + 1, sentence, self.speakers.before(begins, comma))
            if out:
                self.heard = 2
                return out
        if self.words[opening : opening + 2] in _PLANS:
            return []  # "Phương hướng 6 tháng cuối năm nêu rõ cần …": a plan of one's own
        saying = self.page.places(_SAYING)
        heard = sentence.first  # the speakers before this token are known
        for i in saying.starts(sentence.first, sentence.after):
            found = saying.at(i, sentence.after) if i not in self.inside else None
            if found is not None and found[1] < sentence.after and self.words[found[1]] not in (".", ";"):
                named = self.speakers.before(heard, i)
                heard = i
                start = found[1]
                while start < sentence.after and self.words[start] in (",", ":", "rằng", '"', "là", "hướng"):
                    start += 1
                self.heard = 2 if named is not None else self.heard
                lays = self.words[i] in _LAID_DOWN or self.modal(start, sentence.after)
                if lays and (told := self.tasks_after(start, sentence.after)) is not None:
                    self.lead, self.active, self.line = None, True, sentence.line
                    return self.clauses(told, sentence.after, named, OBLIGED, sentence, obliged=True)
                if self.words[i : i + 2] == ["chỉ", "ra"]:
                    # "chỉ ra hạn chế như A chưa tốt; cần chủ động hơn": what is lacking, and then what must be done
                    must = [c for c in cut(self.page, start, sentence.after)[1:] if self.must(c.first, c.after)]
                    if must:
                        self.active, self.line = True, sentence.line
                        return self.clauses(must[0].first, sentence.after, named, OBLIGED, sentence, obliged=True)
                    continue
                if self.only_things(start) and ":" not in self.words[start : sentence.after]:
                    continue  # "nhấn mạnh một số nhiệm vụ Đảng bộ cần tập trung thực hiện"
                near = i - sentence.first <= _FARTHEST + 14
                # "Hội nghị quán triệt, triển khai …": no order
                bare = near and not (self.words[i] == "quán" and (i == opening or self.words[found[1]] == ","))
                bare = (
                    bare
                    and self.words[i] in _LAID_DOWN
                    and (
                        start > found[1]
                        or self.words[i] == "gợi"
                        or (self.words[i] in ("lưu", "nhắc") and self.told(start, sentence.after))
                    )
                )
                bare = bare and self._by_somebody(sentence.first, i) and self._lays_down(start, sentence.after)
                bare = (
                    bare
                    and start < sentence.after
                    and (self.ordered(start, sentence.after) or self.told(start, sentence.after))
                )
                out = self._obliged(start, sentence, named, bare=bare) if near else []
                if out:
                    return out
        return []

    def sets_tasks(self, sentence: Sentence) -> bool:
        """ "Bí thư nhấn mạnh một số công việc cần thực hiện, cụ thể như sau:": the list behind it is asked."""
        if self.words[sentence.after - 1] != ":":
            return False
        told = (self.page.places(kind).starts(sentence.first, sentence.after) for kind in (_SAYING, _DIRECTING))
        verbs = (i for i in sorted({*next(told), *next(told)}) if self.words[i] in _LAID_DOWN and i not in self.inside)
        verb = next((i for i in verbs if self._by_somebody(sentence.first, i)), None)
        if verb is None:
            return False
        if not sets_tasks(self.page.plain[self.page.at[verb] : self.page.to[sentence.after - 1]]):
            return False
        self.speakers.before(sentence.first, verb)
        self.open_list(sentence)
        self.lead, self.active, self.heard, self.line = None, True, 2, sentence.line
        self.listing = False
        return True

    def only_things(self, start: int) -> bool:
        """ "gợi mở các phương án giải quyết": what was spoken of, no order."""
        words = self.words[start : start + 4]
        pairs = (" ".join(words[1:3]), " ".join(words[2:4]))
        return words[:1] in (["các"], ["những"], ["một"], ["nhiều"], ["thêm"]) and not _THINGS.isdisjoint(pairs)

    def _by_somebody(self, first: int, i: int) -> bool:
        """Whether the word before a verb of saying ends a name, a post or a body."""
        before = self.words[i - 1] if i > first else ""
        named = i == first or i - 1 in self.inside or (self.page.capital(i - 1) and before.isalpha())
        return named or before in ("ông", "bà", "chí", "cũng", "thư", "đoàn", "tịch", "thời", "ủy", "và", "nghị")

    def _lays_down(self, start: int, end: int) -> bool:
        """Whether a clause without "phải" tells what to do, not what was done or how good it is."""
        clause = next(iter(cut(self.page, start, end)), None)
        if clause is None:
            return False
        done = ("đã", "đều", "còn", "chưa", "đang", "hiện", "vừa")
        if any(word in done for word in self.words[start : min(clause.after, start + _FARTHEST)]):
            return False
        if self.page.places(_FAULTS).within(start, clause.after):
            return False  # "kết luận: Đảng ủy xã buông lỏng lãnh đạo"
        if self._says_what_it_is(start, clause.after):
            return False
        said = self.weighing.verdict(start, clause.after)
        orders = self.ordered(start, clause.after) or self.told(start, clause.after)
        return said is None or said.kind == "praise" or not said.firm or orders

    def _says_what_it_is(self, start: int, end: int) -> bool:
        """ "nhấn mạnh: Bồi dưỡng quần chúng là nhiệm vụ thường xuyên của chi bộ": what a thing is, no order."""
        words = self.words
        return not self.modal(start, end) and any(
            words[k] == "là" and words[k + 1] in _WHAT_IT_IS and words[k - 1] not in ("đặc", "nhất", "biệt")
            for k in range(start + _FEW, end - 1)
        )

    def _according(self, sentence: Sentence) -> tuple[int, int] | None:
        """ "Theo ông X,": where it begins, and its comma."""
        if "theo" not in self.words[sentence.first : sentence.first + _NEAR]:
            return None
        speakers = self.page.places(_SPEAKERS)
        for i in range(sentence.first, min(sentence.after - 1, sentence.first + _NEAR)):
            if self.words[i] != "theo":
                continue
            hit = self.hits.get(i + 1)
            if speakers.at(i + 1, sentence.after) is None and not (hit is not None and hit.body):
                return None
            comma = next((k for k in range(i, min(i + _NEAR, sentence.after)) if self.words[k] == ","), None)
            return (i, comma) if comma is not None else None
        return None

    def _obliged(self, first: int, sentence: Sentence, by: str | None, *, bare: bool = False) -> list[Asked]:
        out: list[Asked] = []
        self.lead = None
        for clause in cut(self.page, first, sentence.after):
            if ((out or bare) and not self.lacking(clause.first, clause.after)) or self.modal(
                clause.first, clause.after
            ):
                out += self.clauses(clause.first, clause.after, by, OBLIGED, sentence, obliged=True)
        if out:
            self.active, self.line = True, sentence.line
        return out
