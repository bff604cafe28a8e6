"""A report as it stands: every line with its number and where that comes from, every section, and what is odd about them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from dondoc.figures.indicators import indicators
from dondoc.lib.refusals import Problem
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import UnitKind

from . import totals
from .content import forms
from .models import LateValue, Report, Value
from .rules import checks
from .rules.forms import OPENING, Form, Group, Line, Mode, Section, Version, mode
from .rules.periods import ONCE
from .totals import Total


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report. `value` is its number (None: none yet); `typed` what stands in its field where it has one (`open`)."""

    line: Line
    mode: Mode
    name: str
    measure: str
    value: int | None
    open: bool
    total: Total | None = None
    last: int | None = None

    @property
    def key(self) -> str:
        """The line's name within its report."""
        return self.line.key

    @property
    def counts_events(self) -> bool:
        """Whether nothing at all may have happened: of what stands on a day, none is worth a look."""
        return indicators()[self.line.indicator].nature == "flow"


@dataclass(slots=True)
class Sheet:
    """A report with everything that was read for it. `values` are the fields that were saved, by name."""

    report: Report
    form: Form
    version: Version
    kind: str
    groups: list[tuple[Group, list[Row]]]
    values: dict[str, Value]
    lates: dict[str, list[LateValue]]
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """All lines in their order."""
        return [row for _g, rows in self.groups for row in rows]

    @property
    def sections(self) -> Sequence[Section]:
        """The narrative parts in their order."""
        return self.version.sections

    def text(self, name: str) -> str:
        """What stands in a field."""
        return self.values[name].text if name in self.values else ""

    def counter(self, name: str) -> int:
        """The counter of a field; 0 for one that was never saved."""
        return self.values[name].counter if name in self.values else 0

    @property
    def labels(self) -> dict[str, str]:
        """What the fields are called."""
        lines = {f"line.{row.key}": row.name for row in self.rows}
        return lines | {f"section.{one.code}": one.title for one in self.sections}

    @property
    def words(self) -> dict[str, str]:
        """The words of explanation, by line."""
        return {name.removeprefix("why."): one.text for name, one in self.values.items() if name.startswith("why.")}

    @property
    def completeness(self) -> tuple[int, int] | None:
        """How many of the reports that it sums up are in: of the line that lacks most."""
        rows = [row.total for row in self.rows if row.total is not None]
        worst = max(rows, key=lambda one: one.expected - one.reported, default=None)
        return (worst.reported, worst.expected) if worst is not None and worst.expected else None

    @property
    def errors(self) -> list[Problem]:
        """What stops the report."""
        return [one for one in self.problems if checks.is_error(one)]

    @property
    def unexplained(self) -> list[Problem]:
        """What still needs a word."""
        return checks.unexplained(self.problems, self.words)


def form_of(report: Report) -> tuple[Form, Version]:
    """The form of a report, in the version that it follows."""
    form = forms()[report.form]
    version = next(one for one in form.versions if one.since == report.since)
    return form, version


def kind_of(report: Report) -> str:
    """What the unit was on the last day of the report."""
    last = report.ends_on - timedelta(1)
    held = UnitKind.objects.on(last).filter(unit=report.unit_id).values_list("kind", flat=True).first()
    return held or ""


def plan(form: Form, version: Version, kind: str, report: Report) -> list[tuple[Group, list[tuple[Line, Mode]]]]:
    """The lines that are of the unit's concern, group by group, and where each has its number from."""
    levels = {code: one.level for code, one in kinds().items()}
    found = []
    for group in version.groups:
        lines = []
        for line in group.lines:
            entered_at = indicators()[line.indicator].entered_at
            first = totals.entered_in(line.indicator, kind, report.starts_on, opening=line.opening)
            finer = form.every != ONCE and first is not None and first.code != form.code
            if one := mode(line, kind, entered_at=entered_at, levels=levels, finer=finer):
                lines.append((line, one))
        if lines:
            found.append((group, lines))
    return found


def names(report: Report) -> set[str]:
    """The fields of a report that may be saved: what nobody has to type is none of them."""
    form, version = form_of(report)
    modes = {line.key: one for _g, lines in plan(form, version, kind_of(report), report) for line, one in lines}
    found = {f"section.{one.code}" for one in version.sections}
    found |= {f"why.{key}" for key in modes} | {f"why.{checks.ALL}"}
    for key, one in modes.items():
        known = one is Mode.OPENING and totals.closing_before(report, key.removesuffix(OPENING)) is not None
        if one in {Mode.ENTERED, Mode.OPENING} and not known:
            found.add(f"line.{key}")
    return found


def read(report: Report, *, typed: Mapping[str, str] | None = None) -> Sheet:
    """The report as it stands now, in a number of queries that does not grow with its lines. `typed` stands in for what was saved."""
    form, version = form_of(report)
    kind = kind_of(report)
    planned = plan(form, version, kind, report)
    computed = [line for _g, lines in planned for line, one in lines if one in {Mode.FINER, Mode.BELOW}]
    sums = totals.totals(report.unit_id, report.starts_on, report.ends_on, computed) if computed else {}
    before = totals.values_before(report, checks.MOST)
    identity = version.identity
    opening = any(one is Mode.OPENING for _g, lines in planned for _line, one in lines)
    closing = totals.closing_before(report, identity.opening) if identity and opening else None
    came = totals.came_within(report, identity.opening) if identity and opening else 0
    values = {one.name: one for one in Value.objects.filter(report=report).select_related("by")}
    lates: dict[str, list[LateValue]] = defaultdict(list)
    for late in LateValue.objects.filter(value__report=report).select_related("by", "value").order_by("pk"):
        lates[late.value.name].append(late)
    sheet = Sheet(report, form, version, kind, [], values, dict(lates))
    opened = {line.indicator for line in version.lines() if line.opening}
    for group, lines in planned:
        rows: list[Row] = []
        for line, one in lines:
            known = sums.get(line.key)
            is_open = one is Mode.ENTERED or (one is Mode.OPENING and closing is None)
            if is_open:
                value = number_of((typed or {}).get(f"line.{line.key}", sheet.text(f"line.{line.key}")))
            else:
                value = closing if one is Mode.OPENING else known.value if known else None
            last = before.get(line.key, [None])[-1]
            rows.append(
                Row(line, one, line_name(line, opened), indicators()[line.indicator].unit, value, is_open, known, last)
            )
        sheet.groups.append((group, rows))
    sheet.problems = _problems(sheet, before, closing, came, typed or {})
    return sheet


def number_of(text: str) -> int | None:
    """The number of a saved field, which was read before it was saved."""
    return int(text) if text.isascii() and text.isdigit() else None


def line_name(line: Line, opened: set[str]) -> str:
    """What a line is called; a stock whose beginning stands in the form too says which of the two it is."""
    name = indicators()[line.indicator].name
    if line.indicator in opened and not line.opening:
        return _("%(name)s at the end") % {"name": name}
    return _("%(name)s at the beginning") % {"name": name} if line.opening else name


def _measure(line: Line, name: str) -> str:
    """In what a line counts, where its name does not say it."""
    unit = indicators()[line.indicator].unit
    return "" if unit.lower() in name.lower() else unit


def _problems(
    sheet: Sheet, before: Mapping[str, list[int]], closing: int | None, came: int | None, typed: Mapping[str, str]
) -> list[Problem]:
    lines = [
        checks.Checked(
            row.key,
            row.name,
            row.mode,
            row.line.required,
            None if row.line.opening else indicators()[row.line.indicator].part_of,
            None if row.line.opening else indicators()[row.line.indicator].rate_of,
        )
        for row in sheet.rows
    ]
    texts = [
        (one.code, one.title, typed.get(f"section.{one.code}", sheet.text(f"section.{one.code}")))
        for one in sheet.sections
        if one.required
    ]
    return checks.check(
        lines,
        {row.key: row.value for row in sheet.rows},
        adds_up=sheet.version.adds_up,
        identity=sheet.version.identity,
        past=checks.Past(closing, came, before),
        sections=texts,
        completeness=sheet.completeness,
    )
