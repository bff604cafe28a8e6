"""docxtpl, held to what our templates need: each part is read once, the result must be whole, and nothing of the day of writing is in it.

Imported where a document is made: it takes a quarter of a second to load.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2 import Environment
from jinja2 import Template as Compiled
from lxml import etree

from .blocks import FOOT_MARK
from .checks import environment

# The time of every part of a packed file: the first that such a file can say.
_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_TITLE = 255
_ENVIRONMENT = environment()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Broken(Exception):
    """The template's paragraphs are torn by what was filled in: a loop begins in one cell and ends in another."""


class Pattern(DocxTemplate):  # type: ignore[misc]
    """A template file that is filled once."""

    def __init__(self, docx: bytes, title: str, made: datetime) -> None:
        super().__init__(BytesIO(docx))
        self.title = title
        self.made = made

    def build_xml(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> str:
        """The body with the values in their places."""
        return self.render_xml_part(self.get_xml(), None, context)

    def patch_xml(self, src_xml: str) -> str:
        """Put off until a part is compiled."""
        return src_xml

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, Any], jinja_env: Environment | None = None
    ) -> str:
        """A part with the values in their places."""
        return str(self.resolve_listing(_compiled(src_xml).render(context)))

    def fix_tables(self, xml: str) -> Any:
        """The tree of the body. It is read strictly: a document that is not whole is never given out."""
        try:
            tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        except etree.XMLSyntaxError:
            raise Broken from None
        _hold_foot(tree)
        return tree

    def render_properties(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> None:
        """The file says its title and nothing of a person."""
        said = self.docx.core_properties
        said.title = self.title[:_LONGEST_TITLE]
        said.author = said.last_modified_by = said.comments = said.keywords = said.subject = ""
        said.created = said.modified = self.made
        said.revision = 1


def _hold_foot(tree: Any) -> None:
    """The last paragraph of the body stays on the page of the foot: nobody signs a page without text."""
    marks = [mark for mark in tree.iter(f"{W}bookmarkStart") if mark.get(f"{W}name") == FOOT_MARK]
    for above in (mark.getparent().getprevious() for mark in marks):
        if above is None:
            continue
        last = above if above.tag == f"{W}p" else next(iter([*above.iter(f"{W}p")][-1:]), None)
        if last is None:
            continue
        form = last.find(f"{W}pPr")
        if form is None:
            form = last.makeelement(f"{W}pPr")
            last.insert(0, form)
        for other in form.findall(f"{W}keepNext"):
            form.remove(other)
        form.insert(1 if form.find(f"{W}pStyle") is not None else 0, form.makeelement(f"{W}keepNext"))


@lru_cache(maxsize=128)
def _compiled(xml: str) -> Compiled:
    """A part of a template as a program; the same for all documents that are made with it."""
    return _ENVIRONMENT.from_string(DocxTemplate.patch_xml(None, xml))


def render(docx: bytes, context: Mapping[str, Any], title: str, made: datetime) -> bytes:
    """The filled file. `Broken` where the result would not be whole."""
    pattern = Pattern(docx, title, made)
    pattern.render(context, _ENVIRONMENT)
    written = BytesIO()
    pattern.docx.save(written)
    return same_bytes(written)


def same_bytes(written: BytesIO) -> bytes:
    """A packed file whose bytes depend on its content alone."""
    out = BytesIO()
    with ZipFile(written) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            info = ZipInfo(name, _TIME)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            new.writestr(info, old.read(name))
    return out.getvalue()
