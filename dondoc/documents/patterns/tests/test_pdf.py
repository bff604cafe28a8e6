"""PDF of a Word file through LibreOffice, and what is said where there is none."""

import os
import select
import shutil
import stat
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings

from dondoc.documents import pdf
from dondoc.documents.patterns import fill, read
from dondoc.documents.patterns.tests.words import CELL, lines, word
from dondoc.lib.refusals import Refused

DAY = CELL.dated_on
WITH_OFFICE = pytest.mark.skipif(
    pdf.program() is None and os.environ.get("CI") != "true", reason="LibreOffice is not installed on this machine"
)


def office(folder: Path, script: str) -> str:
    """A program that stands for LibreOffice; its last argument is the Word file."""
    made = folder / "soffice"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(made.stat().st_mode | stat.S_IEXEC)
    return str(made)


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: LazySettings) -> Path:
    settings.VAR = tmp_path
    monkeypatch.setattr(pdf, "program", lambda: str(tmp_path / "soffice"))
    return tmp_path


def linked(kind: str) -> bytes:
    """A Word file with a relation of this kind to a place outside."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word("Nội dung"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                one = f'<Relationship Id="x" TargetMode="External" Target="http://noi.khac/a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
                data = data.replace(b"</Relationships>", one.encode() + b"</Relationships>")
            new.writestr(name, data)
    return out.getvalue()


def test_without_libreoffice_it_is_said_why_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refused, match="pdf_no_program"):
        pdf.pdf_of(word("không có"))


def test_what_was_made_is_kept_by_its_content(there: Path) -> None:
    office(there, f'echo once >> {there}/log; echo "%PDF-1" > out/document.pdf')
    one = word("một")
    assert pdf.pdf_of(one) == pdf.pdf_of(one) == b"%PDF-1\n"
    pdf.pdf_of(word("hai"))
    assert (there / "log").read_text().count("once") == 2


def test_only_the_latest_are_kept(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(there, "cp document.docx out/document.pdf")
    monkeypatch.setattr(pdf, "MOST_KEPT", 1)
    pdf.pdf_of(word("một"))
    second = pdf.pdf_of(word("hai"))
    assert [one.read_bytes() for one in (there / "pdf").iterdir()] == [second]


def test_the_program_sees_nothing_of_our_environment(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SECRET_KEY", "khóa")
    office(there, "env > out/document.pdf")
    said = pdf.pdf_of(word("môi trường")).decode()
    assert "khóa" not in said
    assert "https_proxy=http://127.0.0.1:9" in said


def test_what_takes_too_long_is_ended_with_all_that_it_started(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, held = there / "told", there / "held"
    os.mkfifo(told)
    os.mkfifo(held)
    office(there, f"cat {held} & echo $! > {told}; wait")
    children: list[int] = []
    wait = subprocess.Popen.wait

    def over(running: "subprocess.Popen[bytes]", timeout: float | None = None) -> int:
        if timeout is None:
            return wait(running)
        # Answers when the program has begun what would never end.
        children.append(os.pidfd_open(int(told.read_text())))
        raise subprocess.TimeoutExpired("soffice", timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", over)
    with pytest.raises(Refused, match="pdf_too_slow"):
        pdf.pdf_of(word("chậm"))
    # The kernel ends a process a moment after it was told to: its descriptor can be read from when it has.
    ended, _, _ = select.select(children, [], [], 30)
    os.close(children[0])
    assert ended == children


@pytest.mark.parametrize("script", ["exit 1", "true"])
def test_a_program_that_makes_nothing_is_a_failure(there: Path, script: str) -> None:
    office(there, script)
    with pytest.raises(Refused, match="pdf_failed"):
        pdf.pdf_of(word("hỏng"))


def test_a_file_that_fetches_from_elsewhere_is_not_opened(there: Path) -> None:
    for kind in ("image", "attachedTemplate", "frame"):
        with pytest.raises(Refused, match="pdf_from_elsewhere"):
            pdf.pdf_of(linked(kind))
    assert not pdf.from_elsewhere(linked("hyperlink"))


@WITH_OFFICE
@pytest.mark.slow
def test_our_text_is_unchanged_by_a_round_trip_through_libreoffice_and_its_pdf_is_one(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.VAR = tmp_path
    assert DAY is not None
    made = fill("notice", read("notice", DAY).samples, DAY, replace(CELL, number="", dated_on=None))
    program = pdf.program()
    assert program is not None
    (tmp_path / "trip").mkdir()
    back = pdf.converted(program, made, tmp_path / "trip", "docx:MS Word 2007 XML", "docx")
    assert lines(back) == lines(made)
    assert pdf.pdf_of(made).startswith(b"%PDF-")
