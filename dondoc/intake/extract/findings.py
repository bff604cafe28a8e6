"""Findings: what the leader, or the report, calls good, lacking or hard."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from dondoc.intake.extract.clauses import cut, phrases, trimmed, without_connectors
from dondoc.intake.extract.conclusions import Conclusions
from dondoc.intake.extract.judging_parts import Parts, about_party
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.sections import Style, labelled, mark
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit
from dondoc.intake.extract.verdicts import Weighing

PRAISED = rule("finding.praised", "đánh giá cao, ghi nhận, biểu dương")
BLAMED = rule("finding.blamed", "phê bình, chỉ rõ hạn chế")
TROUBLED = rule("finding.difficulty_named", "khó khăn được nêu")
JUDGED_BAD = rule("finding.judged_lacking", "nhận xét về hạn chế, yếu kém")
JUDGED_GOOD = rule("finding.judged_good", "nhận xét về kết quả tốt")
JUDGED_HARD = rule("finding.judged_hard", "nhận xét về khó khăn, vướng mắc")
CONCLUDED = rule("finding.concluded", "kết luận kiểm tra về vi phạm, khuyết điểm của tổ chức")

_SPOKEN = phrases("praising", "blaming", "troubled")
_PARTY_WORK = phrases("party_work")
_ASSESSING, _JUDGING = phrases("assessing"), phrases("judging")
_STOPS = re.compile(
    r",\s*(?:đồng thời|yêu cầu|đề nghị|tuy nhiên|song|nhưng|mong)\b|\s(?:và|,)\s*(?:yêu cầu|đề nghị)\b|,\s*nhất là việc không"
)
_SAID_AFTER = re.compile(r",\s*[^,;]{2,60}?\b(?:cho biết|yêu cầu|đề nghị|nhấn mạnh|cho rằng|khẳng định)\b")
_PERSONAL = re.compile(
    r"cảm ơn|chúc mừng|cống hiến|của đồng chí|các đảng viên được|tình cảm|công lao|gia đình|sự quan tâm của"
)
_LISTS = re.compile(
    r"(?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém|thiếu sót|bất cập|(?:nội dung|mặt|vấn đề|điểm|việc)(?= cần)|nguyên nhân)"
    r"(?:,? (?:như|sau|sau đây|đó là|cụ thể|cần khắc phục|cần rút kinh nghiệm|khuyết điểm|tồn tại|hạn chế|vướng mắc|nhất định|nêu trên|trên))*(?:\s*:|,? (?:như|đó là|cụ thể là)(?=\s))\s*"
)
_LISTS_AHEAD = re.compile(
    r"(?:những|các|một số|nhiều) (?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém)[^:;.]{0,50}(?::|,? như:?|,? đó là:?|là:)\s+"
)
_IS = re.compile(
    r"(?:điều |cái |những |một số |các |về )*(?P<what>khó khăn|vướng mắc|khó nhất|hạn chế|tồn tại|khuyết điểm|yếu kém|thiếu sót|bất cập|nỗi lo|băn khoăn|lo lắng|trăn trở|nguyên nhân|điểm yếu|khâu yếu|ưu điểm|mặt được)\b[^;:]{0,60}? là(?: do)?:? "
)
_ABOUT = re.compile(
    r"\W*về (?:những |các |một số )?(?P<what>hạn chế|tồn tại|khuyết điểm|khó khăn|vướng mắc|ưu điểm)\b[^.;:,]{0,30}, "
)
_HARD_WORDS = ("khó khăn", "vướng mắc", "khó nhất", "nỗi lo", "trăn trở")
_GOOD_WORDS = ("ưu điểm", "mặt được")
_NAMED_ABSENT = re.compile(
    r"(?:những |các |một số |nhiều )?(?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém)(?:, (?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém|bất cập)| (?:cần|của|trong|mà|còn tồn tại|và)\b(?:(?! là | chưa | còn ).)*|, nguyên nhân)*\Z"
)
_HEADING = 14
_LABEL_UPTO = 60
_SHORT = 25
_REACH = 400
"""So many tokens at most follow from one verb of praise or blame: several times the longest sentence of a paper."""
_IDLE = 8
"""After so many verbs in one sentence that told nothing, the next ones are given only a few words."""
_REST = 6
_LONG = 30
_NOT_JUDGED = re.compile(
    r"đến mức phải|kỷ luật .{0,30}đối với|bị khởi tố|khởi tố (?:bị can|\d|vụ án)|bị can|(?:\A|, )(?:nếu|để|phấn đấu|nhằm) |mục tiêu(?: là| đến|:)|thi hành kỷ luật (?:\d|đối|đảng viên|tổ chức|bằng|với|cảnh|khiển)|bị thi hành|hình thức kỷ luật|kết luận:? \d|\d+ (?:tổ chức đảng|cá nhân|đảng viên|chi bộ)[^,;]{0,20} còn (?:có )?(?:khuyết|hạn|vi)|vi phạm (?:quy|kỷ|điều|khoản|nguyên|chính sách|trong|về|pháp luật \d)|(?:dấu hiệu|đảng viên|có|đã|do|các|những) vi phạm|(?:đã|bị|phải|xử lý|hành|có) kỷ luật \d|kỷ luật (?:cảnh cáo|khiển trách)|là gì\Z|(?:\A|[,:] )(?:mặc dù|dù|tuy|dẫu) [^,;:]{0,30}(?:khó khăn|thách thức)[^,;:]{0,9}\Z"
)
_NO_STORY = re.compile(
    r"\W*(?:về dự|tham dự|dự (?:hội nghị|buổi|đại hội|lễ|cuộc|và)|cùng dự|cùng tham gia|tham gia đoàn|phát biểu tại|đến dự|nội dung|tại (?:hội nghị|buổi làm việc|đại hội|cuộc họp),? (?:các|đã nghe)|mục tiêu|phấn đấu|phương hướng|trong thời gian tới|thời gian tới|năm tới|sắp tới|nhiệm kỳ tới|để|nhằm|kế hoạch)\b"
)
_OF_SESSION = re.compile(
    r"(?:tham luận|ý kiến|đại biểu|cuộc họp|hội nghị|buổi làm việc|buổi sinh hoạt)[^.;,]{0,30}(?<!chưa) (?:đã |cũng |tập trung |thống nhất )*(?:đánh giá (?:toàn diện|khách quan|kết quả|tình hình|công tác)|thảo luận|phân tích|trao đổi|làm rõ|bàn|đề xuất|đưa ra|nghe|thông qua|góp ý)"
    r"|\b(?:hội nghị|đại hội|buổi lễ|buổi làm việc|phiên họp)[^.;,]{0,20} diễn ra\b|(?:đại biểu|đảng viên|ý kiến)[^.;,]{0,20}(?:đề cập|nêu ý kiến|phát biểu ý kiến|tham gia thảo luận)"
    r"|\A\W*(?:đó|đây) (?:cũng )?là (?:chỉ đạo|yêu cầu|ý kiến|kết quả|nội dung|những lĩnh vực|một trong)|\b(?:mong muốn|chúc mừng|mong rằng)\b"
)
_COUNTING = re.compile(r"\bnhư\s?:[^;]*\d")
"""Units that did well, each with its figures: figures, no verdict."""
_DETAIL = re.compile(r", (?:cụ thể|trong đó|điển hình|tiêu biểu|có thêm|ước tổng|đưa tổng|đưa tổng số|như:)\b.*\d.*")
_AWARDED = re.compile(
    r"(?:danh hiệu|khen thưởng|bí thư chi bộ tiêu biểu|(?:các|những) (?:tập thể|cá nhân|gương|điển hình)|tôn vinh|\d+ (?:cá nhân|tập thể|đảng viên|đồng chí|gương|cán bộ|chi bộ|tổ chức))"
)
_GIVEN = re.compile(r"\b(?:trao|trao tặng|tặng|nhận|tặng thưởng) (?:bằng|giấy|danh|huy|thưởng|cờ|kỷ|quà)\b")


@dataclass(slots=True)
class Judged:
    """One finding: its kind, the letters it covers, the tokens of the unit it is about (None: not said in it)."""

    kind: FindingKind
    start: int
    end: int
    rule: str
    unit_hits: list[Hit]
    by_before: int


class Judging:
    """Reads the findings of a story, sentence by sentence."""

    def __init__(self, page: Page, hits: list[Hit]) -> None:
        self.page, self.words = page, page.words
        self.hits = hits
        self.firsts = [hit.first for hit in hits]
        self.at_token = {hit.first: hit for hit in hits}
        self.inside = {i for hit in hits for i in range(hit.first, hit.after)}
        self.weighing = Weighing(page)
        self.parts = Parts(page, hits, self.weighing)
        self.conclusions = Conclusions(page, hits, self.weighing)
        self.judging: FindingKind | None = None
        """What the sentence before judged, where this one may go on from it."""
        self.line = -1
        self.section: FindingKind | None = None
        self.style: Style = ""
        self.about_party = about_party(page)

    def read(self, sentence: Sentence, *, asked: int | None) -> list[Judged]:
        """The findings of one sentence. `asked`: the token from which on it gives orders."""
        end = asked if asked is not None else sentence.after
        text = self.page.plain[self.page.at[sentence.first] : self.page.to[sentence.after - 1]]
        if sentence.after - sentence.first <= _HEADING and (promised := labelled(text)) is not None:
            self._open(sentence, promised)
            return []
        if sentence.line != self.line and (self.section is not None or ":" in text[:_LABEL_UPTO]):
            self._enter(sentence)
        if asked is not None:
            end = self._before_speaker(sentence.first, end)
        if sentence.line != self.line:
            self.judging, self.line = None if self.judging == "praise" else self.judging, sentence.line
        if concluded := self.conclusions.read(sentence, end):
            self.judging = "criticism"
            units = [hit for hit in self._between(*concluded[0]) if hit.name and not hit.post]
            return [self._concluded(a, b, units, sentence) for a, b in concluded]
        out = self._spoken(sentence, end)
        if out:
            said = max(
                (i for i in range(sentence.first, self.page.token_from(out[0].start)) if self.words[i] == ";"),
                default=None,
            )
            if said is not None:
                # What is told before the praise, in clauses of its own.
                out = self._clauses(sentence._replace(after=said), said) + out
            # "… ghi nhận A; đồng thời chỉ ra một số hạn chế: b": what follows the praise may be blame.
            rest = self.page.token_from(out[-1].end)
            if end - rest > _REST and self.weighing.any_firm(rest, end):
                more = self._clauses(sentence._replace(first=rest), end)
                out += [one for one in more if one.start >= out[-1].end]
            self.judging = out[-1].kind
        if out or (asked is not None and end - sentence.first < 6):
            return out
        out = self._clauses(sentence, end)
        self.judging = out[-1].kind if out else None
        return out

    def _concluded(self, a: int, b: int, units: list[Hit], sentence: Sentence) -> Judged:
        return Judged("criticism", self.page.at[a], self.page.to[b - 1], CONCLUDED, units, sentence.first)

    def head(self, sentence: Sentence) -> None:
        """ "II. HẠN CHẾ, KHUYẾT ĐIỂM": a heading in capitals."""
        self._open(sentence, labelled(self.page.plain[self.page.at[sentence.first] : self.page.to[sentence.after - 1]]))

    def _open(self, sentence: Sentence, promised: FindingKind | None) -> None:
        """A heading: what stands under it is of this kind."""
        self.section = promised
        _, self.style = mark(self.page, sentence.first, sentence.after)

    def _enter(self, sentence: Sentence) -> None:
        """The first sentence of a line: an item of the section, or "1. Ưu điểm: …", which opens one, or the section's end."""
        begins, style = mark(self.page, sentence.first, sentence.after)
        told, promised = self._label(begins, sentence.after)
        if promised is not None and told < sentence.after:
            self.section, self.style = promised, style
        elif not style or style == self.style:
            self.section = None

    def _before_speaker(self, first: int, end: int) -> int:
        """Without ", ông X yêu cầu" at the end of what stands before an order."""
        for i in range(end - 1, max(first, end - 14), -1):
            if self.words[i] == ",":
                return i
        return end

    def _between(self, first: int, after: int) -> list[Hit]:
        return self.hits[bisect_left(self.firsts, first) : bisect_left(self.firsts, after)]

    def _spoken(self, sentence: Sentence, end: int) -> list[Judged]:
        """After a verb of praise or blame."""
        out: list[Judged] = []
        done, idle, spoken = sentence.first, 0, self.page.places(_SPOKEN)
        for i in spoken.starts(sentence.first, end):
            if i < done or i in self.inside or (found := spoken.at(i, end)) is None:
                continue
            kind, after = found
            before = self.words[i - 1] if i > sentence.first else ""
            if before in ("được", "bị", "đáng", "để", "tự", "tặng", "thư", "dân", "đốc", "việc", "thường") or (
                before in ("và", ",") and kind == "blaming" and self.words[i - 2] == "bình"
            ):
                done = after
                continue
            reach = min(end, after + (_REACH if idle < _IDLE else _HEADING))
            one = self._after_verb(kind, i, after, reach, sentence)
            idle += not one
            out += one
            done = self.page.token_from(one[-1].end) if one else after
        return out

    def _after_verb(self, kind: str, verb: int, first: int, end: int, sentence: Sentence) -> list[Judged]:
        units: list[Hit] = []
        if kind == "blaming":
            while first < end and first in self.at_token and self.at_token[first].name:
                units.append(self.at_token[first])
                first = self.at_token[first].after
            first = self._past_year(first, end)
            if self.words[first : first + 1] and self.words[first] in ("vì", "do", "về", "là", ":", ",", "rằng"):
                first += 1
            first = self._past_year(first, end)
            if first < end and self.words[first] in ("việc",) and units:
                first += 1
        out: list[Judged] = []
        listed = _LISTS.match(self.page.plain, self.page.at[first]) if first < end else None
        listed = listed or (_LISTS_AHEAD.match(self.page.plain, self.page.at[first]) if first < end else None)
        if listed is not None and kind == "blaming":
            first = self.page.token_from(listed.end())
        fronted = verb - sentence.first <= 1 or self.words[verb - 1] == ","
        for number, clause in enumerate(cut(self.page, first, end)):
            a, b = trimmed(self.page, clause.first, clause.after)
            if fronted:
                b = self.parts.before_somebody(a, b)
            if b - a < 3:
                break
            if number:
                a = without_connectors(self.page, a, b)
            start, stop = self.page.at[a], self.page.to[b - 1]
            text = self.page.plain[start:stop]
            for pattern in (_STOPS, _SAID_AFTER):
                if (found := pattern.search(text)) and found.start() > 8:
                    stop = start + found.start()
                    text = self.page.plain[start:stop]
            b = self.page.token_from(stop)
            if kind == "praising" and (_PERSONAL.search(text) or _AWARDED.match(text)):
                continue
            said = self.weighing.verdict(a, b)
            if kind == "blaming":
                verb_word = self.words[verb]
                lacking = said is not None and said.kind != "praise"
                bare = _NAMED_ABSENT.match(text) is not None
                if (bare or not lacking) and (not units or verb_word in ("chỉ", "nêu", "bày", "cũng", "thẳng")):
                    if number or bare:
                        break
                    if not lacking:
                        continue
            if number and kind == "praising" and (said.kind != "praise" if said else not self.weighing.subject(a, b)):
                break
            label: FindingKind = {"praising": "praise", "blaming": "criticism", "troubled": "difficulty"}[kind]  # type: ignore[assignment]
            name = {"praising": PRAISED, "blaming": BLAMED, "troubled": TROUBLED}[kind]
            hits = units or [hit for hit in self._between(a, b) if hit.name and not hit.post]
            out.append(Judged(label, start, stop, name, hits, verb))
            if stop < self.page.to[clause.after - 1] and kind == "praising":
                break
        return out

    def _past_year(self, first: int, end: int) -> int:
        if self.words[first : first + 1] == ["trong"]:
            first += 1
        if first + 1 < end and self.words[first] == "năm" and self.words[first + 1].isdigit():
            first += 2
        return first

    def _label(self, a: int, b: int) -> tuple[int, FindingKind | None]:
        """ "Hạn chế: …", "Về khó khăn: …": the token after the label, and the kind of finding it promises."""
        end = next((i for i in range(a, min(b, a + 9)) if self.words[i] == ":"), None)
        if end is None:
            return a, None
        return end + 1, labelled(self.page.plain[self.page.at[a] : self.page.to[end]])

    def _clauses(self, sentence: Sentence, end: int) -> list[Judged]:
        """What the sentence itself judges, clause by clause."""
        first = sentence.first
        if end - first < 4:
            return []
        whole = self.page.plain[self.page.at[first] : self.page.to[end - 1]]
        listed, promised = _LISTS.search(whole), None
        told = self.parts.past_reporting(first, end)
        if (
            self.section is None
            and listed is None
            and (
                _NO_STORY.match(whole, self.page.at[told] - self.page.at[first] if told < end else 0)
                or _OF_SESSION.search(whole)
                or self._no_statement(sentence)
            )
        ):
            return []
        firm = self.weighing.any_firm(first, end)
        judged = self.page.places(_JUDGING).within(first, told)
        assessed = judged or self._assesses(first, end)
        is_so = (
            None if listed is not None or told >= end else _IS.match(whole, self.page.at[told] - self.page.at[first])
        )
        if listed is None and is_so is None and self.weighing.planned(first, cut(self.page, first, end)[0].after):
            return []
        if listed is not None:
            # "… còn một số hạn chế như: a; b; c": each of them is one.
            promised = self._promised(listed[0])
        elif is_so is not None:
            promised = self._promised(is_so["what"])
        elif (about := _ABOUT.match(whole)) is not None:
            promised = self._promised(about["what"])
        if not (firm or assessed or promised or self.section or self.judging):
            return []
        party = self.about_party or self.page.places(_PARTY_WORK).within(first, end)
        if not (party or self.judging or told > first or self.section or promised):
            return []
        if listed is not None:
            told = first = self.page.token_from(self.page.at[first] + listed.end())
        elif is_so is not None and (is_so["what"] == "nguyên nhân" or is_so[0].endswith(": ")):
            told = first = self.page.token_from(self.page.at[first] + is_so.end())
        return self._accepted(sentence, told if told < end else first, end, promised, assessed=assessed)

    def _no_statement(self, sentence: Sentence) -> bool:
        """A question, or a line without a final mark that has no subject, as a heading."""
        last = self.words[sentence.after - 1]
        if last == "?" or last == ":":
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

    def _promised(self, words: str) -> FindingKind:
        if any(word in words for word in _HARD_WORDS):
            return "difficulty"
        return "praise" if any(word in words for word in _GOOD_WORDS) else "criticism"

    def _assesses(self, first: int, end: int) -> bool:
        """ "Nhìn chung", "Tuy nhiên", "Qua kiểm tra": a judgement follows."""
        assessing = self.page.places(_ASSESSING)
        while first < end and not self.words[first][0].isalnum():
            first += 1
        return assessing.at(first, end) is not None

    def _accepted(
        self, sentence: Sentence, first: int, end: int, promised: FindingKind | None, *, assessed: bool
    ) -> list[Judged]:  # fmt: skip
        """The clauses that judge: firm ones, and faint ones beside them or after a verb of judging."""
        parts: list[tuple[int, int]] = []
        for clause in cut(self.page, first, end):
            for a, b in self.parts.halves(clause.first, clause.after):
                for c, d in self.parts.conceded(a, b):
                    parts += self.parts.apart(c, d)
        weighed = [(a, b, self.weighing.verdict(a, b)) for a, b in parts]
        kinds = {said.kind for _, _, said in weighed if said is not None and said.firm}
        if self.judging is not None:
            kinds.add(self.judging)
        out: list[Judged] = []
        for a, b, said in weighed:
            label = promised or self.section
            if label is None and said is not None:
                lacking = said.kind != "praise"
                beside = any((kind != "praise") == lacking for kind in kinds)
                if said.firm or assessed or beside:
                    label = said.kind
                elif kinds == {"praise"} and self.weighing.praises(a, b):
                    label = "praise"
            elif (
                label is not None and said is not None and said.firm and (said.kind == "praise") != (label == "praise")
            ):
                label = said.kind
            if label is not None:
                out += self._judge(a, b, label, sentence)
        return out

    def _judge(self, first: int, after: int, label: FindingKind, sentence: Sentence) -> list[Judged]:
        a, b = trimmed(self.page, first, after)
        if label == "praise" and _COUNTING.search(self.page.plain[self.page.at[a] : self.page.to[b - 1]]):
            return []
        a, named = self._label(without_connectors(self.page, mark(self.page, a, b)[0], b), b)
        label = named or label
        while a < b and self.words[a] in ("nhưng", "song", ","):
            a += 1
        if b - a < 4:
            return []
        a = self.parts.past_reporting(a, b)
        if a >= b:  # it only says who judged
            return []
        a = self.parts.past_opening(a, b)
        start, stop = self.page.at[a], self.page.to[b - 1]
        text = self.page.plain[start:stop]
        if label == "praise" and (detail := _DETAIL.search(text)) and detail.start() > _LONG:
            stop = start + detail.start()
            text = text[: detail.start()]
        if sum(word[0].isalpha() for word in self.words[a:b]) < _REST - 2:
            return []
        if _NOT_JUDGED.search(text) or _NAMED_ABSENT.match(text) or (label == "praise" and _GIVEN.search(text)):
            return []
        hits = [hit for hit in self._between(a, b) if hit.name and not hit.post]
        name = {"difficulty": JUDGED_HARD, "criticism": JUDGED_BAD, "praise": JUDGED_GOOD}[label]
        return [Judged(label, start, stop, name, hits, sentence.first)]
