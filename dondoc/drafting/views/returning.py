"""A Word file comes back, and its differences are taken or not."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, writes, writes_after
from dondoc.documents.files import DOCX, examine_file
from dondoc.documents.services import look_at
from dondoc.drafting import queries, services
from dondoc.drafting.models import Difference
from dondoc.drafting.rules import Compared, State
from dondoc.lib.refusals import INVALID, Refused

from .common import to_draft


@dataclass(frozen=True, slots=True)
class Looked:
    """The file that came, and how it differs from the draft as it was then."""

    upload: "UploadedFile[Any]"
    compared: Compared
    version: int


def _look(request: PageRequest, pk: int) -> Looked:
    """To read the file and to make the draft's own may take long; both are done before the act."""
    draft = queries.access_draft(request.actor, pk, may="write")
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("drafting.file_missing", INVALID)
    if draft.state != State.OPEN:
        raise Refused("drafting.no_draft_any_more", current=[])
    if examine_file(upload.name or "", upload.file, upload.size or 0) != DOCX:  # type: ignore[arg-type]
        raise Refused("drafting.file_not_word", INVALID)
    look_at([upload])
    upload.seek(0)
    compared = services.look(draft, upload.read(), request.today)
    upload.seek(0)
    return Looked(upload, compared, draft.version)


@writes_after(_look)
def bring(request: ActRequest, looked: Looked, pk: int) -> HttpResponse:
    """Keep the file and show what it changes."""
    queries.access_draft(request.actor, pk, may="write")
    count = len(looked.compared.differences)
    services.bring_back(pk, looked.upload, looked.compared, seen=looked.version, act=request.act)
    if not count:
        messages.success(request, _("The file changes nothing in this draft."))
        return to_draft(pk)
    said = ngettext("The file differs in %(n)s place.", "The file differs in %(n)s places.", count) % {"n": count}
    messages.success(request, f"{said} {_('Take each difference or leave it.')}")
    if looked.compared.by_text:
        messages.warning(
            request,
            _("The file no longer says where each paragraph belongs, so they were found by their words: look closely."),
        )
    return to_draft(pk, "came")


@writes
def settle(request: ActRequest, pk: int) -> HttpResponse:
    """Take a difference, or leave the draft as it is."""
    difference = Difference.objects.filter(pk=pk).select_related("came").first()
    if difference is None:
        raise Http404
    queries.access_draft(request.actor, difference.came.draft_id, may="write")
    services.settle(pk, take=request.POST.get("take") == "1", seen=request.seen, act=request.act)
    return to_draft(difference.came.draft_id, "came")
