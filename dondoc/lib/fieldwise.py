"""Drafts that are saved field by field: what a save changes, and which of it came too late."""

from collections.abc import Mapping
from typing import Any


def plain(text: str) -> str:
    """What is typed without the marks that a browser adds to ends of lines, and without blanks around it."""
    return text.replace("\r\n", "\n").strip()


def too_late(
    changed: Mapping[str, str], present: Mapping[str, str], marks: Mapping[str, Any], seen: int
) -> tuple[str, ...]:
    """The fields that somebody saved after the version `seen`, and that now say something else than what is to be saved.

    `marks` says of each field in which version it was saved last.
    """
    return tuple(
        name
        for name, value in changed.items()
        if marks.get(name, {}).get("version", 0) > seen and value != present.get(name, "")
    )
