"""Templates of documents as dated content: `content/documents/templates/*.yaml` beside the Word file of the same name.

A file that cannot be right raises ValueError with its name and what is wrong.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from django.conf import settings

from dondoc.organisations.kinds import kinds

from .parts import Clause

Shape = Literal["text", "list", "rows", "clauses"]
SHAPES: tuple[Shape, ...] = ("text", "list", "rows", "clauses")
# The shared blocks, which every template has and nobody gives values for, as they are written in it.
HEAD = "phần_đầu"
FOOT = "phần_cuối"
BLOCKS = (HEAD, FOOT)
_FILE = {"code", "name", "type", "issuers", "from", "to", "verified", "placeholders"}
_PLACEHOLDER = {"name", "word", "description", "shape", "required", "sample", "fields"}
_FIELD = {"name", "word", "description", "sample"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of rows; `word` is its name in the Word file."""

    name: str
    word: str
    description: str
    sample: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a template asks for: a text, a list of texts, rows with fields, or clauses; `word` is its name in the Word file."""

    name: str
    word: str
    description: str
    shape: Shape
    required: bool
    sample: Any = field(compare=False)
    fields: tuple[Field, ...] = ()

    @property
    def written(self) -> list[str]:
        """How it is written in the Word file, a line for each paragraph or row of a table."""
        match self.shape:
            case "text":
                return [f"{{{{ {self.word} }}}}"]
            case "clauses":
                return [f"{{{{p {self.word} }}}}"]
            case "list":
                return [f"{{%p for mục in {self.word} %}}", "{{ mục }}", "{%p endfor %}"]
            case "rows":
                fields = [f"{{{{ dòng.{one.word} }}}}" for one in self.fields]
                return [f"{{%tr for dòng in {self.word} %}}", *fields, "{%tr endfor %}"]

    @property
    def example(self) -> str:
        """The sample in one text."""
        if self.shape == "text":
            return str(self.sample)
        if self.shape == "rows":
            return "\n".join(" · ".join(row.values()) for row in self.sample)
        texts = (f"{one.number} {one.text}".strip() if isinstance(one, Clause) else one for one in self.sample)
        return "\n".join(texts)


@dataclass(frozen=True, slots=True)
class Template:
    """A Word file with what it asks for. It holds from `since` until before `until`. `issuers` are kinds of units."""

    code: str
    name: str
    type_code: str
    issuers: tuple[str, ...]
    since: date
    until: date | None
    verified: bool
    placeholders: tuple[Placeholder, ...]
    docx: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the Word file."""
        return hashlib.sha256(self.docx).hexdigest()

    @property
    def samples(self) -> dict[str, Any]:
        """A value for every placeholder, as `fill` takes it."""
        return {one.name: one.sample for one in self.placeholders}


def read_template(raw: Mapping[str, Any], docx: bytes, file: str) -> Template:
    """The template of a file's content; ValueError with what is wrong."""
    if unknown := set(raw) - _FILE:
        raise ValueError(f"{file}: has {sorted(unknown)}; known are {sorted(_FILE)}")
    if missing := _FILE - {"to"} - set(raw):
        raise ValueError(f"{file}: lacks {sorted(missing)}")
    since, until = raw["from"], raw.get("to")
    if not isinstance(since, date) or (until is not None and (not isinstance(until, date) or until <= since)):
        raise ValueError(f"{file}: holds from {since!r} to {until!r}; write two days, the later one last")
    if strange := sorted(set(raw["issuers"]) - set(kinds())):
        raise ValueError(f"{file}: names {', '.join(strange)}, which is no kind of unit")
    placeholders = tuple(_placeholder(one, file) for one in raw["placeholders"])
    names = [one.name for one in placeholders] + [one.word for one in placeholders] + list(BLOCKS)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{file}: declares {', '.join(twice)} twice, or what every template has")
    return Template(
        code=raw["code"],
        name=raw["name"],
        type_code=raw["type"],
        issuers=tuple(raw["issuers"]),
        since=since,
        until=until,
        verified=raw["verified"],
        placeholders=placeholders,
        docx=docx,
    )


def _placeholder(raw: Mapping[str, Any], file: str) -> Placeholder:
    name = raw.get("name", "")
    if not str(name).isidentifier() or not str(raw.get("word", "")).isidentifier():
        raise ValueError(f"{file}: {name!r} and its word are no names for a placeholder")
    if unknown := set(raw) - _PLACEHOLDER:
        raise ValueError(f"{file}: {name} has {sorted(unknown)}; known are {sorted(_PLACEHOLDER)}")
    shape = raw.get("shape", "text")
    if shape not in SHAPES:
        raise ValueError(f"{file}: {name} has the shape {shape!r}; write {', '.join(SHAPES)}")
    if ("fields" in raw) != (shape == "rows"):
        raise ValueError(f"{file}: {name} is {shape}; rows have fields, and only they")
    if not raw.get("description") or not raw.get("sample"):
        raise ValueError(f"{file}: {name} lacks its description or its sample")
    fields = []
    for one in raw.get("fields", ()):
        if set(one) != _FIELD or not one["name"].isidentifier() or not one["word"].isidentifier():
            raise ValueError(f"{file}: {name} has a field {one!r}; write {', '.join(sorted(_FIELD))}")
        fields.append(Field(one["name"], one["word"], one["description"], str(one["sample"])))
    return Placeholder(
        name=name,
        word=raw["word"],
        description=raw["description"],
        shape=shape,
        required=raw.get("required", True),
        sample=_sample(raw["sample"], shape, fields, f"{file}: {name}"),
        fields=tuple(fields),
    )


def _sample(raw: Any, shape: Shape, fields: list[Field], place: str) -> Any:
    if shape == "text":
        if not isinstance(raw, str):
            raise ValueError(f"{place}: the sample of a text is a text")
        return raw.strip()
    if not isinstance(raw, list):
        raise ValueError(f"{place}: the sample of {shape} is a list")
    if shape == "list":
        return [str(one) for one in raw]
    if shape == "clauses":
        return [Clause(**one) if isinstance(one, dict) else Clause(str(one)) for one in raw]
    known = {one.name for one in fields}
    if any(set(one) != known for one in raw):
        raise ValueError(f"{place}: each row of the sample has {sorted(known)}")
    return [{key: str(value) for key, value in one.items()} for one in raw]


@cache
def templates() -> tuple[Template, ...]:
    """All templates that ship, of all days."""
    folder: Path = settings.CONTENT / "documents" / "templates"
    return tuple(
        read_template(
            yaml.safe_load(path.read_text(encoding="utf-8")), path.with_suffix(".docx").read_bytes(), path.name
        )
        for path in sorted(folder.glob("*.yaml"))
    )
