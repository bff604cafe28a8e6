"""Tables pasted as text: a head that names what is counted, then one line for each unit."""

import re
from dataclasses import dataclass

from dondoc.intake.extract.numbers import digits
from dondoc.intake.extract.passages import Line, cells_of
from dondoc.intake.extract.reading import Check, Fact, Number, UnitName
from dondoc.intake.extract.resolve import Named, key
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import level

CELL = rule("table.cell", "số liệu trong bảng")
TOTAL = rule("check.table_total", "tính lại dòng cộng của bảng")

# What the head of a column counts; the first that fits.
_COLUMNS = [
    ("admission_rate_percent", re.compile(r"tỷ lệ|tỉ lệ|%|so với (?:kế hoạch|chỉ tiêu)")),
    (
        "organisations_inspected",
        re.compile(
            r"(?:tổ chức đảng|tcđ|chi bộ|tổ chức)\b.*\b(?:kiểm tra|kt)\b|\b(?:kiểm tra|kt) .*(?:tổ chức|tcđ|chi bộ)"
        ),
    ),
    (
        "members_inspected",
        re.compile(r"(?:đảng viên|đv)\b.*\b(?:kiểm tra|kt)\b|\b(?:kiểm tra|kt) .*(?:đảng viên|đv)\b"),
    ),
    (
        "organisations_supervised",
        re.compile(
            r"(?:tổ chức đảng|tcđ|chi bộ|tổ chức)\b.*\b(?:giám sát|gs)\b|\b(?:giám sát|gs) .*(?:tổ chức|tcđ|chi bộ)"
        ),
    ),
    (None, re.compile(r"giám sát|kiểm tra|(?:tổ chức|tcđ|chi bộ)\b.*kỷ luật")),
    ("admissions_target", re.compile(r"chỉ tiêu|kế hoạch")),
    (
        "candidates_sent_to_training",
        re.compile(
            r"lớp (?:bồi dưỡng )?nhận thức|lớp cảm tình|học (?:lớp|nhận thức|cảm tình)|nhận thức về đảng|bồi dưỡng nhận thức"
        ),
    ),
    ("outstanding_people_introduced", re.compile(r"quần chúng|giới thiệu")),
    ("admissions", re.compile(r"kết nạp|đảng viên mới|thực hiện")),
    ("members_disciplined", re.compile(r"kỷ luật")),
    ("members_probationary", re.compile(r"dự bị")),
    ("members_official", re.compile(r"chính thức")),
    ("grassroots_organisations", re.compile(r"tổ chức cơ sở đảng|tccsđ")),
    ("cells", re.compile(r"chi bộ")),
    ("members", re.compile(r"đảng viên")),
]
_STOCKS = ("members", "members_official", "members_probationary", "cells", "grassroots_organisations")
_TOTAL_LINE = re.compile(r"(?:tổng|cộng|tổng cộng|tổng số|toàn (?:huyện|xã|tỉnh|đảng bộ|thành phố|thị xã|quận))\b")
_TYPE = re.compile(
    r"(?:đảng bộ |đảng ủy )?(xã|phường|thị trấn|tt\.?|huyện|quận|thị xã|tx\.?|thành phố|tp\.?|thôn|khu phố)\s+(?=\S)"
)
_HEAD_TYPE = re.compile(r"\b(xã|phường|thị trấn|huyện|quận|thôn)\b")
_TYPES = {"tp": "thành phố", "tt": "thị trấn", "tx": "thị xã"}
_OF_YEAR = re.compile(r"\bnăm\b")
_TOTALS = 24  # cells; a table has one line of totals, seldom two
_YEAR = re.compile(r"năm ((?:19|20)\d{2})")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def tables(
    page: Page, lines: list[Line], named: list[Named], period: str | None, story: list[Fact]
) -> tuple[list[Fact], list[Check]]:
    """The facts of every table, and its line of totals added up again. `period`: that of the text around it, for counts of events.
    `story`: what the sentences told, which shows whether a total is that of the whole unit."""
    facts: list[Fact] = []
    checks: list[Check] = []
    known: dict[str, set[UnitName]] = {}
    for n in named:
        if n.unit is not None:
            known.setdefault(key(n.unit.name), set()).add(n.unit)
    rows = [_cells(page, line) if line.kind == "table" else [] for line in lines]
    i = 0
    while i < len(rows):
        j = i
        while j < len(rows) and rows[j]:
            j += 1
        if j - i >= 2:
            found, summed = _table(page, rows[i:j], known, period, _whole(named, lines[i].first))
            facts += [fact for fact in found if fact.unit_span is not None or not _partly(found, story)]
            checks += summed
        i = max(j, i + 1)
    return facts, checks


def _whole(named: list[Named], first: int) -> UnitName | None:
    """The unit named last before a table: its line of totals is of that unit, where it stands above those in the lines."""
    before = [
        n.unit for n in named if n.hit.after <= first and not n.hit.post and not n.hit.parent and n.unit is not None
    ]
    return before[-1] if before else None


def _cells(page: Page, line: Line) -> list[_Cell]:
    text = page.plain[line.start : line.end]
    return [_Cell(line.start + a, line.start + b, text[a:b]) for a, b in cells_of(text)]


def _table(
    page: Page, rows: list[list[_Cell]], known: dict[str, set[UnitName]], period: str | None, whole: UnitName | None
) -> tuple[list[Fact], list[Check]]:  # fmt: skip
    columns = [next((indicator for indicator, head in _COLUMNS if head.search(cell.text)), None) for cell in rows[0]]
    if not any(columns[1:]):
        return [], []
    years = [_YEAR.search(cell.text) for cell in rows[0]]
    where = 1 if re.match(r"(?:stt|tt|số tt)\b", rows[0][0].text) and len(rows[0]) > 2 else 0
    head_type = _HEAD_TYPE.search(rows[0][where].text)
    facts: list[Fact] = []
    totals: list[tuple[int, Number, _Cell]] = []
    for row in rows[1:]:
        if len(row) == len(rows[0]) - 1 and where == 1:
            row = [row[0], *row]
        if len(row) != len(rows[0]) or digits(row[where].text) is not None:
            continue
        total = _TOTAL_LINE.match(row[where].text) is not None
        unit = whole if total else _unit(page, row[where], known, head_type[1] if head_type else None)
        for k, indicator in enumerate(columns):
            value = digits(row[k].text.rstrip(" %").replace(" ", "")) if indicator is not None and k != where else None
            if indicator is None or value is None:
                continue
            if total and len(totals) < _TOTALS:
                totals.append((k, value, row[k]))
            if total and (unit is None or not _above(unit, facts)):
                continue
            year = years[k]
            said = year[1] if year else None if indicator in _STOCKS else period
            if indicator == "admissions_target" and not year and period and _OF_YEAR.search(rows[0][k].text):
                said = period[:4]  # "Chỉ tiêu năm" beside the results of nine months
            facts.append(
                Fact(
                    unit,
                    indicator,
                    value,
                    "exact",
                    said,
                    page.span(row[k].start, row[k].end),
                    False,
                    CELL,
                    unit_span=None if total else page.span(row[where].start, row[where].end),
                )
            )
    return facts, [
        check for k, value, cell in totals if (check := _sum(page, columns[k], value, cell, facts)) is not None
    ]


def _partly(found: list[Fact], story: list[Fact]) -> bool:
    """Whether the sentences tell another number of the unit than the line of totals: the table then holds a part of it."""
    told = {(fact.unit, fact.indicator): fact.value for fact in story}
    totals = [fact for fact in found if fact.unit_span is None]
    return any(told.get((fact.unit, fact.indicator), fact.value) != fact.value for fact in totals)


def _above(whole: UnitName, facts: list[Fact]) -> bool:
    """Whether a unit stands above all whose lines were read."""
    return bool(facts) and all(
        fact.unit is not None and level(fact.unit.type) > level(whole.type) for fact in facts if fact.unit != whole
    )


def _unit(page: Page, cell: _Cell, units: dict[str, set[UnitName]], head_type: str | None) -> UnitName | None:
    typed = _TYPE.match(cell.text)
    begins = cell.start + (typed.end() if typed else 0)
    name = page.written[begins : cell.end].strip()
    known = units.get(key(name), set())
    if len(known) == 1:
        return next(iter(known))
    kind = typed[1] if typed else head_type
    return UnitName(_TYPES.get((kind or "")[:2], kind or "đảng bộ"), name) if name else None


def _sum(page: Page, indicator: str | None, total: Number, cell: _Cell, facts: list[Fact]) -> Check | None:
    parts = [fact for fact in facts if fact.indicator == indicator and fact.unit_span is not None]
    if indicator is None or indicator.endswith("_percent") or len(parts) < 2:
        return None
    computed = sum(part.value for part in parts)
    spans = (page.span(cell.start, cell.end), *(part.span for part in parts))
    return Check("sum", spans, computed == total, total, computed, tuple(part.value for part in parts), TOTAL)
