"""Where the text names units. Finding only: which unit an incomplete mention means is decided in `resolve.py`."""

from dondoc.intake.extract import no_names
from dondoc.intake.extract.agencies import agency_alone, agency_end, described, named_before, place_inside
from dondoc.intake.extract.bare import DISTRICTS, bare
from dondoc.intake.extract.capitals import behind_short_form, in_capitals, name_in_capitals, proper
from dondoc.intake.extract.forms import FORMS, PROVINCES, longest_at, vocabulary
from dondoc.intake.extract.parents import with_parents, without_those_aside
from dondoc.intake.extract.resolve import known_places
from dondoc.intake.extract.rows import next_in_row, row_begins
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import PARTY, Hit, surnames
from dondoc.intake.extract.vague import OF_MANY, behind_link, holder, inside_name, one_cell, one_of_many
from dondoc.lib.vietnamese import old_tone

_LONGEST_ROW = 24
_CELLS_DO = (["có"], ["hiện"], ["đã"], ["kết"], ["gồm"], [","], ["("], ["là"], ["vừa"], ["tổ"], ["sinh"])
"""Behind the name of a cell: "Chi bộ Phù Lao Chải hiện có 7 đảng viên"."""
_BODIES_IN_A_ROW = 8  # "Văn phòng Ban Thường vụ Đảng ủy" are three


class _Finder:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.words = page.words
        self.count = len(page.words)
        self.hits: list[Hit] = []
        self.groups = self.named_in_agency = 0
        self.forms, self.provinces = page.places(FORMS).longest, page.places(PROVINCES).longest
        self.deeds = vocabulary("deeds")

    def meaning(self, i: int) -> tuple[str, str, int] | None:
        found = self.forms.get(i)
        if found is not None and found[0][1] == "khu" and not self._named(found[1], "khu"):
            return None  # "khu vực", "khu di tích"
        return (*found[0], found[1]) if found is not None else None

    def province(self, i: int) -> tuple[str, str, int] | None:
        found = self.provinces.get(i)
        if found is None or not (self.page.capital(i) and self.page.capital(found[1] - 1)):
            return None
        return (*found[0], found[1])

    def place(self, i: int) -> int | None:
        """The token after the name of a province or district that begins at i, where no longer name does."""
        known = self.provinces.get(i) or self.page.places(DISTRICTS).longest.get(i)
        if known is None or not self.page.capital(known[1] - 1) or self._longer(i, known[1]):
            return None
        return known[1]

    def run(self, i: int, numbered: bool, longest: int = 4) -> int:
        """The token after the capitalised name that begins at i."""
        if i >= self.count:
            return i
        if numbered and self.words[i][0].isdigit() and len(self.words[i]) <= 3 and "," not in self.words[i]:
            return i + 1
        if in_capitals(self.page, i):
            return name_in_capitals(self.page, i)
        j = i
        while j < self.count and j - i < longest and self.page.capital(j) and self.words[j][0].isalpha():
            if j > i and (self._post(j) or (len(self.words[j]) > 2 and self.page.wording(j, j + 1).isupper())):
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
        if (
            i < j < min(self.count - 1, i + longest)
            and self.words[j].isdigit()
            and (
                # "huyện An Phong 95, An Hải 80" in a list is no name; "xã Bình 12 có 52 đảng viên" is one.
                numbered or self.words[j] in ("1", "2", "3", "4") or self.words[j + 1] == "có"
            )
            and len(self.words[j]) <= 2
        ):
            j += self.words[j + 1] in (",", ".", "(", ";", "và", "có")
        return j

    def _post(self, j: int) -> bool:
        """Whether a post or a body begins here: "Tỉnh ủy Lào Cai Nguyên Bí thư", not "Thái Nguyên"."""
        word = self.words[j]
        return word in no_names.NOT_IN_NAME and (
            word != "nguyên" or self.words[j + 1 : j + 2] in no_names.POSTS_AFTER_FORMER
        )

    def name(self, i: int, *, numbered: bool = False, committee: bool = False) -> int:
        """The token after a unit's name, leaving out a person's name that runs on from it ("Tỉnh ủy Đồng Tháp Lê Quốc Phong")."""
        if self.words[i : i + 2] in no_names.NO_NAMES and not self.page.capital(i + 1):
            return i
        if self.words[i : i + 2] == ["trung", "ương"] or self.words[i : i + 1] == ["đảng"]:
            return i  # "TT Đảng ủy": the standing deputy, no township
        if tuple(self.words[i : i + 2]) in self.deeds and not self.page.capital(i + 1):
            return i  # "Huyện ủy Kiểm tra việc …"
        known = self.province(i)
        if known is not None and (committee or not self._longer(i, known[2])):
            return known[2]
        after = self.run(i, numbered, longest=6)
        after = next(
            (k - 1 for k in range(i + 2, after - 1) if self.words[k] == "thị"), after
        )  # "Xiêng My Lộc Thị Vân"
        length = after - i
        if length == 1 and " ".join(self.words[i : i + 2]) in known_places():
            return i + 2  # "Huyện ủy Đô lương"
        if committee and length == 3 and self.words[i] in surnames():
            cell = self.words[i - 2 : i] == ["chi", "bộ"] and not holder(self.words, i)
            return after if cell and self.words[after : after + 1] in _CELLS_DO else i
        if committee and length == 2 and self.words[i] in surnames() and self.place(i) is None:
            return i if holder(self.words, i) else after
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
            if place is not None and not inside_name(self.page, i, place[2]):
                inside = place[2] <= self.named_in_agency
                self.hits.append(Hit(i, place[2], place[0], place[1], parent=inside, aside=inside))
                return place[2]
            return i + 1
        kind, value, j = found
        if kind == "type" and i > 0 and self.words[i - 1] in no_names.NOT_BEFORE_TYPE.get(value, ()):
            return i + 1
        if kind == "party":
            paper = (
                self.words[i - 1 : i] == ["của"] and self.words[i] not in no_names.WHOLE
            )  # "Chỉ thị của Bộ Chính trị"
            self.hits.append(Hit(i, j, PARTY.type, PARTY.name, parent=paper))
            return j
        if kind == "mass":
            return self.mass(i, j)
        if kind == "agency":
            return self.alone(i, j)
        if kind == "committee" and one_of_many(self.page, i, j):
            return j
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
            j = behind_short_form(self.page, j) if self.meaning(j + 3) else j
            found = self.meaning(j)
            if (
                kind == "body"
                and self.words[i] in ("văn", "lãnh")
                and not (found and found[0] in ("body", "committee", "type"))
            ):
                return i + 1
        if body and found is None and self.words[j : j + 2] == ["cơ", "sở"] and (found := self.meaning(j + 2)):
            j += 2  # "Chi bộ cơ sở Phòng Tổ chức cán bộ"
        if (
            self.words[i] == "chi"
            and found is None
            and (at := behind_link(self.words, j))
            and (far := self.meaning(at))
        ):
            found, j = (far, at) if far[0] == "agency" and self.page.capital(at) else (None, j)
        if body and found is not None and found[0] in ("agency", "mass") and not committee and self._agency(j):
            return self.agency(i, j, found[2])
        if body and found is None and (led := self._led(j)) is not None:
            return self.agency(i, led[0], led[1])
        if body and found is None and not committee and (after := self._joint(j)) is not None:
            found, j = self.meaning(after), after
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
        if j >= self.count:
            group = False
        if group or (j < self.count and self.words[j] == ":"):
            return self.enumeration(i, j, unit_type, body=body, committees=committee or not group)
        return self.single(i, j, unit_type, body=body, whole=whole, committee=committee)

    def _abbreviated(self, j: int) -> bool:
        """Whether a word is a number or letters that stand for a name: "Chi bộ 3", "Đảng ủy XMCP"."""
        word = self.words[j]
        return word[0].isdigit() or (len(word) > 2 and self.page.wording(j, j + 1).isupper())

    def _any_of_its_kind(self, i: int, after: int) -> bool:
        """ "cấp xã", "ở xã, phường, thị trấn": no certain commune."""
        before = self.words[i - 1] if i else ""
        if before in OF_MANY or before == "cấp":
            return True
        joined = (",", "và", "-", "/", ";", "hoặc")
        return (after < self.count and self.words[after] in joined and self._is_type(after + 1)) or (
            before in joined
            and i > 1
            and self.words[i - 2] in ("xã", "phường", "trấn", "huyện", "quận", "tỉnh", "phố", "thị")
        )

    def _agency(self, j: int) -> bool:
        return self.words[j] not in no_names.WRITTEN_LARGE or self.page.capital(j)

    def _joint(self, j: int) -> int | None:
        """ "Đảng ủy - HĐND - UBND - Ủy ban MTTQ xã Phong Hải": where the type word stands behind the bodies of a joint act."""
        joint = vocabulary("joint_bodies")
        at = j
        while at + 1 < self.count and self.words[at] in (",", "-", "–", "và") and at - j < _LONGEST_ROW:
            found = longest_at(self.words, at + 1, joint)
            if found is None:
                return None
            at = found[1]
        return at if at > j and at < self.count and self._is_type(at) else None

    def _led(self, j: int) -> tuple[int, int] | None:
        """ "Đảng ủy, Ban Giám đốc Công an tỉnh", "Đảng ủy - Bộ Chỉ huy Quân sự tỉnh": where the agency's name begins and its kind ends."""
        at = j
        while at + 1 < self.count and self.words[at] in (",", "-", "–", "và") and at - j < _LONGEST_ROW:
            found = self.meaning(at + 1)
            if found is not None and found[0] == "agency" and self.words[at + 1] in ("bộ", "ban", "bch", "bchqs"):
                return at + 1, found[2]
            leaders = longest_at(self.words, at + 1, vocabulary("agency_leaders"))
            if leaders is None:
                return None
            at = leaders[1]
        found = self.meaning(at) if at > j else None
        return (at, found[2]) if found is not None and found[0] == "agency" and self.page.capital(at) else None

    def _is_type(self, i: int) -> bool:
        found = self.meaning(i)
        return found is not None and found[0] == "type"

    def _counted(self, i: int) -> bool:
        return self.words[i] in no_names.COUNT_WORDS or (self.words[i].isdigit() and len(self.words[i]) <= 3)

    def _named(self, j: int, unit_type: str) -> bool:
        return j < self.count and (self.page.capital(j) or (unit_type in no_names.NUMBERED and self.words[j].isdigit()))

    def single(self, i: int, j: int, unit_type: str, *, body: bool, whole: bool, committee: bool) -> int:
        if unit_type in no_names.NUMBERED and self.words[j : j + 1] == ["số"] and self.words[j + 1 : j + 2]:
            j += self.words[j + 1].isdigit()  # "Chi bộ tổ dân phố số 15"
        numbered = unit_type in no_names.NUMBERED or (self.words[i] == "chi" and not unit_type)
        after = (
            self.name(j, numbered=numbered, committee=committee or (body and not unit_type)) if j < self.count else j
        )
        if body and not unit_type and self.words[j : j + 1] and self.words[j] in ("y", "h"):
            after = j  # "Bí thư Chi bộ Y Nuê Niê"
        if after - j >= 3 and self.words[j] in surnames() and self._holder(i, j, after):
            after = j  # "Bí thư Đảng ủy thị trấn Phạm Thị Thu": the holder's name, not the town's
        if after == j:
            after = max(j, i + 1)
            following = self.words[after] if after < self.count else ""
            if not body and not whole and self._any_of_its_kind(i, after):
                return after
            if (unit_type in no_names.BARE or (body and not unit_type)) and following not in no_names.NOT_AFTER_BARE:
                cell = self.words[i] == "chi" and one_cell(self.words, i, following)
                kind = unit_type or ("chi bộ" if cell else "")
                self.hits.append(Hit(i, after, kind, "", body=body, whole=whole, committee=committee, cell=cell))
            return after
        if not unit_type and after == j + 1 and self.place(j) != after and not self._abbreviated(j):
            return j  # "Ban Chấp hành Công đoàn": one syllable is no name, unless it is known
        name = proper(self.page, j, after)
        if not unit_type and self.words[i] == "chi":
            unit_type = "chi bộ"
        known = self.province(j)
        if known is not None and known[2] == after:
            unit_type, name = (
                unit_type or known[0],
                known[1] if self.words[j] != old_tone(known[1].split()[0].lower()) else name,
            )
        cell = self.words[i] == "chi"
        self.hits.append(Hit(i, after, unit_type, name, body=body, whole=whole, committee=committee, cell=cell))
        return after

    def _holder(self, i: int, j: int, after: int) -> bool:
        """Whether a name of three words behind somebody's post is the holder's: "Chủ tịch UBND tỉnh Dương Thành Trung"."""
        known = self.page.places(DISTRICTS).longest.get(j)
        if known is not None and known[1] == after:
            return False
        for k in range(i - 1, max(-1, i - no_names.POST_WITHIN), -1):
            if not self.words[k][0].isalnum():
                return False
            if self.words[k] in no_names.POST_WORDS:
                return True
        return False

    def enumeration(self, i: int, j: int, unit_type: str, *, body: bool, committees: bool) -> int:
        """ "3 xã: Sơn Tân, Cam Thành Bắc và Cam Hải Tây": one mention each."""
        colon = j < self.count and self.words[j] == ":"  # "chi bộ khu dân cư: Gần dân …" names none
        j += colon
        start, found = i, len(self.hits)
        announced = None if committees else row_begins(self.page, j)
        if announced is not None:
            self.hits.append(Hit(i, max(j, i + 1), unit_type, "", plural=True))
            j = start = announced
            found += 1
        while j < self.count:
            repeated = self.meaning(j)
            if repeated is not None and repeated[0] in ("type", "body"):
                if repeated[0] == "type" and repeated[1] != unit_type:
                    break
                j = repeated[2]
                continue
            after = self.run(j, unit_type in no_names.NUMBERED)
            if (
                after == j
                or (colon and after == j + 1 and self.words[j].isalpha())
                or (committees and self.words[j] in surnames() and after - j >= 3)
            ):  # "Thường trực Huyện ủy: Đoàn Quang Sự, …"
                break
            self.hits.append(Hit(start, after, unit_type, proper(self.page, j, after), body=body, group=self.groups))
            following = next_in_row(self.page, after)
            if following is None:
                break
            j = start = following
            colon = False
        if len(self.hits) == found:
            if announced is not None:
                return self.hits[-1].after
            self.hits.append(Hit(i, max(j, i + 1), unit_type, "", plural=True))
            return max(j, i + 1)
        self.groups += 1
        return self.hits[-1].after

    def agency(self, i: int, first: int, j: int) -> int:
        """ "Đảng bộ Khối các cơ quan tỉnh Hòa Bình", "Chi bộ Trường Tiểu học A": the name begins at `first`, its kind ends before j."""
        if self.words[first : first + 2] == ["cơ", "quan"] and (inner := self.meaning(j)) and inner[0] == "agency":
            first, j = j, inner[2]  # "Đảng bộ cơ quan Tạp chí …"
        after = agency_end(self, first, j)
        bloc, cell = self.words[first] == "khối", self.words[i] == "chi"
        if bloc and cell and j < self.count and self.words[j].isdigit():
            after = j + 1  # "Chi bộ khối 7": a neighbourhood
        if i > 0 and self._counted(i - 1):
            self.hits.append(Hit(i, after, "khối" if bloc else "cơ quan", "", body=True, plural=True))
        elif bloc and after == first + 1:
            self.hits.append(Hit(i, after, "khối", "", body=True))
        elif described(self.page, first, after) or self.page.capital(first):
            kind = "khối" if bloc else "cơ quan"
            first, end = (named_before(self, first, j) if after == j else None) or (first, after)
            self.hits.append(Hit(i, after, kind, proper(self.page, first, end), body=True, cell=cell))
        return after

    def alone(self, i: int, j: int) -> int:
        """ "Trường Cao đẳng A (28 đảng viên), Cục Thuế tỉnh và Sở Nội vụ cùng kết nạp …": an agency that the text counts for, or that acts."""
        after = agency_alone(self, i, j)
        if after is None:
            self.named_in_agency = place_inside(self, i, j) or 0
            return i + 1
        self.hits.append(Hit(i, after, "khối" if self.words[i] == "khối" else "cơ quan", proper(self.page, i, after)))
        return after

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
    return without_those_aside(page, with_parents(page, bare(page, _Finder(page).scan())))
