"""The retelling in every kind of file gives the reading of the pasted text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dondoc.intake.extract.files import BadFile, text_of
from dondoc.intake.extract.reader import read
from dondoc.intake.extract.reading import Reading, Span
from dondoc.lib.tests.files import NAMES, paragraph, pdf, to_1258, to_tcvn3, to_vni, typeset, word

ROOT = Path(__file__).resolve().parents[3]
RETELLING = (ROOT / "content" / "demonstration" / "article.txt").read_text(encoding="utf-8")
LINES = RETELLING.strip().split("\n")
FILES = {
    "utf-8.txt": RETELLING.encode(),
    "utf-16.txt": RETELLING.encode("utf-16"),
    "utf-16-le.txt": RETELLING.encode("utf-16-le"),
    "1258.txt": to_1258(RETELLING),
    "vni.txt": to_vni(RETELLING),
    "a.docx": word("".join(map(paragraph, LINES))),
    "vni.docx": word("".join(paragraph(to_vni(line).decode("cp1252"), font="VNI-Times") for line in LINES)),
    "a.html": ("<!doctype html><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body>").encode(),
    "a.pdf": typeset([line for line in LINES if line]),
    "columns.pdf": typeset([line for line in LINES if line], columns=2),
}


def values(reading: Reading) -> Iterator[object]:
    """What was read, every span as the words that it covers."""

    def said(span: Span | None) -> str:
        return span.of(reading.text) if span else ""

    yield reading.event.date, reading.event.leader_post, reading.event.topic, reading.title, reading.negative
    yield from (
        (fact.unit, fact.indicator, fact.value, fact.qualifier, fact.period, said(fact.span)) for fact in reading.facts
    )
    yield from ((finding.kind, finding.unit, said(finding.span)) for finding in reading.findings)
    yield from ((one.to, one.deadline, one.by, said(one.span)) for one in reading.directives)
    yield from ((unit.unit, *map(said, unit.mentions)) for unit in reading.units)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_like_the_pasted_text(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert list(values(read(text_of(tmp_path / name)))) == list(values(read(RETELLING)))


def test_tcvn3_differs_only_in_capitals_that_its_bytes_do_not_hold(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(to_tcvn3(RETELLING))
    read_again = text_of(tmp_path / "a.txt")
    assert read_again.lower() == RETELLING.lower()
    assert [fact.value for fact in read(read_again).facts] == [fact.value for fact in read(RETELLING).facts]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", pdf([], picture=True), "bản chụp"),
        ("a.pdf", pdf([(70, 700, "a")], locked=True), "mật khẩu"),
        ("a.docx", word(paragraph("a"))[:-40], "hỏng"),
        ("a.docx", word(paragraph("a"), header1=f"<w:hdr {NAMES}>{paragraph('MẬT')}</w:hdr>"), "dấu mật"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadFile, match=why):
        text_of(tmp_path / name)
