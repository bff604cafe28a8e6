"""Entering what a document in demands of units below."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import require
from dondoc.directives import services
from dondoc.directives.forms import FromDocumentForm
from dondoc.directives.services.from_document import KIND
from dondoc.documents.models import IncomingDocument
from dondoc.documents.nearby import likely, units_near
from dondoc.documents.registers import access_incoming, label_of
from dondoc.lib.refusals import INVALID


def _opened(request: PageRequest, incoming: int) -> IncomingDocument:
    document = access_incoming(request.actor, incoming)
    require(request.actor, "directive.prepare", document.unit_id)
    return document


def _shown(request: PageRequest, document: IncomingDocument, form: FromDocumentForm, status: int = 200) -> HttpResponse:
    context = {
        "document": document,
        "called": label_of(document)[0],
        "form": form,
        "near": likely(document.unit_id, request.today, above=False),
    }
    return render(request, "directives/from_document.html", context, status=status)


@reads
def new(request: PageRequest, incoming: int) -> HttpResponse:
    """The form for one sentence of the document."""
    return _shown(request, _opened(request, incoming), FromDocumentForm(today=request.today, units=None))


@writes
def enter(request: ActRequest, incoming: int) -> HttpResponse:
    """Write the sentence down and go on to the table in which its assignments are completed."""
    document = _opened(request, incoming)
    near = units_near(document.unit_id, request.today, above=False)
    form = FromDocumentForm(request.POST, today=request.today, units=near)
    if not form.is_valid():
        return _shown(request, document, form, INVALID)
    data = form.cleaned_data
    services.direct_from_document(document, data["text"], data["units"], request.act, due_on=data["due_on"])
    messages.success(request, _("Written down. Complete the assignments, then have them approved."))
    return redirect("directives:prepare", KIND, document.pk)
