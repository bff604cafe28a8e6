"""PDF: the text layer."""

from dondoc.lib.sources.found import Problem, Text


def read(data: bytes) -> Text | Problem:
    return Problem("kind")
