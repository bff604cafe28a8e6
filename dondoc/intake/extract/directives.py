"""Directives: what somebody with authority asks of others, one for each clause."""

from dataclasses import dataclass

from dondoc.intake.extract.clauses import cut, phrases, trimmed, without_connectors
from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.speakers import Speakers
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit

ASKED = rule("directive.asked", "yêu cầu, đề nghị, giao")
OBLIGED = rule("directive.obliged", "nói rõ phải làm, cần làm")
CONTINUED = rule("directive.continued", "câu tiếp theo của ý kiến chỉ đạo")

_DIRECTING, _ORDERING, _MODALS = phrases("directing"), phrases("ordering"), phrases("modals")
_SAYING, _SAID = phrases("saying"), phrases("saying", "praising", "blaming", "directing")
_TURNS, _ADDRESSEES = phrases("ordering", "modals", "nouns"), phrases("addressees")
_WEAK = {"giao", "chỉ đạo", "đôn đốc", "phân công", "quán triệt", "kêu gọi"}
_NO_OBLIGATION_BEFORE = {
    "dung",
    "chế",
    "điểm",
    "mức",
    "bị",
    "đã",
    "là",
    "những",
    "việc",
    "mới",
    "trường",
    "diện",
    "tiền",
    "không",
    "có",
    "nếu",
    "từng",
    "các",
    "người",
    "nhu",
    "thủ",
    "nội",
}
_NO_OBLIGATION_AFTER = {
    "thi",
    "xử",
    "xem",
    "đối",
    "được",
    "kỷ",
    "chịu",
    "trải",
    "không",
    "nói",
    "chi",
    "nhận",
    "sinh",
    "nghỉ",
}
_FARTHEST = 26
_NEAR = 14
_TOLD = {"đã", "hiện", "có", "đang", "sẽ", "từng", "vừa", "thống", "cũng", "khẳng", "trước", "qua", "sau", "kết"}
_LISTED_NOUNS = ("những", "sự", "việc", "tình", "công", "một")


@dataclass(slots=True)
class Asked:
    """One clause asked: its tokens, its addressee's tokens (None: none of its own), the addressee it goes on from."""

    first: int
    after: int
    to: tuple[int, int] | None
    by: str | None
    rule: str
    sentence: Sentence


class Asking:
    """Reads the directives of a story, sentence by sentence."""

    def __init__(self, page: Page, hits: list[Hit], speakers: Speakers) -> None:
        self.page, self.words = page, page.words
        self.ordering = page.places(_ORDERING)
        self.hits = {hit.first: hit for hit in hits}
        self.ends = {hit.after: hit for hit in hits}
        self.inside = {i for hit in hits for i in range(hit.first, hit.after)}
        self.speakers = speakers
        self.lead: tuple[int, int] | None = None
        self.active = False
        self.heard = 0
        self.listing = False
        self.listed = False
        self.line = -1
        speech = lexicon("speech")
        self._not_before = frozenset(speech["not_directing_before"])
        self._not_after = tuple(speech["not_directing_after"])

    def read(self, sentence: Sentence) -> list[Asked]:
        """The directives of one sentence."""
        starts = self._verbs(sentence)
        if starts:
            out: list[Asked] = []
            for number, (verb, content) in enumerate(starts):
                end = starts[number + 1][0] if number + 1 < len(starts) else sentence.after
                by = self.speakers.before(sentence.first, verb) if number == 0 else self.speakers.current
                by = self._committee(sentence.first, verb) or by
                self.lead = None
                out += self._clauses(content, self._end(content, end), by, ASKED, sentence, obliged=False)
            self.active, self.heard, self.line = bool(out) or self.listing, 2, sentence.line
            self.listing = False
            return out
        self.heard -= 1
        return self._said(sentence) or self._continued(sentence) or self._overheard(sentence)

    def _tells(self, start: int, to: tuple[int, int], end: int) -> bool:
        """ "Huyện ủy thường xuyên theo dõi …" after an order: somebody, then a verb of order, and nothing that tells a story."""
        verb = self.ordering.at(to[1], end)
        return verb is not None and to[1] - start <= _NEAR and not _TOLD & set(self.words[start : to[1]])

    def _overheard(self, sentence: Sentence) -> list[Asked]:
        """ "Do đó thành phố cần …" right after what somebody said: said by the same."""
        start = without_connectors(self.page, sentence.first, sentence.after)
        if self.heard < 0 or not self._modal(start, sentence.after):
            return []
        return self._clauses(start, sentence.after, self.speakers.current, OBLIGED, sentence, obliged=True)

    def _committee(self, first: int, verb: int) -> str | None:
        """The committee right before the verb: "Huyện ủy đã chỉ đạo …"."""
        i = verb
        while i > first and self.words[i - 1] in ("đã", "cũng", "vừa"):
            i -= 1
        hit = self.ends.get(i)
        if hit is None or not hit.body or hit.post or hit.first < first:
            return None
        self.speakers.current = self.page.wording(hit.first, hit.after)
        return self.speakers.current

    def _end(self, first: int, end: int) -> int:
        """Without ", đồng thời" before the next verb of directing."""
        while end > first and self.words[end - 1] in ("thời", "đồng", ",", "và", "cũng", ";"):
            end -= 1
        return end

    def _verbs(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Where somebody is told something: (the verb's token, the token after it)."""
        out: list[tuple[int, int]] = []
        done, directing = sentence.first, self.page.places(_DIRECTING)
        for i in directing.starts(sentence.first, sentence.after):
            if i < done or i in self.inside or (found := directing.at(i, sentence.after)) is None:
                continue
            if self._directs(sentence, i, found[1], later=bool(out)):
                after = found[1]
                while after < sentence.after and self.words[after] in (":", "rằng", ",", '"', "là"):
                    after += 1
                out.append((i, after))
            done = found[1]
        return out

    def _directs(self, sentence: Sentence, i: int, j: int, *, later: bool) -> bool:
        page, words = self.page, self.words
        if j >= sentence.after or words[j] in (",", ";", ".", ")", '."'):
            return False
        before = words[i - 1] if i > sentence.first else ""
        two = f"{words[i - 2]} {before}" if i - 1 > sentence.first else ""
        follows = page.plain[page.at[j] : page.at[j] + 40]
        if any(
            follows.startswith(phrase) and not follows[len(phrase) : len(phrase) + 1].isalpha()
            for phrase in self._not_after
        ):
            return False
        if later and not (before in (";", "thời", "cũng") or (before == "," and words[i] != "chỉ")):
            return False
        verb = page.plain[page.at[i] : page.to[j - 1]]
        if verb in _WEAK:
            named = i - 1 in self.inside or (page.capital(i - 1) and before.isalpha())
            named = named or before in ("ông", "bà", "chí", "đã", "cũng", "thư", "tịch", ":", ";")
            if i == without_connectors(self.page, sentence.first, sentence.after):
                return verb == "giao" and self._somebody(j, sentence.after)
            if before in (":", ";") and verb != "giao":
                return False
            if (
                (page.capital(i) and before != ":")
                or not named
                or before in ("được", "bị", "ban")
                or two.endswith("lãnh đạo")
            ):
                return False
            return self._somebody(j, sentence.after) or self.page.places(_MODALS).at(j, sentence.after) is not None
        if before == "và":
            return self._said_just_before(sentence.first, i - 1)
        if before in self._not_before or two in self._not_before:
            return False
        return not (before == "," and words[i - 2] in ("xử", "lý"))

    def _said_just_before(self, first: int, i: int) -> bool:
        """ "ông X nói và đề nghị": the verb joined by "và" is one of saying or judging."""
        said = self.page.places(_SAID)
        for k in said.starts(max(first, i - 4), i):
            found = said.at(k, i)
            if found is not None and found[1] == i:
                return True
        return False

    def _clauses(
        self, first: int, after: int, by: str | None, name: str, sentence: Sentence, *, obliged: bool
    ) -> list[Asked]:
        out: list[Asked] = []
        for clause in cut(self.page, first, after):
            start, end = trimmed(self.page, clause.first, clause.after)
            start = without_connectors(self.page, start, end) if clause.first != first or obliged else start
            if end - start < 2:
                continue
            to = self._addressee(start, end)
            if out and to is None and self.words[start] in _LISTED_NOUNS and not self._modal(start, end):
                out[-1].after = end  # "phân tích rõ những …; sự …": a list, no new order
                continue
            if (
                to in (None, (start, end))
                and end < sentence.after
                and self.words[end] == ":"
                and self._somebody(start, end)
            ):
                # "Yêu cầu Đảng ủy xã A:" leads a list; the list says what.
                self.lead, self.listing, self.listed = (start, end), True, True
                continue
            if self.lead is None and to is not None:
                self.lead = to
            out.append(Asked(start, end, to or self.lead, by, name, sentence))
        return out

    def _addressee(self, first: int, end: int) -> tuple[int, int] | None:
        """The words for whoever is asked: from the clause's beginning to its first verb."""
        start = first
        if self.words[first] in ("trong", "từ", "đến", "trước", "hàng", "hằng", "định", "để", "về", "đối", "ngay"):
            comma = next((k for k in range(first, min(end, first + 14)) if self.words[k] == ","), None)
            start = comma + 1 if comma is not None else first
            if (
                comma is not None
                and self.words[first : first + 2] == ["đối", "với"]
                and self._somebody(first + 2, comma)
            ):
                return first + 2, comma
        if start >= end:
            return None
        i, turns = start, self.page.places(_TURNS)
        while i < min(end, start + _FARTHEST):
            hit = self.hits.get(i)
            if hit is not None:
                i = hit.after
                continue
            found = turns.at(i, end)
            if found is not None and found[0] == "nouns":
                i = found[1]
                continue
            if found is not None or self.words[i] in ("cũng", "sẽ"):
                break
            if self.words[i] in (".", ":", "(", '"'):
                return None
            i += 1
        else:
            hit = self.hits.get(start)
            return (start, hit.after) if hit is not None else None
        while i > start and self.words[i - 1] == ",":
            i -= 1
        return (start, i) if i > start and self._somebody(start, i) else None

    def _somebody(self, start: int, end: int) -> bool:
        """Whether the words before the verb name somebody who can be told to do something."""
        if self.words[start].isdigit() and start + 1 < end:
            start += 1  # "2 xã rà soát …"
        return start in self.hits or self.page.places(_ADDRESSEES).at(start, end) is not None

    def _said(self, sentence: Sentence) -> list[Asked]:
        """ "Ông X nhấn mạnh: … phải …"."""
        i = sentence.first
        if self.words[i] == "theo" and (self.words[i + 1 : i + 2] in (["ông"], ["bà"], ["đồng"])):
            comma = next((k for k in range(i, min(i + 8, sentence.after)) if self.words[k] == ","), None)
            if comma is not None:
                return self._obliged(comma + 1, sentence, self.speakers.before(i, comma))
        saying = self.page.places(_SAYING)
        heard = sentence.first  # the speakers before this token are known
        for i in saying.starts(sentence.first, sentence.after):
            found = saying.at(i, sentence.after) if i not in self.inside else None
            if found is not None and found[1] < sentence.after and self.words[found[1]] not in (".", ";"):
                named = self.speakers.before(heard, i)
                heard = i
                start = found[1]
                while start < sentence.after and self.words[start] in (",", ":", "rằng", '"', "là"):
                    start += 1
                self.heard = 2 if named is not None else self.heard
                if (told := self._tasks_after(start, sentence.after)) is not None:
                    self.lead, self.active, self.line = None, True, sentence.line
                    return self._clauses(told, sentence.after, named, OBLIGED, sentence, obliged=True)
                out = self._obliged(start, sentence, named) if i - sentence.first <= _FARTHEST + 14 else []
                if out:
                    return out
        return []

    def _tasks_after(self, first: int, after: int) -> int | None:
        """ "… nhấn mạnh một số nhiệm vụ trọng tâm: a; b": the token after the colon."""
        for i in range(first, min(after - 2, first + _NEAR)):
            if self.words[i] == ":":
                return i + 1 if {"nhiệm", "giải", "yêu"} & set(self.words[first:i]) else None
        return None

    def _obliged(self, first: int, sentence: Sentence, by: str | None) -> list[Asked]:
        out: list[Asked] = []
        self.lead = None
        for clause in cut(self.page, first, sentence.after):
            if out or self._modal(clause.first, clause.after):
                out += self._clauses(clause.first, clause.after, by, OBLIGED, sentence, obliged=True)
        self.active = bool(out)
        self.line = sentence.line if out else self.line
        return out

    def _modal(self, first: int, after: int) -> bool:
        for i in range(first, min(after, first + _FARTHEST)):
            modal = self.words[i] in ("phải", "cần") or self.words[i : i + 2] == ["không", "được"]
            if not modal or i + 1 >= after:
                continue
            k = i + 2 if self.words[i : i + 2] == ["cần", "phải"] else i + 1
            follows = self.words[k : k + 2]
            if (follows[:1] and follows[0] in _NO_OBLIGATION_AFTER) or follows == ["có", "được"]:
                continue
            if self.words[i - 1] not in _NO_OBLIGATION_BEFORE:
                return True
        return False

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
        if self.listed and start > sentence.first and self.words[sentence.first] in ("-", "+", "*", "•"):
            self.active = True
            return self._clauses(start, sentence.after, self.speakers.current, CONTINUED, sentence, obliged=True)
        self.listed = False
        order = self.ordering.at(start, sentence.after) if start not in self.hits else None
        orders = order is not None and self.words[order[1] : order[1] + 1] != ["của"]
        obliged = self._modal(start, sentence.after)
        to = self._addressee(start, sentence.after) if not (orders or obliged) else None
        told = to is not None and sentence.line == self.line and self._tells(start, to, sentence.after)
        if not (orders or obliged or told):
            self.active = False
            return []
        lead, self.lead = self.lead, None if not orders else self.lead
        out = self._clauses(start, sentence.after, self.speakers.current, CONTINUED, sentence, obliged=True)
        if self.lead is None:
            self.lead = lead
        self.line = sentence.line
        return out
