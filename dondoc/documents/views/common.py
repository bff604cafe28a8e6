"""What the views of the registers share: whose register, and the posted files that the door has looked at."""

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

from dondoc.accounts.acts import PageRequest
from dondoc.accounts.queries import require
from dondoc.documents.models import StoredFile
from dondoc.documents.registers import issuers
from dondoc.documents.services import look_at, store_file
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.organisations.queries import Label

A_PAGE = 50


def own_unit(request: PageRequest, right: str) -> int:
    """The unit for which this person keeps the register, with the right to it."""
    acting = request.actor.acting
    if acting is None:
        raise Refused("accounts.no_post", FORBIDDEN)
    require(request.actor, right, acting.unit)
    return acting.unit


def chosen_unit(request: PageRequest) -> tuple[Label | None, list[Label]]:
    """The unit whose register is shown, and those that may be chosen; None for somebody who sees none. 404 for one that they may not see."""
    units = issuers(request.actor, request.on)
    acting = request.actor.acting
    typed = request.GET.get("unit", "")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else acting.unit if acting else 0
    found = next((one for one in units if one.unit == wanted), None)
    if typed and found is None:
        raise Http404
    return found or (units[0] if units else None), units


def look_at_files(request: PageRequest) -> None:
    """Let the door look at what was sent before the act begins: a long PDF takes seconds, in which nobody else could write."""
    look_at(upload for name in request.FILES for upload in request.FILES.getlist(name))


def stored(uploads: "list[UploadedFile[bytes]]") -> list[StoredFile]:
    """The files, each once."""
    return list(dict.fromkeys(store_file(upload) for upload in uploads))
