"""Handing out stored files, and a page that shows what is in one."""

from io import BytesIO
from pathlib import PurePath
from typing import cast

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dondoc.accounts.acts import PageRequest, reads
from dondoc.documents import pdf
from dondoc.documents.files import DOCX, JPEG, PDF, PNG
from dondoc.documents.models import StoredFile
from dondoc.documents.previews import picture as page_picture
from dondoc.documents.previews import preview
from dondoc.documents.queries import access_file


@reads
def file(request: PageRequest, pk: int) -> HttpResponse:
    """A stored file, always as a download and never as a page of ours, to whoever may see something that carries it.

    A Word file also as PDF (`?as=pdf`); refused where none can be made of it.
    """
    stored = access_file(request.actor, pk)
    if request.GET.get("as") == "pdf" and stored.media_type == DOCX:
        with stored.content.open("rb") as content:
            return cast(HttpResponse, sent_as_pdf(content.read(), PurePath(stored.name).stem))
    return cast(HttpResponse, sent(stored))


@reads
def look(request: PageRequest, pk: int) -> HttpResponse:
    """What is in a file, on a page of ours: pictures and text, nothing that could run."""
    stored = access_file(request.actor, pk)
    context = {"file": stored, "preview": preview(stored), "is_word": stored.media_type == DOCX}
    return render(request, "documents/look.html", {**context, "no_pdf": pdf.program() is None})


@reads
def picture(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """A page of a PDF as a picture; of a picture itself, the picture."""
    stored = access_file(request.actor, pk)
    if stored.media_type in (PNG, JPEG):
        return cast(HttpResponse, sent(stored))
    drawn = page_picture(stored, number)
    if drawn is None:
        raise Http404
    return cast(HttpResponse, _guarded(HttpResponse(drawn, content_type=PNG)))


def sent(stored: StoredFile) -> FileResponse:
    """The answer that carries a file: whatever is in it, the browser neither guesses its type nor runs it in our name."""
    answer = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    _guarded(answer)
    return answer


def sent_as_pdf(docx: bytes, stem: str) -> FileResponse:
    """The answer that carries the PDF of a Word file, under this name without its ending."""
    answer = FileResponse(BytesIO(pdf.pdf_of(docx)), as_attachment=True, filename=f"{stem}.pdf", content_type=PDF)
    _guarded(answer)
    return answer


def _guarded(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
