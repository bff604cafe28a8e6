"""A Word file comes back: what it changes is kept beside the draft, and each difference is taken or not by a person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F

from dondoc.documents import patterns
from dondoc.documents.files import DOCX
from dondoc.documents.rules import examine_words
from dondoc.documents.services import store_file
from dondoc.drafting import controls, papers, rules
from dondoc.drafting.models import Clause, Difference, DocumentDraft, Return
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused

from .claiming import changed, hold_open
from .saving import LONGEST, put_new, put_words, take_out

MOST = 200
"""Differences of one file that a person can look at one by one."""


def known_of(draft: DocumentDraft, clauses: Sequence[Clause], day: date) -> list[rules.Known]:
    """The pieces that stand in the document as paragraphs of their own, as they are compared with a file; the rest belongs to the form."""
    names = {one.name for one in patterns.read(draft.template, day).placeholders if one.shape == "clauses"}
    return [
        rules.Known(one.clause.pk, one.clause.text, one.clause.counter, one.clause.since)
        for one in papers.numbered(clauses)
        if one.clause.name in names
    ]


def look(draft: DocumentDraft, data: bytes, day: date) -> rules.Compared:
    """What a file changes in the draft. Refused where it was made from another draft, from none, or differs everywhere.

    It reads the file and makes the draft's own anew to compare with; nothing is written.
    """
    pieces = controls.read(data)
    named = rules.whose(pieces, draft.pk)
    if named is not None and named != draft.pk:
        raise Refused("drafting.file_of_another", INVALID, number=named)
    clauses = list(draft.clauses.all())
    frame = [one.text for one in controls.read(papers.word_file(draft, clauses, day)) if one.tag is None]
    known = known_of(draft, clauses, day)
    count = rules.at_least(known, frame, pieces, draft.pk)
    if count <= MOST:
        compared = rules.compare(known, frame, pieces, draft.pk)
        if compared is None:
            raise Refused("drafting.file_of_none", INVALID)
        count = len(compared.differences)
        if count <= MOST:
            return compared
    raise Refused("drafting.file_differs_everywhere", INVALID, count=count, most=MOST)


def bring_back(pk: int, upload: "UploadedFile[Any]", compared: rules.Compared, *, seen: int, act: Act) -> Return:
    """Keep the file and what it changes in the draft; `compared` is what `look` saw in the draft of version `seen`.

    A file that came back earlier and was not settled gives way to this one. Refused where the draft changed meanwhile, and where a text may not come in.
    """
    assert act.person is not None
    for one in compared.differences:
        examine_words(one.there, LONGEST)
    with writing(act):
        draft = hold_open(pk)
        if draft.version != seen:
            raise changed(draft)
        file = store_file(upload)
        if file.media_type != DOCX:
            raise Refused("drafting.file_not_word", INVALID)
        Difference.objects.filter(came__draft=draft, outcome="").update(
            outcome=Difference.Outcome.LEFT, decided_by=act.person
        )
        came = Return.objects.create(
            draft=draft, file=file, version=compared.version, by_text=compared.by_text, by_id=act.person, at=act.at
        )
        Difference.objects.bulk_create(
            Difference(
                came=came,
                position=position,
                kind=one.kind.value,
                clause_id=one.clause,
                before=one.before,
                there=one.there,
                both=one.both,
                order=list(one.order),
            )
            for position, one in enumerate(compared.differences, 1)
        )
        record("drafting.came_back", draft, unit=draft.unit_id, data={"file": file.pk}, rows=[file])
    return came


def settle(pk: int, *, take: bool, seen: int, act: Act) -> Difference:
    """Take one difference into the draft, or leave the draft as it is.

    Refused where the piece has changed since the person saw it, and where it is made from something that is issued already.
    """
    with writing(act):
        difference = Difference.objects.filter(pk=pk).select_related("came", "clause").first()
        if difference is None:
            raise Refused("drafting.removed_meanwhile")
        draft = hold_open(difference.came.draft_id)
        difference = Difference.objects.select_related("clause").get(pk=pk)
        if difference.outcome or (take and difference.kind == rules.Kind.OUTSIDE):
            raise Refused("drafting.difference_settled")
        if take:
            if difference.clause is not None and difference.clause.counter > seen:
                raise changed(draft)
            _take(draft, difference, act)
        difference.outcome = Difference.Outcome.TAKEN if take else Difference.Outcome.LEFT
        difference.decided_by_id = act.person
        difference.save(update_fields=["outcome", "decided_by"])
    return difference


def _take(draft: DocumentDraft, difference: Difference, act: Act) -> None:
    clause = difference.clause
    match rules.Kind(difference.kind):
        case rules.Kind.CHANGED if clause is not None:
            put_words(draft, clause, examine_words(difference.there, LONGEST), act)
        case rules.Kind.REMOVED if clause is not None:
            take_out(draft, clause, out=True, act=act)
        case rules.Kind.ADDED:
            _add(draft, difference, act)
        case rules.Kind.ORDER:
            _reorder(draft, difference.order, act)
        case _:
            raise Refused("drafting.difference_settled")


def _add(draft: DocumentDraft, difference: Difference, act: Act) -> None:
    """The new paragraph stands after its piece, and after those of the same file that were taken there before it."""
    before = difference.clause
    if before is None:
        raise Refused("drafting.removed_meanwhile")
    new = put_new(draft, examine_words(difference.there, LONGEST), before, act)
    # The next new paragraph of the file follows this one.
    Difference.objects.filter(
        came=difference.came_id,
        kind=rules.Kind.ADDED.value,
        clause=before,
        position__gt=difference.position,
        outcome="",
    ).update(clause=new)


def _reorder(draft: DocumentDraft, order: Sequence[int], act: Act) -> None:
    """The pieces named take the places that they hold together, in the order of the file; a piece stays within its placeholder."""
    pieces = {one.pk: one for one in draft.clauses.filter(pk__in=order)}
    wanted = [pieces[key] for key in order if key in pieces]
    for name in {one.name for one in wanted}:
        mine = [one for one in wanted if one.name == name]
        for one, place in zip(mine, sorted(one.ordinal for one in mine), strict=True):
            one.ordinal = place
    Clause.objects.bulk_update(wanted, ["ordinal"])
    DocumentDraft.objects.filter(pk=draft.pk).update(version=F("version") + 1)
    draft.refresh_from_db()
