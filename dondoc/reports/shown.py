"""A report as its pages show it: fields with what is said beside them, and in words where each number comes from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.lib import texts
from dondoc.lib.refusals import Problem
from dondoc.lib.wording import number

from .content import forms
from .models import LateValue
from .rules import checks
from .rules.forms import Group, Mode
from .sheets import Row, Sheet


@dataclass(frozen=True, slots=True)
class Note:
    """Something said beside a field; an error stops the report, anything else needs a word. `empty`: that nothing stands there yet."""

    text: str
    error: bool
    empty: bool = False


@dataclass(slots=True)
class Field:
    """A field: `typed` stands in it, `was` stood in it when the page was made, at this `counter`; `present` is what is saved. `by` is
    another person who wrote it last."""

    name: str
    label: str
    help: str
    typed: str
    was: str
    counter: int
    by: str = ""
    present: str = ""
    notes: list[Note] = field(default_factory=list)
    lates: list[LateValue] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id on the page."""
        return self.name.replace(".", "-")

    @property
    def wrong(self) -> bool:
        """Whether something beside it stops the report."""
        return any(note.error for note in self.notes)


@dataclass(slots=True)
class ShownRow:
    """A line: with a `field` where it is typed, else with its number and where that comes from."""

    row: Row
    field: Field
    why: Field
    source: str = ""
    source_url: str = ""

    @property
    def fields(self) -> list[Field]:
        """The fields that the page has for it: none where nobody types."""
        return [self.field, self.why] if self.row.open else []

    @property
    def last(self) -> str:
        """What it was in the last report."""
        return "" if self.row.last is None else number(self.row.last)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Lines under a heading; where those that nobody types all come from one place, `source` says it once."""

    group: Group
    rows: list[ShownRow]

    @property
    def source(self) -> ShownRow | None:
        """A line that says for all of them where they come from."""
        read = [row for row in self.rows if row.source]
        return read[0] if len(read) > 1 and len({(row.source, row.source_url) for row in read}) == 1 else None


@dataclass(slots=True)
class ShownForm:
    """The whole form. `whole` is what is said of the report as such, with its word of explanation; `by` is another person who wrote all
    that stands in it, so that no field has to say it."""

    sheet: Sheet
    groups: list[ShownGroup]
    sections: list[Field]
    whole: Field
    empty: int
    by: str = ""

    @property
    def fields(self) -> list[Field]:
        """Every field, in the order of the page."""
        rows = [one for group in self.groups for row in group.rows for one in row.fields]
        return [*rows, *self.sections, self.whole]

    @property
    def may_zero(self) -> bool:
        """Whether a number of the period is still empty."""
        rows = [shown.row for group in self.groups for shown in group.rows]
        return any(row.open and row.value is None and row.counts_events for row in rows)

    @property
    def errors(self) -> int:
        """How many places, besides the empty ones, are wrong."""
        return sum(note.error and not note.empty for one in self.fields for note in one.notes)

    @property
    def unexplained(self) -> int:
        """How many places need a word."""
        return len(self.sheet.unexplained)

    @property
    def first_wrong(self) -> str:
        """Where the first of them is."""
        return next((one.id for one in self.fields if one.notes), "")


EMPTY = {"reports.missing", "reports.section_missing"}


def show(
    sheet: Sheet,
    account: int,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: Iterable[Problem] = (),
    refused: bool = False,
) -> ShownForm:
    """The form; `typed` are texts that could not be saved and stand in their fields all the same, `wrong` what is wrong with them.

    An empty field is named beside it only once the report was `refused`: nobody wants to be told at once what is not done yet.
    """
    said: dict[str, list[Note]] = defaultdict(list)
    unreadable = {one.source for one in wrong}
    for one in wrong:
        said[one.source].append(Note(texts.problem(one), error=True))
    for one in sheet.problems:
        source = one.source
        name = (
            source
            if source.startswith(checks.SECTION)
            else f"why.{source}"
            if source == checks.ALL
            else f"line.{source}"
        )
        if name not in unreadable and (refused or one.code not in EMPTY):
            said[name].append(Note(texts.problem(one), checks.is_error(one), one.code in EMPTY))

    def make(name: str, label: str, help_text: str = "") -> Field:
        value = sheet.values.get(name)
        text = sheet.text(name)
        by = value.by.label if value is not None and value.by_id != account else ""
        return Field(
            name,
            label,
            help_text,
            (typed or {}).get(name, text),
            text,
            sheet.counter(name),
            by,
            text,
            said.get(name, []),
            sheet.lates.get(name, []),
        )

    groups = [
        ShownGroup(
            group,
            [
                ShownRow(
                    row,
                    make(f"line.{row.key}", row.name, row.line.help),
                    make(f"why.{row.key}", _("Explanation: %(line)s") % {"line": row.name}),
                    *source_of(sheet, row),
                )
                for row in rows
            ],
        )
        for group, rows in sheet.groups
    ]
    sections = [make(f"section.{one.code}", one.title, one.help) for one in sheet.sections]
    whole = make(f"why.{checks.ALL}", _("Explanation of the whole report"))
    empty = sum(one.code in EMPTY for one in sheet.problems)
    form = ShownForm(sheet, groups, sections, whole, empty)
    writers = {one.by_id: one.by.label for one in sheet.values.values() if one.text}
    if len(writers) == 1 and account not in writers:
        form.by = writers.popitem()[1]
        for field_ in form.fields:
            field_.by = ""
    return form


def source_of(sheet: Sheet, row: Row) -> tuple[str, str]:
    """Where a number that nobody types comes from, and the page that shows it."""
    report, total = sheet.report, row.total
    if row.mode is Mode.OPENING and not row.open:
        return _("closing of the last report"), ""
    if total is None:
        return "", ""
    said = {
        "form": forms()[total.form].name.lower(),
        "reported": number(total.reported),
        "expected": number(total.expected),
    }
    if row.mode is Mode.FINER:
        query = urlencode({"unit": report.unit_id, "form": total.form})
        return _("from %(form)s: %(reported)s of %(expected)s are in") % said, f"{reverse('reports:list')}?{query}"
    same = {"period": report.period} if total.form == report.form else {}
    query = urlencode({"unit": report.unit_id, "form": total.form, **same})
    return _(
        "summed from below: %(reported)s of %(expected)s reports are in"
    ) % said, f"{reverse('reports:collect')}?{query}"
