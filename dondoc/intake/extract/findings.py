"""Findings: what the leader, or the report, calls good, lacking or hard."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from dondoc.intake.extract.clauses import cut, phrases, trimmed, without_connectors
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit

PRAISED = rule("finding.praised", "đánh giá cao, ghi nhận, biểu dương")
BLAMED = rule("finding.blamed", "phê bình, chỉ rõ hạn chế")
TROUBLED = rule("finding.difficulty_named", "khó khăn được nêu")
JUDGED_BAD = rule("finding.judged_lacking", "nhận xét về hạn chế, yếu kém")
JUDGED_GOOD = rule("finding.judged_good", "nhận xét về kết quả tốt")
JUDGED_HARD = rule("finding.judged_hard", "nhận xét về khó khăn, vướng mắc")

_SPOKEN = phrases("praising", "blaming", "troubled")
_SAYING = {kind: phrases(kind) for kind in ("good", "bad", "hard", "party_work")}
_REPORTING = phrases("reporting")
_STOPS = re.compile(
    r",\s*(?:đồng thời|yêu cầu|đề nghị|tuy nhiên|song|nhưng|mong)\b|\s(?:và|,)\s*(?:yêu cầu|đề nghị)\b|,\s*nhất là việc không"
)
_SAID_AFTER = re.compile(r",\s*[^,;]{2,60}?\b(?:cho biết|yêu cầu|đề nghị|nhấn mạnh|cho rằng|khẳng định)\b")
_PERSONAL = re.compile(
    r"cảm ơn|chúc mừng|cống hiến|của đồng chí|các đảng viên được|tình cảm|công lao|gia đình|sự quan tâm của"
)
_BEFORE_REPORTING = (
    "cũng",
    "đã",
    "đều",
    "ông",
    "bà",
    "chí",
    "thắn",
    "thư",
    "quả",
    "kết",
    "biểu",
    "báo",
    "cáo",
    "ban",
    "vụ",
    "năng",
    "chung",
    "nghị",
    "đoàn",
    "tra",
)
_VERDICT = re.compile(
    r"nhìn chung|đánh giá|nhận định|theo báo cáo|kết quả|cho rằng|nhận xét|báo cáo|ghi nhận|thời gian qua|những năm qua|trong năm|tuy nhiên"
)
_BUT = re.compile(r",?\s(?:tuy nhiên|nhưng|song)(?=[\s,])")
_LABEL = re.compile(
    r"\W*(?:(?:[ivx]+|\d+|[a-zđ])[.)/]\s*)?(?:về |những |một số |các |tuy nhiên, )*"
    r"(?:(?P<hard>khó khăn|vướng mắc)|(?P<bad>hạn chế|tồn tại|khuyết điểm|yếu kém|thiếu sót)|(?P<good>ưu điểm|kết quả nổi bật|mặt làm được))[^.;]{0,60}:?\s*\Z"
)
_LISTS = re.compile(
    r"(?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém|(?:nội dung|mặt|vấn đề|điểm|việc)(?= cần))(?:,? (?:như|sau|sau đây|là|đó là|cụ thể|cần khắc phục|khuyết điểm|tồn tại|hạn chế|vướng mắc))*\s*:\s*"
)
_HARD_SUBJECT = re.compile(r"(?:những |một số )?(?:khó khăn|vướng mắc|khó nhất)\b.{0,60}? là ")
_LABELLED = re.compile(r"\W*(?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|ưu điểm)[^:;.]{0,40}:")
_HEADING = 14
_REACH = 400
"""So many tokens at most follow from one verb of praise or blame: several times the longest sentence of a paper."""
_IDLE = 8
"""After so many verbs in one sentence that told nothing, the next ones are given only a few words."""
_REST = 6
_DEMANDED = re.compile(
    r"\b(?:cần|phải) (?:phải |tiếp tục |sớm )?(?:làm|có|thực hiện|nâng|tập trung|khắc phục|quan tâm)"
)
_NOT_JUDGED = re.compile(
    r"khắc phục (?:những |các )?hạn chế|đến mức phải|nếu |kỷ luật .{0,30}đối với|sẽ |khởi tố|bị can|phấn đấu|mục tiêu|nhằm |để .{0,20}(?:được nâng|nâng lên)"
)


@dataclass(slots=True)
class Judged:
    """One finding: its kind, the letters it covers, the tokens of the unit it is about (None: not said in it)."""

    kind: FindingKind
    start: int
    end: int
    rule: str
    unit_hits: list[Hit]
    by_before: int


def labelled(text: str) -> FindingKind | None:
    """The kind of finding that a label or a heading promises: "Hạn chế, khuyết điểm", "Khó khăn, vướng mắc", "Ưu điểm"."""
    found = _LABEL.match(text)
    if found is None:
        return None
    return "difficulty" if found["hard"] else "criticism" if found["bad"] else "praise"


class Judging:
    """Reads the findings of a story, sentence by sentence."""

    def __init__(self, page: Page, hits: list[Hit]) -> None:
        self.page, self.words = page, page.words
        self.hits = hits
        self.firsts = [hit.first for hit in hits]
        self.at_token = {hit.first: hit for hit in hits}
        self.inside = {i for hit in hits for i in range(hit.first, hit.after)}
        self.judging = False
        self.section: FindingKind | None = None

    def read(self, sentence: Sentence, *, asked: int | None) -> list[Judged]:
        """The findings of one sentence. `asked`: the token from which on it gives orders."""
        end = asked if asked is not None else sentence.after
        text = self.page.plain[self.page.at[sentence.first] : self.page.to[sentence.after - 1]]
        if sentence.after - sentence.first <= _HEADING and (promised := labelled(text)) is not None:
            self.section = promised
            return []
        if self.section is not None and not text.startswith(("-", "+", "*", "•")):
            self.section = None
        if asked is not None:
            end = self._before_speaker(sentence.first, end)
        out = self._spoken(sentence, end)
        if out:
            # "… ghi nhận A; đồng thời chỉ ra một số hạn chế: b": what follows the praise may be blame.
            rest = self.page.token_from(out[-1].end)
            if end - rest > _REST and any(self._has(kind, rest, end) for kind in ("bad", "hard")):
                out += self._clauses(sentence._replace(first=rest), end)
        if out or (asked is not None and end - sentence.first < 6):
            return out
        out = self._clauses(sentence, end)
        self.judging = bool(out)
        return out

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
            if before in ("được", "bị", "đáng", "để", "tự", "tặng", "thư", "dân") or (
                before == "và" and kind == "blaming"
            ):
                done = after
                continue
            one = self._after_verb(kind, i, after, min(end, after + (_REACH if idle < _IDLE else _HEADING)), sentence)
            idle += not one
            out += one
            done = self.page.token_from(one[-1].end) if one else after
        return out

    def _after_verb(self, kind: str, verb: int, first: int, end: int, sentence: Sentence) -> list[Judged]:
        units: list[Hit] = []
        if kind == "blaming":
            while first < end and first in self.at_token:
                units.append(self.at_token[first])
                first = self.at_token[first].after
            first = self._past_year(first, end)
            if self.words[first : first + 1] and self.words[first] in ("vì", "do", "về", "là", ":", ",", "rằng"):
                first += 1
            first = self._past_year(first, end)
            if first < end and self.words[first] in ("việc",) and units:
                first += 1
        out: list[Judged] = []
        for number, clause in enumerate(cut(self.page, first, end)):
            a, b = trimmed(self.page, clause.first, clause.after)
            if b - a < 3:
                continue
            start, stop = self.page.at[a], self.page.to[b - 1]
            text = self.page.plain[start:stop]
            for pattern in (_STOPS, _SAID_AFTER):
                if (found := pattern.search(text)) and found.start() > 8:
                    stop = start + found.start()
                    text = self.page.plain[start:stop]
            if kind == "praising" and _PERSONAL.search(text):
                continue
            if kind == "blaming":
                verb_word = self.words[verb]
                if verb_word in ("chỉ", "nêu", "bày", "cũng") and not self._has("bad", a, b):
                    continue
                if not units and verb_word in ("phê", "nhắc") and not self._has("bad", a, b):
                    continue
            if number and kind != "blaming" and not self._has("good", a, b) and kind == "praising":
                break
            label: FindingKind = {"praising": "praise", "blaming": "criticism", "troubled": "difficulty"}[kind]  # type: ignore[assignment]
            name = {"praising": PRAISED, "blaming": BLAMED, "troubled": TROUBLED}[kind]
            hits = units or [hit for hit in self._between(a, b) if hit.name and not hit.post]
            out.append(Judged(label, start, stop, name, hits, verb))
        return out

    def _past_year(self, first: int, end: int) -> int:
        if self.words[first : first + 1] == ["trong"]:
            first += 1
        if first + 1 < end and self.words[first] == "năm" and self.words[first + 1].isdigit():
            first += 2
        return first

    def _has(self, kind: str, first: int, after: int) -> bool:
        return self.page.places(_SAYING[kind]).within(first, after)

    def _label(self, a: int, b: int) -> tuple[int, FindingKind | None]:
        """ "Hạn chế: …", "Về khó khăn: …": the token after the label, and the kind of finding it promises."""
        end = next((i for i in range(a, min(b, a + 9)) if self.words[i] == ":"), None)
        if end is None:
            return a, None
        return end + 1, labelled(self.page.plain[self.page.at[a] : self.page.to[end]])

    def _past_reporting(self, a: int, b: int) -> int:
        """The token after "ông X đánh giá", "báo cáo cũng chỉ rõ" and "theo kết luận,"."""
        start, reporting = a, self.page.places(_REPORTING)
        if self.words[a] in ("theo", "cũng") and "," in self.words[a : min(b, a + 16)]:
            start = a = self.words.index(",", a) + 1
        for i in reporting.starts(a, min(b - 4, a + 60)):
            found = reporting.at(i, b) if i not in self.inside else None
            if found is None or found[1] >= b:
                continue
            before = self.words[i - 1]
            named = i == a or i - 1 in self.inside or self.page.capital(i - 1) or before in _BEFORE_REPORTING
            if named and (b - found[1] > 5 or self.words[found[1]] == "là"):
                start = found[1]
                while start < b and self.words[start] in ("rằng", "là", ",", ":", "về", "thêm"):
                    start += 1
        if start == a and self.words[a] in ("theo", "cũng") and "," in self.words[a : a + 16]:
            start = self.words.index(",", a) + 1
        return without_connectors(self.page, start, b) if start < b else a

    def _clauses(self, sentence: Sentence, end: int) -> list[Judged]:
        out: list[Judged] = []
        whole = self.page.plain[self.page.at[sentence.first] : self.page.to[end - 1]] if end > sentence.first else ""
        judged = any(self._has(kind, sentence.first, end) for kind in ("bad", "good", "hard"))
        if not judged and self.section is None and not _LABELLED.match(whole):
            return out
        spoken = self._past_reporting(sentence.first, end) > sentence.first if end > sentence.first else False
        if not (self._has("party_work", sentence.first, end) or self.judging or spoken or self.section):
            return out
        listed = _LISTS.search(whole)
        first, promised = sentence.first, None
        if listed is not None:
            # "… còn một số hạn chế như: a; b; c": each of them is one.
            first = self.page.token_from(self.page.at[sentence.first] + listed.end())
            promised = labelled(listed[0].split(":")[0]) or "criticism"
        for clause in cut(self.page, first, end):
            if promised is not None:
                out += self._judge(clause.first, clause.after, whole, sentence, promised)
                continue
            for a, b in self._halves(clause.first, clause.after):
                out += self._judge(a, b, whole, sentence)
        return out

    def _halves(self, first: int, after: int) -> list[tuple[int, int]]:
        start = self.page.at[first]
        text = self.page.plain[start : self.page.to[after - 1]]
        found = _BUT.search(text, 20)
        if found is None:
            return [(first, after)]
        middle = self.page.token_from(start + found.start())
        left, right = (first, middle), (middle, after)
        if self._has("good", *left) and (self._has("bad", *right) or self._has("hard", *right)):
            return [left, right]
        return [(first, after)]

    def _judge(
        self, first: int, after: int, whole: str, sentence: Sentence, promised: FindingKind | None = None
    ) -> list[Judged]:  # fmt: skip
        a, b = trimmed(self.page, first, after)
        a, label = self._label(without_connectors(self.page, a, b), b)
        while a < b and self.words[a] in ("nhưng", "song", ","):
            a += 1
        if b - a < 4:
            return []
        start, stop = self.page.at[a], self.page.to[b - 1]
        a = self._past_reporting(a, b)
        if a >= b:  # it only says who judged
            return []
        start = self.page.at[a]
        text = self.page.plain[start:stop]
        if _NOT_JUDGED.search(text) or _DEMANDED.search(text):
            return []
        hits = [hit for hit in self._between(a, b) if hit.name and not hit.post]
        if _HARD_SUBJECT.match(text):
            label = "difficulty"
        label = label or promised or self.section
        if label is None:
            hard, bad, good = (self._has(kind, a, b) for kind in ("hard", "bad", "good"))
            label = "difficulty" if hard else "criticism" if bad else "praise" if good else None
        if label is None:
            return []
        name = {"difficulty": JUDGED_HARD, "criticism": JUDGED_BAD, "praise": JUDGED_GOOD}[label]
        return [Judged(label, start, stop, name, hits, sentence.first)]
