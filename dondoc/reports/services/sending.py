"""Sending a report, judging it, correcting it. What was sent stays what was sent."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from dondoc.accounts.models import Term
from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import FORBIDDEN, INVALID, Problem, Refused
from dondoc.lib.texts import problem as sentence
from dondoc.lib.wording import day as day_text
from dondoc.obligations.services import evidence_changed
from dondoc.organisations.services import queue
from dondoc.reports import sheets
from dondoc.reports.models import LateValue, Remark, Report, SentLine, SentSection, Submission, Value
from dondoc.reports.rules import states
from dondoc.reports.rules.checks import ALL
from dondoc.reports.rules.states import State
from dondoc.web import states as words

from .difficulties import raise_difficulties
from .filling import MOST_WORDS
from .ledger import write_figures

LONGEST = 300


def _take(report_id: int, seen: int, verb: str) -> tuple[Report, State]:
    """The report, locked, in the version seen, and the state to which the verb leads."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.version != seen:
        raise Refused("reports.changed_meanwhile", current=[("", words.word(_word(report)))])
    return report, states.move(report.state, verb)


def _word(report: Report) -> str:
    return {State.SUBMITTED: "reported", State.ACCEPTED: "accepted", State.RETURNED: "returned"}.get(
        State(report.state), "in_progress"
    )


def _put(report: Report, state: State) -> None:
    report.state, report.version = state.value, report.version + 1
    report.save()


def submit(report_id: int, *, seen: int, act: Act, paper: str = "") -> Submission:
    """Send a report: its lines, sections and completeness are frozen, and each difficulty told in it lies with the receiver.

    `paper` names the paper from which an office enters it for the unit; whoever acts for another unit than the one that fills must give
    it. Refused (422) with every problem where something is impossible or missing, or a remark has no word of explanation; before the
    last day of the period; where a save that came late waits for a choice.
    """
    assert act.person is not None
    assert act.post is not None
    paper = examine_words(paper.strip(), LONGEST)
    with writing(act):
        report, state = _take(report_id, seen, "submit")
        if act.unit != report.filler_id and not paper:
            raise Refused("reports.paper_missing", INVALID)
        last_day = report.ends_on - timedelta(1)
        if act.day < last_day:
            raise Refused("reports.too_early", INVALID, day=day_text(last_day))
        if LateValue.objects.filter(value__report=report).exists():
            raise Refused("reports.late_waits", INVALID)
        sheet = sheets.read(report)
        _refuse(sheet.errors + sheet.unexplained)
        last = report.submissions.order_by("-number").first()
        reason = last.reason if last is not None and last.accepted_on is None else ""
        if report.state == State.CORRECTING:
            reason = sheet.text("why.correction")
        wrote = set(Value.objects.filter(report=report).values_list("by", flat=True)) | {act.person}
        sent = Submission.objects.create(
            report=report,
            number=last.number + 1 if last else 1,
            on=act.day,
            at=act.at,
            by_id=act.person,
            post_id=act.post,
            paper=paper,
            reason=reason,
            why=sheet.text(f"why.{ALL}"),
            wrote=sorted(wrote),
        )
        lines = [
            SentLine(
                submission=sent,
                key=row.key,
                mode=row.mode.value,
                value=row.value,
                reported=row.total.reported if row.total else None,
                expected=row.total.expected if row.total else None,
                why=sheet.text(f"why.{row.key}"),
            )
            for row in sheet.rows
        ]
        SentLine.objects.bulk_create(lines)
        texts = [
            SentSection(submission=sent, code=one.code, text=sheet.text(f"section.{one.code}"))
            for one in sheet.sections
        ]
        SentSection.objects.bulk_create(texts)
        if report.sent_on is None:
            report.sent_on = act.day
        _put(report, state)
        told = raise_difficulties(report, sheet, act)
        data = {"number": sent.number, "on_paper": bool(paper), "difficulties": len(told)}
        record("reports.submitted", report, unit=report.unit_id, data=data, rows=[sent, *lines, *texts])
        evidence_changed([report.unit_id], act)
    return sent


def _refuse(found: Sequence[Problem]) -> None:
    if found:
        current = [("", sentence(one)) for one in found]
        raise Refused("reports.problems", INVALID, problems=list(found), current=current)


def _judge(report: Report, act: Act) -> Submission:
    """The submission to be judged, by someone who may: nobody judges the report of their own unit, nor one they entered."""
    sent = report.submissions.order_by("-number").first()
    assert sent is not None
    posts_at = Term.objects.on(act.day).filter(account=act.person).values_list("post__unit", flat=True)
    why = states.may_accept(
        act.person, act.unit, reporting={report.unit_id, report.filler_id}, wrote=sent.wrote, posts_at=list(posts_at)
    )
    if why:
        raise Refused(why, FORBIDDEN)
    return sent


def send_back(report_id: int, *, remarks: Mapping[str, str], seen: int, act: Act) -> Report:
    """Return a report with what is to be put right: by line or section, or ("") of the whole.

    Refused (422) without any remark, and with one of a line that was not sent.
    """
    said = {line: examine_words(text.strip(), MOST_WORDS) for line, text in remarks.items() if text.strip()}
    if not said:
        raise Refused("reports.remark_missing", INVALID)
    with writing(act):
        report, state = _take(report_id, seen, "send_back")
        sent = _judge(report, act)
        if not set(said) <= _remarkable(sent):
            raise Refused("reports.remark_of_nothing", INVALID)
        rows = [_remark(sent, "send_back", line, text, act) for line, text in said.items()]
        Remark.objects.bulk_create(rows)
        _put(report, state)
        record("reports.returned", report, unit=report.unit_id, data={"remarks": len(rows)}, rows=rows)
    return report


def _remarkable(sent: Submission) -> set[str]:
    """What a remark can be of."""
    sections = {f"section.{code}" for code in sent.sections.values_list("code", flat=True)}
    return {"", *sent.lines.values_list("key", flat=True), *sections}


def _remark(sent: Submission, verb: str, line: str, text: str, act: Act) -> Remark:
    assert act.person is not None
    assert act.post is not None
    return Remark(submission=sent, verb=verb, line=line, text=text, on=act.day, by_id=act.person, post_id=act.post)


def accept(report_id: int, *, seen: int, act: Act, text: str = "") -> Report:
    """Accept a report: its numbers enter the ledger. Those of an earlier version that was accepted are replaced, with its reason."""
    text = examine_words(text.strip(), MOST_WORDS)
    with writing(act):
        queue()
        report, state = _take(report_id, seen, "accept")
        sent = _judge(report, act)
        rows = [_remark(sent, "accept", "", text, act)] if text else []
        Remark.objects.bulk_create(rows)
        sent.accepted_on, sent.accepted_by_id, sent.accepted_post_id = act.day, act.person, act.post
        sent.save()
        report.accepted_on = act.day
        _put(report, state)
        write_figures(report, sent, act)
        record("reports.accepted", report, unit=report.unit_id, data={"number": sent.number}, rows=[sent, *rows])
    return report


def accept_many(seen: Mapping[int, int], *, act: Act) -> list[Report]:
    """Accept several reports at once, all of them or none; `seen` is the version of each."""
    if not seen:
        raise Refused("reports.nothing_chosen", INVALID)
    with writing(act):
        return [accept(pk, seen=seen[pk], act=act) for pk in sorted(seen)]


def correct(report_id: int, *, reason: str, seen: int, act: Act) -> Report:
    """Open an accepted report for correction, with a reason. What was sent stays; the ledger changes when the new version is accepted."""
    assert act.person is not None
    reason = examine_words(reason.strip(), LONGEST)
    if not reason:
        raise Refused("reports.reason_missing", INVALID)
    with writing(act):
        report, state = _take(report_id, seen, "correct")
        Value.objects.update_or_create(
            report=report, name="why.correction", defaults={"text": reason, "by_id": act.person, "at": act.at}
        )
        _put(report, state)
        record("reports.correcting", report, unit=report.unit_id)
    return report
