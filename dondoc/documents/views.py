"""Handing out stored files."""

from typing import cast

from django.http import FileResponse, HttpResponse

from dondoc.accounts.acts import PageRequest, reads

from .models import StoredFile
from .queries import access_file


@reads
def file(request: PageRequest, pk: int) -> HttpResponse:
    """A stored file, always as a download and never as a page of ours, to whoever may see something that carries it."""
    return cast(HttpResponse, sent(access_file(request.actor, pk)))


def sent(stored: StoredFile) -> FileResponse:
    """The answer that carries a file: whatever is in it, the browser neither guesses its type nor runs it in our name."""
    answer = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
