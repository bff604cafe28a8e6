"""Who may import whom: a folder only from the rows above its own, and rules from nothing that stores or serves."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
PACKAGE = HOME / "dondoc"

ROWS = {
    "lib": 1,
    "web": 2,
    "history": 2,
    "clock": 3,
    "organisations": 3,
    "accounts": 4,
    "documents": 5,
    "directives": 6,
    "regulations": 6,
    "obligations": 7,
    "figures": 8,
    "targets": 9,
    "reports": 10,
    "meetings": 11,
    "admission": 12,
    "inspections": 12,
    "reminders": 12,
    "working_sessions": 12,
    "drafting": 13,
    "intake": 13,
    "reorganising": 13,
    "overview": 14,
}
WIRING = 15
# What the reader of articles may use besides the standard library, so that it runs alone and starts at once.
FOR_READING = {"yaml", "rapidfuzz", "ahocorasick", "rich"}
# What lib may use: the working days know the public holidays, sources read PDF, workbooks read and write Excel files.
FOR_LIB = {"holidays", "pypdfium2", "python_calamine", "xlsxwriter"}


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def folder_of(path: Path) -> str:
    """The folder of the package that a file belongs to; "" for the files beside them."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def row_of(path: Path) -> int:
    """Commands and tests live in their folder, but see everything."""
    parts = path.relative_to(PACKAGE).parts
    if "tests" in parts or "management" in parts or len(parts) == 1:
        return WIRING
    return ROWS[parts[0]]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with its line; `from a import b` counts as both `a` and `a.b`."""
    package = ["dondoc", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *(node.module or "").split(".")]).strip(".")
            yield node.lineno, module
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def wrong_rows(path: Path) -> list[str]:
    own, row = folder_of(path), row_of(path)
    found = []
    for line, module in imported(path):
        names = module.split(".")
        if names[0] != "dondoc" or len(names) < 2 or row == WIRING:
            continue
        if names[1] == own:
            continue
        if ROWS.get(names[1], WIRING) >= row:
            found.append(f"{path.relative_to(HOME)}:{line} imports {module}")
    return found


def is_pure(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).parts
    rules = path.name == "rules.py" or parts[1:2] == ("rules",)
    return "tests" not in parts and (rules or parts[:2] == ("intake", "extract") or parts[0] == "lib")


def impure(path: Path) -> list[str]:
    own = folder_of(path)
    reading = path.relative_to(PACKAGE).parts[:2] == ("intake", "extract")
    found = []
    for line, module in imported(path):
        first, *rest = module.split(".")
        allowed = FOR_READING if reading else FOR_LIB if own == "lib" else set()
        if first in sys.stdlib_module_names or first in allowed:
            continue
        # Of its own folder the reader takes its own part only: the rest of it needs Django.
        if first == "dondoc" and (
            not rest or rest[0] == "lib" or (rest[0] == own and (not reading or rest[1:2] in ([], ["extract"])))
        ):
            continue
        found.append(f"{path.relative_to(HOME)}:{line} imports {module}")
    return found


def test_every_folder_has_a_row() -> None:
    folders = {folder_of(path) for path in files()} - {"", "tests"}
    assert folders <= set(ROWS), f"without a row: {sorted(folders - set(ROWS))}"


def test_a_folder_imports_only_from_the_rows_above_its_own() -> None:
    assert [wrong for path in files() for wrong in wrong_rows(path)] == []


def test_rules_and_the_reader_import_only_the_standard_library_lib_and_their_own_folder() -> None:
    assert [wrong for path in files() if is_pure(path) for wrong in impure(path)] == []


def test_migrations_import_nothing_of_ours() -> None:
    wrong = [
        f"{path.relative_to(HOME)}:{line} imports {module}"
        for path in files()
        if "migrations" in path.parts
        for line, module in imported(path)
        if module.split(".")[0] == "dondoc"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("place", "line", "allowed"),
    [
        ("directives/views.py", "from dondoc.accounts.models import Post", True),
        ("directives/views.py", "from dondoc.working_sessions import models", False),
        ("directives/views.py", "from dondoc import working_sessions", False),
        ("history/views.py", "import dondoc.web.texts", False),
        ("organisations/queries.py", "from ..figures.models import Figure", False),
        ("organisations/queries.py", "from .models import Unit", True),
        ("organisations/views.py", "from dondoc import settings", False),
        ("directives/management/commands/tick.py", "from dondoc.overview import queries", True),
    ],
)
def test_the_walk_sees_every_way_to_import(
    place: str, line: str, allowed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    monkeypatch.setattr(sys.modules[__name__], "HOME", tmp_path)
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(line + "\n", encoding="utf-8")
    assert (wrong_rows(path) == []) is allowed


@pytest.mark.parametrize(
    ("place", "line", "allowed"),
    [
        ("directives/rules.py", "from datetime import date", True),
        ("directives/rules.py", "from dondoc.lib.days import add_days", True),
        ("directives/rules.py", "from django.utils.translation import gettext_lazy", False),
        ("directives/rules.py", "import yaml", False),
        ("directives/rules/roles.py", "from django.db import models", False),
        ("intake/extract/rules.py", "import yaml", True),
        ("intake/extract/find.py", "from dondoc.intake.models import Draft", False),
        ("intake/extract/find.py", "from dondoc.intake.extract.spans import Span", True),
    ],
)
def test_the_walk_sees_what_is_not_pure(
    place: str, line: str, allowed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    monkeypatch.setattr(sys.modules[__name__], "HOME", tmp_path)
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(line + "\n", encoding="utf-8")
    assert (impure(path) == []) is allowed
