"""A text cut into words, numbers and signs, and the phrases of all lexicons found in them, in one pass."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import accumulate, chain, compress, count, repeat
from operator import itemgetter
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
_FIRST = itemgetter(0)
_GAP = re.compile(r"[^\S\n]*")
# A named tuple without the function between that checks its fields: there are many of them.
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)


Meaning = TypeVar("Meaning")


class Page:
    """One text: its letters (see `dondoc.lib.vietnamese.letters`) and its tokens.

    `words[i]` is token i in lower case and older tone spelling, `at[i]` and `to[i]` its place in `plain` and `written`.
    `digits` are the tokens that begin with a digit.
    """

    __slots__ = ("_composed", "_tables", "at", "digits", "ends", "given", "plain", "starts", "to", "words", "written")

    def __init__(self, text: str) -> None:
        read = letters(text)
        self.given, self.written, self.plain = read.given, read.written, read.plain
        self.starts, self.ends = read.starts, read.ends
        # In a text that is NFC already, every letter stands in its own place.
        self._composed = isinstance(read.starts, range)
        pieces = _TOKEN_AND_GAP.findall(self.plain)
        # Loops over all tokens are left to the interpreter's own functions: they are most of what a short text costs.
        self.words: list[str] = list(map(_FIRST, pieces))
        leading = _GAP.match(self.plain)
        begins = leading.end() if leading else 0
        edges = list(accumulate(map(len, chain.from_iterable(pieces)), initial=begins))
        self.at: list[int] = edges[:-1:2]
        self.to: list[int] = edges[1::2]
        self.digits: list[int] = list(compress(count(), map(str.isdigit, map(_FIRST, self.words))))
        self._tables: list[Places[Any]] = []

    def places(self, wanted: "Phrases[Meaning]") -> "Places[Meaning]":
        """Where the phrases of a lexicon stand in this text."""
        try:
            return self._tables[wanted.number]
        except IndexError:
            # All lexicons are looked for at once, the first time that one is asked for.
            self._tables = _everywhere(self.words)
            return self._tables[wanted.number]

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

    def __init__(self, lexicon: Phrases[Meaning], words: list[str]) -> None:
        self._lexicon, self._words = lexicon, words
        self._starts: list[int] | None = None
        self.longest: dict[int, tuple[Meaning, int]] = {}

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

    def __init__(self, lexicon: Phrases[Meaning], words: list[str]) -> None:
        super().__init__(lexicon, words)
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


_OTHER = "\0"


@cache
def _automaton(lexicons: int) -> tuple["ahocorasick.Automaton", dict[str, str]]:
    """An Aho-Corasick automaton over words, each written as one letter, for so many lexicons; and the letter of each word.

    A phrase of words is then a string of letters, and no phrase is found inside of words.
    """
    wanted: dict[tuple[str, ...], list[tuple[int, Any]]] = {}
    for lexicon in _LEXICONS[:lexicons]:
        if not lexicon.seldom:
            for words, meaning in lexicon.meanings().items():
                wanted.setdefault(words, []).append((lexicon.number, meaning))
    letter = {word: chr(1 + number) for number, word in enumerate(dict.fromkeys(chain.from_iterable(wanted)))}
    automaton = ahocorasick.Automaton()
    # Most phrases stand for the same as many others: sharing it keeps what is read for each match within the caches.
    shared: dict[tuple[int, tuple[tuple[int, Any], ...]], Any] = {}
    for words, meanings in wanted.items():
        found = (len(words), tuple(meanings))
        automaton.add_word("".join(letter[word] for word in words), shared.setdefault(found, found))
    automaton.make_automaton()
    return automaton, letter


def _everywhere(words: list[str]) -> list[Places[Any]]:
    """For each lexicon, where its phrases stand among these words."""
    automaton, letter = _automaton(len(_LEXICONS))
    places = [(SeldomPlaces if lexicon.seldom else Places)(lexicon, words) for lexicon in _LEXICONS]
    longest = [one.longest for one in places]
    # Phrases are found in the order of their ends: of those that begin at one token the longest comes last and stays.
    for last, (length, meanings) in automaton.iter("".join(map(letter.get, words, repeat(_OTHER)))):
        after = last + 1
        first = after - length
        for number, meaning in meanings:
            longest[number][first] = meaning, after
    return places
