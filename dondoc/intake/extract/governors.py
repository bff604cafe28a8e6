"""What each number of a sentence depends on: a verb ("kết nạp"), a unit that simply has it, an aim, or nothing."""

from typing import NamedTuple

from dondoc.intake.extract.items import COUNTED, DONE, JOINING, Row
from dondoc.intake.extract.near import (
    INSIDE,
    NO_NOUN,
    PLANNED,
    REACH,
    SOME_OF_THEM,
    VERBS,
    admits,
    counted_before,
    noun_of_number,
    number_next,
    passive,
    verb_inside,
)

_PLAN_BACK = 5
_HAPPENING = VERBS - {"aim", "assign", "target", "done", "exceed", "move", "not_counted", "propose"}
_SORTS = dict.fromkeys(
    ("cells", "sector_cells", "grassroots", "affiliated", "organisations", "collectives"), "organisations"
)
_ATTENDED = 4
"""So many items behind "tham dự" whoever "có" tells of attended."""
_BARE = 2
"""The words of a verb with nothing around it: "kết nạp"."""
_BEFORE_DISCIPLINE = ("inspect", "supervise", "conclude", "violate", "must_discipline")
"""Of those inspected or found at fault, whoever was disciplined is no part of other discipline."""
_SUBORDINATE = 4
"""The words of "chi bộ trực thuộc", or more."""
_AIMED, _ASSIGNED, _AVERAGED = 8, 30, 6


class Governor(NamedTuple):
    """What a number depends on: the kind of verb, the item where it stands (-1: nowhere), and whether it is part of a total."""

    kind: str
    item: int
    part: bool


def governors(row: Row, *, going_on: frozenset[str] = frozenset()) -> dict[int, Governor]:
    """For each number of a sentence, what governs it. `going_on`: with which verbs the sentence before told figures, which
    "Trong đó" divides ("stand" where it told a state)."""
    return _Walk(row, going_on=going_on).walk()


class _Walk:
    """One walk along a sentence, with what governs where it has come to."""

    def __init__(self, row: Row, *, going_on: frozenset[str]) -> None:
        self.row = row
        self.going_on = going_on
        self.kind, self.where, self.words, self.part = "none", -1, 0, False
        self.outer: list[tuple[str, int, bool]] = []
        self.counted: set[str] = set()
        self.divided: set[str] = set()
        """What was counted before "trong đó": only that is divided there."""
        self.wish = -1
        """The last "sẽ" or aim without a comma behind it."""
        self.assigned = False
        self.average = -_AVERAGED - 1
        self.part_kind, self.continued = "none", False
        self.total_of_cells = False
        self.before_semicolon = "none"
        self.demand = -1
        """The last "đề nghị" or "yêu cầu" that no number has followed."""

    def walk(self) -> dict[int, Governor]:
        out: dict[int, Governor] = {}
        for i, item in enumerate(self.row.items):
            kind = item.kind
            if kind == "word":  # most items are plain words
                self.words += 1
                continue
            if kind in COUNTED:
                self.counted.add(_SORTS.get(kind, "members"))
            if kind in ("number", "fraction"):
                after = ("joined", self.where) if self._joins(i) else passive(self.row, i)
                if after is None:
                    after = (self.kind, self.where) if self.words <= REACH else ("none", -1)
                    if after[0] not in ("none", "stand", "total") and self._out_of(i):
                        after = ("none", -1)  # "kỷ luật mười đảng viên trong tổng số 16 đảng viên vi phạm"
                    if after[0] in ("none", "stand") and self._of_plan(i):
                        after = ("aim", self.wish)
                if after[0] == "stand" and self.part and not self.continued and self._of_others(i):
                    after = (self.part_kind, self.where)
                out[i] = Governor(*after, self._part(i) and self._divides(after[0]))
                self.words, self.demand = 0, -1
                if i > 0 and self._among(i):
                    self._share_out(i)
                if kind == "fraction" and after[0] == "admit":
                    self.counted.add("members")  # "kết nạp 821/1.450 chỉ tiêu"
            elif kind in VERBS or kind == "develop":
                self._verb(i)
            else:
                self._other(i)
        return out

    def _joins(self, i: int) -> bool:
        """Whether pupils, workers and the like whom the number at item i counts are taken into the Party."""
        behind = self.row.items[i + 1 : i + 2]
        return bool(behind) and behind[0].value == JOINING and self.kind == "admit" and not self.part

    def _divides(self, kind: str) -> bool:
        """Whether what the group divides was told with this verb: "kiểm tra 12 đảng viên, trong đó giám sát 3" divides nothing."""
        if kind == "admit":
            return self.part_kind == "admit"
        if kind in ("inspect", "supervise"):
            return kind in (self.going_on if self.continued else (self.part_kind,))
        return kind != "discipline" or self.part_kind not in _BEFORE_DISCIPLINE

    def _part(self, i: int) -> bool:
        """Whether the number at item i is part of a total named before: of members or of organisations."""
        noun = self.row.items[i + 1].kind if i + 1 < len(self.row.items) else ""
        if noun == "admitted" and self.part_kind != "admit":
            return False  # "giới thiệu 50 đoàn viên, trong đó có 15 đoàn viên được đứng vào hàng ngũ của Đảng"
        if noun == "cells" and "organisations" in self.divided and self._subordinate(i + 1):
            return False
        return self.part and (noun not in COUNTED or _SORTS.get(noun, "members") in self.divided)

    def _subordinate(self, i: int) -> bool:
        """Whether "chi bộ trực thuộc" at item i stands beside grassroots organisations: it is a sort of its own, and no part."""
        item = self.row.items[i]
        return item.after - item.first >= _SUBORDINATE and self.row.has("grassroots", 0, i) and not self.total_of_cells

    def _aimed(self, i: int) -> bool:
        return self.wish >= 0 and i - self.wish <= (_ASSIGNED if self.assigned else _AIMED)

    def _behind_plan(self, i: int) -> bool:
        """Whether the bracket at item i stands right behind a plan: "bằng 61,7% kế hoạch năm 2023 (", "đạt 87% chỉ tiêu tỉnh giao cả năm ("."""
        items, k = self.row.items, i - 1
        while k > 0 and i - k <= _PLAN_BACK and items[k].kind in ("period", "unit", "assign", "word"):
            k -= 1
        return k >= 0 and items[k].kind in ("plan", "target")

    def _of_plan(self, i: int) -> bool:
        """ "Chỉ tiêu giao cho huyện là 60 đảng viên", "Chỉ tiêu năm 2024: 18 đảng viên"."""
        items = self.row.items
        near = self.wish >= 0 and items[self.wish].kind == "plan" and i - self.wish <= _AIMED - 2
        return near and items[i - 1].kind in ("colon", "word") and not self.row.has("percent", self.wish - 3, i)

    def _govern(self, kind: str, i: int) -> None:
        self.kind, self.where, self.words = kind, i, 0

    def _verb(self, i: int) -> None:
        row, kind = self.row, self.row.items[i].kind
        if noun_of_number(row, i):
            return
        if kind == "develop":
            # "phát triển 150 đảng viên mới", but not "phát triển kinh tế".
            if not admits(row, i):
                self.words += 1
                return
            kind = "admit"
        if kind == "target" and row.has("percent", i - 3, i):
            self._govern("admit", i)  # "hoàn thành 100% chỉ tiêu kết nạp với 187 đảng viên mới"
            return
        if row.items[i].value == DONE or (kind == "admit" and self._done_of_assigned(i)):
            self.wish, self.assigned = -1, False  # "được giao kết nạp 12 đảng viên, đã kết nạp 9 đồng chí"
        aimed = self._aimed(i)
        if kind in ("admit", "aim", "target") and self._over_it(i):
            return  # "vượt chỉ tiêu kết nạp 12 đảng viên", "vượt mục tiêu đại hội đề ra 200 đảng viên"
        if kind == "admit" and self.kind == "propose" and self.where >= i - 1:
            return
        if kind == "form" and self.kind == "strike_off" and self.where == i - 2:
            return  # "xóa tên, khai trừ 883 người": both together
        if kind == "discipline" and self.demand >= 0:
            kind = "demand_discipline"  # "đề nghị Ban Bí thư thi hành kỷ luật 6 tổ chức đảng"
        if kind in ("inspect", "supervise") and self.kind == "conclude" and self.where == i - 1:
            return  # "kết luận kiểm tra đối với 26 đảng viên"
        if kind == "supervise" and self.kind == "inspect" and self._right_after_inspect(i):
            return  # "kiểm tra chuyên đề, giám sát 12 tổ chức đảng": both together
        if kind == "admit" and aimed and 0 <= i - self.average <= _AVERAGED:
            self._govern("average", i)  # "phấn đấu hằng năm kết nạp ít nhất một đảng viên"
        elif kind == "admit" and aimed:
            # "được giao chỉ tiêu kết nạp 2 đảng viên", "phấn đấu kết nạp …", "sẽ tiếp tục kết nạp": still the aim.
            self._govern("aim", self.where if self.kind == "aim" else i)
        elif kind in _HAPPENING and aimed:
            self._govern("wish", i)
        elif kind in _HAPPENING and 0 <= i - self.average <= _AVERAGED:
            self._govern("average", i)
        else:
            self._govern(kind, i)
        if kind in ("assign", "target"):
            self.kind = "aim"
        if kind in ("aim", "assign", "target"):
            self.wish, self.assigned = i, kind == "assign"

    def _divided_inside(self, before: str, i: int) -> bool:
        """Whether the bracket that opens at item i counts some of the same sort: "28 tổ chức cơ sở đảng (13 đảng bộ, 15 chi bộ)",
        "29 đảng viên mới (28 đảng viên thuộc doanh nghiệp)", "120 đảng viên (nữ 60 đồng chí)"."""
        begins = SOME_OF_THEM.match(self.row.code, i + 1)
        if begins is None:
            return False
        sort = _SORTS.get(before, "members")
        same = False
        for item in self.row.items[begins.end() : i + INSIDE]:
            if item.kind == "unit" and sort == "members":
                return False  # "19 đảng viên (15 người thuộc Đảng ủy Khối A và 4 người ở huyện B)": all of each unit
            if item.kind == "close":
                break
            same = same or (item.kind in COUNTED and _SORTS.get(item.kind, "members") == sort)
        return same or NO_NOUN.match(self.row.code, begins.end()) is not None

    def _of_others(self, i: int) -> bool:
        """ "xóa tên 327 đảng viên; trong đó có 132 đảng viên dự bị": those are not all of the unit."""
        noun = self.row.items[i + 1].kind if i + 1 < len(self.row.items) else ""
        return noun in ("official_members", "probationary_members") and self.part_kind in VERBS

    def _done_of_assigned(self, i: int) -> bool:
        """ "được giao kết nạp 7 đảng viên, đến tháng 9 kết nạp được 3 người"."""
        item = self.row.items[i]
        return self.assigned and item.after - item.first > _BARE and self.row.has("number", self.wish, i)

    def _averaged(self, i: int) -> bool:
        return 0 <= i - self.average <= _AVERAGED

    def _was_founded(self) -> bool:
        """ "Đảng bộ xã được thành lập … với 400 đảng viên": it has them; but a cell that others found has its own."""
        return self.kind == "established" and self.where > 0 and self.row.items[self.where - 1].kind == "passive"

    def _out_of(self, i: int) -> bool:
        items = self.row.items
        return i > 1 and items[i - 1].kind == "total" and items[i - 2].kind == "thuoc"

    def _among(self, i: int) -> bool:
        """ "trong 138 đảng viên được kết nạp, có 35 …": the number at item i is divided by what follows."""
        before = self.row.items[i - 1]
        noun = self.row.items[i + 1].kind if i + 1 < len(self.row.items) else ""
        return (
            before.kind == "thuoc"
            and before.after - before.first == 1
            and noun in ("members", "admitted", "new_members")
        )

    def _share_out(self, i: int) -> None:
        """ "Trong số đảng viên bị thi hành kỷ luật, 3 trường hợp …": what follows are parts of those counted before."""
        if self.row.items[i + 1 : i + 2] and self.row.items[i + 1].kind in COUNTED:
            self.part, self.part_kind, self.divided = True, "admit", {"members", "organisations"}

    def _goes_on_aiming(self, i: int) -> bool:
        """ "phấn đấu bồi dưỡng 454 quần chúng, kết nạp 310 đảng viên": a bare verb right behind the comma ("kết nạp được" has happened)."""
        behind = self.row.items[i + 1 : i + 2]
        bare = (
            bool(behind)
            and behind[0].kind in ("admit", "introduce", "develop")
            and behind[0].after - behind[0].first == _BARE
        )
        return bare and self.wish >= 0 and self.kind in ("aim", "wish", "move") and self.row.has("number", self.wish, i)

    def _over_it(self, i: int) -> bool:
        """Whether the plan or aim at item i is what was gone beyond: "vượt so với chỉ tiêu đề ra 40 đảng viên"."""
        return self.kind == "exceed" and self.where == i - 1

    def _planned_inside(self, i: int) -> bool:
        """ "kết nạp 110 đảng viên (chỉ tiêu năm nay là 95)": the plan stands in brackets behind what was done."""
        return i > 0 and self.row.items[i - 1].kind == "open" and PLANNED.match(self.row.code, i) is not None

    def _plan_is(self, i: int) -> bool:
        """ "trên chỉ tiêu huyện giao là 8 đồng chí"."""
        behind = self.row.items[i + 1 : i + 3]
        return [item.kind for item in behind] == ["word", "number"] and not self.row.has("percent", i - 4, i)

    def _meeting_in(self, i: int) -> bool:
        item = self.row.items[i]
        return item.after - item.first > _BARE and number_next(self.row, i)

    def _right_after_inspect(self, i: int) -> bool:
        items = self.row.items
        return self.where == i - 2 and items[i - 1].kind in ("comma", "and") and items[i - 2].kind == "inspect"

    def _other(self, i: int) -> None:
        row, kind = self.row, self.row.items[i].kind
        if kind == "consist":
            # "xã Tân An gồm 7 chi bộ" has them; "20 đảng viên, gồm 18 chính thức" divides them.
            kind = "have" if i > 0 and row.items[i - 1].kind in ("unit", "word") else "part"
        loose = self.kind in ("none", "stand", "total") or self._was_founded()
        if kind == "demand":
            self.demand = i
            self.words += 1
        elif kind == "will":
            self.wish, self.assigned = i, False
        elif kind == "average":
            self.average = i
            if self.where >= i - 1:
                self._govern("average", i)  # "kết nạp bình quân 12 đảng viên"
        elif kind == "turn":
            self.wish, self.assigned = -1, False
        elif kind == "period":
            if self.part and i > 0 and row.items[i - 1].kind in ("part", "comma", "semicolon", "colon"):
                self.part = False  # "trong đó năm 2021 kết nạp 150, năm 2022 kết nạp 175": all of each year
                happened = "stand" not in self.going_on if self.continued else self.part_kind in _HAPPENING
                if self.kind == "stand" and happened:
                    self.kind = (
                        "none"  # "Trong đó, 6 tháng đầu năm là 80 đảng viên": of what was told before, and no state
                    )
            self.average = -_AVERAGED - 1
        elif kind == "have":
            taught = self.kind in ("train", "course") or (self.kind == "attend" and i - self.where <= _ATTENDED)
            if number_next(row, i) and self._averaged(i):
                self._govern("average", i)  # "Bình quân mỗi chi bộ có 29 đảng viên"
            elif number_next(row, i) and not taught:
                # not "mở 2 lớp …, có 204 quần chúng ưu tú dự học", nor "Tham dự có 52 đảng viên"
                self._govern("wish" if self._aimed(i) and self.kind in ("aim", "none", "stand") else "stand", i)
        elif kind == "raise":
            self._govern("total", i)
            self.part, self.wish = False, -1
        elif kind == "among" and not number_next(row, i):
            self._share_out(i)
        elif kind == "part":
            self.continued = bool(self.going_on) and i <= 1
            self.divided = {"members", "organisations"} & self.going_on if self.continued else set(self.counted)
            self.total_of_cells = row.has("cells", max(0, i - 4), i)  # "365 chi bộ, trong đó …"
            behind = self.before_semicolon if i > 0 and row.items[i - 1].kind == "semicolon" else self.kind
            self.part_kind = "admit" if self.continued else behind
            self.part, self.words, self.wish = bool(self.divided), 0, -1
            if loose:
                self.kind = "stand"
        elif kind == "thuoc" and self.kind == "admit" and self._meeting_in(i):
            self._govern(
                "stand", i
            )  # "kết nạp 54 đảng viên, tổng số đảng viên hơn 3.300, sinh hoạt ở 47 tổ chức cơ sở đảng"
        elif kind == "colon" and loose and self._row_of_admissions(i):
            self._govern("admit", i)
        elif kind in ("with", "thuoc", "total", "among", "colon", "at") and loose and number_next(row, i):
            self._govern("total" if kind in ("total", "among") else "stand", i)
            # "(trong đó: 14 đảng bộ cơ sở, với 120 chi bộ trực thuộc và 9 chi bộ cơ sở)": the bracket divides to its end.
            self.part = self.part and (kind != "with" or self.continued or bool(self.outer))
        elif kind == "plan":
            if self._over_it(i):
                pass
            elif number_next(row, i) or self._plan_is(i) or self._planned_inside(i):
                self._govern("aim", i)
            elif not row.has("percent", i - 4, i) and not row.has("exceed", i - 2, i):
                self.wish, self.assigned = i, False  # "kế hoạch năm 2016 phát triển 200 đảng viên"
        elif kind == "reach" and self.kind == "none" and number_next(row, i):
            self._govern("reach", i)
        elif kind == "unit":
            if self.kind == "none" and number_next(row, i):
                self.kind, self.where = "stand", i
            self.words = 0
            if (
                row.items[i].value.name
                and i + 1 < len(row.items)
                and row.items[i + 1].kind not in ("comma", "close", "stop")
            ):
                self.part = False  # "trong đó Đảng bộ xã Tân An 24 đảng viên": all of that unit
        elif kind == "open":
            self.outer.append((self.kind, self.where, self.part))
            self.words = 0
            before = row.items[i - 1].kind if i > 0 else ""
            if before == "period" and i > 1:
                before = row.items[i - 2].kind
            if (
                (before in COUNTED or before == "signs")
                and row.items[i + 1 : i + 2]
                and row.items[i + 1].kind == "period"
            ):
                self._govern("average", i)  # "kiểm tra 8 đảng viên (năm 2019 là 11 đảng viên)"
            elif self._behind_plan(i) and number_next(row, i):
                self._govern("aim", i)  # "bằng 61,7% kế hoạch năm 2023 (2.000 đảng viên)"
            elif not self.part and (counted := counted_before(self.row, i)) and self._divided_inside(counted, i):
                # "14 chi bộ (9 chi bộ thôn, 5 chi bộ cơ quan)", "47 tổ chức cơ sở đảng (30 đảng bộ, 17 chi bộ cơ sở)"
                self.part, self.part_kind, self.divided = True, self.kind, {_SORTS.get(counted, "members")}
            elif before in COUNTED and self.kind in ("inspect", "supervise") and verb_inside(self.row, i) == self.kind:
                # "giám sát 3 tổ chức đảng (Ban Thường vụ Huyện ủy giám sát 1 tổ chức đảng)"
                self.part, self.part_kind, self.continued = True, self.kind, False
                self.divided = {"members", "organisations"}
            elif self.kind == "must_discipline" and verb_inside(self.row, i) == "discipline":
                self.part = False  # "phải thi hành kỷ luật 23 đảng viên (đã kỷ luật 3)": those 3 are all who were
        elif kind == "close" and self.outer:
            self.kind, self.where, self.part = self.outer.pop()
            self.words = 0
        elif kind == "semicolon" and not self.outer:
            self.before_semicolon = self.kind
            going_on = self.part or self.kind in ("admit", "aim")
            going_on = going_on or (self.kind in ("inspect", "supervise") and number_next(row, i))
            going_on = going_on or (self.kind == "stand" and number_next(row, i))
            self.kind, self.words, self.wish = self.kind if going_on else "none", 0, -1
            self.demand = -1
        elif kind == "comma":
            self.words = 0 if self.kind != "none" else self.words
            after_period = i > 0 and row.items[i - 1].kind == "period" and row.items[self.wish].kind != "plan"
            if self._goes_on_aiming(i):
                self.wish = i
            else:
                self.wish = self.wish if after_period or self.assigned else -1

    def _row_of_admissions(self, i: int) -> bool:
        """ "huyện kết nạp 125 đảng viên. Xã A: 11 đảng viên; xã B: 13": the colon stands between a unit and what it did of that."""
        told = "admit" in self.going_on and "stand" not in self.going_on
        return told and i > 0 and self.row.items[i - 1].kind == "unit" and number_next(self.row, i)
