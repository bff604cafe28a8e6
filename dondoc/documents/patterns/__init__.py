"""Templates of official documents: `read` gives the one in force, `fill` makes the Word file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dondoc.lib.refusals import INVALID, Refused

from . import filling
from .declared import Field, Placeholder, Template, templates
from .parts import Clause, Head, Signing

__all__ = ["Clause", "Field", "Head", "Placeholder", "Signing", "Template", "fill", "read"]


def read(code: str, on: date, issuer: int | None = None) -> Template:
    """The template of this code that is in force on a day; with `issuer` the unit's own Word file where it has one.

    Refused with "documents.template_none" where there is none.
    """
    for one in templates():
        if one.code == code and one.since <= on and (one.until is None or on < one.until):
            if issuer is None:
                return one
            from .office import in_force  # asks the database, which the templates that ship do not need

            return in_force(issuer, one, on)
    raise Refused("documents.template_none", INVALID, template=code)


def fill(code: str, values: Mapping[str, Any], on: date, head: Head, issuer: int | None = None) -> bytes:
    """A document as a Word file, by the template in force on a day; see `filling.fill` for the values and what is refused."""
    return filling.fill(read(code, on, issuer), values, on, head)
