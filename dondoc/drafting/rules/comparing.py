"""What a Word file that comes back changes in the draft that it was made from. Pure.

A piece is found by the content control around it. Where a word processor has dropped the control it is found by its text: the same
words first, then the most words in common. What stands outside of all pieces is compared with the same file as it would be made now.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .tags import Tag, digest, plain

ALIKE = 0.6
"""The share of words in common from which on a paragraph without a control is taken for a changed piece (Dice, 0 to 1)."""

OURS = 0.5
"""The share of pieces that must be found by their text before a file without controls is taken for one of this draft."""

_NUMBERED = re.compile(r"^(?:\d{1,3}[.)]|[IVX]{1,6}\.|[a-zđ][.)]|[-–—+•*])(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Known:
    """A piece as it stands in the draft: `counter` is the version of the draft in which it was last changed, `since` that in which it
    came in; `body`: it belongs to the text itself, where new paragraphs may stand beside it."""

    key: int
    text: str
    counter: int
    since: int
    body: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a file, or the paragraphs within one control."""

    text: str
    tag: Tag | None = None


class Kind(StrEnum):
    """What is different: a piece has other words, is gone, came in, the order is another, or something outside of all pieces changed."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    ORDER = "order"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `before` in the draft (or the file as it would be made now), `there` in the file that came back.

    `clause` is the piece, of an added paragraph the piece after which it stands (None: before all). `both`: the draft has changed it too
    since the file was made. `order`: the keys of the pieces as they stand in the file.
    """

    kind: Kind
    clause: int | None = None
    before: str = ""
    there: str = ""
    both: bool = False
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, and whether a piece had to be found by its text; `version` is that of the draft when the file was made, where it says so."""

    differences: tuple[Difference, ...]
    by_text: bool
    version: int | None


def whose(pieces: Iterable[Piece], draft: int) -> int | None:
    """The draft from which a file was made, by its controls: this one wherever one of them says so, else the first named, None where none is."""
    named = [one.tag.draft for one in pieces if one.tag is not None]
    return draft if draft in named else next(iter(named), None)


def at_least(known: Sequence[Known], frame: Sequence[str], pieces: Sequence[Piece], draft: int) -> int:
    """How many differences a file has at the least: so many paragraphs are neither a piece nor of the form. Cheap for any file."""
    found = {one.tag.clause for one in pieces if one.tag is not None and one.tag.draft == draft}
    strange = sum(1 for one in pieces if (one.tag is None or one.tag.draft != draft) and one.text.strip())
    missing = sum(1 for one in known if one.key not in found)
    return strange - missing - sum(1 for line in frame if line.strip())


def compare(known: Sequence[Known], frame: Sequence[str], pieces: Sequence[Piece], draft: int) -> Compared | None:
    """How a file differs from the draft; None where it has no controls of the draft and too little of its text to be made from it.

    `known` are the pieces in the order of the document, `frame` the paragraphs outside of them in a file that is made now.
    """
    tagged = _by_control(known, pieces, draft)
    version = max((one.tag.version for one in pieces if one.tag and one.tag.draft == draft), default=None)
    missing = [one for one in known if one.key not in tagged and (version is None or one.since <= version)]
    taken = set(tagged.values())
    left = [place for place in range(len(pieces)) if place not in taken and plain(pieces[place].text)]
    by_text = _by_text(missing, [(place, pieces[place].text) for place in left], {plain(line) for line in frame})
    if not tagged and len(by_text) < max(1, OURS * len(known)):
        return None
    places = tagged | by_text
    newer = {one.key for one in known if one.key not in places and version is not None and one.since > version}
    differences = list(_of_pieces(known, pieces, places, newer, tagged))
    differences += _order([one.key for one in known if one.body and one.key in places], places)
    loose = [place for place in left if place not in set(by_text.values())]
    differences += _around(known, frame, pieces, places, loose)
    return Compared(tuple(differences), bool(by_text), version)


def _by_control(known: Sequence[Known], pieces: Sequence[Piece], draft: int) -> dict[int, int]:
    """Where each piece stands by its control; of a control that was copied the first counts."""
    keys = {one.key for one in known}
    places: dict[int, int] = {}
    for place, piece in enumerate(pieces):
        if piece.tag is not None and piece.tag.draft == draft and piece.tag.clause in keys:
            places.setdefault(piece.tag.clause, place)
    return places


def _by_text(missing: Sequence[Known], left: Sequence[tuple[int, str]], frame: set[str]) -> dict[int, int]:
    """Where pieces without a control stand: the same text first, then those with the most words in common, each paragraph once."""
    found: dict[int, int] = {}
    free = {place: bare(text) for place, text in left}
    same: dict[str, list[int]] = {}
    for place, text in free.items():
        same.setdefault(text, []).append(place)
    for one in missing:
        places = same.get(bare(one.text), [])
        if places:
            found[one.key] = places.pop(0)
            del free[found[one.key]]
    loose = {place: Counter(text.lower().split()) for place, text in free.items() if text not in frame}
    pairs = [(share, one.key, place) for one in missing if one.key not in found for share, place in _near(one, loose)]
    gone: set[int] = set()
    for _share, key, place in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if key not in found and place not in gone:
            found[key] = place
            gone.add(place)
    return found


def _near(one: Known, loose: Mapping[int, Counter[str]]) -> Iterator[tuple[float, int]]:
    """The paragraphs that have enough words in common with a piece, with their share."""
    mine = Counter(bare(one.text).lower().split())
    count = mine.total()
    for place, theirs in loose.items():
        other = theirs.total()
        # The shorter cannot have more words in common than it has; and what shares few different words is no version of the same sentence.
        if 2 * min(count, other) < ALIKE * (count + other) or len(mine.keys() & theirs.keys()) * 3 < len(mine):
            continue
        share = alike(mine, theirs)
        if share >= ALIKE:
            yield share, place


def bare(text: str) -> str:
    """The text as it is compared, without a number or dash that a list puts before it."""
    return _NUMBERED.sub("", plain(text))


def alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, from 0 to 1."""
    count = one.total() + other.total()
    return 2 * (one & other).total() / count if count else 0.0


def _of_pieces(
    known: Sequence[Known], pieces: Sequence[Piece], places: dict[int, int], newer: set[int], tagged: dict[int, int]
) -> Iterable[Difference]:
    for one in known:
        if one.key in newer:
            continue  # It came into the draft after the file was made.
        if one.key not in places:
            yield Difference(Kind.REMOVED, one.key, before=one.text)
            continue
        piece = pieces[places[one.key]]
        tag = piece.tag if one.key in tagged else None
        # The form numbers the pieces; the number is not part of the text.
        there = bare(piece.text) if bare(one.text) == plain(one.text) else plain(piece.text)
        if there == plain(one.text) or (tag is not None and tag.digest == digest(there)):
            continue  # The same, or untouched in the file: the draft is newer.
        if not there:
            yield Difference(Kind.REMOVED, one.key, before=one.text)
            continue
        both = tag is not None and one.counter > tag.version
        yield Difference(Kind.CHANGED, one.key, before=one.text, there=there, both=both)


def _order(keys: Sequence[int], places: dict[int, int]) -> list[Difference]:
    there = sorted(keys, key=lambda key: places[key])
    return [] if there == list(keys) else [Difference(Kind.ORDER, order=tuple(there))]


def _around(
    known: Sequence[Known],
    frame: Sequence[str],
    pieces: Sequence[Piece],
    places: dict[int, int],
    loose: Sequence[int],
) -> list[Difference]:
    """What changed outside of the pieces: within the text a new paragraph, elsewhere words of the form."""
    body = {places[one.key]: one.key for one in known if one.body and one.key in places}
    mine = [plain(line) for line in frame if plain(line)]
    theirs = [plain(pieces[place].text) for place in loose]
    found: list[Difference] = []
    for step, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        new = [
            _new(loose[n], theirs[n], body, after_frame=_frame_between(loose, n, body, mine, theirs))
            for n in range(c, d)
        ]
        opposite = list(new) if b - a == d - c else []
        for place, line in enumerate(mine[a:b]):
            partner = next((one for one in new if _same_line(line, one.there)), None)
            if partner is None and opposite and opposite[place] in new and opposite[place].kind is Kind.OUTSIDE:
                partner = opposite[place]
            if partner is not None:
                new.remove(partner)
            found.append(Difference(Kind.OUTSIDE, before=line, there=partner.there if partner else ""))
        found += new
    return found


def _same_line(one: str, other: str) -> bool:
    return alike(Counter(one.lower().split()), Counter(other.lower().split())) >= ALIKE / 2


def _frame_between(
    loose: Sequence[int], n: int, body: dict[int, int], mine: Sequence[str], theirs: Sequence[str]
) -> bool:
    """Whether a line of the form stands between a new paragraph and the last piece of the text before it."""
    before = max((place for place in body if place < loose[n]), default=-1)
    return any(place > before and theirs[k] in mine for k, place in enumerate(loose[:n]))


def _new(place: int, text: str, body: dict[int, int], *, after_frame: bool) -> Difference:
    first, last = min(body, default=-1), max(body, default=-1)
    if not body or place < first or (place > last and after_frame):
        return Difference(Kind.OUTSIDE, there=text)
    before = max(one for one in body if one < place)
    return Difference(Kind.ADDED, body[before], there=text)
