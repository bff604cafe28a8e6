"""What a clause says of work: good, lacking or hard, and whether it says so by itself or only beside another judgement."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from dondoc.intake.extract.amounts import Amounts
from dondoc.intake.extract.content import expanded, lexicon
from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.tokens import Page, Phrases

_KINDS: dict[str, FindingKind] = {"good": "praise", "bad": "criticism", "hard": "difficulty"}
_NEAR = 2
_BACK = 12
"""So many tokens before a predicate a wish ("cần", "để") still covers it."""
_BARELY = ("khó", "vướng")
"""Words that only name a difficulty; two of them tell no more than one."""
_OPENING = 40
_OVERCOME_BACK = 6
_REACHED = frozenset(("vượt", "đạt", "đều", "hoàn", "cơ", "cao"))


_DONE = frozenset(("thực", "triển", "tổ", "duy", "quán", "giải", "chuẩn", "xây", "ban", "sắp", "kiện"))
"""The first words of verbs of doing work."""
_ORGANISED = frozenset(
    ("thực", "triển", "quán", "học", "sơ", "tổng", "tốt", "thành", "kiểm", "giám", "tuyên", "lấy", "cho")
)
"""Behind "tổ chức" these show that it is the verb."""
_HELPED_BACK = 9
_HELPING = frozenset((("hỗ", "trợ"), ("giúp", "đỡ"), ("chăm", "lo"), ("thăm", "hỏi"), ("trợ", "giúp"), ("chia", "sẻ")))
_AGENT = 9
"""So many tokens may stand from "được" to what was done, with whoever did it between them."""
_BREAKING = frozenset((",", ";", ":", "và", "để", "nhằm", "quan", "chú"))


class Predicate(NamedTuple):
    """A predicate in a clause: its tokens, what it says, and whether it judges by itself."""

    first: int
    after: int
    kind: FindingKind
    firm: bool


class Verdict(NamedTuple):
    """What a clause says, whether firmly, and the token of the predicate that decides it."""

    kind: FindingKind
    firm: bool
    at: int


def _predicates() -> Iterator[tuple[str, tuple[FindingKind, bool] | None]]:
    # Faint ones first: a phrase that is firm too stays firm.
    for strength in ("faint", "firm"):
        for name, kind in _KINDS.items():
            for pattern in lexicon("verdicts")[f"{name}_{strength}"]:
                yield from ((phrase, (kind, strength == "firm")) for phrase in expanded(pattern))
    for pattern in lexicon("verdicts")["neutral"]:
        yield from ((phrase, None) for phrase in expanded(pattern))


_PREDICATES = Phrases(_predicates)
_OVERCOME = Phrases(lambda: ((phrase, "overcome") for phrase in lexicon("verdicts")["overcome"]))
_WISHED = Phrases(
    lambda: (
        (phrase, kind)
        for kind in ("wished", "planned", "promised", "not_wished")
        for phrase in lexicon("verdicts")[kind]
    )
)
_SUBJECTS = Phrases(lambda: ((phrase, "subject") for phrase in lexicon("verdicts")["subjects"]), seldom=True)
_MEANS = Phrases(lambda: ((phrase, "means") for phrase in lexicon("verdicts")["means"]), seldom=True)
_MOST_OVERCOME = 24
_NOT_YET = frozenset(("chưa", "chậm", "không", "khó", "để", "cần", "phải"))
_BUT = frozenset(("nhưng", "song", "tuy", ";", "chưa", "vẫn", "còn"))
_LACKS = frozenset(("bất", "cập", "hạn", "chế", "khuyết", "điểm", "tồn", "tại", "thiếu", "sót", "yếu", "kém", "khó", "khăn", "vướng", "mắc"))  # fmt: skip
_ATTENDING = frozenset(("quan", "chú", "tăng", "thường", "đẩy", "nâng", "coi", "củng", "tạo", "đáp", "đổi", "quán", "học", "nghiên", "tiếp"))  # fmt: skip
"""The first words of faint praise that tells of attention and effort, and of no result."""
_YEAR, _PLACE_BACK = 4, 5
_DONE_FOR = frozenset(("tiên", "giúp", "trợ", "tâm", "trọng", "cho", "với", "sức"))
"""The last words of what is done for some places: "ưu tiên", "hỗ trợ", "quan tâm"."""
_ALL_OF = (["các"], ["những"], ["toàn"])
_GREATLY = frozenset(("tích", "đáng", "to", "thiết", "không", "quan"))
_PURPOSE = frozenset(("để", "nhằm", "là", "sẽ", "cần", "phải", "khi", "nếu", "muốn", "hãy", "tiếp"))
_LEADING = frozenset(("đạo", "hiện", "khai", "chức", "trong", "cường"))
_PAST = frozenset(("năm", "quý", "trong", "qua", "từ", "những", "thời", "nhiệm", "sau", "6", "9", "06", "09", "sáu", "chín", "nhìn", "tuy", "nổi"))  # fmt: skip
"""How a sentence begins that tells of a time past, or sums it up."""
_GOING = frozenset(("tăng", "nâng", "đẩy", "đổi", "lãnh", "chỉ", "tập", "quán", "thực", "triển", "làm", "xây", "quan", "chú", "rà", "duy", "tổ", "bám", "tuyên", "phấn"))  # fmt: skip
"""The first words of what one goes on doing."""
_AHEAD = frozenset(("sẽ", "cần", "phải", "hãy"))
_SO_FAR = frozenset(("đã", "được", "luôn", "đều", "vừa"))
_AS_CAUSE = frozenset(("việc", "do", "nhờ", "nếu", "khi"))
_BEFORE_MEANS = frozenset(
    ("nhất", "là", "do", "vì", "về", "bởi", "hiện", "nay", "tuy", "nhiên", "các", "những", "một", "số")
)
_OF_STATES = frozenset(("còn", "vẫn", "chưa", "không", "thiếu", "thấp", "hạn", "ít", "chậm", "yếu", "kém", "quá", "rất", "giảm", "tương", "khá", "bị", "hiện", "đang", "chỉ", "mới", "lạc", "ngày"))  # fmt: skip
"""With these words begins what may be nobody's fault; whoever "buông lỏng" or "đùn đẩy" is at fault."""
_THINGS = frozenset(("những", "các", "một", "mặt", "điểm", "được", "nhân"))


class Weighing(Amounts):
    """Weighs the clauses of one text."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.found = page.places(_PREDICATES)
        self.overcome, self.wished, self.heads = page.places(_OVERCOME), page.places(_WISHED), page.places(_SUBJECTS)
        self.means = page.places(_MEANS)
        self._predicates: dict[tuple[int, int], list[Predicate]] = {}
        self._verdicts: dict[tuple[int, int], Verdict | None] = {}

    def silent(self, first: int, after: int) -> bool:
        """Whether nothing between these tokens, nor in any part of them, can be a verdict: most sentences only tell."""
        return not self.found.starts(first, after) and "còn" not in self.words[first:after]

    def any_firm(self, first: int, after: int) -> bool:
        """Whether a firm predicate stands between these tokens."""
        hard = done = 0
        for i in self.found.starts(first, after):
            found = self.found.at(i, after) if i >= done else None
            if found is None:
                continue
            done = found[1]
            if found[0] is None:
                continue
            kind, firm = found[0]
            hard += kind == "difficulty" and self.words[i] not in _BARELY
            if (
                firm
                or self.fulfilled(i, done)
                or self._done_by_somebody(first, i, done)
                or (kind == "difficulty" and (hard > 1 or self.of_most(first, i, done)))
            ):
                return True
        return self.short_of(first, after) is not None

    def subject(self, token: int, after: int) -> bool:
        """Whether a clause's own subject begins at this token."""
        if self.words[token : token + 2] == ["tổ", "chức"] and self.words[token + 2] in _ORGANISED:
            return False  # "…, tổ chức thực hiện đạt kế hoạch": a verb
        return self.words[token].isdigit() or self.heads.at(token, after) is not None

    def _own_subject(self, first: int, i: int) -> int:
        """Where the subject of the predicate at i begins: behind the last comma that a subject follows."""
        for k in range(i - _NEAR, first, -1):
            if self.words[k] == "," and self.words[k + 1].isalpha() and self.subject(k + 1, i):
                return k + 1
        return first

    def predicates(self, first: int, after: int) -> list[Predicate]:
        """The predicates between these tokens that are said of what is, not of what is wished for or overcome."""
        known = self._predicates.get((first, after))
        if known is None:
            known = self._predicates[first, after] = self._find(first, after)
        return known

    def _find(self, first: int, after: int) -> list[Predicate]:
        out: list[Predicate] = []
        done = first
        gone = -_NEAR
        for i in self.found.starts(first, after):
            if i < done or (found := self.found.at(i, after)) is None:
                continue
            done = end = found[1]
            if found[0] is None:
                continue
            kind, firm = found[0]
            if self._only_wished(first, i):
                continue
            if kind == "praise":
                if self.words[end - 2 : end] == ["thành", "công"] and self.counted(first, i):
                    continue  # "234 chi bộ đã tổ chức thành công đại hội": a figure
                if self.words[i] == "góp" and not self._contributes(first, i):
                    continue
                if self.words[i] == "hoàn" and self.ranking(first, i, after):
                    continue  # "số chi bộ xếp loại hoàn thành tốt nhiệm vụ đạt trên 90%"
                firm = firm or self.fulfilled(i, end) or self._done_by_somebody(first, i, end)
                if self.words[i] == "hoàn" and self.words[i + 2 : i + 3] in _ALL_OF and not self._is_past(first, i):
                    continue  # "lãnh đạo hoàn thành các chỉ tiêu": so far a task
                if self.words[i] in _REACHED and self.of_pupils(first, i):
                    continue  # "100% học viên đạt khá, giỏi": a figure
                if self.words[i] in _REACHED and (
                    self.counted(self._own_subject(first, i), i)
                    or (self.words[end : end + 1] and self.words[end][0].isdigit() and not self.all_of(end))
                ):
                    continue  # "kết nạp 20 đảng viên, vượt chỉ tiêu": a figure
                led = i - 1 > first and self.words[i - 2] in _LEADING  # "chỉ đạo việc triển khai nghiêm túc"
                if i > first and self.words[i - 1] in _AS_CAUSE and not led:
                    continue  # "việc thực hiện tốt … là quan trọng"
            elif self.words[i : i + 2] == ["yếu", "kém"] and "%" in self.words[max(first, i - _PLACE_BACK) : i]:
                continue  # "0,29% tổ chức cơ sở đảng yếu kém": a ranking
            elif self.words[i : i + 3] == ["không", "hoàn", "thành"] and self.words[i - 1] in ("%", "viên", "đảng"):
                continue  # "0,57% không hoàn thành nhiệm vụ": a ranking
            elif kind == "difficulty" and (self._of_places(first, i) or self._of_helped(first, i)):
                continue  # "ưu tiên những thôn còn khó khăn": which ones
            elif i - gone <= _NEAR or self._has_been_overcome(first, i) or self._state_overcome(first, i):
                gone = end  # "tháo gỡ khó khăn, vướng mắc"
                continue
            elif i > first and self.words[i - 1] in _THINGS and (not firm or end - i <= _NEAR):
                continue  # "chỉ ra nguyên nhân yếu kém": named, not judged
            elif end - i <= _NEAR and self.words[i] in _LACKS and self._in_list_of_things(first, i):
                continue  # "những bất cập, yếu kém"
            out.append(Predicate(i, end, kind, firm))
        return out

    def _done_by_somebody(self, first: int, i: int, end: int) -> bool:
        """ "Hồ sơ được các chi bộ hoàn thiện kịp thời": how work was done by those who do it, as firm as if nobody were named."""
        if self.words[i] not in _DONE or end - i < _NEAR + 1:
            return False
        back = self.words[max(first, i - _AGENT) : i]
        if "được" not in back or not _BREAKING.isdisjoint(back[back.index("được") :]):
            return False
        return back[-1] != "được" and back.index("được") > 0

    def verdict(self, first: int, after: int) -> Verdict | None:
        """What the clause between these tokens says: firm before faint, lacking and hard before good, the first of a kind."""
        if (first, after) not in self._verdicts:
            self._verdicts[first, after] = self._weigh(first, after)
        return self._verdicts[first, after]

    def _weigh(self, first: int, after: int) -> Verdict | None:
        said = self.predicates(first, after)
        hard = [p for p in said if p.kind == "difficulty"]
        if not any(p.firm for p in said) and (
            sum(self.words[p.first] not in _BARELY for p in hard) > 1
            or any(self.of_most(first, p.first, p.after) for p in hard)
        ):
            said = [p._replace(firm=True) if p.kind == "difficulty" else p for p in said]
        short = self.short_of(first, after)
        if short is not None and not any(p.firm and p.kind != "praise" for p in said):
            return Verdict("criticism", firm=True, at=short)
        for firm in (True, False):
            bad = next((p for p in said if p.firm == firm and p.kind != "praise"), None)
            good = next((p for p in said if p.firm == firm and p.kind == "praise"), None)
            cause = next((p for p in said if p.kind == "difficulty" and self._because(first, p.first)), None)
            if bad is not None and cause is None:
                cause = next((p for p in said if p.kind == "difficulty" and self._led_to(p.after, bad.first)), None)
            if bad is not None and bad.firm and cause is not None:
                bad = cause  # "không kết nạp được ai do thiếu nguồn"
            if bad is not None or good is not None:
                one = bad or good
                assert one is not None
                if bad is None and not firm and (self._ranked(one) or self.counted(first, after)):
                    return None
                kind = one.kind
                if kind == "criticism" and self.words[one.first] in _OF_STATES and self._of_means(first, one.first):
                    kind = "difficulty"
                return Verdict(kind, firm, one.first)
        return None

    def _of_places(self, first: int, i: int) -> bool:
        """Whether a difficulty only says which places something is done for."""
        for k in range(i - 1, max(first, i - _PLACE_BACK), -1):
            if self.words[k] in ("những", "các", "nơi"):
                if self.words[k - 1] in ("ở", "tại") and self.words[k - 2] == "là":
                    return True  # "đặc biệt là ở những địa bàn còn khó khăn"
                return k > first and self.words[k - 1] in _DONE_FOR
        return False

    def _of_helped(self, first: int, i: int) -> bool:
        """ "hỗ trợ kịp thời cho nhân dân gặp khó khăn": who was helped, no difficulty of the work."""
        back = self.words[max(first, i - _HELPED_BACK) : i]
        for k, pair in enumerate(pairwise(back)):
            if pair in _HELPING and _BUT.isdisjoint(back[k:]) and "," not in back[k:]:
                return True
        return False

    def _of_means(self, first: int, at: int) -> bool:
        """Whether the clause is about means or circumstances: "phụ cấp cho cán bộ thôn còn thấp"."""
        start = next((k + 1 for k in range(at - 1, first - 1, -1) if self.words[k] == ":"), first)
        while start < at and (not self.words[start][0].isalnum() or self.words[start] in _BEFORE_MEANS):
            start += 1
        return self.means.at(start, at) is not None

    def praises(self, first: int, after: int) -> bool:
        """Whether something between these tokens praises, though faintly; attention and effort alone do not."""
        return any(
            p.kind == "praise" and (p.firm or self.words[p.first] not in _ATTENDING)
            for p in self.predicates(first, after)
        )

    def _contributes(self, first: int, i: int) -> bool:
        """ "Công tác A góp phần nâng cao B": what a subject has brought about, not what is meant or comes beside something else."""
        before = self.words[first:i]
        if not _GREATLY.isdisjoint(self.words[i + 2 : i + 3]):
            return True
        return (
            len(before) >= _NEAR
            and before[-1] not in (",", "và", ":", ")")
            and _PURPOSE.isdisjoint(before)
            and before.count('"') % 2 == 0
        )

    def _is_past(self, first: int, i: int) -> bool:
        """Whether a clause up to here tells of a time past, or of what has been done."""
        told = self.words[first] in _PAST or "năm" in self.words[max(0, first - _YEAR) : first]
        return told or not _SO_FAR.isdisjoint(self.words[first:i])

    def planned(self, first: int, after: int, *, assessed: bool = False) -> bool:
        """Whether the clause between these tokens tells what is to be done, or promises and wishes.

        `assessed`: the sentence before judged what has been done; what "goes on" behind it went on then.
        """
        said = self.verdict(first, after)
        kinds: set[str] = set()
        done = first
        for k in self.wished.starts(first, min(after, first + _OPENING, said.at if said else after)):
            if k >= done and not (self.words[k] == "động" and self.words[k - 1] == "đã"):
                kinds.add(self.wished.longest[k][0])
                done = self.wished.longest[k][1]
        if said is not None and said.kind != "praise" and "sẽ" in self.words[first : min(said.at, first + _BACK)]:
            return True
        if said is not None and said.kind == "praise" and not assessed and self._goes_on(first, said.at):
            return True
        if said is not None and said.kind == "praise":
            before = self.words[first : said.at]
            ahead = next((k for k, word in enumerate(before) if word in _AHEAD), None)
            if ahead is not None and _SO_FAR.isdisjoint(before[:ahead]) and "đã" not in before:
                return True  # "sẽ rà soát cán bộ, chuẩn bị tốt nhân sự"
            if ("đòi", "hỏi") in pairwise(before):
                return True  # "năm 2026 đòi hỏi cán bộ phát huy tốt vai trò"
        if assessed and _AHEAD.isdisjoint(self.words[first:after]):
            kinds.discard("planned")
        return "promised" in kinds or (said is None and "planned" in kinds)

    def _goes_on(self, first: int, at: int) -> bool:
        """ "Chi bộ tiếp tục đổi mới sinh hoạt, thực hiện đúng nguyên tắc": what is to go on, where no time that is past is told."""
        if self.words[first] in _PAST or "đã" in self.words[first:at]:
            return False
        for k in self.wished.starts(first, min(at, first + _BACK)):
            if self.wished.longest[k][0] == "planned" and self.words[k] == "tiếp":
                if not _SO_FAR.isdisjoint(self.words[first:k]):
                    return False
                return self.words[self.wished.longest[k][1]] in _GOING
        return False

    def _ranked(self, one: Predicate) -> bool:
        """ "78% đảng viên hoàn thành tốt nhiệm vụ": the yearly ranking of members, a figure."""
        return self.words[one.after - 2 : one.after] == ["nhiệm", "vụ"] and self.counted(
            max(0, one.first - _BACK), min(len(self.words), one.after + 6)
        )

    def _only_wished(self, first: int, i: int) -> bool:
        if i > first and self.words[i - 1] == "và" and self.words[i] in ("đạt", "được", "đã", "thu", "có"):
            return False  # "biện pháp để phát triển Đảng và đạt được kết quả tốt"
        start = i
        while start > max(first, i - _BACK) and self.words[start - 1] not in (",", ";", ":"):
            start -= 1
        return any(self.wished.longest[k][0] != "not_wished" for k in self.wished.starts(start, i))

    def _because(self, first: int, i: int) -> bool:
        return any(word in ("do", "vì", "bởi") for word in self.words[max(first, i - _BACK) : i])

    def _in_list_of_things(self, first: int, i: int) -> bool:
        """Whether names of shortcomings stand before this token, and before them "những" or "các"."""
        while i > first and (self.words[i - 1] in _LACKS or self.words[i - 1] in (",", "và")):
            i -= 1
        return i > first and self.words[i - 1] in _THINGS

    def _led_to(self, first: int, i: int) -> bool:
        """ "cấp ủy đều kiêm nhiệm, nên thời gian dành cho chi bộ còn ít": what stands first is why."""
        return any(word in ("nên", "khiến", "dẫn") for word in self.words[first:i])

    def _state_overcome(self, first: int, i: int) -> bool:
        """ "bước đầu khắc phục tình trạng thụ động, mang tính hình thức": a state of things that has been overcome, to its end."""
        for k in self.overcome.starts(max(first, i - _MOST_OVERCOME), i):
            end = self.overcome.longest[k][1]
            if self.words[end - 1] == "không" or self.words[k - 1] in _NOT_YET:
                continue
            while end < i and self.words[end] in ("những", "các", "được", "một", "số", "dần", "căn", "bản"):
                end += 1
            state = self.words[end - 2 : end] == ["tình", "trạng"] or self.words[end] in (
                "tình",
                "bệnh",
                "biểu",
                "tư",
                "tâm",
            )
            if state and _BUT.isdisjoint(self.words[end:i]):
                return True
        return False

    def _has_been_overcome(self, first: int, i: int) -> bool:
        for k in self.overcome.starts(max(first, i - _OVERCOME_BACK), i):
            found = self.overcome.at(k, i)
            if found is not None and all(w in ("những", "các", "một", "số", "dứt", "điểm", "mọi", "kịp", "thời", "tình", "trạng", ",", "khâu", "mặt", "còn", "dần", "sự", "và", "sửa", "chữa", "chấn", "chỉnh", "khắc", "phục", "khó", "khăn", "vướng", "mắc", "hạn", "chế", "tồn", "tại", "khuyết", "điểm", "yếu", "có", "chi", "bộ", "tổ", "chức", "cơ", "sở", "đảng", "viên", "thôn", "nào", "đơn", "vị") for w in self.words[found[1] : i]):  # fmt: skip
                return True
        return False
