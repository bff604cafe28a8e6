"""What surrounds the product: commands, locks, make, and what must not stand in any file."""

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

HOME = Path(__file__).resolve().parents[2]
MAKEFILE = (HOME / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
# Put together here, so that this file itself does not name them.
UNWANTED = [
    *(".".join(parts) for parts in [("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "org"), ("npmjs", "com")]),
    *("/".join(["", *parts]) for parts in [("work", "main"), ("work", "shared"), ("root", ""), ("opt", "")]),
]


def tool(name: str) -> ModuleType:
    """A script of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", HOME / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def project_files() -> list[Path]:
    """Every file of the project: those that git keeps, or, without git, all but what is made here."""
    if shutil.which("git") and (HOME / ".git").exists():
        names = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True, check=True).stdout
        return [path for name in names.split("\0") if name and (path := HOME / name).is_file()]
    made = {".venv", "var", ".git", ".bench", "__pycache__", "built", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    return [path for path in HOME.rglob("*") if path.is_file() and made.isdisjoint(path.relative_to(HOME).parts)]


def test_no_file_names_a_package_registry_or_a_folder_of_the_machine_it_was_written_on() -> None:
    found = [
        f"{path.relative_to(HOME)}: {word}"
        for path in project_files()
        for word in UNWANTED
        if word.encode() in path.read_bytes()
    ]
    assert found == []


@pytest.mark.parametrize("target", ["setup", "demo", "test", "test-postgres", "check", "messages", "bench"])
def test_make_has_the_target_and_explains_it(target: str) -> None:
    assert re.search(rf"^{target}: ## \w", MAKEFILE, re.MULTILINE)


def documents() -> list[Path]:
    return [path for path in [HOME / "README.md", *sorted((HOME / "docs").rglob("*.md"))] if path.exists()]


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(HOME)))
def test_every_command_of_a_document_exists(document: Path) -> None:
    from django.core.management import get_commands

    text = document.read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    words = {*get_commands(), "demo", "serve", "intake", "help"}
    unknown = [f"make {word}" for word in re.findall(r"\bmake ([a-z][a-z-]*)", code) if word not in TARGETS]
    unknown += [
        f"dondoc {word}" for word in re.findall(r"(?<![\w/.])dondoc ([a-z][a-z_-]*)", code) if word not in words
    ]
    assert unknown == []


LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "requirements-gazetteer.txt"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_version_and_digest_and_names_no_index(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (HOME / lock).read_text(encoding="utf-8").strip())
    assert [entry.split()[0] for entry in entries if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ ", entry)] == []
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def pins(lock: str) -> dict[str, str]:
    text = (HOME / lock).read_text(encoding="utf-8")
    return {name.lower().replace("_", "-"): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}


def test_the_locks_agree_and_hold_everything_that_the_project_names() -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    office, developer, bench = pins("requirements.txt"), pins("requirements-dev.txt"), pins("requirements-bench.txt")
    assert office.items() <= developer.items() <= bench.items()

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[\[<>=~]", one)[0].lower().replace("_", "-") for one in wanted}

    extras = project["optional-dependencies"]
    assert names(project["dependencies"] + extras["install"]) <= set(office)
    assert names(extras["dev"]) <= set(developer) - set(office)
    assert names(extras["bench"]) <= set(bench) - set(developer)


def test_what_the_gazetteer_is_made_of_is_one_package_that_nothing_installs() -> None:
    installed = pins("requirements-bench.txt")
    assert set(pins("requirements-gazetteer.txt")) == {"vietnamadminunits"}
    assert not {"vietnamadminunits", "pandas", "shapely", "geopy"} & set(installed)
    assert importlib.util.find_spec("vietnamadminunits") is None


def dondoc(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dondoc.command", *arguments], cwd=HOME, capture_output=True, text=True, check=False
    )


def test_help_names_every_command_of_an_office_in_vietnamese() -> None:
    said = dondoc("--help")
    assert said.returncode == 0
    assert "Cách dùng: dondoc LỆNH" in said.stdout
    listed = set(re.findall(r"^  ([a-z]+)", said.stdout, re.MULTILINE))
    assert listed == {
        "demo", "serve", "intake", "tick", "history", "migrate", "organisations", "totals", "account", "documents", "remind",
    }  # fmt: skip


@pytest.mark.parametrize("word", ["tick", "history", "demonstration", "migrate"])
def test_every_command_that_help_names_is_there(word: str) -> None:
    said = dondoc(word, "--help")
    assert said.returncode == 0, said.stderr
    assert f"dondoc {word}" in said.stdout


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_the_help_of_a_command_is_in_vietnamese(command: str) -> None:
    said = dondoc(command, "--help")
    assert said.returncode == 0
    assert said.stdout.startswith(f"Cách dùng: dondoc {command}")
    assert "Tùy chọn" in said.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["migrat"], 2, "Có phải «migrate»?"),
        (["zzz"], 2, "không có lệnh «zzz»"),
        (["serve", "--port", "0"], 2, "cổng là một số từ 1 đến 65535"),
        (["serve", "--port", "cổng"], 2, "cổng là một số từ 1 đến 65535"),
    ],
)
def test_a_wrong_command_says_what_is_wrong(arguments: list[str], code: int, words: str) -> None:
    said = dondoc(*arguments)
    assert said.returncode == code
    assert words in said.stderr
    assert "Traceback" not in said.stderr


def test_reading_texts_does_not_start_django() -> None:
    probe = (
        "import sys, contextlib\n"
        "from dondoc.command import main\n"
        "with contextlib.suppress(SystemExit): main(['intake', '--help'])\n"
        "print([name for name in ('django', 'granian') if name in sys.modules], file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", probe], cwd=HOME, capture_output=True, text=True, check=True)
    assert said.stderr.strip() == "[]"


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = dondoc("demo", "--port", port, "--folder", str(tmp_path / "demo"))
        assert f"PORT {port}".replace("PORT", "Port") in str(tool("port").complaint(port))
    assert said.returncode == 1
    assert f"không mở được cổng {port}" in said.stderr
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8000a", "", "٣"])
def test_what_is_no_port_is_refused(text: str) -> None:
    assert "is no port" in str(tool("port").complaint(text))


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        ({"python3": "3.9"}, "needs Python 3.11 or newer (python3 is 3.9)"),
        ({"python3": "2.7", "python": "2.7"}, "python3 is 2.7, python is 2.7"),
        ({}, "found none. Run: apt-get install python3 python3-venv"),
        ({"python3": "3.9", "python3.12": "3.12"}, "3.12 runs setup.py"),
        ({"python3": "3.11"}, "3.11 runs setup.py"),
    ],
)
def test_the_first_python_that_is_new_enough_runs_and_an_old_one_gets_one_line(
    machine: dict[str, str], words: str, tmp_path: Path
) -> None:
    for name, version in machine.items():
        new = int(version.split(".")[0]) == 3 and int(version.split(".")[1]) >= 11
        script = (
            '#!/bin/sh\ncase "$2" in\n'
            f'*print*) echo {version} ;;\n*version_info*) exit {0 if new else 1} ;;\n*) echo "{version} runs $1" >&2 ;;\nesac\n'
        )
        (tmp_path / name).write_text(script, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    said = subprocess.run(
        ["/bin/sh", str(HOME / "tools" / "python"), "setup.py"],
        env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert words in said.stderr
    assert said.stderr.count("\n") == 1


def test_missing_debian_packages_are_named_together(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    setup = tool("setup")
    monkeypatch.setitem(setup.PROGRAMS, "chromium-headless-shell", lambda: False)
    monkeypatch.setitem(setup.PROGRAMS, "postgresql", lambda: False)
    monkeypatch.setattr(setup, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)
    assert setup.missing_packages(["chromium-headless-shell", "postgresql"]) == [
        "chromium-headless-shell",
        "postgresql",
        "python3-venv",
    ]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not on this machine")
@pytest.mark.parametrize("script", [".ci/run", "tools/python", "tools/lock"])
def test_a_script_can_be_read_and_run(script: str) -> None:
    path = HOME / script
    assert os.access(path, os.X_OK)
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0
