"""Directives: what somebody with authority asks of others, one for each clause."""

from itertools import pairwise

from dondoc.intake.extract.asked import ASKED, CONTINUED, LISTED, OBLIGED, Asked, Clauses
from dondoc.intake.extract.clauses import cut, phrases, without_connectors
from dondoc.intake.extract.judging_parts import about_party
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.sections import labelled, promises_orders
from dondoc.intake.extract.speakers import Speakers
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.verdicts import Weighing

_SAYING, _SPEAKERS, _GOING_ON = phrases("saying"), phrases("speakers", seldom=True), phrases("going_on")
_PARTY_WORK, _FAULTS, _EARLIER = phrases("party_work", seldom=True), phrases("faults"), phrases("earlier")
_AHEAD = (["gian", "tới"], ["sắp", "tới"], ["tới", "đây"], ["năm", "tới"], ["kỳ", "tới"])
_UNTIL = frozenset((("trước", "ngày"), ("trước", "tháng"), ("chậm", "nhất"), ("trong", "ngày"), ("hạn", "chót")))
_LEADING_BODIES = frozenset(("tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy"))
_FEW = 4
_LEAST_ORDER = 3
_FARTHEST = 26
_NEAR = 14
_TOLD = {
    "đã",
    "hiện",
    "có",
    "đang",
    "sẽ",
    "từng",
    "vừa",
    "thống",
    "cũng",
    "khẳng",
    "trước",
    "qua",
    "sau",
    "kết",
    "mong",
    "chúc",
    "tin",
    "hy",
    "đều",
    "còn",
    "chưa",
}
_THINGS = frozenset(("phương án", "phương hướng", "giải pháp", "hướng giải", "cách làm", "vấn đề", "kinh nghiệm", "ý kiến", "định hướng", "bài học", "kết quả", "quan điểm", "mục tiêu", "ưu điểm", "tồn tại", "hạn chế", "khuyết điểm", "thiếu sót", "mặt được", "bất cập", "mặt hạn", "nhiệm vụ", "nội dung", "yêu cầu", "điểm mới", "chủ trương"))  # fmt: skip
_NO_ORDER_AFTER = frozenset(("của", "tại", "này", "nêu", "chính", "đã"))
_REPORTED, _REPORT = frozenset(("đã", "thấy")), 15
_URGING = frozenset(
    (
        "tiếp",
        "tập",
        "tăng",
        "chú",
        "quan",
        "đẩy",
        "chủ",
        "khẩn",
        "nghiêm",
        "thường",
        "phải",
        "cần",
        "nâng",
        "phát",
        "rà",
        "sớm",
        "kịp",
        "bám",
        "nêu",
        "đổi",
        "làm",
        "kiên",
        "quyết",
        "coi",
    )
)
"""The first words of verbs that urge; others may as well tell what was done."""
_LAID_DOWN = frozenset(("nhấn", "lưu", "gợi", "chốt", "kết", "nêu", "quán", "chỉ", "nhắc"))
"""The first words of verbs of saying behind which a bare verb is an order: "lưu ý: Rà soát nguồn"."""


class Asking(Clauses):
    """Reads the directives of a story, sentence by sentence."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing, speakers: Speakers) -> None:
        super().__init__(page, told, weighing, speakers)
        self.heard = 0
        self.party_line = -1
        """The paragraph that has spoken of Party work: what follows in it is about it too."""
        self.about_party = about_party(page)

    def read(self, sentence: Sentence) -> list[Asked]:
        """The directives of one sentence; in a text that is hardly about Party work, only of sentences that are."""
        out = self._read(sentence)
        party = self.about_party or self.page.places(_PARTY_WORK).within(sentence.first, sentence.after)
        if party:
            self.party_line = sentence.line
        elif self.party_line == sentence.line and out:
            party = out[0].rule in (CONTINUED, OBLIGED)
        if party or (out and out[0].rule == LISTED):
            return out
        return self._forgotten() if out or self.line == sentence.line else out

    def _forgotten(self) -> list[Asked]:
        self.active, self.listed, self.heard = False, False, -1
        return []

    def _read(self, sentence: Sentence) -> list[Asked]:
        starts = self.verbs(sentence)
        if starts:
            out = self._before_orders(sentence, starts[0][0])
            for number, (verb, content) in enumerate(starts):
                end = starts[number + 1][0] if number + 1 < len(starts) else sentence.after
                by = self.speakers.before(sentence.first, verb) if number == 0 else self.speakers.current
                by = self.committee(sentence.first, verb) or by
                self.lead = None
                out += self.clauses(content, self.end_of(content, end), by, ASKED, sentence, obliged=False)
            if not out and self.words[sentence.after - 1] == ":" and not self.listing:
                self.open_list(sentence)  # "Ban Thường vụ Đảng ủy yêu cầu:"
            self.active, self.heard, self.line = bool(out) or self.listing, 2, sentence.line
            self.listing = False
            return out
        if sentence.after - sentence.first <= _NEAR and self.head(sentence):
            return []
        if self.words[sentence.after - 1] != "?":
            self.heard -= 1
        start = without_connectors(self.page, sentence.first, sentence.after)
        return (
            self._set_as_task(sentence, start)
            or self._noted(sentence, start)
            or self._said(sentence, start)
            or self._continued(sentence)
            or self._overheard(sentence, start)
            or self._by_a_day(sentence, start)
        )

    def head(self, sentence: Sentence) -> bool:
        """ "3. Yêu cầu đối với chi bộ": a heading that leads in what is asked; one of findings ends it."""
        text = self.page.plain[self.page.at[sentence.first] : self.page.to[sentence.after - 1]]
        if promises_orders(text):
            self.open_list(sentence)
            self.lead, self.active, self.heard, self.line = None, True, 2, sentence.line
            self.listing = False
            return True
        if labelled(text) is not None:
            self.active = self.listed = False
            return True
        return False

    def _before_orders(self, sentence: Sentence, end: int) -> list[Asked]:
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

    def _own_body(self, first: int, after: int) -> bool:
        """Whether whoever would be asked is only the committee of the one who speaks."""
        hit = self.hits.get(first)
        wording = self.page.plain[self.page.at[first] : self.page.to[after - 1]]
        return hit is not None and hit.after == after and wording in _LEADING_BODIES

    def _tells(self, start: int, to: tuple[int, int], end: int) -> bool:
        """ "Huyện ủy thường xuyên theo dõi …" after an order: somebody, then a verb of order, and nothing that tells a story."""
        verb = self.ordering.at(to[1], end)
        return verb is not None and to[1] - start <= _NEAR and not _TOLD & set(self.words[start : to[1]])

    def _by_a_day(self, sentence: Sentence, start: int) -> list[Asked]:
        """ "Đảng ủy xã chuẩn bị báo cáo và gửi đoàn kiểm tra trước ngày 20/8": to be done by a day, so it is asked."""
        hit = self.hits.get(start)
        if hit is None or not hit.body or hit.after >= sentence.after or not self.ordered(hit.after, sentence.after):
            return []
        told = self.words[hit.after : sentence.after]
        by = next((k for k, word in enumerate(told) if word in ("gửi", "nộp", "báo")), None)
        if by is None or not any(pair in _UNTIL for pair in pairwise(told[by:])):
            return []
        return self.clauses(start, sentence.after, self.speakers.current, OBLIGED, sentence, obliged=True)

    def _set_as_task(self, sentence: Sentence, start: int) -> list[Asked]:
        """ "Nhiệm vụ đặt ra cho Đảng ủy xã là …": what follows "là"."""
        if self.words[start : start + 2] not in (["nhiệm", "vụ"], ["yêu", "cầu"]) or not (
            self.active
            or self.heard >= 0
            or (self.speakers.current and self.words[start + 2 : start + 4] == ["đặt", "ra"])
        ):
            return []
        for i in range(start + 2, min(sentence.after - _FEW, start + _FARTHEST)):
            if self.words[i] in ("là", ":"):
                k = i + 1 + (self.words[i + 1] in (":", "phải", "cần"))
                if not (self.ordered(k, sentence.after) or self.told(k, sentence.after)):
                    return []
                self.active, self.line = True, sentence.line
                return self.clauses(k, sentence.after, self.speakers.current, OBLIGED, sentence, obliged=True)
        return []

    def _noted(self, sentence: Sentence, start: int) -> list[Asked]:
        """ "Lưu ý việc bố trí hội trường …" right after an order: asked by whoever asked before."""
        if not self.active or self.words[start : start + 2] != ["lưu", "ý"]:
            return []
        first = start + 2 + (self.words[start + 2 : start + 3] in ([":"], [","]))
        asks = first < sentence.after and (self.words[first] == "việc" or self.ordered(first, sentence.after))
        if not asks or self.lacking(first, sentence.after):
            return []
        self.line = sentence.line
        return self.clauses(first, sentence.after, self.speakers.current, OBLIGED, sentence, obliged=True)

    def _overheard(self, sentence: Sentence, start: int) -> list[Asked]:
        """ "Do đó thành phố cần …" right after what somebody said: said by the same."""
        if not self.modal(start, sentence.after):
            return []
        saying = self.page.places(_SAYING)
        for i in saying.starts(start, min(start + _FARTHEST, sentence.after - _LEAST_ORDER)):
            if self._only_things(saying.longest[i][1]) or self.words[i : i + 2] == ["chỉ", "ra"]:
                return []
        if self.heard < 0:
            # "Do đó, thời gian tới, Ban Chấp hành cần …", some paragraphs after the speaker was named.
            opening = range(sentence.first, min(sentence.first + _NEAR, sentence.after - 1))
            ahead = any(self.words[i : i + 2] in _AHEAD for i in opening)
            if not (ahead and self.speakers.current and self.addressee(start, sentence.after) is not None):
                return []
            self.active, self.line = True, sentence.line
        return self.clauses(start, sentence.after, self.speakers.current, OBLIGED, sentence, obliged=True)

    def _said(self, sentence: Sentence, opening: int) -> list[Asked]:
        """ "Ông X nhấn mạnh: … phải …", "Theo ông X, … cần …"."""
        if (according := self._according(sentence)) is not None:
            begins, comma = according
            out = self._obliged(comma + 1, sentence, self.speakers.before(begins, comma))
            if out:
                self.heard = 2
                return out
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
                if self._only_things(start) and ":" not in self.words[start : sentence.after]:
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

    def _only_things(self, start: int) -> bool:
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
        said = self.weighing.verdict(start, clause.after)
        orders = self.ordered(start, clause.after) or self.told(start, clause.after)
        return said is None or said.kind == "praise" or not said.firm or orders

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

    def _continued(self, sentence: Sentence) -> list[Asked]:
        """ "Cùng với đó, người đứng đầu các địa phương phải …": asked by whoever asked before."""
        first = sentence.first
        while first < sentence.after and self.words[first] in ('"', "-", "+", "*", "."):
            first += 1
        start = without_connectors(self.page, first, sentence.after)
        if start >= sentence.after or not (
            self.active or (self.words[sentence.first] == '"' and self.speakers.current)
        ):
            self.active = False
            return []
        if self.page.places(_EARLIER).at(sentence.first, sentence.after) is not None:
            self.active = False
            return []
        if self.listed and (item := self.item(sentence)) is not None:
            return item
        opened, self.listed = self.listed, self.listed and sentence.line == self.line
        order = self.ordering.at(self.past_adverbial(start, sentence.after), sentence.after) if start not in self.hits else None  # fmt: skip
        if (
            sentence.line != self.line
            and self.words[sentence.after - 1][0].isalnum()
            and self.words[sentence.first].isalpha()
        ):
            order = None  # a heading
        if self.words[start] == "báo" and not _REPORTED.isdisjoint(self.words[start : start + _REPORT]):
            order = None  # "Báo cáo kiểm điểm của huyện đã nêu rõ …"
        # "Học Bác là …", "Thực hiện của …": no orders
        behind = self.words[order[1] : order[1] + 3] if order is not None else ["là"]
        orders = "là" not in behind and not _NO_ORDER_AFTER.intersection(behind[:1])
        obliged = self.modal(start, sentence.after)
        to = self.addressee(start, sentence.after) if not (orders or obliged) else None
        near = sentence.line == self.line or (
            sentence.line == self.line + 1
            and (opened or self.page.places(_GOING_ON).at(sentence.first, sentence.after) is not None)
        )
        told = to is not None and near and self._tells(start, to, sentence.after)
        if told and to is not None and sentence.line != self.line and not opened:
            told = not _URGING.isdisjoint(
                self.words[to[1] : to[1] + 1]
            )  # "Bên cạnh đó, Đảng ủy xã phát động …": what it did
        if told and to is not None and not opened and self._own_body(*to):
            told = False  # "Thành ủy tổng kết, rút kinh nghiệm …": what the one who spoke has done himself
        if not (orders or obliged or told):
            self.active = False
            return []
        self.listed = self.listed or (opened and not self.style)
        lead, self.lead = self.lead, None if not orders else self.lead
        out = self.clauses(start, sentence.after, self.speakers.current, CONTINUED, sentence, obliged=True)
        if self.lead is None:
            self.lead = lead
        self.active, self.line = True, sentence.line
        return out
