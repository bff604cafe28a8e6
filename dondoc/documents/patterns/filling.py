"""A template and values become a Word file.

The same template, values and head give the same bytes. Values reach the template as escaped text only, so nothing in them can act as
markup or as a placeholder.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from dondoc.documents.format.content import format_on
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, Problem, Refused

from . import blocks
from .checks import problems
from .declared import FOOT, HEAD, Placeholder, Template
from .measures import Measures, of
from .parts import Clause, Head


def fill(template: Template, values: Mapping[str, Any], on: date, head: Head) -> bytes:
    """The document, set by the format in force on its own day, or on `on` while it has none. A text may be a str, a number or a day, and its line ends begin paragraphs; rows are mappings, clauses `Clause`.

    Refused with "documents.values_missing" where a required value is absent or empty, with "documents.values_unknown" where one is
    given that was not declared, and with "documents.template_wrong" where the template itself cannot be filled.
    """
    from .rendering import Broken, render

    wrong = problems_of(template.docx, template.placeholders)
    if wrong:
        raise Refused("documents.template_wrong", INVALID, name=template.name, count=len(wrong))
    day = head.dated_on or on
    given = context(template.placeholders, values, head, of(format_on(day)))
    made = datetime.combine(day, time(), UTC)
    try:
        return render(template.docx, given, head.abstract or template.name, made)
    except Broken:
        raise Refused("documents.template_wrong", INVALID, name=template.name, count=1) from None


@lru_cache(maxsize=64)
def problems_of(docx: bytes, declared: tuple[Placeholder, ...]) -> tuple[Problem, ...]:
    """What is wrong with a Word file, looked for once."""
    return tuple(problems(docx, declared))


def context(declared: Sequence[Placeholder], values: Mapping[str, Any], head: Head, by: Measures) -> dict[str, Any]:
    """The values as the template sees them; Refused where one is missing or unknown, with the names of all of them."""
    known = {one.name for one in declared}
    if unknown := sorted(set(values) - known):
        raise Refused("documents.values_unknown", INVALID, names=", ".join(unknown))
    missing = [one for one in declared if one.required and not _given(values.get(one.name))]
    if missing:
        raise Refused("documents.values_missing", INVALID, names="; ".join(one.description for one in missing))
    seen: dict[str, Any] = {one.word: _value(one, values.get(one.name), by) for one in declared}
    return {**seen, HEAD: _markup(blocks.head(head, by)), FOOT: _markup(blocks.foot(head, by))}


def _given(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None and value != [] and value != ()


def _value(one: Placeholder, value: Any, by: Measures) -> Any:
    match one.shape:
        case "text":
            return _text(value)
        case "list":
            return [_text(item) for item in value or ()]
        case "rows":
            return [_row(one, row) for row in value or ()]
        case "clauses":
            clauses = [item if isinstance(item, Clause) else Clause(str(item)) for item in value or ()]
            return _markup(blocks.clauses(clauses, by))


def _row(one: Placeholder, row: Mapping[str, Any]) -> SimpleNamespace:
    if wrong := set(row) ^ {field.name for field in one.fields}:
        raise Refused("documents.values_unknown", INVALID, names=", ".join(sorted(wrong)))
    return SimpleNamespace(**{field.word: _text(row[field.name]) for field in one.fields})


def _text(value: str | int | date | None) -> str:
    """Escaped; a line end is the sign by which docxtpl begins a paragraph of the same form."""
    if value is None:
        return _markup("")
    shown = wording.day(value) if isinstance(value, date) else str(value)
    return _markup(blocks.words(shown.strip()).replace("\n", "\a"))


def _markup(xml: str) -> str:
    from markupsafe import Markup

    return Markup(xml)  # noqa: S704  (every text in it went through `blocks.words`)
