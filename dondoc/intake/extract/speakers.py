"""Who speaks: from "ông Hải", "đồng chí Bí thư", "Người đứng đầu Thành ủy" to the person or body meant."""

from bisect import bisect_left
from collections.abc import Iterator

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.people import PersonFound
from dondoc.intake.extract.resolve import key
from dondoc.intake.extract.tokens import Page, Phrases
from dondoc.intake.extract.units import Mentioned

_BODIES = (
    "ủy ban kiểm tra",
    "ubkt",
    "đoàn kiểm tra",
    "đoàn giám sát",
    "đoàn công tác",
    "ban thường vụ",
    "ban chấp hành",
    "thường trực",
    "ban tổ chức",
)
_COMPARED = 100
_LEADING = (
    "bí thư",
    "phó bí thư",
    "chủ tịch",
    "phó chủ tịch",
    "chủ nhiệm",
    "phó chủ nhiệm",
    "trưởng ban",
    "phó trưởng ban",
    "trưởng đoàn",
)


def _forms() -> Iterator[tuple[str, str]]:
    people = lexicon("people")
    yield from ((phrase, "honorific") for phrase in people["honorifics"])
    yield from ((phrase, "post") for phrase in people["posts"] if phrase != "thường trực")
    yield from ((body, "body") for body in _BODIES)


_FORMS = Phrases(_forms)


class Speakers:
    """Finds the speaker named last before a token; a new paragraph keeps the speaker of the one before."""

    def __init__(self, page: Page, people: list[PersonFound], told: Mentioned) -> None:
        self.page = page
        self.forms = page.places(_FORMS)
        self.hits = told.at
        self.places = {a: person for person in people for a, _ in person.places}
        self.heard = sorted({*self.places, *self.forms.longest})
        """The tokens at which somebody may be named."""
        self.current: str | None = None
        self.roles = [(person.name, [key(role) for role in person.roles[:_COMPARED]]) for person in people[:_COMPARED]]
        self.tails: dict[str, str] = {}
        for person in people:
            words = key(person.name).split()
            for i in range(len(words)):
                self.tails.setdefault(" ".join(words[i:]), person.name)

    def before(self, first: int, after: int) -> str | None:
        """The speaker as of the token `after`, reading on from `first`. Remembers it for what follows."""
        words, done = self.page.words, first
        for i in self.heard[bisect_left(self.heard, first) : bisect_left(self.heard, after)]:
            if i < done:
                continue
            person = self.places.get(i)
            if person is not None:
                self.current = person.name
                done = i + len(person.name.split())
                continue
            found = self.forms.at(i, after)
            if found is None:
                continue
            kind, j = found
            if kind == "post" and words[j : j + 2] == ["thường", "trực"] and j + 2 <= after:
                self._post(i, j)
                done = max(j + 2, self.hits[j].after if j in self.hits else 0)
                continue
            if kind == "honorific":
                self._short(j, after)
            elif kind == "post":
                self._post(i, j)
            else:
                hit = self.hits.get(i)
                j = max(j, hit.after) if hit is not None else j
                self.current = self.page.wording(i, j)
            done = j
        return self.current

    def _short(self, j: int, after: int) -> None:
        """ "ông Hải": the person whose name ends so. "ông" alone: still the same speaker."""
        end = j
        while end < min(after, j + 4) and self.page.capital(end) and self.page.words[end].isalpha():
            end += 1
        if end == j:
            return
        short = key(self.page.wording(j, end))
        self.current = self.tails.get(short, self.current)

    def _post(self, i: int, j: int) -> None:
        hit = self.hits.get(j)
        if hit is None and self.page.words[j : j + 2] == ["thường", "trực"]:
            j += 2
            hit = self.hits.get(j)
        words = self.page.wording(i, hit.after if hit is not None else j)
        said = key(words)
        for name, roles in self.roles:
            if any(role.startswith(said) or said.startswith(role) for role in roles):
                self.current = name
                return
        addressed = i > 0 and self.forms.at(i - 1, i) is not None
        if said.startswith(_LEADING) and (addressed or (i > 1 and self.page.words[i - 2 : i] == ["đồng", "chí"])):
            self.current = words
