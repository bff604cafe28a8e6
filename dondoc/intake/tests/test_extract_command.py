"""`dondoc intake FILE…` as a person uses it; folders of results are tried in `test_intake_folder.py`."""

import json
import os
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from dondoc.directives.models import Finding
from dondoc.figures.indicators import indicators, shown_only
from dondoc.intake.terminal.command import main
from dondoc.intake.terminal.show import KINDS, indicator_names

ROOT = Path(__file__).resolve().parents[3]
RETELLING = ROOT / "content" / "demonstration" / "article.txt"


def test_a_reading_is_shown_as_tables_in_vietnamese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main([str(RETELLING)]) == 0
    shown = capsys.readouterr().out
    for words in (
        "Số liệu",
        "Kết nạp đảng viên",
        "năm 2022",
        "69,2",
        "xã Sơn Tân (huyện Cam Lâm)",
        "(suy ra)",
        "Ý kiến chỉ đạo",
        "Phê bình",
    ):
        assert words in shown


def test_a_record_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(RETELLING), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["event"]["date"] == "2023-04-28"
    assert {fact["rule"] for fact in record["facts"]} >= {"figure.members", "rate.of_plan"}


def test_each_file_becomes_one_record(tmp_path: Path) -> None:
    text = "Theo Đảng ủy, Đảng bộ xã Tân An có 78 đảng viên."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding="utf-16")
    (tmp_path / "c.json").write_text(json.dumps({"text": text}), encoding="utf-8")
    assert main([*(str(tmp_path / name) for name in ("a.txt", "b.txt", "c.json")), "--out", str(tmp_path / "out")]) == 0
    records = [json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8")) for name in "abc"]
    assert [record["facts"][0]["value"] for record in records] == [78, 78, 78]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("missing.txt", None, "không có tệp này"),
        ("empty.txt", b" \n", "không có nội dung"),
        ("binary.txt", b"\x7fELF\x00\xff\xfe\x01", "không phải văn bản"),
        ("zeros.txt", b"abc\x00def", "không phải văn bản"),
        ("bad.json", b"{", "JSON viết sai"),
        ("list.json", b"[1]", 'không có mục "text"'),
        ("other.json", b'{"text": 5}', 'không có mục "text"'),
    ],
)
def test_a_bad_file_is_told_in_one_line_and_skipped(
    name: str, data: bytes | None, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert main([str(path), str(RETELLING), "--out", str(tmp_path / "out")]) == 1
    told, summary = capsys.readouterr().err.strip().split("\n")
    assert why in told
    assert "1 tệp không đọc được" in summary
    assert (tmp_path / "out" / "article.json").exists()


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert main([str(tmp_path)]) == 1
    assert "không phải tệp thường" in capsys.readouterr().err


def test_the_texts_of_a_folder_are_printed_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.txt", "below/two.txt", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Tin {name}\n\nĐảng bộ xã Tân An có 78 đảng viên.", encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "Tin one.txt" in shown
    assert "Tin below/two.txt" in shown
    assert ".hidden" not in shown


def test_a_mark_of_secrecy_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(
        "HUYỆN ỦY PHÚ MỸ\nTỐI MẬT\n\nĐảng bộ huyện Phú Mỹ có 42 tổ chức cơ sở đảng.", encoding="utf-8"
    )
    assert main([str(tmp_path / "a.txt")]) == 0
    assert "Tối mật" in capsys.readouterr().out


def test_the_words_of_the_command_are_those_of_the_pages() -> None:
    with override("vi"):
        assert {key: str(Finding.Kind(key).label) for key in KINDS} == KINDS
        assert set(KINDS) == set(Finding.Kind.values)
        assert gettext("Findings") == "Nhận xét"
    stored = {key: one.name for key, one in indicators().items()}
    assert stored | {key: one.name for key, one in shown_only().items()} == indicator_names()
