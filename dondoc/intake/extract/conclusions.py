"""What an inspection concludes of organisations: "UBKT nhận thấy Ban Thường vụ … vi phạm …; thiếu trách nhiệm, buông lỏng lãnh đạo".

Only of organisations: what is concluded of a person by name belongs to a decision on that person and is no finding.
"""

from dondoc.intake.extract.clauses import cut, phrases, trimmed, without_connectors
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Mentioned
from dondoc.intake.extract.verdicts import Weighing

_FAULTS, _CONCLUDING, _BODIES = (
    phrases("faults", "no_faults"),
    phrases("concluding"),
    phrases("addressees", seldom=True),
)
_PERSONS = frozenset(("ông", "bà", "anh", "chị", "đ/c", "nguyên"))
_SEVERAL = (["các"], ["số"], ["những"], ["nhiều"])
"""Before "đồng chí": members of the body, none by name."""
_WITHIN = frozenset(("tại", "ở", "thuộc", "của", "trên", "địa", "bàn", "quận", "huyện", "phường", "xã", "tỉnh", "cấp", "ủy", "tổ", "chức", "đã", "còn", "cũng", "có", "để", "và", ",", "các", "nhiều", "một", "số", "những", "nhiệm", "kỳ", "khóa", "giai", "đoạn", "năm", "từ", "đến", "-", "(", ")", "cá", "nhân", "thành", "phố", "viên", "là", "bộ", "đạo", "quản", "lý", "trong", "thời", "gian", "đồng", "chí", "đảng", "viên", "liên", "quan", "thường", "trực", "thành", "cán", "lãnh", "chủ", "chốt"))  # fmt: skip
"""What may stand between the name of an organisation and its fault, beside names."""
_GOING_ON = frozenset(("để", "không", "chưa", "gây", "chậm", "còn", "làm", "vi", "thiếu", "buông", "lợi", "mất", "can", "bao", "nể"))  # fmt: skip
"""With such a word a clause goes on telling what the same organisation did wrong."""
_CIRCUMSTANCE = frozenset(("trong", "về", "quá", "đối", "từ", "thời", "giai"))
_OPENING = 16
_LONGEST = 45
_TRIED = 6


class Conclusions:
    """Reads the conclusions of one text."""

    def __init__(self, page: Page, told: Mentioned, weighing: Weighing) -> None:
        self.page, self.words = page, page.words
        self.weighing = weighing
        self.hits = told.at
        self.faults = page.places(_FAULTS)

    def read(self, sentence: Sentence, end: int) -> list[tuple[int, int]]:
        """The clauses of one sentence that conclude a fault of an organisation: their tokens."""
        if not self.faults.within(sentence.first, end):
            return []
        done = sentence.first
        for i in self.faults.starts(sentence.first, end)[:_TRIED]:
            found = self.faults.at(i, end) if i >= done else None
            if found is None:
                continue
            done = found[1]
            start = self._subject(sentence.first, i) if found[0] == "faults" and found[1] < end else None
            if start is not None:
                return self._clauses(start, end)
        return []

    def _subject(self, first: int, fault: int) -> int | None:
        """Where the organisation begins whose fault this is: behind the verb of concluding, or at the sentence's beginning."""
        concluding = self.page.places(_CONCLUDING)
        start = without_connectors(self.page, first, fault)
        if self.words[start] == "theo":  # "Theo UBKT Trung ương, …"
            start = next((k + 1 for k in range(start, min(fault, start + _OPENING)) if self.words[k] == ","), start)
        for i in concluding.starts(first, fault):
            found = concluding.at(i, fault)
            if found is not None:
                start = found[1]
        while start < fault and self.words[start] in (":", ",", "rằng", "là", '"', "do"):
            start += 1
        start = self._past_conceded(start, fault)
        told, start = start, self._past_circumstance(start, fault)
        if start == fault or fault - start > _LONGEST or self._person(start):
            return None
        if (
            start not in self.hits
            and self.page.places(_BODIES).at(start, fault) is None
            and self.words[start] not in ("nhiều", "một")
        ):
            return None
        i, bodies = start, self.page.places(_BODIES)
        while i < fault:
            hit, body = self.hits.get(i), bodies.at(i, fault)
            if self._person(i) or (hit is not None and hit.post):
                return None
            if hit is not None and hit.after <= fault:
                i = hit.after
            elif body is not None:
                i = body[1]
            elif self.words[i] in _WITHIN or self.words[i][0].isdigit() or self._named(start, i):
                i += 1
            else:
                return None
        return told

    def _past_conceded(self, start: int, fault: int) -> int:
        """The token after "bên cạnh những ưu điểm," and the number of an item."""
        if self.words[start : start + 2] in (["bên", "cạnh"], ["ngoài", "những"], ["ngoài", "các"]):
            start = next((k + 1 for k in range(start, fault) if self.words[k] in (",", ":")), start)
        if self.words[start : start + 1] == ["("] and self.words[start + 2 : start + 3] == [")"]:
            start += 3
        return start

    def _past_circumstance(self, start: int, fault: int) -> int:
        """ "trong lãnh đạo, chỉ đạo, Ban cán sự đảng …": the token of the organisation."""
        if self.words[start] not in _CIRCUMSTANCE:
            return start
        for k in range(start, min(fault, start + _OPENING)):
            if self.words[k] == "," and (k + 1 in self.hits or self.page.places(_BODIES).at(k + 1, fault) is not None):
                return k + 1
        return start

    def _named(self, start: int, i: int) -> bool:
        """Whether a word belongs to a name: it has a capital, or one shortly before it has ("Bộ Thủy lợi")."""
        return any(self.page.capital(k) for k in range(max(start, i - 2), i + 1))

    def _person(self, i: int) -> bool:
        one = self.words[i : i + 2] == ["đồng", "chí"] and self.words[i - 1 : i] not in _SEVERAL
        return self.words[i] in _PERSONS or one

    def _clauses(self, start: int, end: int) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        for clause in cut(self.page, start, end):
            a, b = trimmed(self.page, clause.first, clause.after)
            if b - a < 2:
                continue
            if out and self._person(a):
                break
            said = self.weighing.verdict(a, b)
            if out and (self.words[a] in _GOING_ON or self.words[a : a + 2] in (["có", "biểu"], ["có", "nguy"])):
                out.append((a, b))
                continue
            if out and not self.faults.within(a, b) and said is None:
                if not {"trong", "về"} & set(self.words[out[-1][0] : out[-1][1]]):
                    break
                out[-1] = (out[-1][0], b)  # "vi phạm trong xây dựng quy chế; thực hiện dân chủ": a list
            elif said is None or said.kind != "praise" or self.faults.within(a, b):
                out.append((a, b))
        return out
