"""Directives: what somebody with authority asks of others, one for each clause."""

from itertools import pairwise

from dondoc.intake.extract.asked import ASKED, CONTINUED, LISTED, OBLIGED, Asked
from dondoc.intake.extract.clauses import phrases, without_connectors
from dondoc.intake.extract.judging_parts import about_party
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.said import Said
from dondoc.intake.extract.sections import labelled, promises_orders
from dondoc.intake.extract.speakers import Speakers
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.verdicts import Weighing

_SAYING, _GOING_ON = phrases("saying"), phrases("going_on")
_PARTY_WORK, _EARLIER = phrases("party_work", seldom=True), phrases("earlier")
_AHEAD = (["gian", "tới"], ["sắp", "tới"], ["tới", "đây"], ["năm", "tới"], ["kỳ", "tới"])
_UNTIL = frozenset((("trước", "ngày"), ("trước", "tháng"), ("chậm", "nhất"), ("trong", "ngày"), ("hạn", "chót")))
_LEADING_BODIES = frozenset(("tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy"))
_EACH_OF_MANY = frozenset(("các", "mỗi", "từng"))
_GUESTS = (["các", "em"], ["các", "cháu"], ["các", "bạn"], ["bà", "con"])
"""Those whom a leader only encourages."""
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


class Asking(Said):
    """Reads the directives of a story, sentence by sentence."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing, speakers: Speakers) -> None:
        super().__init__(page, told, weighing, speakers)
        self.party_line = -1
        """The paragraph that has spoken of Party work: what follows in it is about it too."""
        self.about_party = about_party(page)

    def read(self, sentence: Sentence) -> list[Asked]:
        """The directives of one sentence; in a text that is hardly about Party work, only of sentences that are."""
        out = [one for one in self._read(sentence) if self.words[one.first : one.first + 2] not in _GUESTS]
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
            out = self.before_orders(sentence, starts[0][0])
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
        if self.sets_tasks(sentence):
            return []
        start = without_connectors(self.page, sentence.first, sentence.after)
        return (
            self._set_as_task(sentence, start)
            or self._noted(sentence, start)
            or self.said(sentence, start)
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

    def _own_body(self, first: int, after: int) -> bool:
        """Whether whoever would be asked is only the committee of the one who speaks."""
        hit = self.hits.get(first)
        wording = self.page.plain[self.page.at[first] : self.page.to[after - 1]]
        return hit is not None and hit.after == after and wording in _LEADING_BODIES

    def _tells(self, start: int, to: tuple[int, int], end: int) -> bool:
        """ "Huyện ủy thường xuyên theo dõi …" after an order: somebody, then a verb of order, and nothing that tells a story."""
        verb = self.ordering.at(to[1], end)
        begins = to[0] if self.words[to[0]] in _EACH_OF_MANY else start  # "Sau khi học xong, các học viên tiếp tục …"
        return verb is not None and to[1] - to[0] <= _NEAR and not _TOLD & set(self.words[begins : to[1]])

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
            if self.only_things(saying.longest[i][1]) or self.words[i : i + 2] == ["chỉ", "ra"]:
                return []
        if self.heard < 0:
            # "Do đó, thời gian tới, Ban Chấp hành cần …", some paragraphs after the speaker was named.
            opening = range(sentence.first, min(sentence.first + _NEAR, sentence.after - 1))
            ahead = any(self.words[i : i + 2] in _AHEAD for i in opening)
            if not (ahead and self.speakers.current and self.addressee(start, sentence.after) is not None):
                return []
        self.active, self.line = True, sentence.line
        return self.clauses(start, sentence.after, self.speakers.current, OBLIGED, sentence, obliged=True)

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
