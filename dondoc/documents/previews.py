"""What a page of ours can show of a stored file: pictures of a PDF's first pages, a picture itself, or the text. Nothing of it is run."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from dondoc.lib.sources.found import LARGEST_FILE, Text
from dondoc.lib.sources.read import text_of

from .files import DOCX, JPEG, PDF, PNG, TEXT
from .models import StoredFile

_PROGRAM = Path(__file__).with_name("pdf_pictures.py")
LONGEST = 30
"""Seconds after which a page is given up."""
MOST_PAGES = 5
WIDTH = 1000
"""Pixels of a page's picture."""
MOST_PARAGRAPHS = 400


@dataclass(frozen=True, slots=True)
class Preview:
    """Pictures by their numbers, or paragraphs of text; `more`: there is more in the file than is shown. Empty: only for download."""

    pages: tuple[int, ...] = ()
    paragraphs: tuple[str, ...] = ()
    picture: bool = False
    more: bool = False


def preview(stored: StoredFile) -> Preview:
    """What can be shown of the file. Takes up to some seconds for a long PDF that is looked at for the first time."""
    if stored.media_type in (PNG, JPEG):
        return Preview(picture=True)
    if stored.media_type == PDF:
        count = _page(stored, 1)[0]
        return Preview(tuple(range(1, min(count, MOST_PAGES) + 1)), more=count > MOST_PAGES)
    if stored.media_type in (DOCX, TEXT):
        with stored.content.open("rb") as content:
            found = text_of(content.read(LARGEST_FILE + 1))
        lines = [line for line in found.text.split("\n") if line.strip()] if isinstance(found, Text) else []
        return Preview(paragraphs=tuple(lines[:MOST_PARAGRAPHS]), more=len(lines) > MOST_PARAGRAPHS)
    return Preview()


def picture(stored: StoredFile, page: int) -> bytes | None:
    """A page of a PDF as PNG; None where it has none of that number among the first, or cannot be drawn."""
    if stored.media_type != PDF or not 0 < page <= MOST_PAGES:
        return None
    return _page(stored, page)[1] or None


def _page(stored: StoredFile, page: int) -> tuple[int, bytes]:
    """How many pages a PDF has, and the picture of one; 0 where it cannot be drawn. Drawn once, kept by the file's digest."""
    place = f"previews/{stored.digest[:2]}/{stored.digest}-{page}"
    if default_storage.exists(place):
        with default_storage.open(place) as kept:
            answer = kept.read()
    else:
        with stored.content.open("rb") as content:
            answer = _drawn(content.read(), page)
        if answer:
            # Of two who look at the same time one is kept under another name, and found by nobody: it is the same picture.
            default_storage.save(place, ContentFile(answer))
    count, _line, drawn = answer.partition(b"\n")
    return (int(count) if count.isdigit() else 0), drawn


def _drawn(data: bytes, page: int) -> bytes:
    try:
        # Alone (-I): neither the folder nor the environment may bring in other modules.
        ran = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), str(page), str(WIDTH)],
            input=data,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return b""
    return ran.stdout if ran.returncode == 0 else b""
