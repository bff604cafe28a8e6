"""Findings that stand behind a verb of praise or blame: "ghi nhận …", "phê bình …", "chỉ ra …"."""

import re
from bisect import bisect_left

from dondoc.intake.extract.clauses import cut, phrases, trimmed, without_connectors
from dondoc.intake.extract.judged import BLAMED, HEADING, LISTS, NAMED_ABSENT, PRAISED, TROUBLED, Judged
from dondoc.intake.extract.judging_parts import Parts
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit, Mentioned
from dondoc.intake.extract.verdicts import Weighing

_SPOKEN = phrases("praising", "blaming", "troubled")
_STOPS = re.compile(
    r",\s*(?:đồng thời|yêu cầu|đề nghị|tuy nhiên|song|nhưng|mong)\b|\s(?:và|,)\s*(?:yêu cầu|đề nghị|chúc mừng|cảm ơn)\b|,\s*nhất là việc không"
)
_SAID_AFTER = re.compile(
    r",\s*[^,;]{2,60}?\b(?:cho biết|(?<!theo )(?<!ứng )(?<!đúng )(?<!các )(?<!những )(?<!với )yêu cầu|đề nghị|nhấn mạnh|cho rằng|khẳng định)\b"
)
_STOP_WORDS = (
    "đồng thời",
    "yêu cầu",
    "đề nghị",
    "tuy nhiên",
    "song",
    "nhưng",
    "mong",
    "nhất là việc không",
    "chúc mừng",
    "cảm ơn",
)
_SAYING_WORDS = ("cho biết", "yêu cầu", "đề nghị", "nhấn mạnh", "cho rằng", "khẳng định")
"""What these two find has one of these words in it: most clauses have none."""
_PERSONAL = re.compile(
    r"\A(?:các |những |và tiếp thu |, tiếp thu )*(?:ý kiến|kiến nghị|đề xuất|tâm tư|nguyện vọng|chỉ đạo|tâm tư, nguyện vọng)\b|cảm ơn|chúc mừng|cống hiến|của đồng chí|các đảng viên được|tình cảm|công lao|gia đình|sự quan tâm của"
)
_LISTS_AHEAD = re.compile(
    r"(?:những|các|một số|nhiều) (?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém)[^:;.]{0,50}(?::|,? như:?|,? đó là:?|là:)\s+"
)
_REACH = 400
"""So many tokens at most follow from one verb of praise or blame: several times the longest sentence of a paper."""
_IDLE = 8
"""After so many verbs in one sentence that told nothing, the next ones are given only a few words."""
_AWARDED = re.compile(
    r"(?:danh hiệu|khen thưởng|bí thư chi bộ tiêu biểu|(?:các|những) (?:tập thể|cá nhân|gương|điển hình)|tôn vinh|\d+ (?:cá nhân|tập thể|đảng viên|đồng chí|gương|cán bộ|chi bộ|tổ chức))"
)
_REST = 6
_SHOWN = 9
_NO_VERDICT_AFTER = frozenset(("nhằm", "được", "bị", "đáng", "để", "tự", "tặng", "thư", "dân", "đốc", "việc", "thường", "quyết", "phải", "cần"))  # fmt: skip
"""Behind these a verb of praise or blame tells of none: "được ghi nhận", "tự phê bình", "thư khen"."""
_BOTH = re.compile(
    r"(?:được )?(?:rõ )?(?:những |các |một số |cả )?(?:thành tựu|ưu điểm|kết quả đạt được|kết quả|mặt mạnh|mặt được|mặt tích cực|thuận lợi)(?: cơ bản| chính)?(?:,| và|, và|; ) ?(?:những |các |một số )?(?:hạn chế|khuyết điểm|tồn tại|thiếu sót|mặt yếu|mặt hạn chế|mặt chưa được|khó khăn|nhược điểm)"
)
"""What was good and what was lacking are only named."""


class Spoken:
    """Reads what is praised and blamed in one text."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing, parts: Parts) -> None:
        self.page, self.words = page, page.words
        self.hits, self.weighing, self.parts = told.hits, weighing, parts
        self.firsts, self.at_token, self.inside = told.firsts, told.at, told.inside

    def between(self, first: int, after: int) -> list[Hit]:
        """The mentions that begin between these tokens."""
        return self.hits[bisect_left(self.firsts, first) : bisect_left(self.firsts, after)]

    def read(self, sentence: Sentence, end: int) -> list[Judged]:
        """After a verb of praise or blame."""
        out: list[Judged] = []
        done, idle, spoken = sentence.first, 0, self.page.places(_SPOKEN)
        for i in spoken.starts(sentence.first, end):
            if i < done or i in self.inside or (found := spoken.at(i, end)) is None:
                continue
            kind, after = found
            before = self.words[i - 1] if i > sentence.first else ""
            if (before in _NO_VERDICT_AFTER and self.words[i - 2 : i] != ["bí", "thư"]) or (
                before in ("và", ",") and kind == "blaming" and self.words[i - 2] == "bình"
            ):
                done = after
                continue
            if self.parts.relative(i, sentence.first):
                done = after
                continue
            reach = min(end, after + (_REACH if idle < _IDLE else HEADING))
            if kind == "praising" and self.words[max(sentence.first, i - _SHOWN) : i].count("thể"):
                done = after
                continue  # "thể hiện sự quan tâm, động viên và ghi nhận"
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
        listed = LISTS.match(self.page.plain, self.page.at[first]) if first < end else None
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
            for pattern, words in ((_STOPS, _STOP_WORDS), (_SAID_AFTER, _SAYING_WORDS)):
                if any(map(text.__contains__, words)) and (found := pattern.search(text)) and found.start() > 8:
                    stop = start + found.start()
                    text = self.page.plain[start:stop]
            b = self.page.token_from(stop)
            if kind == "praising" and (_PERSONAL.search(text) or _AWARDED.match(text)):
                continue
            said = self.weighing.verdict(a, b)
            if kind == "blaming":
                verb_word = self.words[verb]
                lacking = said is not None and said.kind != "praise"
                bare = NAMED_ABSENT.match(text) is not None or _BOTH.match(text) is not None
                if (bare or not lacking) and (not units or verb_word in ("chỉ", "nêu", "bày", "cũng", "thẳng")):
                    if number or bare:
                        break
                    if not lacking:
                        continue
            if number and kind == "praising" and (said.kind != "praise" if said else not self.weighing.subject(a, b)):
                break
            label: FindingKind = {"praising": "praise", "blaming": "criticism", "troubled": "difficulty"}[kind]  # type: ignore[assignment]
            if kind == "blaming" and said is not None and said.firm and said.kind == "difficulty":
                label = "difficulty"
            name = {"praising": PRAISED, "blaming": BLAMED, "troubled": TROUBLED}[kind]
            hits = units or [hit for hit in self.between(a, b) if hit.name and not hit.post]
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
