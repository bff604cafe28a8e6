"""Findings: what the leader, or the report, calls good, lacking or hard."""

import re
from itertools import pairwise

from dondoc.intake.extract.clauses import cut, phrases, trimmed, without_connectors
from dondoc.intake.extract.conclusions import Conclusions
from dondoc.intake.extract.counted import counted
from dondoc.intake.extract.judged import (
    CONCLUDED,
    HEADING,
    JUDGED_BAD,
    JUDGED_GOOD,
    JUDGED_HARD,
    NAMED_ABSENT,
    Judged,
    lists,
)
from dondoc.intake.extract.judging_parts import OPENERS, about_party
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.sections import Style, labelled, mark, sets_tasks
from dondoc.intake.extract.spoken import Spoken
from dondoc.intake.extract.stated import Stating
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit, Mentioned
from dondoc.intake.extract.unjudged import (
    ATTENDED,
    CONSEQUENCE,
    COUNTING,
    DETAIL,
    FAULTS_ANALYSED,
    GIVEN,
    NO_STORY,
    NOT_JUDGED,
    OF_DISCIPLINE,
    PLANNING,
    PLANS,
    PURPOSE,
    REMEDIED,
    STILL_VIOLATED,
    THANKS,
    UNSAID,
    VIOLATION,
)
from dondoc.intake.extract.verdicts import Weighing

_PARTY_WORK = phrases("party_work", seldom=True)
_JUDGING = phrases("judging")
_IS = re.compile(
    r"(?:điều |cái |nét |điểm |những |một số |các |về |rất |có )*(?P<what>khó khăn|vướng mắc|khó nhất|hạn chế|tồn tại|khuyết điểm|yếu kém|thiếu sót|bất cập|nỗi lo|băn khoăn|lo lắng|trăn trở|nguyên nhân|điểm yếu|khâu yếu|ưu điểm|mặt được|đáng ghi nhận|đáng mừng|đáng phấn khởi|đáng khích lệ|đáng biểu dương|đáng trân trọng|đáng tự hào|nổi bật|điểm sáng)\b[^;:]{0,60}? (?:là(?: do)?|xuất phát từ|bắt nguồn từ|do):? "
)
_WORTH = re.compile(r", (?=(?:một )?(?:điều|nét|điểm) (?:rất )?đáng )")
_ABOUT = re.compile(
    r"\W*về (?:những |các |một số )?(?P<what>hạn chế|tồn tại|khuyết điểm|khó khăn|vướng mắc|ưu điểm)\b[^.;:,]{0,30}, "
)
_NAMED = (
    "khó khăn", "vướng mắc", "khó nhất", "hạn chế", "tồn tại", "khuyết điểm", "yếu kém", "thiếu sót", "bất cập", "nỗi lo", "băn khoăn", "lo lắng",
    "trăn trở", "nguyên nhân", "điểm yếu", "khâu yếu", "nổi bật", "điểm sáng", "ưu điểm", "mặt được", " cần",
    "đáng ",
)  # fmt: skip
"""A sentence in which nothing is judged can promise a judgement only with one of these (`LISTS`, `_IS`, `_ABOUT`)."""
_OF_ASSOCIATIONS = frozenset((("chi", "hội"), ("hội", "viên"), ("chi", "đoàn"), ("công", "đoàn")))
"""What is said of these is not said of the Party, in a text that is hardly about it."""
_ORDERING = phrases("ordering", "ordering_besides", seldom=True)
_WHAT = frozenset(("nhiệm", "nội", "yêu", "giải", "khâu", "cơ", "dịp", "hoạt", "đợt", "việc", "trách", "vấn", "yếu", "biện", "phương", "chủ", "công"))  # fmt: skip
"""The first words of what a thing is said to be: "nhiệm vụ", "nội dung", "một trong những …"."""
_ALL, _PUPILS = frozenset(("các", "mỗi", "toàn")), (["học", "viên"], ["học", "sinh"], ["thí", "sinh"], ["em", "học"])
_WHOLE, _MANY = 130, 2
_LABEL_UPTO = 60
_SHORT = 25
_REST = 6
_LONG = 30
_FEWEST, _SHORTEST = 4, 12
_TOLD_NEXT = (["đó", "là"], ["cụ", "thể"], ["một", "là"], ["thứ", "nhất"], ["trong", "đó"], ["như", ":"])


class Judging(Stating):
    """Reads the findings of a story, sentence by sentence."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing) -> None:
        super().__init__(page, told, weighing)
        self.spoken = Spoken(page, told, weighing, self.parts)
        self.conclusions = Conclusions(page, told, weighing)
        self.judging: FindingKind | None = None
        """What the sentence before judged, where this one may go on from it."""
        self.concluded = False
        """Whether the sentence before concluded a fault of an organisation."""
        self.line = -1
        self.section: FindingKind | None = None
        self.style: Style = ""
        self.tasks = False
        """Whether the items of the list that is read are tasks."""
        self.about_party = about_party(page)

    def read(self, sentence: Sentence, *, asked: int | None) -> list[Judged]:
        """The findings of one sentence. `asked`: the token from which on it gives orders."""
        end = asked if asked is not None else sentence.after
        text = self.page.plain[self.page.at[sentence.first] : self.page.to[sentence.after - 1]]
        if sentence.after - sentence.first <= HEADING and (promised := labelled(text)) is not None:
            self._open(sentence, promised)
            return []
        if sentence.line != self.line and (self.section is not None or ":" in text[:_LABEL_UPTO]):
            self._enter(sentence)
        if sentence.line != self.line:
            self.tasks = self.tasks and mark(self.page, sentence.first, sentence.after)[1] != ""
        if text.endswith(":") and sets_tasks(text):
            self.tasks = True
        elif self.tasks and self.only_task(sentence):
            self.line = sentence.line
            return []
        if asked is not None:
            end = self.before_speaker(sentence.first, end)
        if sentence.line != self.line:
            self.judging, self.line = None if self.judging == "praise" else self.judging, sentence.line
        if self.concluded and CONSEQUENCE.match(text):
            self.concluded = False
            a, b = trimmed(self.page, sentence.first, end)
            return [self._concluded(a, b, [], sentence)]
        self.concluded = False
        if concluded := self.conclusions.read(sentence, end):
            self.judging, self.concluded = "criticism", True
            units = [hit for hit in self.spoken.between(*concluded[0]) if hit.name and not hit.post]
            return [self._concluded(a, b, units, sentence) for a, b in concluded]
        out = self.spoken.read(sentence, end)
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
        if ("/" in text or "tốt" in text or "còn" in text) and (on := counted(text)):
            name = {"praise": JUDGED_GOOD, "criticism": JUDGED_BAD}
            self.judging, begins = on[-1].kind, self.page.at[sentence.first]
            return [Judged(x.kind, begins + x.start, begins + x.end, name[x.kind], [], sentence.first) for x in on]
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

    def _label(self, a: int, b: int) -> tuple[int, FindingKind | None]:
        """ "Hạn chế: …", "Về khó khăn: …": the token after the label, and the kind of finding it promises."""
        end = next((i for i in range(a, min(b, a + 9)) if self.words[i] == ":"), None)
        if end is None:
            return a, None
        return end + 1, labelled(self.page.plain[self.page.at[a] : self.page.to[end]])

    def _clauses(self, sentence: Sentence, end: int) -> list[Judged]:
        """What the sentence itself judges, clause by clause."""
        first = sentence.first
        if end - first < _FEWEST:
            return []
        if self.words[first] == "để":
            first = self.past_purpose(first, end)
        whole = self.page.plain[self.page.at[first] : self.page.to[end - 1]]
        if self.section is None and self.weighing.silent(first, end) and not any(map(whole.__contains__, _NAMED)):
            return []
        if any(map(whole.__contains__, PLANNING)) and (ahead := PLANS.search(whole)) is not None:
            end = self.before_plans(first, end, self.page.at[first] + ahead.start())
            if end - first < _FEWEST:
                return []
            whole = self.page.plain[self.page.at[first] : self.page.to[end - 1]]
        begins = self.page.at[first]
        named = self.page.at[without_connectors(self.page, first, end)] - begins if whole.startswith("theo") else 0
        if "kỷ luật" in whole and OF_DISCIPLINE.match(whole):
            return []
        comma = whole.find(", để ") if whole.startswith("theo") else -1
        if (owed := THANKS.match(whole, max(named, comma, 0))) is not None:
            return self._owed(sentence, self.page.token_from(begins + owed.end()), end)
        if (analysed := FAULTS_ANALYSED.match(whole)) is not None:
            first = self.page.token_from(begins + analysed.end())
            return self._accepted(sentence, first, end, "criticism", assessed=True)
        listed, promised = lists(whole), None
        told = self.parts.past_reporting(first, end)
        if (
            self.section is None
            and listed is None
            and (
                NO_STORY.match(whole, self.page.at[told] - self.page.at[first] if told < end else 0)
                or self.of_session(whole.partition(";")[0])
                or self.no_statement(sentence)
            )
        ):
            return []
        firm = self.weighing.any_firm(first, end)
        judged = self.page.places(_JUDGING).within(first, told)
        assessed = judged or self.assesses(first, end)
        is_so = (
            None if listed is not None or told >= end else _IS.match(whole, self.page.at[told] - self.page.at[first])
        )
        if is_so is None and listed is None and "đáng " in whole and (worth := _WORTH.search(whole)) is not None:
            is_so = _IS.match(whole, worth.end())
        if (
            listed is None
            and is_so is None
            and self.section is None
            and self.weighing.planned(first, cut(self.page, first, end)[0].after, assessed=self.judging is not None)
        ):
            return []
        if listed is not None:
            # "… còn một số hạn chế như: a; b; c": each of them is one.
            promised = self.promised(listed[0])
        elif is_so is not None:
            outstanding = is_so["what"] in ("nổi bật", "điểm sáng")
            assessed, promised = assessed or outstanding, None if outstanding else self.promised(is_so["what"])
        elif (about := _ABOUT.match(whole)) is not None:
            promised = self.promised(about["what"])
        if not (firm or assessed or promised or self.section or self.judging):
            return []
        party = self.about_party or self.page.places(_PARTY_WORK).within(first, end)
        if not (party or self.judging or told > first or self.section or promised):
            return []
        if listed is not None:
            told = first = self.page.token_from(self.page.at[first] + listed.end())
        elif is_so is not None and (
            is_so["what"] in ("nguyên nhân", "nổi bật", "điểm sáng") or is_so[0].endswith(": ") or promised == "praise"
        ):
            told = first = self.page.token_from(self.page.at[first] + is_so.end())
        return self._accepted(sentence, told if told < end else first, end, promised, assessed=assessed)

    def _owed(self, sentence: Sentence, first: int, end: int) -> list[Judged]:
        """ "Có được kết quả đó là nhờ Huyện ủy làm tốt …": what was done well, where it says so."""
        said = self.weighing.verdict(first, end) if first < end and self.words[first] != "sự" else None
        if said is None or said.kind != "praise":
            return []
        return self._accepted(sentence, first, end, "praise", assessed=True)

    def _accepted(
        self, sentence: Sentence, first: int, end: int, promised: FindingKind | None, *, assessed: bool
    ) -> list[Judged]:  # fmt: skip
        """The clauses that judge: firm ones, and faint ones beside them or after a verb of judging."""
        if self.words[sentence.after : sentence.after + 2] in _TOLD_NEXT and UNSAID.search(
            self.page.plain[self.page.at[first] : self.page.to[end - 1]].rstrip(" .")
        ):
            return []  # "vẫn còn một số hạn chế. Đó là …": the next sentence says which
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
                if not (said.firm or assessed or lacking or out or self.weighing.praises(a, b)):
                    continue  # attention and effort alone, not told after a result
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

    def _opens(self, sentence: Sentence, first: int) -> bool:
        """Whether a part opens its sentence, where no list goes on."""
        return first == without_connectors(self.page, sentence.first, sentence.after) or first == sentence.first

    def _tells_only(self, sentence: Sentence, a: int, b: int) -> bool:
        """Whether words of praise stand in what is only told: a definition, what somebody is busy with, a whole paragraph."""
        praised = [one for one in self.weighing.predicates(a, b) if one.kind == "praise"]
        if b - a > _WHOLE or (praised and self._defines(a, praised[0].first)):
            return True
        if self.words[a + (self.words[a] in _ALL) : b][:2] in _PUPILS:
            return True  # "Học viên được củng cố nhận thức": what a class is for
        good = [one for one in praised if one.firm]
        begins = without_connectors(self.page, sentence.first, sentence.after)
        alone = a == begins and self.judging is None and self.section is None and ";" not in self.words[a:b]
        busy = alone and self.words[sentence.first : sentence.after].count(";") == 0 and len(good) < _MANY
        busy = busy and "góp" not in self.words[a:b]
        return busy and a not in self.at_token and self.page.places(_ORDERING).at(a, b) is not None

    def _defines(self, a: int, at: int) -> bool:
        """ "Công tác kiểm tra là nhiệm vụ thường xuyên, góp phần …": what a thing is, not how it was done."""
        if self.words[a] in OPENERS:
            return False
        for k in range(a, at - 1):
            if self.words[k] == "là":
                if any(pair == (",", "được") for pair in pairwise(self.words[k:at])):
                    return False  # "… là nhiệm vụ then chốt, được Huyện ủy thực hiện và đạt kết quả tốt"
                what = next(w for w in self.words[k + 1 : at + 1] if w not in ("một", "trong", "những", "các"))
                return what in _WHAT
        return False

    def _judge(self, first: int, after: int, label: FindingKind, sentence: Sentence) -> list[Judged]:
        a, b = trimmed(self.page, first, after)
        if label == "praise" and COUNTING.search(self.page.plain[self.page.at[a] : self.page.to[b - 1]]):
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
        if label != "praise":
            a, b = self.parts.cause_alone(a, b)
        start, stop = self.page.at[a], self.page.to[b - 1]
        text = self.page.plain[start:stop]
        if label != "praise" and (remedied := REMEDIED.search(text)) and remedied.start() > _SHORTEST:
            stop = start + remedied.start()
            text = text[: remedied.start()]
        if text.endswith(" như"):
            stop -= len(" như")  # "… đạt nhiều kết quả như:"
            text = text[: -len(" như")]
        if label == "praise" and (detail := DETAIL.search(text)) and detail.start() > _LONG:
            stop = start + detail.start()
            text = text[: detail.start()]
        if sum(word[0].isalpha() for word in self.words[a:b]) < _REST - 2:
            return []
        if label != "praise" and self.parts.of_one_person(first, b):
            return []
        if not self.about_party and any(pair in _OF_ASSOCIATIONS for pair in pairwise(self.words[a:b])):
            return []
        if (
            label == "praise"
            and self.section is None
            and self._opens(sentence, first)
            and self.parts.circumstance(a, b)
        ):
            return []
        owed = self.words[a] == "nhờ" and not {("đã", "góp"), ("đã", "tạo")}.intersection(pairwise(self.words[a:b]))
        if label == "praise" and (owed or ATTENDED.search(text) or self._tells_only(sentence, a, b)):
            return []
        if label != "praise" and VIOLATION.search(text) and not STILL_VIOLATED.search(text):
            return []
        if (meant := PURPOSE.search(text)) is not None:
            said = self.weighing.verdict(a, self.page.token_from(start + meant.start())) if meant.start() else None
            if said is None or (said.kind == "praise") != (label == "praise"):
                return []
        if NOT_JUDGED.search(text) or NAMED_ABSENT.match(text) or (label == "praise" and GIVEN.search(text)):
            return []
        upto = next((k for k in range(a + 1, b - 1) if self.words[k - 1 : k + 2] == [",", "nhất", "là"]), b)
        hits = [hit for hit in self.spoken.between(a, upto) if hit.name and not hit.post]
        name = {"difficulty": JUDGED_HARD, "criticism": JUDGED_BAD, "praise": JUDGED_GOOD}[label]
        return [Judged(label, start, stop, name, hits, sentence.first)]
