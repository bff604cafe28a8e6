"""How much and how many a clause speaks of: counts, most of them, so many that fall short."""

from dondoc.intake.extract.tokens import Page

_NEAR, _BACK, _RANK_BACK = 2, 12, 4
_MOST_BACK = 10
_MOST = frozenset((("hầu", "hết"), ("đa", "số"), ("phần", "lớn"), ("phần", "đông"), ("số", "đông"), ("gần", "hết"), ("chủ", "yếu"), ("ngày", "càng"), ("đều", "đã"), ("gần", "như")))  # fmt: skip
_SOME = frozenset(("chi", "đảng", "tổ", "thôn", "bản", "xã", "phường", "đơn", "địa", "cấp", "chỉ", "huyện", "trường", "doanh", "cơ", "nơi", "ấp", "buôn", "làng", "khu", "khóm", "đồng", "cán"))  # fmt: skip
"""The first words of what may fall short: "còn 3 chi bộ chưa …"."""
_NUMBERED = frozenset(("năm", "số", "ngày", "tháng", "kỳ", "-", "sáng", "chiều", "quý", "sau", "tuổi", "ương", "tw", "thị", "quyết", "luận", "định", "dẫn", "khóa", "lần", "thứ", "thôn", "xóm", "tổ", "khu", "bộ"))  # fmt: skip
"""What bears a number as its name: "Nghị quyết Trung ương 4", "thôn 3"."""
_TO_DO = frozenset(("nhiệm", "chỉ", "nhóm", "mục", "nội", "tiêu", "việc", "phần"))
_PUPILS = (["học", "viên"], ["học", "sinh"], ["thí", "sinh"])


class Amounts:
    """Looks for amounts in the clauses of one text."""

    def __init__(self, page: Page) -> None:
        self.page, self.words = page, page.words

    def of_most(self, first: int, i: int, end: int) -> bool:
        """Whether a difficulty is told of most or nearly all: "thanh niên hầu hết đi làm ăn xa", "đi làm công ty gần hết"."""
        start = max(first, i - _MOST_BACK)
        before = self.words[start:i]
        cut = max((k + 1 for k, word in enumerate(before) if word in (",", ";")), default=0)
        pairs = {*zip(before[cut:], before[cut + 1 :], strict=False), tuple(self.words[end : end + 2])}
        return not _MOST.isdisjoint(pairs)

    def short_of(self, first: int, after: int) -> int | None:
        """ "còn 4/9 chi bộ chưa kết nạp được ai": so many fall short; the token of the "còn"."""
        words = self.words
        if "còn" not in words[first:after]:
            return None
        for k in range(first, after - _NEAR):
            if words[k] != "còn" or (k > first and words[k - 1] in ("không", "ngoài", "chỉ")):
                continue
            n = k + 1 + (words[k + 1] in ("có", "tới", "đến", "khoảng", "gần", "trên", "hơn"))
            if n >= after or not words[n][0].isdigit() or not _SOME.intersection(words[n + 1 : n + 5]):
                continue
            for j in range(n + 1, min(after - 1, n + _BACK)):
                if words[j] in (",", ";"):
                    break
                if words[j] in ("chưa", "không", "thiếu") and words[j - 1] not in ("có", "hay"):
                    return k
        return None

    def fulfilled(self, i: int, end: int) -> bool:
        """ "Đảng bộ hoàn thành tốt nhiệm vụ", where it is no ranking of so many members."""
        if self.words[i] != "hoàn" or self.words[end - 2 : end] != ["nhiệm", "vụ"]:
            return False
        near = (max(0, i - _BACK), min(len(self.words), end + _NEAR * 3))
        return "%" not in self.words[near[0] : near[1]] and not self.counted(*near)

    def ranking(self, first: int, i: int, after: int) -> bool:
        """Whether "hoàn thành tốt nhiệm vụ" is a rank that so many were given."""
        return "loại" in self.words[max(first, i - _RANK_BACK) : i] and (
            "%" in self.words[first:after] or self.counted(first, after)
        )

    def counted(self, first: int, i: int) -> bool:
        """Whether a count of something stands between these tokens; "100%", a year and a day count nothing."""
        words = self.words
        for k in range(first, i):
            if words[k][0].isdigit() and words[k] != "100":
                before = words[k - 1] if k > 0 else ""
                behind = words[k + 1] if k + 1 < len(words) else ""
                dated = before == "/" and (behind == "/" or words[k - 3] in _NUMBERED)  # "18/8/2014", "ngày 6/8"
                if (
                    dated
                    or before in _NUMBERED
                    or behind in ("tháng", "năm", "-")
                    or (len(words[k]) == 4 and words[k][:2] in ("19", "20"))
                ):
                    continue
                return True
        return False

    def all_of(self, i: int) -> bool:
        """ "7/7 nhiệm vụ", "25/25 chỉ tiêu": all that there was to do."""
        words = self.words
        return (
            words[i + 1 : i + 2] == ["/"]
            and words[i + 2 : i + 3] == [words[i]]
            and not _TO_DO.isdisjoint(words[i + 3 : i + 4])
        )

    def of_pupils(self, first: int, i: int) -> bool:
        return any(self.words[k : k + 2] in _PUPILS for k in range(max(first, i - _BACK), i))
