"""PDF with a text layer: the letters come from a program that runs apart, the reading order and paragraphs from their places."""

import json
import re
import subprocess
import sys
from pathlib import Path

from dondoc.lib.sources.encodings import mended
from dondoc.lib.sources.found import MOST_LETTERS, Problem, Text
from dondoc.lib.sources.pdf_layout import Page, Run, text_of_pages
from dondoc.lib.sources.syllables import WORD, is_syllable

_PROGRAM = Path(__file__).with_name("pdf_letters.py")
LONGEST = 30
"""Seconds after which a file is given up."""
_FEW = 200
"""Letters on a page that is a picture: a stamp or a signature laid over it, not its text."""
_NO_LETTER = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


def read(data: bytes) -> Text | Problem:
    """The text of a PDF."""
    try:
        # Alone (-I): neither the folder nor the environment may bring in other modules.
        ran = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM)], input=data, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return Problem("too_long")
    except OSError:
        return Problem("unavailable")
    try:
        answer = json.loads(ran.stdout)
    except ValueError:
        return Problem("too_long" if ran.returncode in (-24, -9) else "broken")
    pages = [
        Page(one["width"], one["height"], [Run(*run) for run in one["runs"]], one["picture"]) for one in answer["pages"]
    ]
    if answer["problem"]:
        return Problem(str(answer["problem"]), "\n".join(text_of_pages(pages)))
    return from_pages(pages)


def from_pages(pages: list[Page]) -> Text | Problem:
    """The text of pages whose letters are known."""
    text, beside = text_of_pages(pages)
    words = f"{text}\n{beside}"
    letters = [sum(len(run.text.replace(" ", "")) for run in page.runs) for page in pages]
    unread = tuple(at for at, page in enumerate(pages, 1) if page.picture and letters[at - 1] < _FEW)
    if not any(count for at, count in enumerate(letters, 1) if at not in unread):
        return Problem("scanned", words) if unread else Problem("empty")
    text = mended(text)
    if len(text) > MOST_LETTERS:
        return Problem("too_long", words)
    if len(_NO_LETTER.findall(text)) > len(text) / 20 or _is_noise(text):
        return Problem("unreadable", words)
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", "", text)  # single signs that a font left without a letter
    return Text(re.sub(r"[\ue000-\uf8ff]", "-", text), beside=mended(beside), pages_unread=unread)


def _is_noise(text: str) -> bool:
    """Whether words beyond plain letters are many and hardly any is Vietnamese: letters of a font that does not say what they are."""
    words = [word for word in WORD.findall(text[:200_000]) if not word.isascii()]
    return len(words) >= 30 and sum(map(is_syllable, words)) < 0.3 * len(words)
