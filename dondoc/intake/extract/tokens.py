"""A text cut into words, numbers and signs, and the phrases of all lexicons found in them, in one pass."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import accumulate, chain, compress, count, repeat
from typing import Any, Generic, TypeVar

import ahocorasick

from dondoc.intake.extract.reading import Span
from dondoc.lib.vietnamese import LETTERS, letters

# The end of a line is a token too, so that no phrase runs on over it. A number keeps its points and comma (1.500, 7,61);
# letters glued to digits make a word (5A, 52km, m2), except a noun that lost its space (3.004tổ chức). Vietnamese syllables,
# which most tokens are, are tried first.
_SYLLABLE = rf"[{LETTERS}]++(?![^\W_])"
_GLUED = r"(?=(?:tổ|đảng|chi|đồng|quần|đoàn|cấp|người|lượt|tập|cá|trường|học)(?![^\W_]))"
_TOKEN = _SYLLABLE + rf"|\d+(?:[.,]\d+)*(?:(?![^\W_])|{_GLUED})|[^\W_]+|[^\w\s]|_|\n+"
_TOKENS = re.compile(_TOKEN)
# Taking the spaces along saves a search from each space to the next token.
_TOKEN_AND_GAP = re.compile(rf"({_TOKEN})([^\S\n]*)")
_MOST_WORDS, _LONGEST_WORD = 20_000, 40
"""So many different words, of so many letters at most, are remembered as they were cut."""
# A named tuple without the function between that checks its fields: there are many of them.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


class _Cut(dict[str, tuple[str, ...]]):
    """What stands between two spaces, cut into tokens, each with the gap behind it.

    Vietnamese has few syllables, and most of them with few signs around them: of a new text nearly all are known already.
    """

    def __missing__(self, written: str) -> tuple[str, ...]:
        pieces = tuple(chain.from_iterable(_TOKEN_AND_GAP.findall(written + " ")))
        if len(written) <= _LONGEST_WORD:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[written] = pieces
        return pieces


_CUT = _Cut()
# Where only one space ever stands between two words, no other gap has to be kept.
_OTHER_GAPS = ("  ", "\t", "\x1f")


def _pieces(plain: str) -> tuple[int, list[str]]:
    """The letters before the first token; and the tokens, each with the gap behind it."""
    if plain[:1] == " " or any(map(plain.__contains__, _OTHER_GAPS)):
        pieces = list(chain.from_iterable(_TOKEN_AND_GAP.findall(plain)))
        return len(plain) - sum(map(len, pieces)), pieces
    return 0, list(chain.from_iterable(map(_CUT.__getitem__, plain.split(" "))))


Meaning = TypeVar("Meaning")


class Page:
    """One text: its letters (see `dondoc.lib.vietnamese.letters`) and its tokens.

    `words[i]` is token i in lower case and older tone spelling, `at[i]` and `to[i]` its place in `plain` and `written`.
    `digits` are the tokens that begin with a digit from 0 to 9.
    """

    __slots__ = (
        "_composed",
        "_longest",
        "_places",
        "at",
        "digits",
        "ends",
        "given",
        "plain",
        "starts",
        "to",
        "words",
        "written",
    )

    def __init__(self, text: str) -> None:
        read = letters(text)
        self.given, self.written, self.plain = read.given, read.written, read.plain
        self.starts, self.ends = read.starts, read.ends
        # In a text that is NFC already, every letter stands in its own place.
        self._composed = isinstance(read.starts, range)
        # Loops over all tokens are left to the interpreter's own functions: they are most of what a short text costs.
        begins, pieces = _pieces(self.plain)
        self.words: list[str] = pieces[::2]
        edges = list(accumulate(map(len, pieces), initial=begins))
        self.at: list[int] = edges[:-1:2]
        self.to: list[int] = edges[1::2]
        self.digits: list[int] = [i for i in compress(count(), map(":".__gt__, self.words)) if self.words[i] >= "0"]
        self._longest: list[dict[int, Any]] = []
        self._places: list[Places[Any] | None] = []

    def places(self, wanted: "Phrases[Meaning]") -> "Places[Meaning]":
        """Where the phrases of a lexicon stand in this text."""
        try:
            found = self._places[wanted.number]
        except IndexError:
            # All lexicons are looked for at once, the first time that one is asked for.
            self._longest = _everywhere(self.words)
            self._places, found = [None] * len(self._longest), None
        if found is None:
            make = SeldomPlaces if wanted.seldom else Places
            found = self._places[wanted.number] = make(wanted, self.words, self._longest[wanted.number])
        return found

    def span(self, start: int, end: int) -> Span:
        """The place in the text given of the letters start..end of `plain`."""
        if end <= start:
            where = self.starts[start] if start < len(self.starts) else len(self.given)
            return Span(where, where)
        return _span((self.starts[start], self.ends[end - 1]))

    def plain_of(self, span: Span) -> str:
        """The letters of `plain` that a span of the text given covers."""
        if self._composed:
            return self.plain[span.start : span.end]
        return self.plain[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def token_span(self, first: int, after: int) -> Span:
        """The place of the tokens first..after."""
        start, end = self.at[first], self.to[after - 1]
        return _span((start, end) if self._composed else (self.starts[start], self.ends[end - 1]))

    def wording(self, first: int, after: int) -> str:
        """The tokens first..after as written."""
        return self.written[self.at[first] : self.to[after - 1]]

    def token_from(self, letter: int) -> int:
        """The first token that starts at this letter or after it."""
        return bisect_left(self.at, letter)

    def capital(self, token: int) -> bool:
        """Whether a token is a word that begins with a capital letter."""
        return self.written[self.at[token]].isupper()


class Phrases(Generic[Meaning]):
    """Phrases to look for, each with what it stands for. The longest that begins at a token wins.

    Every lexicon has a number; `Page.places` finds the phrases of all of them in one pass over the text, but for those that
    are asked for `seldom`: texts are full of their phrases, and of a few tokens only it is asked whether one begins there.
    `entries` is asked for the phrases when the first text is read, so that importing a module reads no file.
    """

    __slots__ = ("_entries", "_lengths", "_meanings", "number", "seldom")

    def __init__(self, entries: Callable[[], Iterable[tuple[str, Meaning]]], *, seldom: bool = False) -> None:
        self._entries = entries
        self._meanings: dict[tuple[str, ...], Meaning] | None = None
        self._lengths: dict[str, list[int]] | None = None
        self.seldom = seldom
        self.number = len(_LEXICONS)
        _LEXICONS.append(self)

    def meanings(self) -> dict[tuple[str, ...], Meaning]:
        """What each phrase, as words, stands for."""
        if self._meanings is None:
            self._meanings = {tuple(_TOKENS.findall(phrase)): meaning for phrase, meaning in self._entries()}
        return self._meanings

    def lengths(self) -> dict[str, list[int]]:
        """For each word that begins a phrase, how many words such phrases have, the longest first."""
        if self._lengths is None:
            found: dict[str, set[int]] = {}
            for phrase in self.meanings():
                found.setdefault(phrase[0], set()).add(len(phrase))
            self._lengths = {word: sorted(lengths, reverse=True) for word, lengths in found.items()}
        return self._lengths


_LEXICONS: list[Phrases[Any]] = []


class Places(Generic[Meaning]):
    """Where the phrases of one lexicon stand in one text.

    `longest[i]` is what the longest phrase that begins at token i means, and the token after it.
    """

    __slots__ = ("_lexicon", "_starts", "_words", "longest")

    def __init__(self, lexicon: Phrases[Meaning], words: list[str], longest: dict[int, tuple[Meaning, int]]) -> None:
        self._lexicon, self._words = lexicon, words
        self._starts: list[int] | None = None
        self.longest = longest

    def at(self, token: int, end: int) -> tuple[Meaning, int] | None:
        """What the longest phrase that begins at this token and ends at `end` or before means, and the token after it."""
        found = self.longest.get(token)
        if found is None or found[1] <= end:
            return found
        meanings = self._lexicon.meanings()
        for after in range(end, token, -1):
            if (meaning := meanings.get(tuple(self._words[token:after]))) is not None:
                return meaning, after
        return None

    def starts(self, first: int, after: int) -> list[int]:
        """The tokens from `first` to before `after` at which a phrase begins, in order."""
        if self._starts is None:
            self._starts = sorted(self.longest)
        return self._starts[bisect_left(self._starts, first) : bisect_left(self._starts, after)]

    def within(self, first: int, after: int) -> bool:
        """Whether a phrase stands wholly between these tokens."""
        return any(self.at(token, after) is not None for token in self.starts(first, after))


class SeldomPlaces(Places[Meaning]):
    """The same of a lexicon that is asked for at few tokens: each is looked up when it is asked for."""

    __slots__ = ("_count", "_lengths", "_meanings")

    def __init__(self, lexicon: Phrases[Meaning], words: list[str], longest: dict[int, tuple[Meaning, int]]) -> None:
        super().__init__(lexicon, words, longest)
        self._lengths, self._meanings, self._count = lexicon.lengths(), lexicon.meanings(), len(words)

    def at(self, token: int, end: int) -> tuple[Meaning, int] | None:
        words, end = self._words, end if end < self._count else self._count
        if token >= end:
            return None
        for length in self._lengths.get(words[token], ()):
            after = token + length
            if after <= end and (meaning := self._meanings.get(tuple(words[token:after]))) is not None:
                return meaning, after
        return None

    def starts(self, first: int, after: int) -> list[int]:
        begins, words, end = self._lengths, self._words, self._count
        return [i for i in range(first, min(after, end)) if words[i] in begins and self.at(i, end) is not None]

    def within(self, first: int, after: int) -> bool:
        return any(self.at(token, after) is not None for token in range(first, after))


_SECOND = 32
"""So many second letters are in use, fewer than first ones."""
_OTHER = "\0\0"


@cache
def _automaton(lexicons: int) -> tuple["ahocorasick.Automaton", dict[str, str]]:
    """An Aho-Corasick automaton over words, each written as two letters, for so many lexicons; and the letters of each word.

    A phrase of words is then a string of letters, and no phrase is found inside of words, since no letter is used in both
    places. With two letters a word has some fifty ways to begin and thirty to go on: the automaton tries one after the other,
    and with one letter it would try a thousand.
    """
    wanted: dict[tuple[str, ...], list[tuple[int, Any]]] = {}
    for lexicon in _LEXICONS[:lexicons]:
        if not lexicon.seldom:
            for words, meaning in lexicon.meanings().items():
                wanted.setdefault(words, []).append((lexicon.number, meaning))
    words_used = dict.fromkeys(chain.from_iterable(wanted))
    letter = {
        word: chr(1 + _SECOND + number // _SECOND) + chr(1 + number % _SECOND) for number, word in enumerate(words_used)
    }
    automaton = ahocorasick.Automaton()
    # Most phrases stand for the same as many others: sharing it keeps what is read for each match within the caches.
    shared: dict[tuple[int, tuple[tuple[int, Any], ...]], Any] = {}
    for words, meanings in wanted.items():
        found = (len(words), tuple(meanings))
        automaton.add_word("".join(letter[word] for word in words), shared.setdefault(found, found))
    automaton.make_automaton()
    return automaton, letter


def _everywhere(words: list[str]) -> list[dict[int, Any]]:
    """For each lexicon, where its phrases stand among these words."""
    automaton, letter = _automaton(len(_LEXICONS))
    longest: list[dict[int, Any]] = [{} for _ in _LEXICONS]
    # Phrases are found in the order of their ends: of those that begin at one token the longest comes last and stays.
    for last, (length, meanings) in automaton.iter("".join(map(letter.get, words, repeat(_OTHER)))):
        after = (last + 1) // 2
        first = after - length
        for number, meaning in meanings:
            longest[number][first] = meaning, after
    return longest
