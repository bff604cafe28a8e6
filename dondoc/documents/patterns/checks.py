"""What is wrong with the Word file of a template, said before anything is generated.

The text of the file is read as docxtpl reads it. Only what a document needs is allowed in it: placeholders, loops over what is declared as
a list, and conditions. No call, no filter and no other command of the template language, so what a template can do is bounded by its values.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from zipfile import ZipFile

from dondoc.lib.refusals import Problem

from .declared import BLOCKS, Placeholder

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

# What a loop tells of itself.
LOOP = frozenset({"index", "first", "last", "length"})
PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAGS = re.compile(r"<[^>]+>")
_WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_OPEN = re.compile(r"\{[{%#]|[}%#]\}")
_SHOWN = 120
# {{p phần_đầu }}: the placeholder takes the place of its whole paragraph.
_BLOCK = re.compile(r"\{\{p\s+(\w+)\s*\}\}")


def environment() -> "Environment":
    """A template language without names of its own, in which nothing but the given values can be reached. What is given is escaped."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def problems(docx: bytes, declared: Sequence[Placeholder]) -> list[Problem]:
    """All that is wrong, each with the paragraph that it stands in; empty where the file can be filled.

    The file must have passed the door for files (`files.examine_file`).
    """
    from jinja2 import TemplateSyntaxError

    found = [Problem(text, "documents.template_syntax", {"name": ""}) for text in _unfinished(docx)]
    if found:
        return found
    used: set[str] = set()
    env = environment()
    for text, blocks in _sources(docx):
        try:
            tree = env.parse(text)
        except TemplateSyntaxError as wrong:
            found.append(Problem(_paragraph(text, wrong.lineno), "documents.template_syntax", {"name": ""}))
            return found
        reader = _Reader(text, declared, blocks)
        reader.read(tree.body, {})
        found += reader.ended()
        used |= reader.used
    needed = [*BLOCKS, *(one.word for one in declared if one.required)]
    return found + [Problem("", "documents.template_lacks", {"name": name}) for name in needed if name not in used]


def _parts(docx: bytes) -> Iterator[str]:
    """The markup of the parts that are filled."""
    with ZipFile(BytesIO(docx)) as packed:
        for name in sorted(packed.namelist()):
            if PARTS.fullmatch(name):
                yield packed.read(name).decode("utf-8").replace("\n", " ")


def _unfinished(docx: bytes) -> Iterator[str]:
    """Paragraphs in which a placeholder is begun and not ended, or ended and not begun."""
    for xml in _parts(docx):
        for paragraph in xml.split("</w:p>"):
            text = _TAGS.sub("", paragraph)
            if _OPEN.search(_WHOLE.sub("", text)):
                yield text.strip()[:_SHOWN]


def _sources(docx: bytes) -> Iterator[tuple[str, Counter[str]]]:
    """The texts of the file's parts as docxtpl gives them to the template language, a line for each paragraph, with their blocks."""
    from docxtpl import DocxTemplate

    patch = DocxTemplate(BytesIO(docx)).patch_xml
    for xml in _parts(docx):
        # A placeholder that takes the place of its paragraph stands beside the next one there, without a paragraph between them.
        lines = re.sub(r"<w:p(?=[ >])|(?<=[}%]})(?={[{%])", lambda begun: f"\n{begun[0]}", patch(xml))
        yield lines, Counter(_BLOCK.findall(_TAGS.sub("", xml)))


def _paragraph(text: str, line: int) -> str:
    lines = text.split("\n")
    return _TAGS.sub("", lines[min(line, len(lines)) - 1].split("</w:p>")[0]).strip()[:_SHOWN]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a name stands for inside a loop."""

    shape: Literal["item", "row", "loop"]
    fields: frozenset[str] = frozenset()


class _Reader:
    """Walks through one part."""

    def __init__(self, text: str, declared: Sequence[Placeholder], blocks: Counter[str]) -> None:
        self.text = text
        self.declared = {one.word: one for one in declared}
        self.blocks = blocks
        self.inline: Counter[str] = Counter()
        self.used: set[str] = set()
        self.problems: list[Problem] = []

    def read(self, body: "Sequence[nodes.Node]", scope: Mapping[str, _Seen]) -> None:
        """Read statements with the names that loops gave."""
        from jinja2 import nodes

        for node in body:
            match node:
                case nodes.Output():
                    for one in node.nodes:
                        if not isinstance(one, nodes.TemplateData):
                            self.shown(one, scope)
                case nodes.For():
                    self.loop(node, scope)
                case nodes.If():
                    self.condition(node.test, scope)
                    self.read(node.body, scope)
                    for other in node.elif_:
                        self.read([other], scope)
                    self.read(node.else_, scope)
                case _:
                    self.say(node, "template_command")

    def loop(self, node: "nodes.For", scope: Mapping[str, _Seen]) -> None:
        """A loop over a declared list or rows; nothing else can be looped over."""
        from jinja2 import nodes

        if not isinstance(node.iter, nodes.Name) or not isinstance(node.target, nodes.Name) or node.test:
            self.say(node, "template_command")
            return
        one = self.known(node.iter, node.iter.name)
        if one is None:
            return
        if one.shape not in ("list", "rows"):
            self.say(node, "template_no_list", name=one.word)
            return
        fields = frozenset(field.word for field in one.fields)
        seen = _Seen("row", fields) if one.shape == "rows" else _Seen("item")
        self.read(node.body, {**scope, node.target.name: seen, "loop": _Seen("loop", LOOP)})
        self.read(node.else_, scope)

    def shown(self, node: "nodes.Node", scope: Mapping[str, _Seen]) -> None:
        """What is written into the document: a text, an item, a field of a row, or a block."""
        from jinja2 import nodes

        match node:
            case nodes.Name() if node.name in scope:
                if scope[node.name].shape != "item":
                    self.say(node, "template_needs_field", name=node.name)
            case nodes.Name() if node.name in BLOCKS:
                self.inline[node.name] += 1
                self.used.add(node.name)
            case nodes.Name():
                one = self.known(node, node.name)
                if one is not None and one.shape in ("list", "rows"):
                    self.say(node, "template_needs_loop", name=one.word)
                if one is not None and one.shape == "clauses":
                    self.inline[one.word] += 1
            case nodes.Getattr():
                self.field(node, scope)
            case _:
                self.say(node, "template_command")

    def field(self, node: "nodes.Getattr", scope: Mapping[str, _Seen]) -> None:
        """A field of a row, inside the loop over the rows."""
        from jinja2 import nodes

        if not isinstance(node.node, nodes.Name):
            self.say(node, "template_command")
        elif (seen := scope.get(node.node.name)) is None:
            one = self.known(node, node.node.name)
            if one is not None and one.shape in ("list", "rows"):
                self.say(node, "template_needs_loop", name=one.word)
            elif one is not None:
                self.say(node, "template_unknown", name=f"{one.word}.{node.attr}")
        elif node.attr not in seen.fields:
            self.say(node, "template_unknown", name=f"{node.node.name}.{node.attr}")

    def condition(self, node: "nodes.Node", scope: Mapping[str, _Seen]) -> None:
        """Whether something is given: names, fields, and "not", "and", "or" between them."""
        from jinja2 import nodes

        match node:
            case nodes.Name() if node.name not in scope:
                self.known(node, node.name)
            case nodes.Name():
                pass
            case nodes.Getattr():
                self.field(node, scope)
            case nodes.Not():
                self.condition(node.node, scope)
            case nodes.And() | nodes.Or():
                self.condition(node.left, scope)
                self.condition(node.right, scope)
            case _:
                self.say(node, "template_command")

    def known(self, node: "nodes.Node", name: str) -> Placeholder | None:
        """The declared placeholder of a name, or a problem."""
        one = self.declared.get(name)
        if one is None:
            self.say(node, "template_unknown", name=name)
        else:
            self.used.add(name)
        return one

    def ended(self) -> list[Problem]:
        """The problems of the part; a block that does not stand alone in its paragraph is one."""
        blocks = [*BLOCKS, *(name for name, one in self.declared.items() if one.shape == "clauses")]
        alone = [
            Problem("", "documents.template_block", {"name": name})
            for name in blocks
            if self.inline[name] != self.blocks[name]
        ]
        return self.problems + alone

    def say(self, node: "nodes.Node", code: str, **data: str) -> None:
        """A problem of the paragraph in which a node stands."""
        self.problems.append(Problem(_paragraph(self.text, node.lineno), f"documents.{code}", data))
