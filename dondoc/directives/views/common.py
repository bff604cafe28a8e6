"""What the views of this folder share: coming back, and rows that were ticked with the version that was seen."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest
from dondoc.directives.forms import IssueForm
from dondoc.directives.models import Directive
from dondoc.directives.services.from_document import KIND
from dondoc.documents.models import IncomingDocument, OfficialDocument
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, UNSEEN, Refused
from dondoc.lib.vietnamese import folded
from dondoc.organisations.models import UnitName, UnitParent
from dondoc.organisations.queries import Label, below, labels
from dondoc.web.ways import own_page


def back(request: PageRequest, otherwise: str) -> HttpResponse:
    """To the page that the form names in `next`, if it is ours."""
    return redirect(own_page(request, request.POST.get("next", ""), otherwise))


def to_assignment(pk: int) -> HttpResponse:
    """To the page of an assignment."""
    return redirect(reverse("directives:assignment", args=[pk]))


def chosen(request: ActRequest, name: str = "chosen") -> dict[int, int]:
    """The ticked rows: each assignment with the version that the person saw, from values "12:3". Refused when none is ticked."""
    rows: dict[int, int] = {}
    for value in request.POST.getlist(name):
        key, _, version = value.partition(":")
        if not (
            key.isascii()
            and key.isdigit()
            and len(key) <= 15
            and version.isascii()
            and version.isdigit()
            and len(version) <= 15
        ):
            raise Refused("web.unseen", UNSEEN)
        rows[int(key)] = int(version)
    if not rows:
        raise Refused("directives.nothing_chosen", INVALID)
    return rows


def came_with(directives: Iterable[Directive]) -> OfficialDocument | None:
    """The document that came in and whose sentences all of these are; None where there are others, or its sender has no numbers here."""
    origins = {(one.origin_kind, one.origin_key) for one in directives}
    if len(origins) != 1 or next(iter(origins))[0] != KIND:
        return None
    document = IncomingDocument.objects.select_related("official").get(pk=next(iter(origins))[1])
    return document.official


def received_words(document: OfficialDocument | None) -> str:
    """How issuing with a document that came in is called; "" where there is none."""
    return _("With the document that came in, %(number)s") % {"number": document} if document else ""


def issue_form(issuer: int, today: date, received: OfficialDocument | None = None) -> IssueForm:
    """An empty form for issuing, with the term and symbol of the issuer's last document and the present day."""
    last = OfficialDocument.objects.filter(issuer=issuer).order_by("-dated_on", "-number").first()
    known = {"term": last.term, "symbol": last.symbol} if last else {}
    return IssueForm(today=today, received=received_words(received), initial={"dated_on": wording.day(today), **known})


def receiver_choices(author: int, day: date, typed: str) -> list[Label]:
    """The units below the author whose name on the day holds what was typed, with or without marks; at most 20."""
    named = UnitName.objects.on(day).filter(folded__contains=folded(typed)[:100], unit__in=below([author], day))
    return list(labels(named.order_by("sort_key").values_list("unit", flat=True)[:20], day).values())


def near_units(receivers: set[int], author: int, day: date) -> list[Label]:
    """The units that come to mind for one more receiver: those beside the present ones, and those below these."""
    parents = set(UnitParent.objects.on(day).filter(unit__in=receivers).values_list("parent", flat=True)) or {author}
    children = set(UnitParent.objects.on(day).filter(parent__in=parents | receivers).values_list("unit", flat=True))
    return list(labels(children, day).values())
