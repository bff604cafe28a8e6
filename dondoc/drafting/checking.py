"""Whether the Word file of a draft keeps to the format of its day."""

from datetime import date

from dondoc.documents.format.checking import check
from dondoc.documents.format.texts import told

MOST = 30
"""Faults that are told; a file with more is not of the form at all."""


def wrong_with(docx: bytes, level: str, day: date, *, numbered: bool = True) -> list[str]:
    """What is wrong with the form of the file, in sentences; empty where nothing is. `numbered`: it has its number and day."""
    found = [told(one) for one in check(docx, day, on=day, level=level, draft=not numbered).problems[:MOST]]
    return [f"{one.place}: {one.sentence}" + (f" ({one.found})" if one.found else "") for one in found]
