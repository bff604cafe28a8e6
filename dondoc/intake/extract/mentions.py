"""Where the text names units. Finding only: which unit an incomplete mention means is decided in `resolve.py`."""

from collections.abc import Iterator

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.reading import UnitName
from dondoc.intake.extract.tokens import Page, Phrases
from dondoc.intake.extract.units import PARTY, Hit, level, surnames
from dondoc.lib.vietnamese import old_tone

_NUMBERED = {"quận", "phường", "khu phố", "tổ dân phố", "thôn", "xóm", "ấp", "chi bộ", "khu dân cư"}
_POST_WORDS = ("thư", "tịch", "nhiệm", "trưởng")
_BARE = {"tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn"}
_NOT_AFTER_BARE = {"hội", "viên", "đoàn", "lỵ", "lộ", "táo", "đội", "ủy", "đảng"}
_NOT_IN_NAME = {
    "phó", "bí", "chủ", "trưởng", "ủy", "đảng", "ubnd", "hđnd", "mttq", "ubkt", "nguyên",
}  # fmt: skip
_AGENCY_ENDS = {
    "có", "đã", "được", "nhiệm", "trong", "vì", "do", "theo", "về", "với", "để", "bị", "vừa", "còn", "chưa", "phải", "cần", "là",
    "tổ", "tiến", "qua", "vào", "gồm", "kết", "đạt", "hiện", "cho", "năm", "xác", "yêu", "thông", "cũng", "đang", "từng", "tích", "tăng",
    "tập", "thực", "luôn", "hướng", "số", "nơi", "sinh", "tại", "ở", "xem", "khẩn", "phối", "của", "bằng", "sau", "trên", "không", "chỉ",
}  # fmt: skip
_NOT_BEFORE_TYPE = {
    "bản": ("xuất", "văn", "cơ", "kịch", "phiên", "bài", "ấn", "bình", "biên", "dự", "các"), "thôn": ("nông",), "thị xã": (), "phường": (),
    "khu phố": (), "buôn": (), "ấp": ("ôm",),
}  # fmt: skip
_BLOC_WORDS = frozenset(
    "các cơ quan doanh nghiệp đại học cao đẳng và du lịch dân chính đảng tỉnh phố trung ương công thương kinh tế trường bệnh viện huyện tp nội văn hóa".split()  # noqa: SIM905
)
_PARENT_LINKS = {(), (",",), ("(",), ("-",), ("thuộc",), ("của",), (",", "thuộc"), ("tại",), ("ở",)}
_BODIES_IN_A_ROW = 8  # "Văn phòng Ban Thường vụ Đảng ủy" are three
_COUNT_WORDS = {"các", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "những", "02", "03"}


def _forms() -> Iterator[tuple[str, tuple[str, str]]]:
    units = lexicon("units")
    for kind, forms in units["types"].items():
        yield from ((form, ("type", kind)) for form in forms)
    for kind, forms in units["committees"].items():
        yield from ((form, ("committee", kind)) for form in forms)
    for kind, listed in (
        ("body", "bodies"), ("party", "party"), ("whole", "whole"), ("agency", "agencies"), ("mass", "mass_organisations"),
    ):  # fmt: skip
        yield from ((form, (kind, "")) for form in units[listed])


def _provinces() -> Iterator[tuple[str, tuple[str, str]]]:
    units = lexicon("units")
    full = {name: kind for kind, names in units["provinces"].items() for name in names}
    yield from ((name.lower(), (kind, name)) for name, kind in full.items())
    yield from ((form.lower(), (full[name], name)) for name, forms in units["same"].items() for form in forms)


_FORMS, _PROVINCES = Phrases(_forms), Phrases(_provinces)


class _Finder:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.words = page.words
        self.count = len(page.words)
        self.hits: list[Hit] = []
        self.groups = 0
        self.forms, self.provinces = page.places(_FORMS).longest, page.places(_PROVINCES).longest

    def meaning(self, i: int) -> tuple[str, str, int] | None:
        found = self.forms.get(i)
        return (*found[0], found[1]) if found is not None else None

    def province(self, i: int) -> tuple[str, str, int] | None:
        found = self.provinces.get(i)
        if found is None or not (self.page.capital(i) and self.page.capital(found[1] - 1)):
            return None
        return (*found[0], found[1])

    def run(self, i: int, numbered: bool, longest: int = 4) -> int:
        """The token after the capitalised name that begins at i."""
        if i >= self.count:
            return i
        if numbered and self.words[i][0].isdigit() and len(self.words[i]) <= 3 and "," not in self.words[i]:
            return i + 1
        j = i
        while j < self.count and j - i < longest and self.page.capital(j) and self.words[j][0].isalpha():
            if j > i and (
                self.words[j] in _NOT_IN_NAME or (len(self.words[j]) > 2 and self.page.wording(j, j + 1).isupper())
            ):
                break
            j += 1
            if (
                self.words[j : j + 1] == ["'"]
                and self.page.to[j - 1] == self.page.at[j]
                and j + 1 < self.count
                and self.page.to[j] == self.page.at[j + 1]
                and self.words[j + 1][0].isalpha()
            ):
                j, longest = j + 2, longest + 2  # "Cư M'gar", "Đắk R'lấp"
        if i < j < min(self.count - 1, i + longest) and len(self.words[j]) <= 2 and self.words[j].isdigit():
            j += self.words[j + 1] in (",", ".", "(", ";", "và", "có")
        return j

    def name(self, i: int, *, numbered: bool = False, committee: bool = False) -> int:
        """The token after a unit's name, leaving out a person's name that runs on from it ("Tỉnh ủy Đồng Tháp Lê Quốc Phong")."""
        if self.words[i : i + 2] == ["trung", "ương"]:
            return i
        known = self.province(i)
        if known is not None and (committee or not self._longer(i, known[2])):
            return known[2]
        after = self.run(i, numbered, longest=6)
        length = after - i
        if committee and length == 3 and self.words[i] in surnames():
            return i
        if length >= 4:
            for cut in (2, 3):
                if length - cut >= 2 and self.words[i + cut] in surnames():
                    return i + cut
            if committee and self.words[i] in surnames():
                return i
        return min(after, i + 4)

    def _longer(self, i: int, after: int) -> bool:
        return self.run(i, numbered=False, longest=6) > after and self.words[after] not in surnames()

    def scan(self) -> list[Hit]:
        done = 0
        for i in sorted(self.forms.keys() | self.provinces.keys()):
            if i >= done:
                done = max(self.at(i), i + 1)
        return self.hits

    def at(self, i: int) -> int:
        found = self.meaning(i)
        if found is None:
            place = self.province(i)
            if place is not None and not self._inside_name(i, place[2]):
                self.hits.append(Hit(i, place[2], place[0], place[1]))
                return place[2]
            return i + 1
        kind, value, j = found
        if kind == "type" and i > 0 and self.words[i - 1] in _NOT_BEFORE_TYPE.get(value, ()):
            return i + 1
        if kind == "party":
            self.hits.append(Hit(i, j, PARTY.type, PARTY.name))
            return j
        if kind == "mass":
            return self.mass(i, j)
        body = whole = committee = False
        unit_type = ""
        bodies = 0
        while found is not None and found[0] in ("body", "whole", "committee"):
            bodies += 1
            if bodies > _BODIES_IN_A_ROW:
                break
            kind, value, j = found
            if kind == "committee":
                unit_type, committee = value, True
            body = body or kind in ("body", "committee")
            whole = whole or kind == "whole"
            found = self.meaning(j)
            if (
                kind == "body"
                and self.words[i] in ("văn", "lãnh")
                and not (found and found[0] in ("body", "committee", "type"))
            ):
                return i + 1
        if body and found is not None and found[0] == "agency" and not committee:
            return self.agency(i, found[2])
        group = False
        if found is not None and found[0] == "type":
            if not committee or self._named(found[2], found[1]):
                unit_type, j = found[1], found[2]
                group = i > 0 and not body and self._counted(i - 1)
        elif (
            body
            and not committee
            and j < self.count
            and (self._counted(j))
            and (later := self.meaning(j + 1))
            and later[0] == "type"
        ):
            unit_type, j, group = later[1], later[2], True
        elif not body and not whole:
            return i + 1
        if group or (j < self.count and self.words[j] == ":"):
            return self.enumeration(i, j, unit_type, body)
        return self.single(i, j, unit_type, body=body, whole=whole, committee=committee)

    def _counted(self, i: int) -> bool:
        return self.words[i] in _COUNT_WORDS or (self.words[i].isdigit() and len(self.words[i]) <= 3)

    def _named(self, j: int, unit_type: str) -> bool:
        return j < self.count and (self.page.capital(j) or (unit_type in _NUMBERED and self.words[j].isdigit()))

    def _inside_name(self, i: int, after: int) -> bool:
        """Whether a province's name is part of a longer name ("Chủ tịch Hồ Chí Minh", "Vũ Thái Bình")."""
        if self.words[i] == "hồ" and self.words[i + 1 : i + 2] == ["chí"]:
            return True
        if i > 0 and self.page.capital(i - 1) and self.words[i - 1] in surnames() | {"văn", "thị", "ngọc", "thanh"}:
            return True
        return (
            after < self.count
            and self.page.capital(after)
            and self.words[after] not in surnames()
            and len(self.words[after]) > 1
        )

    def single(self, i: int, j: int, unit_type: str, *, body: bool, whole: bool, committee: bool) -> int:
        numbered = unit_type in _NUMBERED or (self.words[i] == "chi" and not unit_type)
        after = (
            self.name(j, numbered=numbered, committee=committee or (body and not unit_type)) if j < self.count else j
        )
        if after - j >= 3 and body and i > 0 and self.words[i - 1] in _POST_WORDS and self.words[j] in surnames():
            after = j  # "Bí thư Đảng ủy thị trấn Phạm Thị Thu": the holder's name, not the town's
        if after == j:
            after = max(j, i + 1)
            following = self.words[after] if after < self.count else ""
            if (unit_type in _BARE or (body and not unit_type)) and following not in _NOT_AFTER_BARE:
                self.hits.append(Hit(i, after, unit_type, "", body=body, whole=whole, committee=committee))
            return after
        name = self.page.wording(j, after)
        if not unit_type and self.words[i] == "chi":
            unit_type = "chi bộ"
        known = self.province(j)
        if known is not None and known[2] == after:
            unit_type, name = (
                unit_type or known[0],
                known[1] if self.words[j] != old_tone(known[1].split()[0].lower()) else name,
            )
        self.hits.append(Hit(i, after, unit_type, name, body=body, whole=whole, committee=committee))
        return after

    def enumeration(self, i: int, j: int, unit_type: str, body: bool) -> int:
        """ "3 xã: Sơn Tân, Cam Thành Bắc và Cam Hải Tây": one mention each."""
        if j < self.count and self.words[j] == ":":
            j += 1
        start, found = i, len(self.hits)
        while j < self.count:
            repeated = self.meaning(j)
            if repeated is not None and repeated[0] in ("type", "body"):
                if repeated[0] == "type" and repeated[1] != unit_type:
                    break
                j = repeated[2]
                continue
            after = self.run(j, unit_type in _NUMBERED)
            if after == j:
                break
            self.hits.append(Hit(start, after, unit_type, self.page.wording(j, after), body=body, group=self.groups))
            j = start = after
            if j < self.count and self.words[j] in (",", "và", ";") and j + 1 < self.count:
                start = j + 1
                j += 2 if self.words[j + 1 : j + 2] == ["và"] else 1
                start = j
        if len(self.hits) == found:
            self.hits.append(Hit(i, max(j, i + 1), unit_type, "", plural=True))
            return max(j, i + 1)
        self.groups += 1
        return self.hits[-1].after

    def agency(self, i: int, j: int) -> int:
        """ "Đảng bộ Khối các cơ quan tỉnh Hòa Bình", "Chi bộ Trường Tiểu học A": the words up to the next verb or sign."""
        first = j
        while (
            first > i
            and self.meaning(first - 1) is not None
            and first - 1 > i
            and self.words[first - 1] not in ("bộ", "ủy")
        ):
            first -= 1
        while first > i and self.words[first - 1] not in ("bộ", "ủy", "vụ", "hành", "tra", "trực"):
            first -= 1
        bloc = self.words[first] == "khối"
        while j < self.count and j - first < 14 and self.words[j] not in _AGENCY_ENDS:
            word = self.words[j]
            city = word == "thành" and self.words[j + 1 : j + 2] == ["phố"]
            if bloc and word[0].isalpha() and not (word in _BLOC_WORDS or city or self.page.capital(j)):
                break
            if not word[0].isalnum() and not (word in ("-", ".", ",") and self._goes_on(j)):
                break
            if word[0].isdigit() and not self.page.capital(j - 1):
                break
            if word == "và" and self.words[j + 1 : j + 2] and self.words[j + 1][0].isdigit():
                break
            j += 1
        if j - first < 2:
            if self.words[first] == "khối":
                self.hits.append(Hit(i, j, "khối", "", body=True))
            return j
        kind = "khối" if self.words[first] == "khối" else "cơ quan"
        self.hits.append(Hit(i, j, kind, self.page.wording(first, j), body=True))
        return j

    def _goes_on(self, j: int) -> bool:
        if j + 1 >= self.count:
            return False
        if self.words[j] == "-":
            return True
        return self.words[j] == "." and self.words[j - 1] in ("tp", "tx") and self.page.capital(j + 1)

    def mass(self, i: int, j: int) -> int:
        """ "Thành đoàn TP. HCM" is a unit of its own; "Đoàn Thanh niên xã A" speaks for the commune, whose name comes next."""
        if self.words[i] not in ("thành", "tỉnh", "huyện", "quận", "thị"):
            return j
        found = self.meaning(j)
        start = found[2] if found is not None and found[0] == "type" else j
        after = self.name(start, committee=True) if start < self.count else j
        self.hits.append(Hit(i, max(after, j), "đoàn thể", self.page.wording(i, after) if after > start else ""))
        return max(after, j)


def mentions(page: Page) -> list[Hit]:
    """Every mention of a unit, in order, with its parent where the text puts one beside it."""
    return _with_parents(page, _Finder(page).scan())


def _with_parents(page: Page, hits: list[Hit]) -> list[Hit]:
    out = list(hits)
    for k in range(len(out) - 1, 0, -1):
        near, far = out[k - 1], out[k]
        between = tuple(page.words[near.after : far.first])
        if (
            not far.name
            or (far.body and not (between[:1] in (("(",), ("thuộc",)) or (between and level(near.type) >= 5)))
            or not near.name
            or between not in _PARENT_LINKS
            or level(far.type) >= level(near.type)
        ):
            continue
        above = UnitName(far.type, far.name, far.above)
        out[k] = far._replace(parent=True)
        for other in range(k - 1, -1, -1):
            same = other == k - 1 or (near.group >= 0 and out[other].group == near.group)
            if not same and out[other].type == near.type and out[other].name and out[other].above is None:
                # "xã A và xã B (huyện C)": both lie in C.
                same = tuple(page.words[out[other].after : out[other + 1].first]) in ((",",), ("và",))
            if not same:
                break
            out[other] = out[other]._replace(above=above)
    return out
