"""The grammar of an order: which verbs tell somebody to do something, who is told, and what must be done."""

from dondoc.intake.extract.clauses import cut, phrases, without_connectors
from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.sections import mark
from dondoc.intake.extract.speakers import Speakers
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.verdicts import Weighing

_DIRECTING, _ORDERING, _MODALS = (
    phrases("directing"),
    phrases("ordering", "ordering_besides", seldom=True),
    phrases("modals"),
)
_EARLIER = phrases("earlier")
_GIVEN = (["chỉ", "tiêu"], ["kế", "hoạch"], ["nhiệm", "vụ"], ["mục", "tiêu"], ["nội", "dung"], ["phần", "việc"])
_SAID = phrases("saying", "praising", "blaming", "directing", "wishing", seldom=True)
_TURNS, _ADDRESSEES = phrases("ordering", "modals", "nouns", seldom=True), phrases("addressees", seldom=True)
_SPEAKERS, _SUPERIORS, _UPWARD = (
    phrases("speakers", seldom=True),
    phrases("superiors", seldom=True),
    phrases("upward", seldom=True),
)
_WEAK = {"giao", "chỉ đạo", "đôn đốc", "phân công", "quán triệt", "kêu gọi", "nhắc nhở", "nhắc"}
_NO_OBLIGATION_BEFORE = {
    "vùng",
    "dung", "chế", "điểm", "mức", "bị", "đã", "là", "những", "việc", "mới", "trường", "diện", "tiền", "không", "có", "nếu", "từng", "các",
    "người", "nhu", "hậu", "chuyên", "thủ", "nội", "vẫn", "thiết", "vì", "sẽ",
}  # fmt: skip
_NO_OBLIGATION_AFTER = {
    "kiệm", "cù", "mẫn", "thi", "xử", "xem", "đối", "được", "kỷ", "chịu", "trải", "không", "chi", "sinh", "nghỉ", "ghép",
}  # fmt: skip
_SHORTCOMINGS = (["thiếu", "sót"], ["tồn", "tại"], ["sai", "sót"], ["yếu", "kém"], ["bất", "cập"], ["vi", "phạm"], ["sai", "phạm"])  # fmt: skip
"""Behind these "cần", "phải" tell what is to be mended: "những tồn tại cần khắc phục"."""
_DONE = frozenset(("đã", "luôn", "xuyên"))
_PERIODS = frozenset(("trong", "năm", "quý", "từ", "qua", "nhiệm", "những", "sáu", "chín", "6", "9", "06", "09"))
_SUCH_AS_WE = ("thay mặt đơn vị", "thay mặt địa phương", "thay mặt cấp ủy", "thay mặt ban thường vụ đảng ủy", "thay mặt đảng ủy", "thay mặt chi bộ", "tiếp thu", "thống nhất với dự thảo", "kiến nghị", "đề xuất với", "thay mặt tập thể")  # fmt: skip
_INSPECTORS_NEAR, _COMMITTEES_NEAR = 60, 140
_HIGHEST = ("bộ chính trị", "ban bí thư", "ban chấp hành trung ương", "trung ương ")
_ADVERBIAL = frozenset(("trong", "để", "trước", "sau", "từ", "ngay", "đối", "về", "với", "riêng", "trên", "qua", "bên", "cùng", "ngoài", "nhân", "hàng", "hằng", "tại", "nơi", "khi", "đến"))  # fmt: skip
"""How an adverbial begins that stands before the verb of an order."""
_BEFORE_TOLD = frozenset(("trong", "thời", "ngay", "từ", "trước", "bên", "sau", "năm", "quý", "tháng", "tới", "sắp", "cùng", "đối", "với", "để", "trên"))  # fmt: skip
"""What may stand between "đồng chí đề nghị," and whoever is asked: "năm 2026,", "để làm được việc đó,"."""
_MEETING = (["bảo", "đảm"], ["đảm", "bảo"], ["đạt", "được"], ["theo", "đúng"], ["đúng", "với"])
_HONOURING = frozenset(("tặng", "truy", "trao", "xét", "công", "chuẩn", "kết", "khen", "xóa"))
_ANSWERED_FOR, _ANSWERING = frozenset(("vi", "khuyết", "sai", "hậu")), 7
"""What somebody answers for, soon behind "chịu trách nhiệm": "vi phạm", "khuyết điểm", "sai phạm", "hậu quả"."""
_FARTHEST = 26
_NEAR = 14


def out_loud(words: list[str], first: int, i: int) -> bool:
    """Whether somebody speaks in the sentence up to here: a person, or one who leads."""
    return not {"ông", "bà", "chí", "thư", "tịch", "trưởng", "đoàn"}.isdisjoint(words[first:i])


class Orders:
    """Looks at the words of one text as at orders."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing, speakers: Speakers) -> None:
        self.page, self.words = page, page.words
        self.ordering = page.places(_ORDERING)
        self.hits, self.inside = told.at, told.inside
        self.ends = {hit.after: hit for hit in told.hits}
        self.speakers = speakers
        self.weighing = weighing
        self.past_line = -1
        """The paragraph that tells of a time past: what was told to do in it has been done."""
        speech = lexicon("speech")
        self._not_before = frozenset(speech["not_directing_before"])
        self._not_after = tuple(speech["not_directing_after"])

    def committee(self, first: int, verb: int) -> str | None:
        """The committee right before the verb: "Huyện ủy đã chỉ đạo …"."""
        i = verb
        while i > first and self.words[i - 1] in ("đã", "cũng", "vừa", "đang"):
            i -= 1
        hit = self.ends.get(i)
        if hit is None or not hit.body or hit.post or hit.first < first:
            return None
        self.speakers.current = self.page.wording(hit.first, hit.after)
        return self.speakers.current

    def verbs(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Where somebody is told something: (the verb's token, the token after it)."""
        out: list[tuple[int, int]] = []
        if self.words[sentence.first] in _PERIODS:
            self.past_line = sentence.line
        done, directing = sentence.first, self.page.places(_DIRECTING)
        for i in directing.starts(sentence.first, sentence.after):
            if i < done or i in self.inside or (found := directing.at(i, sentence.after)) is None:
                continue
            if self._told_of_before(sentence, i):
                done = found[1]
                continue
            if self._directs(sentence, i, found[1], later=bool(out)) and not self._upward(sentence, i, found[1]):
                after = found[1]
                while after < sentence.after and self.words[after] in (":", "rằng", ",", '"', "là"):
                    after += 1
                out.append((i, after))
            done = found[1]
        return out

    def _told_of_before(self, sentence: Sentence, i: int) -> bool:
        """ "Mặc dù chi bộ đã giao …", "chỉ tiêu Huyện ủy giao cho xã": what was asked before, or a thing that was given."""
        first = without_connectors(self.page, sentence.first, i)
        if first < i and self.page.places(_EARLIER).at(first, i) is not None:
            return True
        if self.words[i] not in ("giao", "phân", "chỉ"):
            return False
        start = max(sentence.first, i - _NEAR)
        start = max((k + 1 for k in range(start, i) if self.words[k] in (",", ";", ":")), default=start)
        return any(self.words[k : k + 2] in _GIVEN for k in range(start, i - 1))

    def _upward(self, sentence: Sentence, i: int, j: int) -> bool:
        """ "Thay mặt đơn vị, ông X đề nghị Tỉnh ủy quan tâm …": asked of those above."""
        above = self.page.places(_SUPERIORS).at(j, sentence.after)
        before = self.page.plain[self.page.at[sentence.first] : self.page.at[i]]
        if above is None:
            return False
        if self.words[i] == "đề" and (
            self.page.plain.startswith(_HIGHEST, self.page.at[j])
            or (
                self.page.plain.startswith("ban thường vụ", self.page.at[j])
                and any(sign in before[-_INSPECTORS_NEAR:] for sign in ("ubkt ", "ủy ban kiểm tra "))
                and "thi hành kỷ luật" in self.page.plain[self.page.at[j] : self.page.at[j] + _COMMITTEES_NEAR]
            )
        ):
            return True  # the Politburo is told nothing, nor is a committee by its own inspectors
        hit = self.hits.get(j)
        verb = max(above[1], hit.after if hit is not None else 0)
        asked = self.page.places(_UPWARD).at(verb, sentence.after) is not None
        return asked and any(sign in before for sign in _SUCH_AS_WE)

    def _directs(self, sentence: Sentence, i: int, j: int, *, later: bool) -> bool:
        page, words = self.page, self.words
        actor = self.ends.get(i)
        if actor is not None and actor.first > sentence.first and words[actor.first - 1] in ("được", "do", "bị"):
            return False  # "sẽ được Huyện ủy chỉ đạo …"
        if words[i] == "đề" and words[j : j + 3] == ["ban", "thường", "vụ"] and self._honours(j, sentence.after):
            return False  # "đề nghị Ban Thường vụ Đảng ủy Khối biểu dương 3 tập thể": asked of those above
        if j >= sentence.after or words[j] in (";", ".", ")", '."'):
            return False
        if words[i - 2 : i] == ["nên", "đã"] or (
            words[i] == "yêu" and (words[i - 2 : i] in _MEETING or words[i - 1] == "đúng")
        ):
            return False  # "còn hạn chế nên đã yêu cầu khắc phục": what was done; "bảo đảm đúng yêu cầu giãn cách"
        if (
            words[i] == "đề"
            and words[i - 1] in (",", ";", "và")
            and words[j] in _HONOURING
            and not out_loud(words, sentence.first, i)
        ):
            return False  # "kết nạp 9 đảng viên; đề nghị tặng Huy hiệu cho 3 đồng chí": what an office did
        before = words[i - 1] if i > sentence.first else ""
        two = f"{words[i - 2]} {before}" if i - 1 > sentence.first else ""
        if words[j] == "," and not self._spoken_to_all(sentence, i, j + 1):
            return False
        follows = page.plain[page.at[j] : page.at[j] + 40]
        if follows.startswith(self._not_after) and any(
            follows.startswith(phrase) and not follows[len(phrase) : len(phrase) + 1].isalpha()
            for phrase in self._not_after
        ):
            return False
        if later and not (before in (";", "thời", "cũng", "và") or (before == "," and words[i] != "chỉ")):
            return False
        if later and before == "," and not (self.ordered(j, sentence.after) or self.told(j, sentence.after)):
            return False  # "bám sát tiêu chuẩn, yêu cầu trước mắt và lâu dài"
        verb = page.plain[page.at[i] : page.to[j - 1]]
        if verb in _WEAK:
            return self._weakly(sentence, i, j, verb, before, two)
        if before == "và":
            return (
                sentence.after - j > _NEAR // 2
                and self._said_before(sentence.first, i - 1)
                and (self.ordered(j, sentence.after) or self.told(j, sentence.after))
            )
        written = (
            two in ("văn bản", "công văn") and words[i - 3] in ("có", "hành", "gửi") and self.told(j, sentence.after)
        )
        if (
            not written
            and two not in ("bí thư", "trưởng ban")
            and not self._ends_a_name(sentence.first, i)
            and (before in self._not_before or two in self._not_before)
        ):
            return False
        return not (before == "," and words[i - 2] in ("xử", "lý"))

    def _ends_a_name(self, first: int, i: int) -> bool:
        """ "Vũ Việt Văn yêu cầu": the words before are a person's, whatever they mean elsewhere."""
        return i - 2 > first and self.page.capital(i - 1) and self.page.capital(i - 2) and self.page.capital(i - 3)

    def _weakly(self, sentence: Sentence, i: int, j: int, verb: str, before: str, two: str) -> bool:
        """Verbs that also tell what a body does all day ("chỉ đạo", "giao"): only where somebody is told by somebody."""
        if before in ("được", "bị", "ban", "ngoài", "việc", "sự", "không") or two.endswith("lãnh đạo"):
            return False
        if before in _DONE and (sentence.line == self.past_line or self._praised(j, sentence.after)):
            return False  # "Quý I, Huyện ủy đã chỉ đạo các đơn vị thực hiện tốt …": what was done
        if i == without_connectors(self.page, sentence.first, sentence.after):
            return verb == "giao" and self.somebody(j, sentence.after)
        if verb.startswith("nhắc"):
            said = self.weighing.verdict(j, min(sentence.after, j + _FARTHEST))
            if said is not None and said.kind == "criticism":
                return False
        if before in (",", "và", "thời", ";") and verb in ("giao", "nhắc nhở", "nhắc"):
            # "Những vướng mắc về trụ sở, giao Văn phòng tổng hợp", "gợi mở hướng … và giao Ban Tổ chức …"
            return self.told(j, sentence.after)
        if before in (":", ";") and verb != "giao":
            return False
        named = i - 1 in self.inside or (self.page.capital(i - 1) and before.isalpha())
        named = named or before in ("ông", "bà", "chí", "đã", "cũng", "thư", "tịch", "đang", "đoàn", "vụ", ":", ";")
        if (self.page.capital(i) and before != ":") or not named:
            return False
        return self.somebody(j, sentence.after) or self.page.places(_MODALS).at(j, sentence.after) is not None

    def _honours(self, first: int, after: int) -> bool:
        """Whether somebody is asked to honour others."""
        to = self.addressee(first, after)
        return to is not None and self.words[to[1] : to[1] + 2] in (
            ["biểu", "dương"],
            ["khen", "thưởng"],
            ["công", "nhận"],
        )

    def _praised(self, first: int, after: int) -> bool:
        """Whether the clause from here says how well it was done."""
        clause = next(iter(cut(self.page, first, after)))
        said = self.weighing.verdict(clause.first, clause.after)
        return said is not None and said.firm and said.kind == "praise"

    def _spoken_to_all(self, sentence: Sentence, i: int, j: int) -> bool:
        """ "Đồng chí đề nghị, các Đảng ủy tiếp tục …": a comma after the verb, and somebody told behind it."""
        speakers = self.page.places(_SPEAKERS)
        spoken = i - sentence.first < _NEAR or speakers.within(sentence.first, i)
        return (
            spoken
            and j < sentence.after
            and (self.ordered(j, sentence.after) or self.told(j, sentence.after) or self.words[j] in _BEFORE_TOLD)
        )

    def _said_before(self, first: int, i: int) -> bool:
        """ "ông X biểu dương A và yêu cầu": the verb joined by "và" follows one of saying or judging."""
        said = self.page.places(_SAID)
        return said.within(first, i)

    def ordered(self, first: int, end: int) -> bool:
        """Whether an order begins here with its verb."""
        return first not in self.hits and self.ordering.at(first, end) is not None

    def told(self, first: int, end: int) -> bool:
        """Whether here begins somebody, and then a verb of order: "Văn phòng tổng hợp"."""
        to = self.addressee(first, end)
        return to is not None and to[1] < end and (self.ordering.at(to[1], end) is not None or self.modal(to[1], end))

    def addressee(self, first: int, end: int) -> tuple[int, int] | None:
        """The words for whoever is asked: from the clause's beginning to its first verb."""
        if first >= end:
            return None
        start = first
        if self.words[first] in (
            "trong",
            "từ",
            "đến",
            "trước",
            "hàng",
            "hằng",
            "định",
            "để",
            "về",
            "đối",
            "ngay",
            "thời",
            "tới",
            "bên",
            "cùng",
            "sau",
            "riêng",
        ):
            commas = [k for k in range(first, min(end, first + _NEAR) - 1) if self.words[k] == ","]
            comma = commas[0] if commas else None
            if self.words[first : first + 2] == ["sau", "khi"]:
                # "Sau khi trở về địa phương, đơn vị, các học viên tiếp tục …"
                comma = next((k for k in commas if self.words[k + 1] in ("các", "mỗi", "từng")), comma)
            start = (
                comma + 1
                if comma is not None
                else first + (2 if self.words[first : first + 2] == ["tới", "đây"] else 0)
            )
            if (
                comma is not None
                and self.words[first : first + 2] == ["đối", "với"]
                and self.somebody(first + 2, comma)
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
        return (start, i) if i > start and self.somebody(start, i) else None

    def somebody(self, start: int, end: int) -> bool:
        """Whether the words before the verb name somebody who can be told to do something."""
        if start < end and self.words[start].isdigit() and start + 1 < end:
            start += 1  # "2 xã rà soát …"
        return start in self.hits or self.page.places(_ADDRESSEES).at(start, end) is not None

    def past_adverbial(self, start: int, after: int) -> int:
        """ "Trong quá trình chỉ đạo, tránh …": the token behind the comma."""
        if self.words[start] not in _ADVERBIAL:
            return start
        comma = next((k for k in range(start, min(after - 1, start + _NEAR)) if self.words[k] == ","), None)
        return start if comma is None or comma + 1 in self.hits else comma + 1

    def turns(self, start: int, end: int) -> bool:
        """Whether a verb of order stands between these tokens, apart from what names somebody."""
        turns, last = self.page.places(_TURNS), len(self.words)
        found = (turns.at(i, last) for i in turns.starts(start, end) if i not in self.inside)
        return any(one is not None and one[0] != "nouns" for one in found)

    def must(self, first: int, after: int) -> bool:
        """Whether a clause begins with "cần", "phải" and the like."""
        return self.page.places(_MODALS).at(first, after) is not None

    def modal(self, first: int, after: int) -> bool:
        """Whether the clause says what must or must not be done."""
        modals = self.page.places(_MODALS)
        for i in modals.starts(first, min(after, first + _FARTHEST)):
            found = modals.at(i, after)
            if found is None or found[1] >= after:
                continue
            k = found[1]
            word = self.words[i]
            if self.words[k - 1] == "nên" and (self.words[i - 1] == "," or not self.ordered(k, after)):
                continue  # "… nên khó bố trí": a result
            if self.words[k - 1] == "không" and self.words[k] == "có":
                continue
            if word == "cần" and (self.words[k] == "thiết" or (i > 0 and self.words[i - 1] == "chỉ")):
                continue
            follows = self.words[k : k + 2]
            if word == "chịu" and not _ANSWERED_FOR.isdisjoint(self.words[k : k + _ANSWERING]):
                continue  # "Bí thư chịu trách nhiệm chính về những vi phạm": whose fault it is
            if word in ("phải", "cần") and (
                (follows[:1] and follows[0] in _NO_OBLIGATION_AFTER)
                or follows == ["có", "được"]
                or follows == ["nói", "là"]
                or (follows[:1] == ["nhận"] and follows[1:] not in (["thức"], ["rõ"], ["diện"], ["thấy"]))
            ):
                continue
            if i == first or (
                self.words[i - 1] not in _NO_OBLIGATION_BEFORE and self.words[i - 2 : i] not in _SHORTCOMINGS
            ):
                return True
        return False

    def _orders_behind(self, first: int, after: int) -> bool:
        """Whether what stands behind a colon orders something: its first clause has a verb of order, or must be done."""
        clause = next(iter(cut(self.page, first, after)), None)
        if clause is None:
            return False
        start = without_connectors(self.page, mark(self.page, clause.first, clause.after)[0], clause.after)
        return self.ordered(start, after) or self.told(start, after) or self.modal(start, clause.after)

    def tasks_after(self, first: int, after: int) -> int | None:
        """ "… nhấn mạnh một số nhiệm vụ trọng tâm: a; b", "cần tập trung các nội dung như: a; b": the token after the colon."""
        for i in range(first, min(after - 2, first + _FARTHEST)):
            if self.words[i] == ":":
                if self.words[i + 1] == "như":
                    i += 1
                if {"phục", "tồn", "khuyết", "khó", "hạn"} & set(self.words[first:i]):
                    asked = self.ordered(i + 1, after) and self.words[i - 1] == "như"
                    return i + 1 if asked else None  # "một số nội dung cần khắc phục: …" are shortcomings
                named = {"nhiệm", "giải", "yêu", "dung", "vấn", "khâu", "biện"} & set(self.words[first:i])
                if not self._orders_behind(i + 1, after):
                    return None  # "một số vấn đề như: quan điểm, mục tiêu"
                return i + 1 if named or self.words[i - 1] in ("sau", "như") else None
        return None
