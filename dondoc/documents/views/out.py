"""The register of documents out, the page of one, giving a number, and numbers that are reserved."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.accounts.queries import may
from dondoc.accounts.timeline import timeline_entries
from dondoc.documents import registers, services
from dondoc.documents.carried import carried
from dondoc.documents.forms import ExplainForm, FilesForm, OutForm, ReserveForm
from dondoc.documents.models import OfficialDocument, Reservation
from dondoc.documents.nearby import likely, units_near
from dondoc.documents.registers import Place, access_document, access_reservation
from dondoc.documents.services import About, To
from dondoc.history.queries import timeline
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.queries import Label, labels

from .common import A_PAGE, chosen_unit, look_at_files, own_unit, stored

NUMBER = "document.number"


@reads
def register(request: PageRequest) -> HttpResponse:
    """The documents out of a unit, with its reserved numbers and those that nothing explains, as of the day shown."""
    return _register(request)


def _register(request: PageRequest, form: ReserveForm | None = None, status: int = 200) -> HttpResponse:
    unit, units = chosen_unit(request)
    words, symbol = request.GET.get("q", "")[:100], request.GET.get("symbol", "")[:40]
    places: list[Place] = []
    series: list[str] = []
    if unit is not None:
        places = registers.places(unit.unit, request.on, words=words, symbol=symbol)
        every = OfficialDocument.objects.filter(issuer=unit.unit).values("symbol").annotate(n=Count("pk"))
        series = [one["symbol"] for one in every.order_by("-n", "symbol")]
    page = Paginator(places, A_PAGE).get_page(request.GET.get("page"))
    acts = bool(unit and request.on == request.today and may(request.actor, NUMBER, unit.unit))
    context = {
        "unit": unit,
        "units": units,
        "q": words,
        "symbol": symbol,
        "series": series,
        "page": page,
        "lines": registers.lines(list(page.object_list)),
        "sentence": _sentence(places),
        "acts": acts,
        "settles": bool(unit and request.on == request.today and registers.keeps(request.actor, NUMBER, unit.unit)),
        "reserve_form": form or (ReserveForm(today=request.today, unit_kind=unit.kind) if acts and unit else None),
        "explain_form": ExplainForm(today=request.today),
    }
    return render(request, "documents/out.html", context, status=status)


def _sentence(places: list[Place]) -> str:
    """How many, and what waits."""
    count = {kind: sum(one.kind == kind for one in places) for kind in ("document", "reserved")}
    count["gap"] = sum(one.last - one.number + 1 for one in places if one.kind == "gap")
    told = [
        (ngettext("%(n)s document out", "%(n)s documents out", count["document"]), count["document"]),
        (
            ngettext("%(n)s reserved number not used yet", "%(n)s reserved numbers not used yet", count["reserved"]),
            count["reserved"],
        ),
        (ngettext("%(n)s number to be explained", "%(n)s numbers to be explained", count["gap"]), count["gap"]),
    ]
    return "; ".join(text % {"n": n} for text, n in told if n) + "." if places else ""


@reads
def page(request: PageRequest, document: int) -> HttpResponse:
    """One document: its number, what it is about, who received it, its files, what it carries."""
    return _document(request, access_document(request.actor, document))


def _document(
    request: PageRequest, found: OfficialDocument, form: FilesForm | None = None, status: int = 200
) -> HttpResponse:
    arrivals = (
        registers.visible_in(request.actor)
        .filter(official=found, arrived_on__lte=request.on)
        .order_by("arrived_on", "pk")
    )
    lines = list(found.recipients.all())
    day = found.dated_on
    named = labels(
        {found.issuer_id, found.recorded_by_id or found.issuer_id, *(one.unit_id for one in lines if one.unit_id)}, day
    )
    came = list(arrivals)
    context = {
        "document": found,
        "issuer": named[found.issuer_id],
        "recorded_by": named[found.recorded_by_id] if found.recorded_by_id else None,
        "recipients": [(named[one.unit_id].name if one.unit_id else one.words) for one in lines],
        "arrivals": [
            (one, label) for one, label in zip(came, _labels([one.unit_id for one in came], request.on), strict=True)
        ],
        "carried": carried(request.actor, request.on, official=found.pk),
        "reservation": Reservation.objects.filter(document=found).select_related("post").first(),
        "files": [*([found.file] if found.file else []), *found.scans.order_by("pk")],
        "acts": request.on == request.today and bool(registers.keeps(request.actor, NUMBER, found.issuer_id)),
        "form": form or FilesForm(today=request.today),
        "entries": timeline_entries(timeline("documents.OfficialDocument", found.pk)),
        "not_yet": found.dated_on > request.on,
        "enters": _enters(request, found),
    }
    return render(request, "documents/document.html", context, status=status)


def _labels(units: list[int], on: date) -> list[Label]:
    found = labels(units, on)
    return [found[unit] for unit in units]


def _enters(request: PageRequest, found: OfficialDocument) -> bool:
    """Whether the document waits to be entered by the unit for which this person acts."""
    acting = request.actor.acting
    waits = acting is not None and registers.addressed([acting.unit], request.today).filter(pk=found.pk).exists()
    return bool(waits and acting and may(request.actor, "document.receive", acting.unit))


def _form(request: PageRequest, unit: int, *data: object, **given: object) -> OutForm:
    reserved = Reservation.objects.filter(issuer=unit, document=None, given_up_on=None).order_by("symbol", "number")
    kind = labels([unit], request.today)[unit].kind
    return OutForm(
        *data,
        today=request.today,
        unit=unit,
        unit_kind=kind,
        reserved=list(reserved),
        units=units_near(unit, request.today),
        **given,
    )


@reads
def new(request: PageRequest) -> HttpResponse:
    """The form for a document that goes out; `?reserved=` begins with a reserved number."""
    unit = own_unit(request, NUMBER)
    reserved = request.GET.get("reserved", "")
    form = _form(request, unit, initial={"way": f"reserved-{reserved}"} if reserved else {})
    return render(request, "documents/new_out.html", {"form": form, "near": likely(unit, request.today)})


@writes_after(look_at_files)
def give(request: ActRequest, _looked: None) -> HttpResponse:
    """Give the document its number. What is refused is shown with what was typed."""
    unit = own_unit(request, NUMBER)
    form = _form(request, unit, request.POST, request.FILES)
    if not form.is_valid():
        return render(
            request, "documents/new_out.html", {"form": form, "near": likely(unit, request.today)}, status=INVALID
        )
    data = form.cleaned_data
    about = About(
        data["type_name"],
        data["signed_by"].pk if data["signed_by"] else None,
        [To(key, words) for key, words in data["recipients"]],
        stored([data["file"]])[0] if data["file"] else None,
        stored(data["scans"]),
    )
    made = services.number_document(
        unit,
        data["term"],
        data["symbol"],
        data["number"] if data["way"] == "paper" else None,
        data["dated_on"],
        data["abstract"],
        request.act,
        reservation=data["reservation"],
        about=about,
    )
    messages.success(request, _("The document has number %(number)s.") % {"number": made})
    return redirect("documents:document", made.pk)


def _looked_at(request: PageRequest, document: int) -> None:
    access_document(request.actor, document, may=NUMBER)
    look_at_files(request)


@writes_after(_looked_at)
def scan(request: ActRequest, _looked: None, document: int) -> HttpResponse:
    """Scans of the signed document."""
    found = access_document(request.actor, document, may=NUMBER)
    form = FilesForm(request.POST, request.FILES, today=request.today)
    if not form.is_valid():
        return _document(request, found, form, INVALID)
    services.attach_scans(document, stored(form.cleaned_data["scans"]), seen=request.seen, act=request.act)
    messages.success(request, _("The scans have been attached."))
    return redirect("documents:document", document)


@writes
def reserve(request: ActRequest) -> HttpResponse:
    """Reserve the next number of a series."""
    unit = own_unit(request, NUMBER)
    form = ReserveForm(request.POST, today=request.today, unit_kind=labels([unit], request.today)[unit].kind)
    if not form.is_valid():
        return _register(request, form, INVALID)
    data = form.cleaned_data
    reserved = services.reserve(unit, data["term"], data["symbol"], data["reason"], request.act)
    messages.success(request, _("Number %(number)s is reserved.") % {"number": reserved})
    return redirect("documents:out")


@writes
def give_up(request: ActRequest, reservation: int) -> HttpResponse:
    """A reserved number will bear no document."""
    reserved = access_reservation(request.actor, reservation, NUMBER)
    services.give_up(reservation, explanation=request.POST.get("explanation", ""), seen=request.seen, act=request.act)
    messages.success(
        request, _("Number %(number)s stays empty; the explanation stands in the register.") % {"number": reserved}
    )
    return redirect("documents:out")


@writes
def explain(request: ActRequest) -> HttpResponse:
    """Why a number of the register bears no document."""
    unit = own_unit(request, NUMBER)
    typed = [request.POST.get(name, "") for name in ("number", "last")]
    if not all(one.isascii() and one.isdigit() and len(one) < 6 for one in typed):
        raise Refused("documents.no_gap", INVALID, number=typed[0][:10])
    series = (request.POST.get("term", ""), request.POST.get("symbol", ""))
    number, last = map(int, typed)
    services.explain_gap(unit, *series, number, request.POST.get("explanation", ""), request.act, last=last)
    messages.success(request, _("The explanation stands in the register."))
    return redirect("documents:out")
