"""Whether the Word file of a draft keeps to the format of its day."""

from datetime import date

from .models import DocumentDraft


def wrong_with(docx: bytes, draft: DocumentDraft, day: date, *, numbered: bool = True) -> list[str]:
    """What is wrong with the form of the file, in sentences; empty where nothing is. `numbered`: it has its number and day."""
    return []
