"""`dondoc intake FILE… [--json] [--out DIR]`: read articles and reports from files, without a database."""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dondoc.intake.extract.reader import read
from dondoc.intake.extract.reading import Reading, UnitName
from dondoc.intake.extract.record import as_record
from dondoc.intake.extract.rules import rule_title

LARGEST = 10 * 1024 * 1024
"""Bytes. A text of this kind has thousands of letters; a file beyond ten megabytes is something else."""

INDICATORS = {
    "members": "Đảng viên",
    "members_official": "Đảng viên chính thức",
    "members_probationary": "Đảng viên dự bị",
    "cells": "Chi bộ",
    "grassroots_organisations": "Tổ chức cơ sở đảng",
    "admissions": "Đảng viên mới kết nạp",
    "admissions_target": "Chỉ tiêu kết nạp",
    "admission_rate_percent": "Tỷ lệ kết nạp so với chỉ tiêu (%)",
    "candidates_sent_to_training": "Quần chúng học lớp nhận thức về Đảng",
    "outstanding_people_introduced": "Quần chúng ưu tú được giới thiệu",
    "members_disciplined": "Đảng viên bị kỷ luật",
    "organisations_inspected": "Tổ chức đảng được kiểm tra",
    "members_inspected": "Đảng viên được kiểm tra",
    "organisations_supervised": "Tổ chức đảng được giám sát",
    "meeting_quality_good_percent": "Sinh hoạt chi bộ xếp loại tốt (%)",
    "other": "Số khác",
}
_KINDS = {"praise": "Biểu dương", "criticism": "Phê bình", "difficulty": "Khó khăn"}
_QUALIFIERS = {"exact": "", "over": "hơn ", "under": "gần ", "about": "khoảng "}


class BadFile(Exception):
    """A file that cannot be read; the message says why, in Vietnamese."""


def text_of(path: Path) -> str:
    """The text of a .txt file (UTF-8, or UTF-16 with its mark) or of the "text" of a .json file. Raises BadFile."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile("tệp lớn hơn 10 MB")
        data = path.read_bytes()
    except OSError as error:
        raise BadFile("không mở được tệp" if path.exists() else "không có tệp này") from error
    try:
        text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig")
    except UnicodeError as error:
        raise BadFile("tệp không phải văn bản UTF-8 hoặc UTF-16") from error
    if path.suffix.lower() == ".json":
        try:
            loaded = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadFile("tệp JSON viết sai") from error
        if not isinstance(loaded, dict) or not isinstance(loaded.get("text"), str):
            raise BadFile('tệp JSON không có mục "text"')
        text = loaded["text"]
    if "\x00" in text:
        raise BadFile("tệp không phải văn bản")
    if not text.strip():
        raise BadFile("tệp không có nội dung")
    return text


def unit_words(unit: UnitName | str | None) -> str:
    """A unit in words: "xã Sơn Tân (huyện Cam Lâm)"."""
    if unit is None:
        return "–"
    if isinstance(unit, str):
        return unit
    name = unit.name if unit.name == unit.type else f"{unit.type} {unit.name}"
    return f"{name} ({unit_words(unit.parent)})" if unit.parent else name


def number_words(value: int | Decimal) -> str:
    """A number as Vietnamese writes it: 1.500; 69,2."""
    whole, _, rest = f"{value:,}".partition(".")
    return whole.replace(",", ".") + ("," + rest if rest else "")


def show(console: Console, name: str, reading: Reading) -> None:
    """Print a reading as tables."""
    console.print(Text(reading.title or name, style="bold"))
    if reading.secrecy:
        console.print(Text(f"Văn bản có dấu mật: {reading.secrecy.mark}", style="bold red"))
    if reading.negative:
        console.print("Văn bản không nói về công tác xây dựng Đảng.")
        return
    event = reading.event
    day = event.date.strftime("%d/%m/%Y") if event.date else "/".join(reversed((event.month_day or "–").split("-")))
    console.print(f"Ngày: {day}   Chủ trì: {event.leader_post or '–'}   Nội dung: {event.topic or '–'}", markup=False)
    console.print("Đơn vị: " + ("; ".join(unit_words(u.unit) for u in reading.units) or "–"), markup=False)
    if reading.facts:
        table = Table("Đơn vị", "Chỉ tiêu", "Giá trị", "Kỳ", "Cách tìm ra", title="Số liệu", title_justify="left")
        for f in reading.facts:
            value = _QUALIFIERS[f.qualifier] + number_words(f.value) + (" (suy ra)" if f.derived else "")
            row = (
                unit_words(f.unit),
                INDICATORS.get(f.indicator, f.indicator),
                value,
                f.period or "",
                f.explanation or rule_title(f.rule),
            )
            table.add_row(*map(Text, row))
        console.print(table)
    for c in reading.checks:
        verdict = "khớp" if c.agrees else f"không khớp: tính lại được {number_words(c.computed)}"
        console.print(f"{rule_title(c.rule)} – {unit_words(c.unit)}: {number_words(c.stated)} {verdict}", markup=False)
    if reading.findings:
        table = Table("Loại", "Đơn vị", "Nội dung", "Cách tìm ra", title="Nhận xét, đánh giá", title_justify="left")
        for g in reading.findings:
            table.add_row(*map(Text, (_KINDS[g.kind], unit_words(g.unit), g.span.of(reading.text), rule_title(g.rule))))
        console.print(table)
    if reading.directives:
        table = Table("Giao cho", "Nội dung", "Hạn", "Người giao", title="Ý kiến chỉ đạo", title_justify="left")
        for d in reading.directives:
            table.add_row(*map(Text, (unit_words(d.to), d.span.of(reading.text), d.deadline or "", d.by or "–")))
        console.print(table)


def main(argv: list[str]) -> int:
    """Run the command. Returns 0, or 1 where a file was skipped."""
    parser = argparse.ArgumentParser(prog="dondoc intake", description="Đọc bài báo, báo cáo thành bản ghi nháp.")
    parser.add_argument(
        "files", nargs="+", metavar="TỆP", type=Path, help=".txt (UTF-8, UTF-16) hoặc .json có mục text"
    )
    parser.add_argument("--json", action="store_true", help="in bản ghi dạng JSON")
    parser.add_argument("--out", type=Path, metavar="THƯ_MỤC", help="ghi mỗi tệp thành một bản ghi TÊN.json")
    options = parser.parse_args(argv)
    console, errors = Console(), Console(stderr=True)
    bad = 0
    out: Path | None = options.out
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError:
            errors.print(f"{out}: không tạo được thư mục", markup=False, highlight=False, soft_wrap=True)
            return 1
    for path in options.files:
        try:
            reading = read(text_of(path))
            record = json.dumps(as_record(reading), ensure_ascii=False, indent=1)
            if out is not None:
                _write(out / f"{path.stem}.json", record)
            elif options.json:
                sys.stdout.write(record + "\n")
            else:
                show(console, path.name, reading)
                console.print()
        except BadFile as error:
            errors.print(f"{path}: {error}", markup=False, highlight=False, soft_wrap=True)
            bad = 1
    return bad


def _write(path: Path, record: str) -> None:
    try:
        path.write_text(record + "\n", encoding="utf-8")
    except OSError as error:
        raise BadFile(f"không ghi được {path}") from error
