"""Trees drawn as text, built through the real services and read back as the same text.

    units = draw('''
        Tỉnh ủy
          Huyện ủy A
            Xã A1 [2020-01-01..2025-07-01)
              Chi bộ 1
    ''')
    assert show(date(2023, 4, 28)) == drawn('''…''')

One line is one unit: deeper is below; `Tỉnh ủy > Huyện ủy A > Xã A1` on one line is the same. The first word says the kind. A unit
lives from FIRST_DAY (or its superior's first day) without an end, unless days are written after it; what ends is dissolved. Where two
units have one name, the later is found as "Xã A1 > Chi bộ 1"; every unit is found by that too.
"""

import re
from datetime import UTC, date, datetime
from textwrap import dedent

from dondoc.history.services import Act
from dondoc.lib.vietnamese import sort_key
from dondoc.organisations import queries
from dondoc.organisations.models import Family, Unit, UnitParent
from dondoc.organisations.services import reorganise_together
from dondoc.organisations.services.load import slug
from dondoc.organisations.steps import Dissolve, Establish

FIRST_DAY = date(2020, 1, 1)
DECISION = "01-QĐ/TU"

# First words of a line → kind; {} is the level of the superior: province, district or commune.
WORDS = {
    "Trung ương": "central",
    "Tỉnh": "province",
    "Thành ủy": "province",
    "Huyện": "district",
    "Thị ủy": "district",
    "Quận": "district",
    "Xã": "commune_grassroots",
    "Phường": "commune_grassroots",
    "Thị trấn": "commune_grassroots",
    "Đặc khu": "special_zone",
    "Đảng bộ bộ phận": "division",
    "Đảng bộ": "grassroots",
    "Chi bộ cơ sở": "grassroots_cell",
    "Chi bộ": "cell",
    "Ban": "agency",
    "Văn phòng": "agency",
    "Mặt trận": "front_{}",
    "Đoàn": "youth_{}",
    "Hội Phụ nữ": "women_{}",
    "Hội Nông dân": "farmers_{}",
    "Hội Cựu chiến binh": "veterans_{}",
    "Công đoàn": "trade_union_{}",
    "Ủy ban nhân dân": "state_{}",
}
_LINE = re.compile(r"(?P<name>[^\[]+?)\s*(?:\[(?P<start>[\d-]*)\.\.(?P<end>[\d-]*)\))?\s*\Z")


def act_on(day: date) -> Act:
    """An act of the system on a working day."""
    return Act(None, None, None, day, datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


def drawn(text: str) -> str:
    """The text as `show` writes it, so that a test may indent it."""
    return dedent(text).strip("\n").rstrip()


def draw(text: str) -> dict[str, Unit]:
    """Build the tree and give its units by name, and by "superior > name"."""
    begins: dict[date, list[Establish]] = {}
    ends: dict[date, list[Dissolve]] = {}
    codes: dict[str, str] = {}
    above: list[tuple[int, Establish, date]] = []
    for depth, written in _lines(text):
        line = _LINE.match(written)
        assert line, f"not a unit: {written}"
        while above and above[-1][0] >= depth:
            above.pop()
        parent, start = (above[-1][1], above[-1][2]) if above else (None, FIRST_DAY)
        if line["start"]:
            start = date.fromisoformat(line["start"])
        made = _establish(line["name"], parent, start, set(codes.values()))
        begins.setdefault(start, []).append(made)
        if line["end"]:
            ends.setdefault(date.fromisoformat(line["end"]), []).append(Dissolve(made.code))
        codes.setdefault(made.name, made.code)
        if parent:
            codes[f"{parent.name} > {made.name}"] = made.code
        above.append((depth, made, start))
    for day, steps in sorted(begins.items()):
        reorganise_together(steps, decision=DECISION, effective_on=day, act=act_on(day))
    for day, gone in sorted(ends.items()):
        reorganise_together(gone, decision=DECISION, effective_on=day, act=act_on(day))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes.values())}
    return {name: units[code] for name, code in codes.items()}


def show(day: date) -> str:
    """The tree of a day as text: Party first, then the Front, mass organisations and the State, each in the order of the alphabet."""
    parents = dict(UnitParent.objects.on(day).values_list("unit", "parent"))
    labels = queries.labels(Unit.objects.on(day).values_list("pk", flat=True), day)
    order = {family: number for number, family in enumerate(Family.values)}
    below: dict[int | None, list[queries.Label]] = {}
    for label in sorted(labels.values(), key=lambda label: (order[label.family], sort_key(label.name))):
        below.setdefault(parents.get(label.unit), []).append(label)

    def lines(parent: int | None, depth: int) -> list[str]:
        return [
            line
            for label in below.get(parent, [])
            for line in ("  " * depth + label.name, *lines(label.unit, depth + 1))
        ]

    return "\n".join(lines(None, 0))


def _lines(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for line in drawn(text).splitlines():
        if not line.strip():
            continue
        depth = len(line) - len(line.lstrip())
        for number, part in enumerate(line.split(">")):
            found.append((depth + number, part.strip()))
    return found


def _establish(name: str, parent: Establish | None, start: date, taken: set[str]) -> Establish:
    word = next(word for word in sorted(WORDS, key=len, reverse=True) if name.startswith(word))
    kind = WORDS[word]
    if kind == "commune_grassroots" and start >= date(2025, 7, 1):
        kind = "commune"
    if "{}" in kind:
        level = parent.kind if parent else "province"
        kind = kind.format(level if level in {"province", "district"} else "commune")
    code = slug(name)
    if code in taken and parent:
        code = f"{parent.code}-{code}"
    while code in taken:
        code += "-x"
    short = name.removeprefix(word).removeprefix(" ủy").strip()
    return Establish(code, kind, name, parent.code if parent else None, short or name)
