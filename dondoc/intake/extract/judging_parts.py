"""A sentence cut into the parts that judge, each for itself: what is conceded, what is opposed, what has a subject of its own."""

import re

from dondoc.intake.extract.clauses import phrases, trimmed, without_connectors
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.verdicts import Weighing

_BUT = re.compile(r",?\s(?:tuy nhiên|nhưng|song)(?=[\s,])")
_SPEAKERS, _OWN_SUBJECT = phrases("speakers", seldom=True), phrases("own_subjects", seldom=True)
OPENERS = frozenset(("thông", "nhận", "thực", "căn", "dưới", "với", "trong", "từ", "sau", "qua", "tính", "đối", "cùng", "phát", "xác", "bám", "quán", "trước", "bên", "được", "trên", "tiếp", "là", "ngay", "để", "tại", "nhiệm", "đến", "hàng", "hằng", "năm", "quý", "đánh", "theo", "nhìn", "xuất", "ngoài"))  # fmt: skip
_SPIRIT = frozenset(("tinh", "quyết", "sự", "ý", "lòng", "nỗ", "truyền", "phương", "khí"))
"""The first words of what something is done with: "tinh thần", "sự nỗ lực"."""
_EXERTED = frozenset(("vai", "truyền", "tinh", "sức", "những", "kết", "thành", "trách", "trí", "lợi", "tiềm"))
_TRIED = 8
"""So many parts behind such a beginning are looked at."""
_REACHING = frozenset(("đạt", "hoàn", "giành", "vượt", "thu", "cơ"))
_IN_FACT = (["trong", "thực", "tế"], ["trên", "thực", "tế"])
_CONCESSIVE = ("tuy", "mặc", "dù", "dẫu")
_CONCEDING = frozenset((*_CONCESSIVE, "vượt"))
_LISTED_WITH = frozenset(("tiêu", "hoạch", "trương", "pháp", "hướng", "quyết", "thị", "sách"))
"""The last words of what stands beside tasks in a list: "chỉ tiêu, nhiệm vụ"."""
_HEADS_OF_BLAME = frozenset(
    ("không", "các", "công", "doanh", "đoàn", "việc", "một", "tình", "đội", "phong", "sinh", "nhiều", "nội", "chất")
)
_COUNT = 25
_COUNTING = frozenset(("có", "nạp"))
_OPENING = 180
"""So many tokens of "Thực hiện Chỉ thị …, trong những năm qua," at most stand before what a clause is about."""
_BEFORE_REPORTING = frozenset(("-", "cũng", "đã", "đều", "ông", "bà", "chí", "thắn", "thư", "quả", "kết", "biểu", "báo", "cáo", "ban", "vụ", "năng", "chung", "thời", "nghị", "đoàn", "tra", "sát", "ủy", "vụ"))  # fmt: skip
_REPORTING, _DECIDING = phrases("reporting"), phrases("deciding")
_PERSONS = frozenset(("ông", "bà", "anh", "chị", "đ/c"))
_EACH, _OF_HIM = frozenset(("cá", "đồng", "đảng", "trường")), frozenset(("đã", "còn", "này", "cũng", "chưa", "không"))
_REST = 6
_SUBJECT = phrases("subject")
_MUCH_ABOUT = 5
"""A text with fewer words of Party work is about it only in sentences that have one."""


def about_party(page: Page) -> bool:
    """Whether the text as a whole is about Party work: its words stand in it often."""
    subjects = len(page.places(_SUBJECT).longest)
    if subjects < _MUCH_ABOUT:
        return False
    # Counting letters is quick, and counts the points inside of numbers too: only where these tip the scales, words are counted.
    return any(subjects * 4 > within.count(".") + within.count(";") for within in (page.plain, page.words))


class Parts:
    """Cuts the sentences of one text."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing) -> None:
        self.page, self.words = page, page.words
        self.weighing = weighing
        self.inside, self.at_token = told.inside, told.at

    def halves(self, first: int, after: int) -> list[tuple[int, int]]:
        start = self.page.at[first]
        text = self.page.plain[start : self.page.to[after - 1]]
        found = _BUT.search(text, 20)
        if found is None:
            return [(first, after)]
        middle = self.page.token_from(start + found.start())
        begins = self.page.token_from(start + found.end())
        while begins < after and self.words[begins] in (",", "nhiên"):
            begins += 1
        if self.words[begins : begins + 3] in _IN_FACT:
            begins += 3 + (self.words[begins + 3] == ",")
        left, right = self.weighing.verdict(first, middle), self.weighing.verdict(begins, after)
        if right is None and left is not None and left.firm and begins < after and self.begins_clause(begins, after):
            return [
                (first, middle)
            ]  # "A gặp nhiều khó khăn, tuy nhiên huyện vẫn …": what stands against it is only told
        if left is None and right is not None and right.firm and self._only_counts(first, middle):
            return [(begins, after)]  # "xã có 12 chi bộ, nhưng chất lượng sinh hoạt còn thấp"
        if left is None or right is None or (left.kind == "praise") == (right.kind == "praise"):
            return [(first, after)]
        if (
            left.kind == "difficulty"
            and middle - left.at <= _REST
            and not _CONCEDING.isdisjoint(self.words[first : left.at])
        ):
            return [(begins, after)]  # "mặc dù còn nhiều khó khăn, song …" tells no difficulty
        if left.firm and self.weighing.subject(begins, after):
            return [(first, middle), (begins, after)]
        return [(first, after)]

    def _only_counts(self, first: int, after: int) -> bool:
        """Whether a stretch has a number of something there is."""
        words = self.words[first:after]
        return "có" in words and any(word[0].isdigit() for word in words)

    def begins_clause(self, token: int, after: int) -> bool:
        """Whether a subject, a unit or one by name, stands at this token."""
        return token in self.at_token or self.weighing.subject(token, after)

    def conceded(self, first: int, after: int) -> list[tuple[int, int]]:
        """ "Dù gặp khó khăn do dịch, Đảng bộ đã …": what is conceded and what is said, each by itself."""
        first, after = trimmed(self.page, first, after)
        a = without_connectors(self.page, first, after)
        if after - a < _REST:
            return [(first, after)]
        begins = next((i for i in range(a, min(after, a + 10)) if self.words[i] in _CONCESSIVE or self.words[i : i + 3] == ["trong", "bối", "cảnh"]), None)  # fmt: skip
        if begins is None:
            return [(first, after)]
        for i in range(begins + 2, after - 4):
            if self.words[i] == "," and (
                self.words[i + 1] in ("nhưng", "song", "tuy", "đến") or self.begins_clause(i + 1, after)
            ):
                main = i + 1
                if self.weighing.predicates(main, after) == []:
                    continue
                while main < after and self.words[main] in ("nhưng", "song", "tuy", "nhiên", ","):
                    main += 1
                conceded = self.weighing.verdict(begins, i)
                if conceded is not None and conceded.kind == "difficulty" and i - conceded.at > _REST:
                    inner = begins + 3 if self.words[begins] == "trong" else a if begins == a else begins + 1
                    inner += begins != a and self.words[inner] in _CONCESSIVE  # "mặc dù"
                    return [(inner, i), (main, after)]
                return [(main, after)]
        return [(first, after)]

    def cause_alone(self, first: int, after: int) -> tuple[int, int]:
        """ "Do tỷ lệ kết nạp còn chậm, Huyện ủy đã họp …": what is lacking, without what was done about it."""
        if self.words[first] not in ("do", "vì", "trước"):
            return first, after
        for i in range(first + _REST - 2, after - 2):
            if (
                self.words[i] == ","
                and self.begins_clause(i + 1, after)
                and "đã" in self.words[i + 1 : i + _REST + _REST]
            ):
                behind = self.weighing.verdict(i + 1, after)
                told = behind is None or behind.kind == "praise" or not behind.firm or self._remedies(i + 1, after)
                if told and self.weighing.verdict(first, i) is not None:
                    return first + (self.words[first] != "trước"), i
        return first, after

    def _remedies(self, first: int, after: int) -> bool:
        """Whether what a clause names as lacking is only what somebody set about to mend."""
        return bool({"tháo", "khắc", "chấn", "bàn", "giải"}.intersection(self.words[first:after]))

    def apart(self, first: int, after: int) -> list[tuple[int, int]]:
        """ "tình hình A ổn định, công tác B có chuyển biến": each subject with its own predicate."""
        out, start = [], first
        told = self._past_count(first, after) if after - first > _REST else first
        heads = self.page.places(_OWN_SUBJECT)
        commas = [
            i
            for i in heads.starts(first + _REST, after - _REST + 1)
            if self.words[i - 1] == "," and self.words[i - 2] not in _LISTED_WITH
        ]
        if ":" in self.words[first:after]:
            # "… đạt nhiều kết quả: Các cấp ủy đã …"
            commas = sorted(
                {*commas}
                | {
                    i
                    for i in range(first + _REST, after - _REST)
                    if self.words[i - 1] == ":"
                    and (
                        (self.page.capital(i) and (self.begins_clause(i, after) or self.words[i - 2] == "như"))
                        or heads.at(i, after) is not None
                    )
                }
            )
        for i in commas:
            left, right = self.weighing.verdict(max(start, told), i - 1), self.weighing.verdict(i, after)
            if left is None or right is None or (left.kind == "praise") != (right.kind == "praise"):
                continue
            if left.kind != "praise" and not (
                left.firm and right.firm and (self.words[i] in _HEADS_OF_BLAME or self.words[i - 1] == ":")
            ):
                continue
            if not self._each_says(start, i, after):
                continue
            if (left.firm or right.firm) and left.at > start:
                out.append((start, i - 1))
                start = i
        return [*out, (start, after)]

    def _each_says(self, start: int, i: int, after: int) -> bool:
        """Whether the words up to a comma and the words behind it each have their predicate: "trật tự, kỷ cương" is a list of nouns."""
        words, heads = self.words, self.page.places(_OWN_SUBJECT)
        back = next((k + 1 for k in range(i - 2, start, -1) if words[k] in (",", ":", ";")), start)
        # "việc cập nhật, lưu trữ hồ sơ còn chậm": what is done, in a list of verbs, up to the next subject
        verbs = words[i] in ("việc", "công")
        ends = (k for k in range(i, after) if words[k] in (",", ":") and (heads.at(k + 1, after) is not None) == verbs)
        return bool(self.weighing.predicates(back, i - 1) and self.weighing.predicates(i, next(ends, after)))

    def past_opening(self, a: int, b: int) -> int:
        """The token after "Thực hiện Chỉ thị số 10, trong những năm qua," and the like."""
        if self.words[a] not in OPENERS and self.words[a : a + 3] != ["nhận", "thức", "được"]:
            return self._past_count(a, b)
        out = a
        for i in range(a, min(b - 4, a + _OPENING)):
            if self.words[i] != "," or self.words[a:i].count('"') % 2:
                continue
            k = i + 1
            if self.weighing.predicates(out, i) and self.weighing.verdict(k, b) is None:
                break
            if self.begins_clause(k, b):
                if self.weighing.verdict(k, b) is None:
                    break
                return self._past_count(k, b)
        return out

    def circumstance(self, a: int, b: int) -> bool:
        """Whether a stretch only tells with what spirit, and by what, somebody does what it leaves unsaid: "Với tinh thần đoàn kết cao",
        "Phát huy vai trò hạt nhân lãnh đạo thực hiện thắng lợi nhiệm vụ"."""
        words = self.words
        at = next(
            (k for k in range(a, b - 2) if self._begins_circumstance(k) and (k == a or words[k - 1] == ",")), None
        )
        if at is None or (at > a and (words[at] == "phát" or self.weighing.predicates(a, at))):
            return False
        behind = [k + 1 for k in range(at, b - 1) if words[k] == ","][:_TRIED]
        return not any(self.begins_clause(k, b) and self.weighing.predicates(k, b) for k in behind) and not any(
            words[p.first] in _REACHING for k in behind for p in self.weighing.predicates(k, b)
        )

    def _begins_circumstance(self, k: int) -> bool:
        words = self.words
        if words[k] == "với":
            return words[k + 1] in _SPIRIT
        return words[k] == "phát" and words[k + 1] == "huy" and words[k + 2] in _EXERTED

    def _past_count(self, a: int, b: int) -> int:
        """ "Đảng bộ xã có 210 đảng viên, công tác A được B": the token after the count."""
        depth, comma = 0, None
        for i in range(a, min(b - _REST, a + _COUNT + _REST)):
            depth += {"(": 1, ")": -1}.get(self.words[i], 0)
            if self.words[i] == "," and depth == 0:
                comma = i
                break
        if comma is None or _COUNTING.isdisjoint(self.words[a:comma]) or not any(w[0].isdigit() for w in self.words[a:comma]):  # fmt: skip
            return a
        k = comma + 1
        if self.weighing.predicates(a, comma) or self.weighing.verdict(k, b) is None:
            return a
        if self.words[k] in OPENERS:
            return self.past_opening(k, b)
        return k if self.begins_clause(k, b) else a

    def before_somebody(self, a: int, b: int) -> int:
        """ "Ghi nhận A, trưởng đoàn nhắc nhở …": the end of A, which stands before whoever says it."""
        speakers = self.page.places(_SPEAKERS)
        for i in range(a + 1, b - 1):
            if self.words[i] == "," and (
                speakers.at(i + 1, b) is not None or self.page.plain.startswith("đoàn", self.page.at[i + 1])
            ):
                return i
            if i - a > 3 and self.page.capital(i) and self.words[i] == "đoàn" and speakers.at(i, b) is not None:
                return i
        return b

    def of_one_person(self, first: int, after: int) -> bool:
        """ "với cương vị Bí thư, ông A đã buông lỏng …", "khiển trách ông A vì …": what one person did wrong."""
        said = self.weighing.verdict(first, after)
        upto = said.at if said is not None and said.kind != "praise" else after
        for i in range(first, min(upto, after - 1)):
            if self.words[i : i + 2] == ["đối", "với"] and self.words[i + 2].isdigit() and self.words[i + 3] in _EACH:
                return True  # "Đối với 7 cá nhân nguyên là …, thiếu trách nhiệm …"
            if i == first and self.words[i : i + 2] == ["cả", "hai"]:
                return True  # "Cả hai chưa chủ động …", of two persons named before
            if self.words[i] in _PERSONS or self.words[i : i + 2] == ["đồng", "chí"]:
                name = i + 1 + (self.words[i] == "đồng")
                called = self.page.capital(name) and (name == i + 1 or self.page.capital(name + 1))
                if name == i + 1 and (i == first or self.words[i - 1] == ","):
                    called |= self.words[name] in _OF_HIM  # "Ngoài ra, ông đã trực tiếp ký …"
                if not called or self.words[i - 1] == "theo":
                    continue
                behind = self.page.places(_REPORTING).within(name, upto)
                if not behind and ":" not in (self.words[name + 1 : name + 3]):
                    return True
        return self.page.places(_DECIDING).within(first, min(after, upto + _REST))

    def relative(self, verb: int, first: int) -> bool:
        """ "những hạn chế mà đoàn kiểm tra đã chỉ ra": which ones, no verdict."""
        for i in range(verb - 1, max(first, verb - _COUNT // 2), -1):
            if self.words[i] in (",", ";", ":"):
                return False
            if self.words[i] == "mà":
                return True
        return False

    def past_reporting(self, a: int, b: int) -> int:
        """The token after "ông X đánh giá", "báo cáo cũng chỉ rõ" and "theo kết luận,"."""
        start, reporting = a, self.page.places(_REPORTING)
        if self.words[a] in ("theo", "cũng") and "," in self.words[a : min(b, a + 16)]:
            start = a = self.words.index(",", a) + 1
        for i in reporting.starts(a, min(b - 4, a + 60)):
            found = reporting.at(i, b) if i not in self.inside else None
            if self.words[i] in ("đánh", "ghi", "nhận") and "được" in self.words[max(a, i - _COUNT) : i]:
                continue  # "được Đảng ủy cấp trên đánh giá đạt kết quả tốt"
            if self.words[i] == "nêu" and self.words[i + 1] in ("cao", "gương"):
                continue
            if self.words[i] == "xác" and i == a and ":" not in self.words[i + 2 : i + 4]:
                continue  # "Xác định A là nhiệm vụ quan trọng, Huyện ủy đã …": what one keeps in mind
            if self.relative(i, a) or found is None or found[1] >= b or self.words[found[1]] == "đúng":
                continue  # "giúp cấp ủy nhận định đúng tình hình": what somebody does, no report
            before = self.words[i - 1]
            named = (
                i == a
                or self.words[found[1]] == ":"
                or i - 1 in self.inside
                or self.page.capital(i - 1)
                or before in _BEFORE_REPORTING
                or before.isdigit()  # "Nghị quyết Trung ương 4 nêu rõ"
            )
            if named and (b - found[1] > 5 or self.words[found[1]] == "là"):
                start = found[1]
                while start < b and self.words[start] in ("rằng", "là", ",", ":", "về", "thêm"):
                    start += 1
        if start == a and self.words[a] in ("theo", "cũng") and "," in self.words[a : a + 16]:
            start = self.words.index(",", a) + 1
        return without_connectors(self.page, start, b) if start < b else a
