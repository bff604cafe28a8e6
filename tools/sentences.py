"""Finds the sentences that are meant for translation: in Python by the names imported from Django, in templates by Django's own reader."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation.template import templatize

# What each function takes before its numbers: contexts and forms of the sentence.
FUNCTIONS = {
    "gettext": ("one",),
    "gettext_lazy": ("one",),
    "gettext_noop": ("one",),
    "ngettext": ("one", "many"),
    "ngettext_lazy": ("one", "many"),
    "pgettext": ("context", "one"),
    "pgettext_lazy": ("context", "one"),
    "npgettext": ("context", "one", "many"),
    "npgettext_lazy": ("context", "one", "many"),
}
_LITERAL = r"""[uU]?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One entry of a catalogue, and where it is used."""

    text: str
    plural: str | None
    context: str | None
    place: str

    @property
    def key(self) -> str | tuple[str, int]:
        """The name under which a compiled catalogue keeps it."""
        text = f"{self.context}\x04{self.text}" if self.context else self.text
        return (text, 0) if self.plural else text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A call whose sentence is put together at run time: no catalogue can hold it."""

    place: str


def in_python(source: str, place: str, line: int = 1) -> Iterator[Sentence | Unreadable]:
    """The sentences of a piece of Python; `line` is where the piece begins in its file."""
    tree = ast.parse(source)
    names = _imported(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            function = names.get(node.func.id)
        elif isinstance(node.func, ast.Attribute) and node.func.attr in FUNCTIONS:
            function = node.func.attr
        else:
            function = None
        if function is None:
            continue
        parts = FUNCTIONS[function]
        where = f"{place}:{node.lineno + line - 1}"
        texts = [_literal(argument) for argument in node.args[: len(parts)]]
        if len(texts) < len(parts) or None in texts:
            yield Unreadable(where)
            continue
        found = dict(zip(parts, texts, strict=True))
        yield Sentence(str(found["one"]), found.get("many"), found.get("context"), where)


def _imported(tree: ast.Module) -> dict[str, str]:
    """What the file calls Django's functions. A piece without imports (a class on its own) uses the customary names."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in FUNCTIONS}
    return names


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _literal(node.left), _literal(node.right)
        return None if left is None or right is None else left + right
    return None


def in_template(source: str, place: str) -> Iterator[Sentence]:
    """The sentences of a template."""
    for call in _CALL.finditer(templatize(source, origin=place)):
        function = "gettext" if call[1] == "_" else call[1]
        texts = [str(ast.literal_eval(text)) for text in re.findall(_LITERAL, call[2], re.DOTALL)]
        found = dict(zip(FUNCTIONS[function], texts, strict=False))
        line = templatize(source, origin=place).count("\n", 0, call.start()) + 1
        yield Sentence(found["one"], found.get("many"), found.get("context"), f"{place}:{line}")


def in_object(thing: Any) -> Iterator[Sentence]:
    """The sentences of a module, class or function of a library."""
    source, line = inspect.getsourcelines(thing)
    module = inspect.getmodule(thing)
    if module is None:
        return
    text = textwrap.dedent("".join(source)) if thing is not module else "".join(source)
    header = "" if thing is module else _import_lines(module)
    place = str(Path(inspect.getsourcefile(module) or "").name)
    for found in in_python(header + text, f"{module.__name__} ({place})", max(line, 1) - header.count("\n")):
        if isinstance(found, Sentence):
            yield found


def _import_lines(module: Any) -> str:
    """The module's imports from Django's translation, in one line each, so that a class alone knows its names."""
    tree = ast.parse(inspect.getsource(module))
    return "".join(
        ast.unparse(node) + "\n"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
    )
