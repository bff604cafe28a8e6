"""Words that somebody has to say."""

from dondoc.lib.refusals import INVALID, Refused


def said(words: str) -> str:
    """The words in one line. Refused (422) where there are none."""
    words = " ".join(words.split())
    if not words:
        raise Refused("obligations.no_words", INVALID)
    return words
