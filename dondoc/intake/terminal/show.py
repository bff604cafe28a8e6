"""A reading as tables in the terminal, in the words of the pages."""

from decimal import Decimal
from functools import cache

import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dondoc.figures.words import QUALIFIERS, period_words
from dondoc.intake.extract.content import FOLDER
from dondoc.intake.extract.reading import Fact, FindingKind, Reading, UnitName
from dondoc.intake.extract.rules import rule_title
from dondoc.lib import wording

KINDS: dict[FindingKind, str] = {"praise": "Biểu dương", "criticism": "Phê bình", "difficulty": "Khó khăn, vướng mắc"}


@cache
def indicator_names() -> dict[str, str]:
    """The name of each indicator, from the content that the pages use; without Django, which takes longer to start than to read a text."""
    raw = yaml.safe_load((FOLDER.parent / "figures" / "indicators.yaml").read_text(encoding="utf-8"))
    return {key: one["name"] for group in ("indicators", "shown_only") for key, one in raw[group].items()}


def unit_words(unit: UnitName | str | None) -> str:
    """A unit in words: "xã Sơn Tân (huyện Cam Lâm)"."""
    if unit is None:
        return "–"
    if isinstance(unit, str):
        return unit
    name = unit.name if unit.name == unit.type else f"{unit.type} {unit.name}"
    return f"{name} ({unit_words(unit.parent)})" if unit.parent else name


def _value_words(fact: Fact) -> str:
    percent = " %" if fact.indicator.endswith("_percent") else ""
    number = f"{QUALIFIERS[fact.qualifier]} {_number(fact.value)}{percent}".strip()
    return number + (" (suy ra)" if fact.derived else "")


def _number(value: int | Decimal) -> str:
    return wording.number(value)


def show(console: Console, name: str, reading: Reading) -> None:
    """Print a reading as tables."""
    console.print(Text(reading.title or name, style="bold"))
    if reading.secrecy:
        console.print(Text(f"Văn bản có dấu mật: {reading.secrecy.mark}", style="bold red"))
    if reading.negative:
        console.print("Văn bản không nói về công tác xây dựng Đảng.")
        return
    event = reading.event
    day = wording.day(event.date) if event.date else "/".join(reversed((event.month_day or "–").split("-")))
    console.print(f"Ngày: {day}   Chủ trì: {event.leader_post or '–'}   Nội dung: {event.topic or '–'}", markup=False)
    console.print("Đơn vị: " + ("; ".join(unit_words(u.unit) for u in reading.units) or "–"), markup=False)
    if reading.facts:
        table = Table("Đơn vị", "Chỉ tiêu", "Giá trị", "Kỳ", "Cách tìm ra", title="Số liệu", title_justify="left")
        for f in reading.facts:
            indicator = indicator_names().get(f.indicator, f.indicator)
            how = f.explanation or rule_title(f.rule)
            table.add_row(*map(Text, (unit_words(f.unit), indicator, _value_words(f), period_words(f.period), how)))
        console.print(table)
    for c in reading.checks:
        verdict = "khớp" if c.agrees else f"không khớp: tính lại được {_number(c.computed)}"
        console.print(f"{rule_title(c.rule)} – {unit_words(c.unit)}: {_number(c.stated)} {verdict}", markup=False)
    if reading.findings:
        table = Table("Loại", "Đơn vị", "Nội dung", "Cách tìm ra", title="Nhận xét", title_justify="left")
        for g in reading.findings:
            row = (KINDS[g.kind], unit_words(g.unit), g.span.of(reading.text), rule_title(g.rule))
            table.add_row(*map(Text, row))
        console.print(table)
    if reading.directives:
        table = Table("Giao cho", "Nội dung", "Hạn", "Người giao", title="Ý kiến chỉ đạo", title_justify="left")
        for d in reading.directives:
            table.add_row(*map(Text, (unit_words(d.to), d.span.of(reading.text), d.deadline or "", d.by or "–")))
        console.print(table)
