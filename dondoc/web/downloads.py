"""Files of ours for whoever asked for them."""

from django.http import HttpResponse

from dondoc.lib.workbooks.writing import MEDIA_TYPE


def workbook(name: str, content: bytes) -> HttpResponse:
    """An Excel file, called so (letters without marks), that is downloaded and neither kept by the browser nor opened in our name."""
    return _answer(content, MEDIA_TYPE, f"{name}.xlsx")


def pdf(name: str, content: bytes) -> HttpResponse:
    """A PDF of ours, in the same way."""
    return _answer(content, "application/pdf", f"{name}.pdf")


def _answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
