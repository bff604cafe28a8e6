"""Filling in a report, field by field. What is filled in is no record yet: no entry of the history; a save that comes late is kept beside."""

from collections.abc import Mapping
from dataclasses import dataclass

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, writing
from dondoc.lib.counts import NotACount, read_count
from dondoc.lib.refusals import INVALID, Problem, Refused
from dondoc.lib.texts import problem as sentence
from dondoc.reports import sheets
from dondoc.reports.models import LateValue, Report, Value
from dondoc.reports.rules.states import FILLED, State

MOST_WORDS = 10_000
"""Letters of one narrative part or word of explanation."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of saving a field: what stands there now and its counter; `late` where the save came after another one."""

    text: str
    counter: int
    late: LateValue | None = None


def save_field(report_id: int, name: str, text: str, *, counter: int, act: Act) -> Kept:
    """Set one field that was last seen at `counter` (0: empty, never saved). See `save_fields`."""
    return save_fields(report_id, {name: text}, counters={name: counter}, act=act)[name]


def save_fields(
    report_id: int, values: Mapping[str, str], *, counters: Mapping[str, int] | None = None, act: Act
) -> dict[str, Kept]:
    """Set several fields at once, all of them or none: "line.<key>", "section.<code>", "why.<key>"; texts as people type them.

    A field that moved on since its counter was seen keeps its text, and the one typed is kept beside it (`late`); without `counters`
    nothing is compared. Refused (422) with one problem per field (`data["problems"]`) where a number is none, a field is not one of this
    report's or a text may not come in; (409) once the report is sent.
    """
    with writing(act):
        report = _open(report_id)
        cleaned = _cleaned(report, values)
        there = {one.name: one for one in Value.objects.select_for_update().filter(report=report, name__in=values)}
        return _put(report, cleaned, there, counters, act)


def _open(report_id: int) -> Report:
    """The report while it may be filled. Its row is held to the end of the act, so that sending and saving never cross."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if State(report.state) not in FILLED:
        raise Refused("reports.not_being_filled")
    return report


def _cleaned(report: Report, values: Mapping[str, str]) -> dict[str, str]:
    names = sheets.names(report)
    found: list[Problem] = []
    cleaned: dict[str, str] = {}
    for name, text in values.items():
        if name not in names:
            found.append(Problem(name, "reports.no_such_field"))
            continue
        if not name.startswith("line."):
            cleaned[name] = examine_words(text.replace("\r\n", "\n").strip(), MOST_WORDS)
            continue
        try:
            number = read_count(text)
        except NotACount as wrong:
            found.append(Problem(name, f"reports.{wrong.code}", {"typed": text.strip()[:40]}))
        else:
            cleaned[name] = "" if number is None else str(number)
    if found:
        raise Refused("reports.not_saved", INVALID, problems=found, current=[("", sentence(one)) for one in found])
    return cleaned


def _put(
    report: Report, texts: Mapping[str, str], there: Mapping[str, Value], counters: Mapping[str, int] | None, act: Act
) -> dict[str, Kept]:
    """Write what differs, in a fixed number of queries but for what came late; the report's version moves by the fields that moved."""
    assert act.person is not None
    kept: dict[str, Kept] = {}
    new: list[Value] = []
    moved: list[Value] = []
    for name, text in texts.items():
        value = there.get(name)
        if value is None:
            kept[name] = Kept(text, 1 if text else 0)
            if text:
                new.append(Value(report=report, name=name, text=text, by_id=act.person, at=act.at))
        elif text == value.text:
            kept[name] = Kept(value.text, value.counter)
        elif counters is not None and counters.get(name, 0) != value.counter:
            late = LateValue.objects.create(value=value, text=text, by_id=act.person, at=act.at)
            kept[name] = Kept(value.text, value.counter, late)
        else:
            value.text, value.counter, value.by_id, value.at = text, value.counter + 1, act.person, act.at
            moved.append(value)
            kept[name] = Kept(value.text, value.counter)
    Value.objects.bulk_create(new)
    Value.objects.bulk_update(moved, ["text", "counter", "by", "at"])
    if new or moved:
        begun_on = report.begun_on or act.day
        Report.objects.filter(pk=report.pk).update(begun_on=begun_on, version=report.version + len(new) + len(moved))
    return kept


def fill_zeros(report_id: int, *, act: Act) -> int:
    """Write 0 into every number of the period that is still empty; what stands on a day is left. Returns how many."""
    with writing(act):
        sheet = sheets.read(_open(report_id))
        empty = {f"line.{row.key}": "0" for row in sheet.rows if row.open and row.value is None and row.counts_events}
        save_fields(report_id, empty, counters={name: sheet.counter(name) for name in empty}, act=act)
    return len(empty)


def choose_late(late_id: int, *, take: bool, counter: int, act: Act) -> Kept:
    """Take the save that was kept beside a field, or leave the field as it is. Refused (409) when it was settled or moved on once more."""
    with writing(act):
        late = LateValue.objects.filter(pk=late_id).select_related("value").first()
        if late is None:
            raise Refused("reports.late_settled")
        report = _open(late.value.report_id)
        value = Value.objects.select_for_update().get(pk=late.value_id)
        if value.counter != counter:
            raise Refused("reports.changed_meanwhile", current=[("", value.text)])
        late.delete()
        if not take:
            return Kept(value.text, value.counter)
        return _put(report, {value.name: late.text}, {value.name: value}, None, act)[value.name]
