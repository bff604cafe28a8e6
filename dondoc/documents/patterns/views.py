"""The pages on which a unit sees the templates of its documents and replaces one by its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes, writes_after
from dondoc.accounts.queries import access_unit, may, require
from dondoc.documents import pdf, services
from dondoc.documents.files import DOCX, PDF, examine_file
from dondoc.documents.format.texts import told
from dondoc.lib import texts
from dondoc.lib.refusals import FORBIDDEN, INVALID, Problem, Refused
from dondoc.lib.vietnamese import folded
from dondoc.organisations.queries import labels

from . import filling, office
from .declared import Template, templates
from .samples import head_for

RIGHT = "template.replace"


@dataclass(frozen=True, slots=True)
class _Place:
    """A template of a unit on a day: the one that ships, and the unit's name and kind."""

    unit: int
    unit_name: str
    kind: str
    ours: Template


def _place(actor: Actor, unit: int, code: str, on: date) -> _Place:
    """The template, for a person who may see the unit; 404 where there is none of this code for units of its kind on the day."""
    access_unit(actor, unit)
    label = labels([unit], on).get(unit)
    ours = next((one for one in _of_day(on) if one.code == code), None)
    if label is None or ours is None or label.kind not in ours.issuers:
        raise Http404
    return _Place(unit, label.name, label.kind, ours)


def _of_day(on: date) -> list[Template]:
    return [one for one in templates() if one.since <= on and (one.until is None or on < one.until)]


@reads
def own(request: PageRequest) -> HttpResponse:
    """The templates of the unit for which this person acts."""
    acting = request.actor.acting
    if acting is None:
        raise Refused("accounts.no_post", FORBIDDEN)
    return redirect("documents:templates-of", acting.unit)


@reads
def listed(request: PageRequest, unit: int) -> HttpResponse:
    """All templates of a unit, with where each comes from."""
    access_unit(request.actor, unit)
    label = labels([unit], request.on).get(unit)
    if label is None:
        raise Http404
    shown = []
    for one in _of_day(request.on):
        if label.kind in one.issuers:
            held = [version for version in office.versions(unit, one.code) if version.since <= request.on]
            shown.append({"template": one, "own": held[0] if held and held[0].file_id else None})
    return render(request, "documents/templates.html", {"unit": unit, "unit_name": label.name, "lines": shown})


@reads
def page(request: PageRequest, unit: int, code: str) -> HttpResponse:
    """One template: its placeholders, its Word file, and where the unit replaces it."""
    return _page(request, _place(request.actor, unit, code, request.on))


def _page(
    request: PageRequest, place: _Place, *, problems: Sequence[Problem] = (), refused: str = "", status: int = 200
) -> HttpResponse:
    versions = office.versions(place.unit, place.ours.code)
    begun = next((one for one in versions if one.since <= request.on), None)
    replaced = begun is not None and begun.file_id is not None
    remarks = []
    if replaced:
        used = office.in_force(place.unit, place.ours, request.on)
        remarks = [told(one) for one in office.examine(used.docx, place.ours, place.kind, request.on).remarks]
    context: dict[str, Any] = {
        "place": place,
        "template": place.ours,
        "versions": versions,
        "seen": versions[0].version if versions else 0,
        "begun": begun,
        "replaced": replaced,
        "remarks": remarks,
        "problems": [{"where": one.source, "sentence": texts.problem(one)} for one in problems],
        "refused": refused,
        "may_replace": bool(may(request.actor, RIGHT, place.unit)),
        "no_pdf": pdf.program() is None,
    }
    return render(request, "documents/template.html", context, status=status)


@reads
def word(request: PageRequest, unit: int, code: str) -> HttpResponse:
    """The Word file of the template that the unit uses, to be changed in Word."""
    place = _place(request.actor, unit, code, request.on)
    used = office.in_force(unit, place.ours, request.on)
    return _file(used.docx, DOCX, f"mau-{_file_name(used)}.docx")


@reads
def sample(request: PageRequest, unit: int, code: str) -> HttpResponse:
    """The template filled with its samples, as a Word file or (`?as=pdf`) as PDF."""
    place = _place(request.actor, unit, code, request.on)
    used = office.in_force(unit, place.ours, request.on)
    filled = filling.fill(used, used.samples, request.on, head_for(used.type_code, place.kind, request.on))
    name = f"{_file_name(used)}-dien-mau"
    if request.GET.get("as") == "pdf":
        return _file(pdf.pdf_of(filled), PDF, f"{name}.pdf")
    return _file(filled, DOCX, f"{name}.docx")


def _file_name(template: Template) -> str:
    return slugify(folded(template.name))


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@dataclass(frozen=True, slots=True)
class _Brought:
    """An upload and what was seen of it before the act."""

    upload: "UploadedFile[Any] | None"
    problems: Sequence[Problem] = ()
    refused: Refused | None = None


def _examined(request: PageRequest, unit: int, code: str) -> _Brought:
    place = _place(request.actor, unit, code, request.today)
    require(request.actor, RIGHT, unit)
    upload = request.FILES.get("file")
    if upload is None:
        return _Brought(None)
    try:
        media_type = examine_file(upload.name or "", upload.file, upload.size or 0)  # type: ignore[arg-type]
        if media_type != DOCX:
            raise Refused("documents.template_no_word", INVALID)
        services.look_at([upload])
        upload.seek(0)
        seen = office.examine(upload.read(), place.ours, place.kind, request.today)
        upload.seek(0)
        return _Brought(upload, seen.problems)
    except Refused as refused:
        return _Brought(upload, refused=refused)


@writes_after(_examined)
def replace(request: ActRequest, brought: _Brought, unit: int, code: str) -> HttpResponse:
    """Put a Word file in place of the template. What is wrong with it is shown on the page, and nothing is changed."""
    place = _place(request.actor, unit, code, request.today)
    require(request.actor, RIGHT, unit)
    if brought.upload is None:
        return _page(request, place, refused=_("Choose the Word file first."), status=INVALID)
    if brought.refused is not None:
        return _page(request, place, refused=texts.refusal(brought.refused), status=INVALID)
    if brought.problems:
        return _page(request, place, problems=brought.problems, status=INVALID)
    file = services.store_file(brought.upload)
    services.replace_template(unit, code, file, since=request.today, seen=request.seen, act=request.act)
    messages.success(request, _("From today the unit uses this template."))
    return redirect("documents:template", unit, code)


@writes
def return_to_ours(request: ActRequest, unit: int, code: str) -> HttpResponse:
    """Go back to the template that ships."""
    _place(request.actor, unit, code, request.today)
    require(request.actor, RIGHT, unit)
    services.replace_template(unit, code, None, since=request.today, seen=request.seen, act=request.act)
    messages.success(request, _("From today the unit uses the template that ships again."))
    return redirect("documents:template", unit, code)
