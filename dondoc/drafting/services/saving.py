"""Changing the words of a draft, piece by piece. Drafts are no records: no history; what comes late is kept beside."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from dondoc.directives import services as directives
from dondoc.directives.models import Assignment
from dondoc.documents.rules import examine_words
from dondoc.drafting import rules
from dondoc.drafting.models import Clause, DocumentDraft, LateText
from dondoc.drafting.values import LINE, Saved, is_line
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import INVALID, Refused

from .claiming import changed, hold_open

LONGEST = 4000
MOST_CLAUSES = 300
"""Pieces of one draft: a notice of twenty pages has about eighty paragraphs."""


def save_clause(pk: int, text: str, *, seen: int, act: Act) -> Saved:
    """Set the words of a piece; `seen` is the version of the draft that the person saw. Where the piece has moved on since, it stays and the words are kept beside it.

    The words of a directive that is not issued yet are changed with it: the tasks of its drafted assignments that had the same words.
    Refused where it is issued or approved already, and by the door for words (422).
    """
    words = examine_words(text.replace("\r\n", "\n").strip(), LONGEST)
    with writing(act):
        draft, clause = _piece(pk)
        if not words and not is_line(clause) and not clause.field:
            raise Refused("drafting.words_missing", INVALID)
        if clause.text == words:
            return Saved(clause, draft.version)
        if clause.counter > seen:
            assert act.person is not None
            late = LateText.objects.create(clause=clause, text=words, by_id=act.person, at=act.at)
            return Saved(clause, draft.version, late)
        put_words(draft, clause, words, act)
    return Saved(clause, draft.version)


def _piece(pk: int) -> tuple[DocumentDraft, Clause]:
    found = Clause.objects.filter(pk=pk).values_list("draft", flat=True).first()
    if found is None:
        raise Refused("drafting.removed_meanwhile")
    draft = hold_open(found)
    clause = Clause.objects.filter(pk=pk, draft=draft).first()
    if clause is None:
        raise Refused("drafting.removed_meanwhile")
    return draft, clause


def put_words(draft: DocumentDraft, clause: Clause, words: str, act: Act) -> None:
    """Write new words of a piece of a locked draft, and those of its directive where it is made from one."""
    if draft.gives_directives and clause.made == rules.Made.DIRECTIVE and clause.record is not None:
        _reword(clause.record, clause.text, words, act)
    if clause.made == rules.Made.ASSIGNMENT:
        raise Refused("drafting.assignment_is_issued", INVALID)
    moved(draft)
    clause.text, clause.counter, clause.saved_by_id = words, draft.version, act.person
    clause.save(update_fields=["text", "counter", "saved_by"])


def moved(draft: DocumentDraft) -> None:
    """The next version of a locked draft."""
    draft.version += 1
    draft.save(update_fields=["version"])


def _reword(directive: int, before: str, words: str, act: Act) -> None:
    """The tasks of the directive's assignments that had the former words get the new ones. The leader's sentence itself stays as it was said."""
    parts = Assignment.objects.filter(directive=directive, parent=None).exclude(state="cancelled").order_by("pk")
    living = list(parts.select_related("document", "directive"))
    issued = next((one for one in living if one.issued_on is not None), None)
    if issued is not None:
        number = str(issued.document) if issued.document else ""
        code = "drafting.directive_is_issued" if number else "drafting.directive_is_given"
        raise Refused(code, INVALID, number=number)
    if any(one.state == "approved" for one in living):
        raise Refused("drafting.directive_is_approved", INVALID)
    for one in living:
        if rules.plain(one.task) in (rules.plain(before), rules.plain(one.directive.text)):
            directives.save_field(one.pk, "task", words, seen=one.version, act=act)


def leave_out(pk: int, *, out: bool, seen: int, act: Act) -> Clause:
    """Leave a piece out of the document, or take it back in. One of a person's own words is removed altogether."""
    with writing(act):
        draft, clause = _piece(pk)
        if clause.counter > seen:
            raise changed(draft)
        if is_line(clause):
            raise Refused("drafting.line_of_the_form", INVALID)
        take_out(draft, clause, out=out, act=act)
    return clause


def take_out(draft: DocumentDraft, clause: Clause, *, out: bool, act: Act) -> None:
    """Leave out a piece of a locked draft, or take it back in; of a table the whole row."""
    moved(draft)
    if clause.row is not None:
        draft.clauses.filter(name=clause.name, row=clause.row).update(left_out=out, counter=draft.version)
    clause.left_out, clause.counter, clause.saved_by_id = out, draft.version, act.person
    clause.save(update_fields=["left_out", "counter", "saved_by"])


def add_clause(draft_pk: int, text: str, *, after: int | None, act: Act, name: str = "") -> Clause:
    """A new paragraph in a person's own words, after a piece (None: at the end of the placeholder `name`)."""
    words = examine_words(text.replace("\r\n", "\n").strip(), LONGEST)
    if not words:
        raise Refused("drafting.words_missing", INVALID)
    with writing(act):
        draft = hold_open(draft_pk)
        before = (
            draft.clauses.exclude(name__startswith=LINE).filter(**({"pk": after} if after else {"name": name})).last()
        )
        if before is None:
            raise Refused("drafting.removed_meanwhile")
        return put_new(draft, words, before, act)


def put_new(draft: DocumentDraft, words: str, before: Clause, act: Act, **more: Any) -> Clause:
    """A new paragraph of a locked draft, right after a piece."""
    if draft.clauses.count() >= MOST_CLAUSES:
        raise Refused("drafting.too_many_clauses", INVALID, most=MOST_CLAUSES)
    moved(draft)
    draft.clauses.filter(ordinal__gt=before.ordinal).update(ordinal=F("ordinal") + 1)
    given = {"name": before.name} | more
    return Clause.objects.create(
        draft=draft,
        ordinal=before.ordinal + 1,
        made=rules.Made.FREE,
        text=words,
        counter=draft.version,
        since=draft.version,
        saved_by_id=act.person,
        **given,
    )


def add_row(draft_pk: int, name: str, fields: Sequence[str], *, act: Act) -> Clause:
    """A row of empty cells at the end of the table of a placeholder; answers its first cell."""
    with writing(act):
        draft = hold_open(draft_pk)
        there = draft.clauses.filter(name=name)
        last = there.last() or draft.clauses.last()
        if last is None or not fields:
            raise Refused("drafting.removed_meanwhile")
        row = max((one.row or 0 for one in there), default=0) + 1
        cells = []
        for field in fields:
            last = put_new(draft, "", last, act, name=name, row=row, field=field)
            cells.append(last)
    return cells[0]


def move_clause(pk: int, *, up: bool, seen: int, act: Act) -> Clause:
    """One place up or down among the pieces of the same placeholder; nothing happens at its end."""
    with writing(act):
        draft, clause = _piece(pk)
        if draft.version != seen:
            raise changed(draft)
        beside = draft.clauses.filter(name=clause.name)
        other = (
            beside.filter(ordinal__lt=clause.ordinal).last()
            if up
            else beside.filter(ordinal__gt=clause.ordinal).first()
        )
        if other is not None and not is_line(clause) and clause.row is None:
            clause.ordinal, other.ordinal = other.ordinal, clause.ordinal
            Clause.objects.bulk_update([clause, other], ["ordinal"])
            moved(draft)
    return clause


def choose_late(pk: int, *, take: bool, seen: int, act: Act) -> Clause:
    """Take the words that came late instead of the present ones, or drop them."""
    with writing(act):
        late = LateText.objects.filter(pk=pk).select_related("clause").first()
        if late is None:
            raise Refused("drafting.removed_meanwhile")
        draft, clause = _piece(late.clause_id)
        if clause.counter > seen:
            raise changed(draft)
        late.delete()
        if take:
            put_words(draft, clause, late.text, act)
    return clause
