"""A document that came in is the source of directives: its sentence, for units below the one that it came to, with it as their document."""

from collections.abc import Sequence
from datetime import date

from dondoc.directives.models import Directive
from dondoc.directives.rules import Receivers
from dondoc.documents.models import IncomingDocument, Source
from dondoc.documents.registers import label_of
from dondoc.documents.rules import examine_words
from dondoc.documents.services import take_source
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import INVALID, Refused

from .drafting import draft_assignments
from .recording import record_directive
from .values import OriginData, Timing

KIND = "incoming_document"
LONGEST = 5000


def direct_from_document(
    document: IncomingDocument, text: str, units: Sequence[int], act: Act, *, due_on: date | None = None
) -> Directive:
    """Write down what the document demands of these units, and draft their assignments; refused without words or units.

    The unit that the document came to answers for the following up, so it is the author; the sender is who said it.
    """
    text = examine_words(text, LONGEST).strip()
    if not text or not units:
        raise Refused("directives.document_says_nothing", INVALID)
    label, sender = label_of(document)
    with writing(act):
        head = f"{label}\n\n"
        source = take_source(
            head + text,
            kind=Source.Kind.DOCUMENT,
            title=label,
            owner=document.unit_id,
            is_public=False,
            published_on=document.dated_on,
            act=act,
        )
        origin = OriginData(
            KIND,
            document.pk,
            label[:300],
            source.pk,
            len(head),
            len(head) + len(text),
            document.dated_on,
            document.unit_id,
            None,
            sender[:200],
            text,
        )
        directive = record_directive(
            origin, addressee="", receivers=Receivers.UNIT.value, units=units, timing=Timing(due_on=due_on), act=act
        )
        draft_assignments([directive.pk], units, act)
    return directive
