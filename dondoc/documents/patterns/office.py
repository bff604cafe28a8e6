"""Templates of an office's own: which holds for a unit on a day, and what a Word file has to be to become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from dondoc.documents import pdf
from dondoc.documents.format import reading
from dondoc.documents.format import rules as form_rules
from dondoc.documents.format.content import format_on
from dondoc.documents.format.faces import Problem as FormProblem
from dondoc.documents.format.parts import Unreadable
from dondoc.documents.models import OfficeTemplate
from dondoc.lib.refusals import Problem, Refused

from . import filling
from .checks import PARTS
from .declared import Template
from .samples import head_for

LARGEST_PART = 1024 * 1024
"""The most bytes of markup in one part of a template: a template is a page or two."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was seen of a Word file: `problems` stop it from becoming a template, `remarks` about its form do not."""

    problems: Sequence[Problem]
    remarks: Sequence[FormProblem] = ()


def versions(unit: int, code: str) -> list[OfficeTemplate]:
    """What the unit put in place of a template, the latest first."""
    return list(OfficeTemplate.objects.filter(unit=unit, code=code).select_related("file").order_by("-version"))


def in_force(unit: int, template: Template, on: date) -> Template:
    """The template that the unit uses on a day: its own Word file, or the one that ships. One query."""
    held = OfficeTemplate.objects.filter(unit=unit, code=template.code, since__lte=on).select_related("file")
    latest = held.order_by("-version").first()
    if latest is None or latest.file is None:
        return template
    with latest.file.content.open("rb") as content:
        return replace(template, docx=content.read())


def examine(docx: bytes, template: Template, kind: str, on: date) -> Examined:
    """What is wrong with a Word file as a template of units of this kind: it is read, then filled with the samples and looked at.

    The file must have passed the door for files.
    """
    if _too_large(docx):
        return Examined([Problem("", "documents.template_too_large", {"most": f"{LARGEST_PART // 1024} KB"})])
    if pdf.from_elsewhere(docx):
        return Examined([Problem("", "documents.template_from_elsewhere", {"name": ""})])
    own = replace(template, docx=docx)
    problems = filling.problems_of(docx, template.placeholders)
    if problems:
        return Examined(problems)
    head = head_for(template.type_code, kind, on)
    try:
        filled = filling.fill(own, template.samples, on, head)
        layout = reading.read(filled)
    except (Refused, Unreadable):
        return Examined([Problem("", "documents.template_torn", {"name": ""})])
    return Examined([], form_rules.problems(layout, format_on(on), head.level, on=on))


def _too_large(docx: bytes) -> bool:
    with ZipFile(BytesIO(docx)) as packed:
        return any(one.file_size > LARGEST_PART for one in packed.infolist() if PARTS.fullmatch(one.filename))
