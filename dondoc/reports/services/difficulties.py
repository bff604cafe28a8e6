"""Difficulties told in reports: each lies with somebody until it is answered, and who raised it sees where."""

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.queries import superior
from dondoc.reports.models import Difficulty, DifficultyStep, Report
from dondoc.reports.sheets import Sheet

MOST_WORDS = 10_000


def raise_difficulties(report: Report, sheet: Sheet, act: Act) -> list[Difficulty]:
    """Make a row of each line told; those told before stay as they are, those no longer told are withdrawn unless they were answered."""
    told = [
        text
        for section in sheet.sections
        if section.difficulties
        for text in _lines(sheet.text(f"section.{section.code}"))
    ]
    before = {one.text: one for one in Difficulty.objects.filter(report=report, withdrawn_on=None)}
    for text, one in before.items():
        if text not in told and one.answered_on is None:
            one.lies_with, one.withdrawn_on, one.version = None, act.day, one.version + 1
            one.save()
            record("reports.difficulty_withdrawn", one, unit=one.unit_id)
    made = [
        Difficulty.objects.create(
            report=report,
            unit_id=report.unit_id,
            text=text,
            raised_on=act.day,
            lies_with_id=report.receiver_id,
            lies_since=act.day,
        )
        for text in dict.fromkeys(told)
        if text not in before
    ]
    for one in made:
        record("reports.difficulty_raised", one, unit=one.unit_id, data={"with": one.lies_with_id})
    return made


def _lines(text: str) -> list[str]:
    """One difficulty per line, without the dash or number that people put before it."""
    found = (line.strip().lstrip("-–•+*").strip() for line in text.splitlines())
    return [line for line in found if line]


def _take(pk: int, seen: int) -> Difficulty:
    one = Difficulty.objects.select_for_update().get(pk=pk)
    if one.version != seen or one.lies_with_id is None:
        current = [(str(step.on), step.text) for step in one.steps.order_by("pk")]
        raise Refused("reports.difficulty_changed", current=current)
    return one


def _step(one: Difficulty, verb: str, text: str, act: Act, to: int | None = None) -> DifficultyStep:
    assert act.person is not None
    assert act.post is not None
    assert one.lies_with_id is not None
    return DifficultyStep.objects.create(
        difficulty=one,
        verb=verb,
        text=text,
        on=act.day,
        unit_id=one.lies_with_id,
        to_id=to,
        by_id=act.person,
        post_id=act.post,
    )


def answer(pk: int, *, text: str, seen: int, act: Act) -> Difficulty:
    """Answer a difficulty that lies with the acting unit. Refused without words (422), or when it was answered or passed on (409)."""
    text = examine_words(text.strip(), MOST_WORDS)
    if not text:
        raise Refused("reports.answer_missing", INVALID)
    with writing(act):
        one = _take(pk, seen)
        step = _step(one, "answer", text, act)
        one.lies_with, one.answered_on, one.version = None, act.day, one.version + 1
        one.save()
        record("reports.difficulty_answered", one, unit=one.unit_id, rows=[step])
    return one


def pass_up(pk: int, *, text: str, seen: int, act: Act) -> Difficulty:
    """Pass a difficulty on to the superior of the unit with which it lies. Refused at the top (422)."""
    text = examine_words(text.strip(), MOST_WORDS)
    with writing(act):
        one = _take(pk, seen)
        assert one.lies_with_id is not None
        above = superior(one.lies_with_id, act.day)
        if above is None:
            raise Refused("reports.nobody_above", INVALID)
        step = _step(one, "pass_up", text, act, above)
        one.lies_with_id, one.lies_since, one.version = above, act.day, one.version + 1
        one.save()
        record("reports.difficulty_passed_up", one, unit=one.unit_id, data={"to": above}, rows=[step])
    return one
