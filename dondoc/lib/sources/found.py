"""What became of a file: its text, or why there is none. Problems are values; every caller has its own sentence for each code."""

from dataclasses import dataclass

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of a file that is read."""
MOST_LETTERS = 2 * 1024 * 1024
"""Letters that a text may have; an article has thousands."""

PROBLEMS = {
    "empty": "there is nothing in the file",
    "too_large": "the file has more than LARGEST_FILE bytes",
    "too_long": "the text has more than MOST_LETTERS letters, or the file unfolds without bounds, or has pages without end",
    "letters": "bytes or letters of no character set that is known, or of two that fit alike",
    "scanned": "pages that are pictures; there is no text in the file",
    "unreadable": "letters in a PDF whose fonts do not say which letters they are",
    "locked": "a password is needed",
    "broken": "the file says what it is, but cannot be opened",
    "old_office": "Word before 2007",
    "picture": "a picture",
    "kind": "a kind of file that is not read",
    "not_text": "no text at all: a program, sound, a packed file",
    "unavailable": "the part that reads PDF cannot run on this machine",
}


class TooLong(Exception):
    """It unfolds to more than is read."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, in NFC with plain line ends.

    `beside`: words that stand in the file but are no part of its text (page heads, comments, what was struck out); they are searched
    for marks of secrecy and then forgotten. `pages_unread`: pages that are pictures among pages with text. `letters`: the character
    set that was recognised, None where the format says it itself.
    """

    text: str
    beside: str = ""
    pages_unread: tuple[int, ...] = ()
    letters: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file gives no text: a code of PROBLEMS. `beside`: words that were read all the same, to be searched for marks of secrecy."""

    code: str
    beside: str = ""
