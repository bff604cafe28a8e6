"""Files of ours for whoever asked for them."""

from django.http import HttpResponse

from dondoc.lib.workbooks.writing import MEDIA_TYPE


def workbook(name: str, content: bytes) -> HttpResponse:
    """An Excel file, called so (letters without marks), that is downloaded and neither kept by the browser nor opened in our name."""
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
