"""What the issuing side does: approve, send back, issue, answer an objection, cancel."""

from collections.abc import Sequence

from dondoc.directives import holders, outlines, rules
from dondoc.directives.models import Assignment
from dondoc.documents.models import OfficialDocument
from dondoc.documents.services import About, To, number_document
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import INVALID, Refused

from .claiming import note, put, refuse, take
from .values import DocumentData, Seen


def approve(ids: Sequence[int], *, seen: Seen, act: Act) -> list[Assignment]:
    """Turn complete drafts into records that may be issued; refused with every gap of every draft where one is incomplete."""
    with writing(act):
        assignments = take(ids, seen, "approve")
        refuse([gap for one in outlines.of(assignments, act.day) for gap in rules.gaps(one, act.day)])
        put(assignments, "approve", act, approved_on=act.day)
    return assignments


def send_back(ids: Sequence[int], *, reason: str, seen: Seen, act: Act) -> list[Assignment]:
    """Make approved ones drafts again, with what is to be mended."""
    with writing(act):
        assignments = take(ids, seen, "send_back")
        rows = [note(one, "send_back", reason, act) for one in assignments]
        # A draft's counter is its version: whoever saw the draft before has not seen what is to be mended.
        put(assignments, "send_back", act, rows=rows, approved_on=None)
    return assignments


def issue(
    ids: Sequence[int],
    *,
    document: DocumentData | OfficialDocument | None = None,
    oral: bool = False,
    seen: Seen,
    act: Act,
) -> list[Assignment]:
    """Give approved ones out, all with one document or all by word of mouth. Refused with every gap where one has become incomplete.

    The document is given its number here, and names the receivers; or it has its number already (it came in, or was drafted here).
    """
    if (document is None) != oral:
        raise Refused("directives.document_or_oral", INVALID)
    with writing(act):
        assignments = take(ids, seen, "issue")
        refuse([gap for one in outlines.of(assignments, act.day) for gap in rules.gaps(one, act.day)])
        issued = document if isinstance(document, OfficialDocument) else None
        if document is not None and document.dated_on > act.day:
            raise Refused("directives.dated_ahead", INVALID)
        if isinstance(document, DocumentData):
            issued = number_document(
                document.issuer,
                document.term,
                document.symbol,
                document.number,
                document.dated_on,
                document.abstract,
                act,
                further=True,
                about=About(recipients=_receivers(assignments, act)),
            )
        data = {"document": issued.pk} if issued else {"oral": True}
        put(assignments, "issue", act, data=data, issued_on=act.day, document=issued, oral=oral)
    return assignments


def _receivers(assignments: Sequence[Assignment], act: Act) -> list[To]:
    """The units that carry these out, each once."""
    roles = holders.on(act.day, [one.pk for one in assignments])
    held = [roles[one.pk].get(rules.Part.RECEIVER.value) for one in assignments if one.pk in roles]
    return [To(unit) for unit in dict.fromkeys(role.unit_id for role in held if role and role.unit_id)]


def uphold(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    """The issuer stays with it in spite of the objection; the time to acknowledge counts from today."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "uphold")
        row = note(assignment, "uphold", reason, act)
        put([assignment], "uphold", act, rows=[row], objected_on=None, asked_anew_on=act.day)
    return assignment


def cancel(assignment_id: int, *, reason: str, seen: int, act: Act) -> Assignment:
    """The issuer takes it back, with the reason; its open parts passed down are cancelled with it."""
    with writing(act):
        [assignment] = take([assignment_id], seen, "cancel")
        every, level = [assignment], [assignment.pk]
        while level:
            below = Assignment.objects.select_for_update().filter(
                parent__in=level, state__in=[s.value for s in rules.OPEN]
            )
            children = list(below.order_by("pk"))
            every.extend(children)
            level = [one.pk for one in children]
        rows = [note(one, "cancel", reason, act) for one in every]
        put(every, "cancel", act, rows=rows, closed_on=act.day)
    return assignment
