"""Where the name of an agency ends: "Công ty Cổ phần Than Hà Lầm", "Công an tỉnh", "Khối các cơ quan và doanh nghiệp tỉnh Hòa Bình".

Such a name has lower-case words in it. They belong to it where they are words of such names, or where a capitalised word comes soon.
"""

from typing import Protocol

from dondoc.intake.extract.forms import longest_at, vocabulary
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import surnames

_LISTS = ("agency_words", "agency_words_inside")
_LONGEST = 18
_AHEAD = 4
"""So many lower-case words may stand before the capitalised word that shows that they belong to the name."""
_ENDS = frozenset(
    (
        "có", "đã", "được", "nhiệm", "trong", "vì", "do", "theo", "về", "với", "để", "bị", "vừa", "còn", "chưa", "phải", "cần", "là", "tổ", "tiến",
        "qua", "vào", "gồm", "kết", "đạt", "hiện", "cho", "năm", "xác", "yêu", "thông", "cũng", "đang", "từng", "tích", "tăng", "tập", "thực", "luôn",
        "hướng", "nơi", "sinh", "tại", "ở", "xem", "khẩn", "phối", "của", "thuộc", "bằng", "sau", "trên", "không", "chỉ", "lần", "khóa", "kỳ", "tiếp", "ra", "làm",
        "đến", "tới", "từ", "khi", "này", "nêu", "đề", "chủ", "cùng", "trực", "các", "những", "mỗi", "bầu", "nhất", "ban", "họp", "nghe", "đánh", "lãnh", "triển",
        "báo", "tham", "mở", "gắn", "trao", "đón", "gặp", "nhằm", "sẽ", "phát", "khai", "ngày", "sáng", "chiều", "nhận", "hoàn", "bồi", "chúc", "lên", "xuống", "nay", "đó", "giữ",
    )
)  # fmt: skip
_POST_WORDS = frozenset(
    (
        "bí",
        "phó",
        "chủ",
        "giám",
        "trưởng",
        "ủy",
        "ông",
        "bà",
        "đồng",
        "đ",
        "nguyên",
        "tổng",
        "hiệu",
        "chính",
        "viện",
        "cục",
        "chánh",
    )
)
_NUMBER_AFTER = frozenset(
    (
        "số",
        "phòng",
        "quận",
        "lệnh",
        "đoàn",
        "khu",
        "vực",
        "đội",
        "phường",
        "vùng",
        "trạm",
        "cục",
        "lữ",
        "trường",
        "x",
        "z",
        "k",
        "khối",
        "nghề",
        "thcs",
        "thpt",
        "học",
    )
)
_NOT_COUNTED_BY = frozenset(("đảng", "chi", "đồng", "người", "%", "quần", "cán", "lần", "năm", "tháng"))
_NAMED_AFTER_PEOPLE = frozenset(
    ("trường", "bệnh", "hợp", "doanh", "công", "trung", "dn", "cty", "htx", "học", "đại", "thpt", "thcs", "tập")
)


_REPORTED = frozenset(
    ("trường", "công", "cty", "tổng", "tập", "bệnh", "sở", "cục", "chi", "viện", "học", "đại", "trung", "ngân", "kho", "quân", "nhà", "xí", "khối", "trạm", "thpt", "thcs")
)  # fmt: skip
"""First words of agencies that have members of their own; not those that act for a place ("UBND", "Hội đồng nhân dân")."""
_NAMED_FOR_PLACES = _REPORTED - {"khối"} | {
    "báo",
    "đài",
    "tòa",
    "vksnd",
    "tand",
    "viện",
    "hội",
    "hiệp",
    "liên",
    "thư",
    "bảo",
    "nhà",
}
_BEFORE_ALONE = frozenset((",", ";", ":", ".", "và", "là", "gồm", "như", "-", "–", "+"))
_BEFORE_COUNT = frozenset(("(", ":", "cùng", "đều", "đã", "kết", "nạp", "được", "có", "với", "mới", "đạt", "-", "–"))
_TOLD_WITHIN = 7
_LOOKED_AT = 12
"""So many earlier mentions of a kind of agency are looked at for its name."""

_SURE = 3
"""A phrase of agencies' names of so many words is one even where it begins as a verb may: "khai thác công trình thủy lợi"."""
_PERSON = 3
"""So many words a person's name has, as a rule; the name of a province or district has two."""
_TAILED = frozenset(("trung", "bệnh", "viện", "ban", "công", "tổng", "trường", "học", "chi", "cục"))
"""First words of agencies whose name may end with the level that they are of, behind words that no list knows."""
_LEVELS = frozenset(("tỉnh", "huyện", "quận", "trung", "quốc"))
_PLACES = frozenset(("tỉnh", "huyện", "xã", "phường", "quận", "phố", "trấn", "ương"))


class Places(Protocol):
    """What finds the name of a place and the type words before it."""

    page: Page

    def meaning(self, i: int) -> tuple[str, str, int] | None:
        """What the phrase of a unit's name at a token is."""

    def name(self, i: int, *, numbered: bool = False, committee: bool = False) -> int:
        """The token after the name of a place."""

    def run(self, i: int, numbered: bool, longest: int = 4) -> int:
        """The token after a run of capitalised words."""

    def place(self, i: int) -> int | None:
        """The token after the name of a province or district that begins at a token, and with which a name ends."""


def agency_end(finder: Places, first: int, j: int) -> int:
    """The token after the agency's name whose first word is `first` and whose kind ("Công ty") ends before `j`."""
    page, words = finder.page, finder.page.words
    count, known = len(words), vocabulary(*_LISTS)
    people = words[first] in _NAMED_AFTER_PEOPLE and words[first : first + 2] != ["công", "an"]
    shouting = page.wording(first, first + 1).isupper() and len(words[first]) > 1 and len(words[first]) > len("htx")
    end = j
    while j < count and j - first < _LONGEST:
        word = words[j]
        meaning = finder.meaning(j)
        if meaning is not None and meaning[0] == "type":
            after = (
                finder.name(meaning[2], numbered=meaning[1] in ("quận", "phường")) if meaning[2] < count else meaning[2]
            )
            if after - meaning[2] >= _PERSON and words[meaning[2]] in surnames() and finder.place(meaning[2]) != after:
                return meaning[2]  # "Bí thư Đảng ủy Khối các cơ quan tỉnh Trần Văn An"
            return max(after, meaning[2])
        if words[j : j + 2] in (["trung", "ương"], ["quốc", "gia"]) and j > first + 1:
            j = end = j + 2
            continue
        if word == "số" and words[j + 1 : j + 2] and words[j + 1].isdigit():
            j += 1  # "Trường Tiểu học số 1 An Lộc"
            continue
        if (
            word == "("
            and words[j + 2 : j + 3] == [")"]
            and _short(page, j + 1)
            and words[j + 3 : j + 4]
            and words[j + 3] in _PLACES
        ):
            j += 3  # "Bộ đội Biên phòng (BĐBP) tỉnh"
            continue
        large = page.capital(j)
        phrase = longest_at(words, j, known)
        if word in _ENDS and (shouting or not large) and (phrase is None or (word != "các" and phrase[1] - j < _SURE)):
            break
        if phrase is not None:
            j = phrase[1]
            if phrase[0] == "agency_words" or (large and not shouting):
                end = j
        elif word[0].isdigit():
            if not _numbered(page, j):
                break
            j = end = j + 1
        elif not word[0].isalpha() or word == "và":
            if not _joined(finder, j):
                break
            j += 1
        elif large:
            if (place := finder.place(j)) is not None and j > first + 1:
                return place
            if (
                not people
                and word in surnames()
                and j > end - 1
                and finder.run(j, numbered=False) - j >= 2
                and j - first >= 2
            ):
                break
            j = end = j + 1
        elif not _capital_ahead(page, j, tailed=words[first] in _TAILED):
            break
        else:
            j += 1
    return end


def described(page: Page, first: int, after: int) -> bool:
    """Whether an agency's name tells it from others of its kind: by a capitalised word, a number or a place behind the first word."""
    own = range(first + 1, after)
    if page.wording(first, first + 1).isupper():
        return after - first > 2
    return any(page.capital(k) or page.words[k][0].isdigit() for k in own) or page.words[after - 1] in _PLACES


def agency_alone(finder: Places, first: int, j: int) -> int | None:
    """The token after the name of an agency without a Party body before it, where the text counts for it or it opens what it did."""
    page, words = finder.page, finder.page.words
    before = words[first - 1] if first else "\n"
    if words[first] not in _REPORTED or not page.capital(first) or not (before in _BEFORE_ALONE or "\n" in before):
        return None
    after = agency_end(finder, first, j)
    if not described(page, first, after):
        return None
    if _counted_for(words, after) or (_opens(words, first) and _holds(words, after)):
        return after
    if words[after : after + 1] in (["và"], [","]) and (second := finder.meaning(after + 1)) and second[0] == "agency":
        # "Cục Thuế tỉnh và Sở Nội vụ cùng kết nạp được 11 đảng viên"
        ends = agency_end(finder, after + 1, second[2])
        if words[ends : ends + 1] in (["cùng"], ["đều"]) and _counted_for(words, ends):
            return after
    return None


def place_inside(finder: Places, first: int, j: int) -> int | None:
    """The token after an agency that only is named, with a place in its name: "Báo Đồng Nai", "Đại học Sư phạm Hà Nội"."""
    page, words = finder.page, finder.page.words
    if words[first] not in _NAMED_FOR_PLACES or not page.capital(first):
        return None
    return agency_end(finder, first, j)


def named_before(finder: Places, first: int, j: int) -> tuple[int, int] | None:
    """The tokens of the full name that the text gave before where "Đảng bộ Công ty" says only what kind of agency it is."""
    page = finder.page
    if page.words[first] not in _REPORTED:
        return None
    kind = page.plain[page.at[first] : page.to[j - 1]]
    found = page.at[first]
    for _ in range(_LOOKED_AT):
        found = page.plain.rfind(kind, 0, found)
        if found < 0:
            return None
        k = page.token_from(found)
        behind = k + j - first
        if (
            page.at[k] == found
            and page.words[k:behind] == page.words[first:j]
            and page.capital(k)
            and behind < len(page.words)
        ):
            after = agency_end(finder, k, behind)
            if after > behind and any(page.capital(n) for n in range(behind, after)):
                return k, after
    return None


def _counted_for(words: list[str], after: int) -> bool:
    """Whether a count of members is told of the name before: "(28 đảng viên)", ": 28 đảng viên", "cùng kết nạp được 11 đảng viên"."""
    k, end = after, min(after + _TOLD_WITHIN, len(words))
    while k < end and words[k] in _BEFORE_COUNT:
        k += 1
    if k < end and words[k].isdigit():
        return words[k + 1 : k + 3] == ["đảng", "viên"]
    return False


def _opens(words: list[str], first: int) -> bool:
    """Whether a sentence begins here, or goes on behind its day: "Ngày 27/02/2025, Tổng công ty A …"."""
    before = words[first - 1] if first else "\n"
    return "\n" in before or before == "." or (before == "," and words[first - 2][-1].isdigit())


def _holds(words: list[str], after: int) -> bool:
    k = after + (words[after : after + 1] in (["đã"], ["vừa"]))
    return words[k : k + 2] == ["tổ", "chức"] and words[k + 2 : k + 4] in (
        ["hội", "nghị"],
        ["đại", "hội"],
        ["lễ", "kết"],
    )


def _numbered(page: Page, j: int) -> bool:
    words = page.words
    if not words[j].isdigit() or len(words[j]) > 3 or (words[j + 1 : j + 2] and words[j + 1] in _NOT_COUNTED_BY):
        return False
    if words[j + 1 : j + 3] == ["tổ", "chức"] and words[j + 3 : j + 4] in (["đảng"], ["cơ"]):
        return False  # "12 tổ chức đảng"
    return words[j - 1] in _NUMBER_AFTER or (page.capital(j - 1) and words[j + 1 : j + 2] != ["/"])


def _joined(finder: Places, j: int) -> bool:
    """Whether the name goes on behind a sign or "và": "Hàng hải - TKV", "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch"."""
    page, words = finder.page, finder.page.words
    if j + 1 >= len(words) or not words[j + 1][0].isalpha():
        return False
    if words[j] in (",", "-", "và") and _short(page, j - 1) and _short(page, j + 1):
        return True  # "Trường TH, THCS, THPT An Lộc"
    behind = finder.meaning(j + 1)
    if (
        behind is not None
        and not (behind[0] == "type" and words[j] in ("-", ".", "–"))
        and words[j + 1] not in ("đoàn", "doanh", "cơ", "chính", "hội", "thể")
    ):
        return False
    match words[j]:
        case "-" | "–":
            own = page.capital(j + 1) or longest_at(words, j + 1, vocabulary(*_LISTS)) is not None
            person = words[j + 1] in surnames() and finder.run(j + 1, numbered=False) - j > 2
            return own and words[j + 1] not in _POST_WORDS and not person
        case ".":
            return words[j - 1] in ("tp", "tx", "tt", "q", "p") and page.capital(j + 1)
        case "và":
            return words[j + 1] not in ("các", "những") and (
                page.capital(j + 1) or longest_at(words, j + 1, vocabulary(*_LISTS)) is not None
            )
        case ",":
            return longest_at(words, j + 1, vocabulary(*_LISTS)) is not None and "và" in words[j + 2 : j + 8]
    return words[j] in ("/", "&", '"', "“", "”") and page.capital(j + 1)


def _short(page: Page, j: int) -> bool:
    """Whether a word is a short form in capitals: "THCS"."""
    written = page.wording(j, j + 1)
    return len(written) > 1 and written.isalpha() and written.isupper()


def _capital_ahead(page: Page, j: int, *, tailed: bool) -> bool:
    for k in range(j + 1, min(j + 1 + _AHEAD, len(page.words))):
        word = page.words[k]
        if not word[0].isalpha() or word in _ENDS:
            return False
        if page.capital(k):
            return word not in _POST_WORDS
        if word in _LEVELS and tailed:
            return True  # "Trung tâm Kiểm soát bệnh tật tỉnh", "Bệnh viện Nhiệt đới trung ương"
    return False
