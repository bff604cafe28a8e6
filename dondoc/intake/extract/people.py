"""People named in full, with the posts the text gives them, and which mentions of units are part of a post."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.passages import Line
from dondoc.intake.extract.resolve import key
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.tokens import Page, Phrases
from dondoc.intake.extract.units import Hit, surnames

HONOURED = rule("person.after_honorific", "người được nêu tên sau ông, bà, đồng chí")
POST_BEFORE = rule("person.after_post", "người được nêu tên sau chức vụ")
POST_AFTER = rule("person.before_post", "người được nêu tên trước chức vụ")

_LONGEST = 5
_POST_BEFORE = 6
"""So many tokens before a unit its holder's post may begin."""
_MOST_POSTS = 12
_LONGEST_POST = 60
"""Posts behind one name, and tokens of one post: more of them are no posts, however the text goes on."""
_LONGEST_STATUS = 6
_ROW_WITHIN = 18
"""So many tokens before a row of names the word that says that they are people may stand."""
_NOT_PEOPLE = {"hồ chí minh", "hồ chủ tịch", "hồ chí"}
_LIST_BEFORE = frozenset((":", ",", ";", "và", "chí", "gồm", "là"))


@dataclass(slots=True)
class PersonFound:
    """A person: the name as written first, the posts in order, the places of the full name (tokens), the first rule."""

    name: str
    rule: str
    roles: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    role_places: list[tuple[int, int]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    """The posts again, as they are compared."""


# "đảng viên Nguyễn Đức Hòa (SN 1924), thuộc Đảng bộ xã A": where somebody is a member is not what the text counts for.
_BELONGS = re.compile(
    r"(?:\b(?:sn|sinh năm)\s*\d{4}\)?,?\s*|\b(?:đảng viên|đồng chí|ông|bà|cụ) (?:[^\W\d_]+ ){1,3}[^\W\d_]+, )(?:(?:hiện|đang|là|thuộc|ở|tại|đảng viên|sinh hoạt(?: đảng)? tại)\s*){0,3}\Z"
)
_BELONGS_WITHIN = 70
_BELONGS_BEHIND = frozenset(("hiện", "đang", "là", "thuộc", "ở", "tại", "viên"))
"""The last words of what `_BELONGS` looks for, if it ends in a word; most mentions stand behind others."""
_BELONGING = ("sn", "sinh năm", ", ")
"""One of these stands in all that it finds."""
_POSTS = Phrases(lambda: ((phrase, "post") for phrase in lexicon("people")["posts"]))
_HONORIFICS = Phrases(lambda: ((phrase, "honorific") for phrase in lexicon("people")["honorifics"]))
_STATUSES = Phrases(lambda: ((phrase, "status") for phrase in lexicon("people")["statuses"]), seldom=True)
_SURNAMES = Phrases(lambda: ((name, "surname") for name in surnames()))
_MIDDLE = Phrases(lambda: iter([("thị", "middle name")]))
_ENDS = Phrases(lambda: ((phrase, "end") for phrase in lexicon("people")["post_ends"]), seldom=True)


def mark_posts(page: Page, hits: list[Hit]) -> list[Hit]:
    """The mentions again, those inside somebody's post ("Phó Bí thư Tỉnh ủy") marked: a post is not the unit's own deed."""
    out = []
    posts, ends = page.places(_POSTS), page.places(_ENDS)
    for hit in hits:
        for i in reversed(posts.starts(hit.first - _POST_BEFORE, hit.first)):
            found = posts.at(i, hit.first)
            if found is None:
                continue
            between = page.words[i : hit.first]
            if all(word[0].isalnum() or word == "-" for word in between) and not ends.within(found[1], hit.first):
                hit = hit._replace(post=True)
            break
        if hit.body and not hit.post and _belongs(page, hit.first):
            hit = hit._replace(post=True)
        out.append(hit)
    return out


def _belongs(page: Page, first: int) -> bool:
    """Whether the mention that begins at a token only says where somebody is a member."""
    before = page.words[first - 1] if first else ""
    if not before or not (before in _BELONGS_BEHIND or before in (",", ")") or before[-1].isdigit()):
        return False
    start, end = max(0, page.at[first] - _BELONGS_WITHIN), page.at[first]
    return (
        any(map(page.plain[start:end].__contains__, _BELONGING)) and _BELONGS.search(page.plain, start, end) is not None
    )


def post_before(page: Page, token: int) -> int | None:
    """Where the post begins whose last words stand right before this token, or None."""
    posts = page.places(_POSTS)
    for i in range(token - 1, max(-1, token - 1 - _POST_BEFORE), -1):
        if posts.at(i, token) is not None:
            return i - 1 if i > 0 and posts.at(i - 1, token) is not None else i
        if not page.words[i][0].isalnum():
            return None
    return None


class _Reader:
    def __init__(self, page: Page, hits: list[Hit]) -> None:
        self.page, self.words = page, page.words
        self.named = {hit.first: hit for hit in hits if hit.name}
        self.inside: set[int] = set()
        for hit in hits:
            if hit.name:
                self.inside.update(range(hit.first, hit.after))
        self.found: dict[str, PersonFound] = {}
        self.posts, self.honorifics, self.ends = page.places(_POSTS), page.places(_HONORIFICS), page.places(_ENDS)
        self.statuses = page.places(_STATUSES)
        self.names = [
            i for i in page.places(_SURNAMES).starts(0, len(page.words)) if i not in self.inside and page.capital(i)
        ]
        self.women = {
            i - 1
            for i in page.places(_MIDDLE).longest
            if i
            and i - 1 not in self.inside
            and page.capital(i)
            and page.capital(i - 1)
            and self.words[i - 1].isalpha()
        }
        """Where a name with "Thị" in it begins, whatever the family's."""
        if not self.women.issubset(self.names):
            self.names = sorted(self.women.union(self.names))
        """The tokens that may begin a name without "ông" or "đồng chí" before it."""

    def run(self, i: int) -> int:
        j = i
        while j < len(self.words) and j - i < _LONGEST and self.page.capital(j):
            if (
                not self.words[j].isalpha()
                or j in self.inside
                or (len(self.words[j]) > 1 and self.page.wording(j, j + 1).isupper())
                or (j - i >= 2 and self._post_begins(j))
            ):
                break
            j += 1
        return j

    def _post_begins(self, j: int) -> bool:
        """Whether a post of several words begins here: "Nguyễn Văn An Bí thư Đảng ủy"; one word may be part of a name."""
        found = self.posts.longest.get(j)
        return found is not None and found[1] - j >= 2

    def line(self, first: int, after: int) -> None:
        done = first
        listed_to = first
        names = set(self.names[bisect_left(self.names, first) : bisect_left(self.names, after)])
        told = len(self.found)
        for i in sorted(names.union(self.honorifics.starts(first, after))):
            if i < done:
                continue
            honorific = self.honorifics.at(i, after) if i not in self.inside else None
            if honorific is not None and i > first and self.words[i - 1] == "các":
                # "các đồng chí: A, B, C": all of them, with a post or without
                listed_to = next((k for k in range(i, after) if self.words[k] in (".", "…")), after)
            if honorific is not None:
                done = honorific[1]
                if self.posts.at(done, after) is None and (j := self.run(done)) > done:
                    if j - done >= 2:
                        self.person(done, j, first, after, HONOURED)
                    done = j
            elif i in names:
                j = self.run(i)
                if i >= listed_to and self._opens_row(i, first):
                    listed_to = next((k for k in range(i, after) if self.words[k] in (".", "…")), after)
                listed = i < listed_to and j - i >= 3 and self.words[i - 1] in _LIST_BEFORE and j < after
                # "… trao Huy hiệu cho đảng viên Đặng Văn Hồ (sinh năm 1923) và Nguyễn Thị Em"
                joined = (
                    i in self.women and i > first and self.words[i - 1] in ("và", ",", ";") and len(self.found) > told
                )
                listed = listed or (joined and j - i >= 3)
                if j - i >= 2 and self.person(i, j, first, after, None, listed=listed):
                    done = j

    def person(self, i: int, j: int, first: int, after: int, found_by: str | None, *, listed: bool = False) -> bool:
        name = self.page.wording(i, j)
        if key(name) in _NOT_PEOPLE:
            return False
        start = i - 1 if found_by else i
        before = self.role_before(start, first)
        later = self.roles_after(j, after)
        family = self.words[i] in surnames() or i in self.women
        if j - i == 2 and not family and not later:
            return False  # "ông Xuân Anh" is short for somebody; "ông Men Pholly, Trưởng Ban Dân tộc" is a full name
        status = self.status_before(i, first) if found_by is None and before is None and j - i >= 3 else None
        opening = before[0] if before else start
        if "cố" in (self.words[opening - 1 : opening] if opening > first else []):
            return False
        if found_by is None:
            if not family:
                return False
            in_list = i > first and self.words[i - 1] in _LIST_BEFORE
            if before is None and status is None and not listed and (not later or (j - i < 3 and not in_list)):
                return False
            found_by = POST_BEFORE if before else POST_AFTER if later else HONOURED
        person = self.found.setdefault(key(name), PersonFound(name, found_by))
        person.places.append((i, j))
        for place in ([before] if before else []) + later:
            role = self.page.wording(*place)
            if key(role) not in person.known:
                person.known.add(key(role))
                person.roles.append(role)
                person.role_places.append(place)
        return True

    def _opens_row(self, i: int, first: int) -> bool:
        """Whether a row of people begins here: "ba bị cáo bị khai trừ, gồm: Lê Thị An; Trần Văn Bình"."""
        status = self.status_before(i, first)
        if (
            status is not None
            and status > first
            and (self.words[status - 1] in ("các", "những") or self.words[status - 1].isdigit())
        ):
            return True  # "kết nạp các quần chúng Phạm Tiến Đạt và Lê Hải Anh"
        if i <= first or self.words[i - 1] not in (":", "gồm", "là"):
            return False
        counted = self.statuses.starts(max(first, i - _ROW_WITHIN), i)
        return bool(counted) or not {"người", "chí"}.isdisjoint(self.words[max(first, i - _ROW_WITHIN) : i])

    def status_before(self, i: int, first: int) -> int | None:
        """Where the words begin that say what somebody is, right before a name or its colon: "quần chúng ưu tú: Trần Thị An"."""
        end = i - 1 if i > first and self.words[i - 1] == ":" else i
        for k in self.statuses.starts(max(first, end - _LONGEST_STATUS), end):
            found = self.statuses.at(k, end)
            if found is not None and found[1] == end:
                return k
        return None

    def role_before(self, i: int, first: int) -> tuple[int, int] | None:
        """The post that ends right before token i, back over commas between posts."""
        best = None
        for k in range(i - 1, max(first - 1, i - 22), -1):
            word = self.words[k]
            if word in (";", "(", ")", ".", ":", '"') and not (word == "." and self.words[k - 1] in ("tp", "tx", "t")):
                break
            if k not in self.inside and self.honorifics.at(k, i):
                break
            found = self.posts.at(k, i)
            if found is not None:
                if any(self.ends.at(m, i) for m in range(found[1], i) if m not in self.inside):
                    break
                best = (k, i - 1 if self.words[i - 1] == "," else i)
                if k > 0 and self.words[k - 1] != "," and self.posts.at(k - 1, i) is None:
                    break
            elif word == "," and not self.posts.at(k + 1, i):
                break
        return best

    def roles_after(self, j: int, after: int) -> list[tuple[int, int]]:
        """The posts that follow a name: "… - Phó Bí thư Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội"."""
        out: list[tuple[int, int]] = []
        if j + 1 >= after:
            return out
        if self.words[j] in ("-", "–", ",", "("):
            k = j + 1
        elif self._post_begins(j) and self.page.capital(j):
            k = j
        else:
            return out
        while k < after and len(out) < _MOST_POSTS and (self.posts.at(k, after) or self.statuses.at(k, after)):
            end = k
            while end < min(after, k + _LONGEST_POST) and (
                self.words[end][0].isalnum() or (self.words[end] == "." and self.words[end - 1] in ("tp", "tx"))
            ):
                if end > k and end not in self.inside and self.ends.at(end, after):
                    break
                if (
                    end > k
                    and self.page.capital(end)
                    and self.words[end] in surnames()
                    and end not in self.inside
                    and self.run(end) - end >= 3
                ):
                    break
                end += 1
            if end > k:
                out.append((k, end))
            if end + 1 < after and self.words[end] in (",", "-") and self.posts.at(end + 1, after):
                k = end + 1
            else:
                break
        return out


def people(page: Page, hits: list[Hit], lines: list[Line]) -> list[PersonFound]:
    """Everyone named in full, in the order of the text. Lines that name only the writer are left out."""
    reader = _Reader(page, hits)
    for line in lines:
        if line.kind not in ("byline", "dateline"):
            reader.line(line.first, line.after)
    tails = {" ".join(words[i:]) for name in reader.found if (words := name.split()) for i in range(1, len(words))}
    return [person for name, person in reader.found.items() if name not in tails]
