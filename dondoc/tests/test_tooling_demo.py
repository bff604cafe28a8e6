"""The demonstration's folder: filled once, kept, renewed on demand, and never left half filled."""

import os
from pathlib import Path
from typing import Any

import pytest

from dondoc import command


class Steps:
    """Stands for the management commands: notes what was run and makes what they would make."""

    def __init__(self, fails: str = "") -> None:
        self.fails = fails
        self.run: list[str] = []

    def __call__(self, folder: Path, *words: str, out: Any = None) -> None:
        self.run.append(words[0])
        if words[0] == self.fails:
            raise SystemExit(1)
        if words[0] == "migrate":
            (folder / "dondoc.sqlite3").touch()


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    noted = Steps()
    monkeypatch.setattr(command, "_step", noted)
    return noted


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The welcomes of the servers that would have been started."""
    welcomes: list[str] = []

    def listen(host: str, port: int, welcome: str, *, lasting: bool) -> int:
        assert host == "127.0.0.1"
        welcomes.append(welcome)
        return 0

    monkeypatch.setattr(command, "_listen", listen)
    monkeypatch.setattr(command, "_taken", lambda host, port: False)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    return welcomes


def test_the_first_start_migrates_and_fills_and_the_second_does_neither(
    steps: Steps, served: list[str], tmp_path: Path
) -> None:
    folder = str(tmp_path / "demo")
    assert command.demo(["--folder", folder]) == 0
    assert steps.run == ["migrate", "demonstration", "simulate"]
    assert command.demo(["--folder", folder]) == 0
    assert steps.run == ["migrate", "demonstration", "simulate"]
    assert len(served) == 2


def test_the_reports_may_be_left_out(steps: Steps, served: list[str], tmp_path: Path) -> None:
    command.demo(["--folder", str(tmp_path / "demo"), "--without-reports"])
    assert steps.run == ["migrate", "demonstration"]


def test_reset_starts_afresh(steps: Steps, served: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    command.demo(["--folder", str(folder)])
    (folder / "mine").touch()
    command.demo(["--folder", str(folder), "--reset"])
    assert steps.run == ["migrate", "demonstration", "simulate"] * 2
    assert not (folder / "mine").exists()


def test_a_newer_version_brings_the_kept_database_up_to_date(steps: Steps, served: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    command.demo(["--folder", str(folder)])
    (folder / "schema").write_text("of an older version", encoding="ascii")
    command.demo(["--folder", str(folder)])
    assert steps.run == ["migrate", "demonstration", "simulate", "migrate"]


def test_a_filling_that_fails_leaves_no_half_of_a_demonstration(
    steps: Steps, served: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    steps.fails = "demonstration"
    with pytest.raises(SystemExit):
        command.demo(["--folder", str(folder)])
    assert not folder.exists()
    assert served == []
    steps.fails = ""
    command.demo(["--folder", str(folder)])
    assert (folder / "dondoc.sqlite3").exists()


def test_the_welcome_says_how_to_sign_in_and_where(steps: Steps, served: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    command.demo(["--folder", str(folder)])
    (folder / "sign-in.txt").write_text("Văn phòng: van-phong\n", encoding="utf-8")
    command.demo(["--folder", str(folder), "--port", "8009"])
    assert served[-1] == "Văn phòng: van-phong\n\nMở trình duyệt tại http://127.0.0.1:8009/"
