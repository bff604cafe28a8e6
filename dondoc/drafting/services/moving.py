"""From a draft to a document: approved, sent back, dropped, issued. Issuing a notice issues its directives in the same act."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dondoc.directives import services as directives
from dondoc.directives.models import Assignment, Directive, Finding
from dondoc.directives.services import DocumentData
from dondoc.documents import patterns
from dondoc.documents.models import OfficialDocument, StoredFile
from dondoc.documents.rules import examine_words
from dondoc.documents.services import About, To, keep_original, number_document, store_made
from dondoc.drafting import convened, papers, rules
from dondoc.drafting.checking import wrong_with
from dondoc.drafting.heads import issuer_of
from dondoc.drafting.models import Clause, DocumentDraft
from dondoc.drafting.values import Numbering
from dondoc.history.services import Act, record, writing
from dondoc.lib import texts, wording
from dondoc.lib.refusals import INVALID, Problem, Refused
from dondoc.meetings import services as meetings
from dondoc.meetings.models import Meeting
from dondoc.meetings.rules import may
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import labels

from .claiming import take

NEEDED = ("issuer", "symbol", "place", "abstract", "post", "name", "recipients")
LONGEST_REASON = 500
Seen = Mapping[int, int]
"""Assignments with the version of each that the person saw."""


def parts_of(draft: DocumentDraft, clauses: Sequence[Clause]) -> dict[int, list[Assignment]]:
    """The assignments of each directive that stands in a draft, parts passed down left out. One query.

    None of a document that only tells of directives.
    """
    if not draft.gives_directives:
        return {}
    keys = [one.record for one in clauses if one.made == rules.Made.DIRECTIVE and not one.left_out and one.record]
    found: dict[int, list[Assignment]] = {key: [] for key in keys}
    rows = Assignment.objects.filter(directive__in=keys, parent=None).select_related("document").order_by("pk")
    for one in rows:
        found[one.directive_id].append(one)
    return found


def fate(assignments: Sequence[Assignment]) -> str:
    """What becomes of a directive when a document that holds it is issued; a code of `rules.goes_out`."""
    return rules.goes_out([(one.state, one.document_id is not None) for one in assignments])


def _not_twice(clauses: Sequence[Clause], parts: Mapping[int, Sequence[Assignment]]) -> None:
    """Refused where a directive has left with another document."""
    for one in clauses:
        there = parts.get(one.record or 0, ()) if one.made == rules.Made.DIRECTIVE and not one.left_out else ()
        document = next((a.document for a in there if a.document is not None), None)
        if document is not None:
            raise Refused("drafting.directive_went_out", number=str(document), text=one.text[:120])


def lacking(draft: DocumentDraft, clauses: Sequence[Clause], day: date) -> list[Problem]:
    """What a draft still lacks before it can be approved: lines of head and foot, and what the template must have."""
    said = papers.lines_of(clauses)
    found = [Problem(name, f"drafting.lacks_{name}") for name in NEEDED if not said.get(name, "").strip()]
    there = {one.clause.name for one in papers.numbered(clauses) if one.clause.text.strip() and not one.clause.heading}
    found += [
        Problem(one.name, "drafting.lacks_part", {"name": one.description.partition(" - ")[0]})
        for one in patterns.read(draft.template, day).placeholders
        if one.required and one.name not in there
    ]
    if any(_withdrawn(model, made, clauses) for model, made in _RECORDS):
        found.append(Problem("body", "drafting.record_withdrawn"))
    if not Unit.objects.on(day).filter(pk=draft.unit_id).exists():
        found.append(Problem("issuer", "drafting.unit_has_ended"))
    return found


_RECORDS: tuple[tuple[Any, rules.Made], ...] = ((Finding, rules.Made.FINDING), (Directive, rules.Made.DIRECTIVE))


def _withdrawn(model: Any, made: rules.Made, clauses: Sequence[Clause]) -> bool:
    """Whether a piece that stands in the document is made from a record that was withdrawn since."""
    keys = {one.record for one in clauses if one.made == made and not one.left_out and one.record is not None}
    return bool(len(keys) > model.objects.filter(pk__in=keys, withdrawn_on=None).count())


def _require_complete(draft: DocumentDraft, clauses: Sequence[Clause], day: date) -> None:
    if problems := lacking(draft, clauses, day):
        told = [(_("To be completed"), texts.problem(one)) for one in problems]
        raise Refused("drafting.incomplete", INVALID, problems=problems, current=told)


def approve(pk: int, *, seen: int, assignments: Seen, act: Act) -> DocumentDraft:
    """The words stand; the drafted assignments of its directives are approved with it (`assignments`: as the person saw them).

    Refused with everything that is lacking, in the document or in an assignment, and where a directive has left with another document.
    """
    with writing(act):
        draft, state = take(pk, seen, "approve")
        clauses = list(draft.clauses.all())
        _require_complete(draft, clauses, act.day)
        parts = parts_of(draft, clauses)
        _not_twice(clauses, parts)
        waiting = [one.pk for several in parts.values() for one in several if one.state == "drafted"]
        if waiting:
            directives.approve(waiting, seen=dict(assignments), act=act)
        draft.state, draft.version = state.value, draft.version + 1
        draft.approved_on, draft.approved_by_id, draft.sent_back = act.day, act.post, ""
        draft.save()
        record("drafting.approved", draft, unit=draft.unit_id)
    return draft


def send_back(pk: int, *, reason: str, seen: int, act: Act) -> DocumentDraft:
    """An approved draft may be changed again, with what is to be mended; so may the assignments that are approved and not issued."""
    words = examine_words(reason.strip(), LONGEST_REASON)
    if not words:
        raise Refused("directives.reason_missing", INVALID)
    with writing(act):
        draft, state = take(pk, seen, "send_back")
        parts = parts_of(draft, list(draft.clauses.all()))
        back = [one for several in parts.values() for one in several if one.state == "approved"]
        if back:
            directives.send_back([o.pk for o in back], reason=words, seen={o.pk: o.version for o in back}, act=act)
        draft.state, draft.version, draft.sent_back = state.value, draft.version + 1, words
        draft.approved_on = draft.approved_by = None
        draft.save()
        record("drafting.sent_back", draft, unit=draft.unit_id)
    return draft


def drop(pk: int, *, seen: int, act: Act) -> DocumentDraft:
    """The document will not be issued. Its records stay as they are."""
    with writing(act):
        draft, state = take(pk, seen, "drop")
        draft.state, draft.version, draft.closed_on = state.value, draft.version + 1, act.day
        draft.save()
        record("drafting.dropped", draft, unit=draft.unit_id)
    return draft


def issue(
    pk: int, numbering: Numbering, *, seen: int, assignments: Seen, despite: bool = False, act: Act
) -> OfficialDocument:
    """Give the document its number and let it go out: with it the directives of a notice, or the urging of a letter, in this one act.

    Refused where something of a directive is not approved or has left with another document, and where the file does not keep to the
    format of the day: its faults are named, and only a person who has seen them may issue it `despite` them.
    """
    if numbering.dated_on > act.day:
        raise Refused("directives.dated_ahead", INVALID)
    with writing(act):
        draft, state = take(pk, seen, "issue")
        clauses = list(draft.clauses.all())
        _require_complete(draft, clauses, act.day)
        parts = parts_of(draft, clauses)
        _not_twice(clauses, parts)
        if any(fate(several) == "waits" for several in parts.values()):
            raise Refused("drafting.directive_waits")
        document, file = _numbered(draft, clauses, numbering, act, despite=despite)
        going = [one.pk for several in parts.values() for one in several if one.state == "approved"]
        if going:
            data = DocumentData(
                draft.unit_id, document.term, document.symbol, document.number, document.dated_on, document.abstract
            )
            directives.issue(going, document=data, seen=dict(assignments), act=act)
        _urge(draft, clauses, document, assignments, act)
        _note_at_meeting(draft, document, act)
        draft.state, draft.version, draft.document, draft.closed_on = state.value, draft.version + 1, document, act.day
        draft.save()
        record(
            "drafting.issued",
            draft,
            unit=draft.unit_id,
            data={"document": document.pk, "file": file.pk, "despite": despite},
            rows=[file],
        )
    return document


def _numbered(
    draft: DocumentDraft, clauses: Sequence[Clause], numbering: Numbering, act: Act, *, despite: bool
) -> tuple[OfficialDocument, StoredFile]:
    said = papers.lines_of(clauses)
    document = number_document(
        draft.unit_id,
        numbering.term,
        numbering.symbol,
        numbering.number,
        numbering.dated_on,
        said.get("abstract", ""),
        act,
        reservation=numbering.reservation,
        about=About(signed_by=draft.approved_by_id, recipients=_recipients(draft, said, act.day)),
    )
    made = papers.word_file(draft, clauses, act.day, document=document, tags=False)
    faults = wrong_with(made, papers.level_of(draft, act.day), document.dated_on)
    if faults and not despite:
        told = [(_("Form of the document"), fault) for fault in faults]
        raise Refused("drafting.not_in_form", INVALID, faults=faults, current=told)
    file = store_made(f"{document}.docx".replace("/", "-"), made)
    keep_original(document, file, act)
    return document, file


def _recipients(draft: DocumentDraft, said: Mapping[str, str], day: date) -> list[To]:
    """Who gets it, as the register keeps it: the units of the tree, then the lines that name others."""
    units = [*draft.sent_to.order_by("pk").values_list("pk", flat=True)]
    names = {issuer_of(label) for label in labels(units, day).values()}
    lines = [line.strip() for line in said.get("recipients", "").splitlines() if line.strip()]
    return [*(To(unit=one) for one in units), *(To(words=line) for line in lines if line not in names)]


def _urge(
    draft: DocumentDraft, clauses: Sequence[Clause], document: OfficialDocument, assignments: Seen, act: Act
) -> None:
    """Each assignment of an urging letter is urged, as its follower does it by hand; the letter stands on its timeline."""
    text = _("Urging letter No. %(number)s of %(day)s") % {
        "number": str(document),
        "day": wording.day(document.dated_on),
    }
    for one in clauses:
        if one.made == rules.Made.ASSIGNMENT and not one.left_out and one.record is not None:
            directives.chase(one.record, text=text, seen=assignments.get(one.record, 0), act=act)


def _note_at_meeting(draft: DocumentDraft, document: OfficialDocument, act: Act) -> None:
    """An invitation that goes out is told to those invited; a notice or a resolution is that in which its meeting ended."""
    if draft.subject_kind != convened.KIND:
        return
    meeting = Meeting.objects.get(pk=draft.subject_key)
    if draft.template == convened.INVITATION and may("invite", meeting.state):
        meetings.invite(meeting.pk, meeting.topic, [], seen=meeting.version, act=act)
    elif draft.template in convened.ENDS_IN and may("conclude", meeting.state):
        meetings.conclude(meeting.pk, document.pk, seen=meeting.version, act=act)


def waiting_of(draft: DocumentDraft, clauses: Sequence[Clause]) -> list[Assignment]:
    """The assignments that move with the draft's next step: drafted or approved ones of its directives, or those that a letter urges."""
    urged: Any = [one.record for one in clauses if one.made == rules.Made.ASSIGNMENT and not one.left_out]
    moving = [
        one for several in parts_of(draft, clauses).values() for one in several if one.state in ("drafted", "approved")
    ]
    return [*moving, *Assignment.objects.filter(pk__in=urged).order_by("pk")]
