"""People named in full, with the posts the text gives them, and which mentions of units are part of a post."""

from dataclasses import dataclass, field, replace
from functools import cache

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
_MOST_POSTS = 12
_LONGEST_POST = 60
"""Posts behind one name, and tokens of one post: more of them are no posts, however the text goes on."""
_NOT_PEOPLE = {"hồ chí minh", "hồ chủ tịch"}


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


@cache
def _posts() -> Phrases:
    people = lexicon("people")
    return Phrases([(p, "post") for p in people["posts"]])


@cache
def _honorifics() -> Phrases:
    return Phrases([(p, "honorific") for p in lexicon("people")["honorifics"]])


@cache
def _ends() -> Phrases:
    return Phrases([(p, "end") for p in lexicon("people")["post_ends"]])


def mark_posts(page: Page, hits: list[Hit]) -> list[Hit]:
    """The mentions again, those inside somebody's post ("Phó Bí thư Tỉnh ủy") marked: a post is not the unit's own deed."""
    out = []
    for hit in hits:
        post = False
        for i in range(hit.first - 1, max(-1, hit.first - 7), -1):
            word = page.words[i]
            if (not word[0].isalnum() and word != "-") or "\n" in page.plain[page.to[i] : page.at[hit.first]]:
                break
            found = _posts().at(page.words, i, hit.first)
            if found is not None:
                post = not any(_ends().at(page.words, k, hit.first) for k in range(found[1], hit.first))
                break
        out.append(replace(hit, post=True) if post else hit)
    return out


def post_before(page: Page, token: int) -> int | None:
    """Where the post begins whose last words stand right before this token, or None."""
    for i in range(token - 1, max(-1, token - 7), -1):
        if _posts().at(page.words, i, token) is not None:
            return i - 1 if i > 0 and _posts().at(page.words, i - 1, token) is not None else i
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

    def near(self, i: int) -> bool:
        return "\n" not in self.page.plain[self.page.to[i - 1] : self.page.at[i]]

    def run(self, i: int) -> int:
        j = i
        while j < len(self.words) and j - i < _LONGEST and (j == i or self.near(j)) and self.page.capital(j):
            if (
                not self.words[j].isalpha()
                or j in self.inside
                or (len(self.words[j]) > 1 and self.page.wording(j, j + 1).isupper())
            ):
                break
            j += 1
        return j

    def line(self, first: int, after: int) -> None:
        i, honorifics, family = first, _honorifics(), surnames()
        while i < after:
            honorific = honorifics.at(self.words, i, after) if self.words[i] in honorifics.firsts else None
            if honorific is not None and _posts().at(self.words, honorific[1], after):
                i = honorific[1]
            elif honorific is not None:
                j = self.run(honorific[1])
                if j - honorific[1] >= 2:
                    self.person(honorific[1], j, first, after, HONOURED)
                i = max(j, honorific[1])
            elif self.words[i] in family and self.page.capital(i) and i not in self.inside:
                j = self.run(i)
                if j - i >= 2 and self.person(i, j, first, after, None):
                    i = j
                else:
                    i += 1
            else:
                i += 1

    def person(self, i: int, j: int, first: int, after: int, found_by: str | None) -> bool:
        name = self.page.wording(i, j)
        if key(name) in _NOT_PEOPLE or (j - i == 2 and self.words[i] not in surnames()):
            return False
        start = i - 1 if found_by else i
        before = self.role_before(start, first)
        later = self.roles_after(j, after)
        opening = before[0] if before else start
        if "cố" in (self.words[opening - 1 : opening] if opening > first else []):
            return False
        if found_by is None:
            if self.words[i] not in surnames():
                return False
            if before is None and (not later or j - i < 3):
                return False
            found_by = POST_BEFORE if before else POST_AFTER
        person = self.found.setdefault(key(name), PersonFound(name, found_by))
        person.places.append((i, j))
        for place in ([before] if before else []) + later:
            role = self.page.wording(*place)
            if key(role) not in person.known:
                person.known.add(key(role))
                person.roles.append(role)
                person.role_places.append(place)
        return True

    def role_before(self, i: int, first: int) -> tuple[int, int] | None:
        """The post that ends right before token i, back over commas between posts."""
        best = None
        for k in range(i - 1, max(first - 1, i - 22), -1):
            word = self.words[k]
            if word in (";", "(", ")", ".", ":", '"') and not (word == "." and self.words[k - 1] in ("tp", "tx", "t")):
                break
            if _honorifics().at(self.words, k, i):
                break
            found = _posts().at(self.words, k, i)
            if found is not None:
                if any(_ends().at(self.words, m, i) for m in range(found[1], i) if m not in self.inside):
                    break
                best = (k, i - 1 if self.words[i - 1] == "," else i)
                if k > 0 and self.words[k - 1] != "," and _posts().at(self.words, k - 1, i) is None:
                    break
            elif word == "," and not _posts().at(self.words, k + 1, i):
                break
        return best

    def roles_after(self, j: int, after: int) -> list[tuple[int, int]]:
        """The posts that follow a name: "… - Phó Bí thư Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội"."""
        if j + 1 >= after or self.words[j] not in ("-", ",", "("):
            return []
        out: list[tuple[int, int]] = []
        k = j + 1
        while k < after and len(out) < _MOST_POSTS and _posts().at(self.words, k, after):
            end = k
            while end < min(after, k + _LONGEST_POST) and (
                self.words[end][0].isalnum() or (self.words[end] == "." and self.words[end - 1] in ("tp", "tx"))
            ):
                if end > k and end not in self.inside and _ends().at(self.words, end, after):
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
            if end + 1 < after and self.words[end] in (",", "-") and _posts().at(self.words, end + 1, after):
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
