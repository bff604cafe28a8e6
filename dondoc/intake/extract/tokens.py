"""A text cut into words, numbers and signs, and the longest phrases of a lexicon found in them."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from dondoc.intake.extract.reading import Span
from dondoc.lib.vietnamese import letters

# The end of a line is a token too, so that no phrase runs on over it. A number keeps its points and comma (1.500, 7,61); letters glued to digits make a word (5A, 52km, m2).
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+|[^\w\s]|_|\n+")
_NUMBER_AT = re.compile(r"\d+(?:[.,]\d+)*\Z")


class Page:
    """One text: its letters (see `dondoc.lib.vietnamese.letters`) and its tokens.

    `words[i]` is token i in lower case and older tone spelling, `at[i]` and `to[i]` its place in `plain` and `written`.
    """

    __slots__ = ("at", "ends", "given", "plain", "starts", "to", "words", "written")

    def __init__(self, text: str) -> None:
        read = letters(text)
        self.given, self.written, self.plain = read.given, read.written, read.plain
        self.starts, self.ends = read.starts, read.ends
        self.words: list[str] = []
        self.at: list[int] = []
        self.to: list[int] = []
        for found in _TOKEN.finditer(self.plain):
            self.words.append(found[0])
            self.at.append(found.start())
            self.to.append(found.end())

    def span(self, start: int, end: int) -> Span:
        """The place in the text given of the letters start..end of `plain`."""
        if end <= start:
            where = self.starts[start] if start < len(self.starts) else len(self.given)
            return Span(where, where)
        return Span(self.starts[start], self.ends[end - 1])

    def token_span(self, first: int, after: int) -> Span:
        """The place of the tokens first..after."""
        return self.span(self.at[first], self.to[after - 1])

    def wording(self, first: int, after: int) -> str:
        """The tokens first..after as written."""
        return self.written[self.at[first] : self.to[after - 1]]

    def token_from(self, letter: int) -> int:
        """The first token that starts at this letter or after it."""
        return bisect_left(self.at, letter)

    def capital(self, token: int) -> bool:
        """Whether a token is a word that begins with a capital letter."""
        return self.written[self.at[token]].isupper()

    def number(self, token: int) -> bool:
        """Whether a token is a number in digits."""
        return "0" <= self.words[token][0] <= "9" and _NUMBER_AT.match(self.words[token]) is not None


class Phrases:
    """Phrases to look for, each with what it stands for. The longest that begins at a token wins."""

    __slots__ = ("_by_first", "firsts")

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        found: dict[str, dict[tuple[str, ...], str]] = {}
        for phrase, meaning in entries:
            words = tuple(_TOKEN.findall(phrase))
            found.setdefault(words[0], {})[words] = meaning
        self._by_first = {
            first: [(words, len(words), meaning) for words, meaning in sorted(rest.items(), key=lambda x: -len(x[0]))]
            for first, rest in found.items()
        }

        self.firsts = frozenset(self._by_first)
        """The words with which a phrase begins: a quick look before the search."""

    def at(self, words: list[str], token: int, end: int) -> tuple[str, int] | None:
        """The meaning of the longest phrase that begins at this token and the token after it, or None.

        None also where no token is left: what follows the last words of a text is asked for like anything else.
        """
        if not 0 <= token < end:
            return None
        for phrase, length, meaning in self._by_first.get(words[token], ()):
            if token + length <= end and (length == 1 or tuple(words[token : token + length]) == phrase):
                return meaning, token + length
        return None
