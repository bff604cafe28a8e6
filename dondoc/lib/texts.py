"""The sentences behind codes: each folder keeps its own in `texts.py`, found by the first part of the code."""

from importlib import import_module
from typing import Any

from .refusals import Problem, Refused


def _sentence(table: str, code: str, data: dict[str, Any]) -> str:
    folder = code.split(".", 1)[0]
    sentences: dict[str, Any] = getattr(import_module(f"dondoc.{folder}.texts"), table)
    return str(sentences[code]) % data if data else str(sentences[code])


def refusal(refused: Refused) -> str:
    """The sentence of a refusal: what, why, what next."""
    return _sentence("REFUSALS", refused.code, refused.data)


def problem(found: Problem) -> str:
    """The sentence of a problem."""
    return _sentence("PROBLEMS", found.code, found.data)


def action(code: str) -> str:
    """What an action of the history is called, for a timeline."""
    return _sentence("ACTIONS", code, {})
