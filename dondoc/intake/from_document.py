"""A document that came in is read as a text is: the first of its files with text in it becomes a draft."""

from django.http import HttpResponse

from dondoc.accounts.acts import ActRequest, PageRequest, writes_after
from dondoc.accounts.queries import require
from dondoc.documents.files import DOCX, PDF, TEXT
from dondoc.documents.models import IncomingDocument, Source
from dondoc.documents.registers import access_incoming
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.sources.found import LARGEST_FILE

from . import services
from .views import to_draft


def _opened(request: PageRequest, incoming: int) -> IncomingDocument:
    document = access_incoming(request.actor, incoming)
    require(request.actor, "intake.receive", document.unit_id)
    return document


def _read(request: PageRequest, incoming: int) -> services.ReadSource | Refused:
    """What is read in its files, or why there is nothing: of several that cannot be read the last one's reason."""
    why = Refused("intake.no_text_in_files", INVALID)
    for file in _opened(request, incoming).files.filter(media_type__in=(PDF, DOCX, TEXT)).order_by("pk"):
        try:
            with file.content.open("rb") as content:
                return services.read_source(content.read(LARGEST_FILE + 1), file.name)
        except Refused as refused:
            why = refused
    return why


@writes_after(_read)
def from_document(request: ActRequest, read: services.ReadSource | Refused, incoming: int) -> HttpResponse:
    """Take the text of a document in as a draft of the unit that it came to; its other units read their own sentences only."""
    document = _opened(request, incoming)
    if isinstance(read, Refused):
        raise read
    received = services.receive(
        read, kind=Source.Kind.DOCUMENT, is_public=False, owner=document.unit_id, act=request.act
    )
    return to_draft(request, received)
