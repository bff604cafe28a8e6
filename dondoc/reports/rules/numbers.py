"""Whole numbers as people type them."""

import re

_PLAIN = re.compile(r"[0-9]+\Z")
_GROUPED = re.compile(r"[0-9]{1,3}([. \u00a0\u202f][0-9]{3})+\Z")
LARGEST = 10**9


class NotANumber(ValueError):
    """What was typed is no whole number of things; `code` says how it is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_count(typed: str) -> int | None:
    """The number that was typed: 1500, 1.500 or 1 500. None for nothing; NotANumber where it cannot be understood in one way.

    A comma is refused: 1,500 is one and a half here and fifteen hundred elsewhere.
    """
    text = typed.strip()
    if not text:
        return None
    if text[0] in "-\u2212\u2013" and text[1:].strip()[:1].isdigit():
        raise NotANumber("reports.negative")
    if "," in text and re.fullmatch(r"[0-9.,]+", text):
        raise NotANumber("reports.decimal")
    if _GROUPED.match(text):
        text = re.sub(r"[. \u00a0\u202f]", "", text)
    if not _PLAIN.match(text):
        raise NotANumber("reports.decimal" if re.fullmatch(r"[0-9]+\.[0-9]+", text) else "reports.no_number")
    if len(text) > 12 or int(text) >= LARGEST:
        raise NotANumber("reports.too_large")
    return int(text)
