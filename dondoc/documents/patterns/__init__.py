"""Templates of official documents: `read` gives the one in force, `fill` makes the Word file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dondoc.lib.refusals import INVALID, Refused

from . import filling
from .declared import Field, Placeholder, Template, templates
from .parts import Clause, Head, Signing

__all__ = ["Clause", "Field", "Head", "Placeholder", "Signing", "Template", "fill", "read"]


def read(code: str, on: date) -> Template:
    """The template of this code that is in force on a day. Refused with "documents.template_none" where there is none."""
    for one in templates():
        if one.code == code and one.since <= on and (one.until is None or on < one.until):
            return one
    raise Refused("documents.template_none", INVALID, template=code)


def fill(code: str, values: Mapping[str, Any], on: date, head: Head) -> bytes:
    """A document as a Word file, by the template in force on a day; see `filling.fill` for the values and what is refused."""
    return filling.fill(read(code, on), values, on, head)
