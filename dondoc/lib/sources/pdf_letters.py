"""A program of its own: reads a PDF from its input and writes what stands on each page as JSON.

It runs apart (`pdf.py` starts it), with bounds on time and memory, because the file may have been made to break what reads it. It imports
nothing of dondoc. Answers {"pages": [...], "problem": code or ""}; with a problem, the pages read until then. A page has its width and height in points, `picture` (most of it is one
picture) and `runs`: [text, left, bottom, right, top, font] in the order of the file, cut where a line ends or a wide gap stands.
"""

import ctypes
import json
import sys
from typing import Any

MOST_PAGES = 200
MOST_LETTERS = 2 * 1024 * 1024
MOST_RUNS = 200_000
SECONDS = 20
MEMORY = 1536 * 1024 * 1024
WIDE = 1.5
"""A gap that is so many times the height of the line separates columns or cells."""
_LOCKED = (4, 5)  # pdfium's codes for a password and for other protection


def main() -> None:
    """Read, and answer in one line."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such bounds; the one who started this still ends it in time.
    try:
        import pypdfium2 as pdfium
    except (ImportError, OSError):
        answer = _answer([], "unavailable")
    else:
        try:
            answer = pages_of(pdfium, sys.stdin.buffer.read())
        except pdfium.PdfiumError as error:
            answer = _answer([], "locked" if getattr(error, "err_code", None) in _LOCKED else "broken")
        except MemoryError:
            answer = _answer([], "too_long")
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode())


def _answer(pages: list[dict[str, object]], problem: str = "") -> dict[str, object]:
    return {"pages": pages, "problem": problem}


def pages_of(pdfium: Any, data: bytes) -> dict[str, object]:
    """The pages of a file; a problem where there is more of it than is read."""
    document = pdfium.PdfDocument(data)
    pages: list[dict[str, object]] = []
    letters = count = 0
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = page.get_size()
        text = page.get_textpage()
        letters += text.count_chars()
        if letters > MOST_LETTERS:
            return _answer(pages, "too_long")
        runs = runs_of(pdfium.raw, text)
        count += len(runs)
        if count > MOST_RUNS:
            return _answer(pages, "too_long")
        pages.append(
            {"width": width, "height": height, "picture": _is_picture(pdfium, page, width * height), "runs": runs}
        )
        text.close()
        page.close()
    return _answer(pages, "too_long" if len(document) > MOST_PAGES else "")


def _is_picture(pdfium: Any, page: Any, area: float) -> bool:
    covered = 0.0
    for at, thing in enumerate(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        left, bottom, right, top = thing.get_bounds() if hasattr(thing, "get_bounds") else thing.get_pos()
        covered += abs(right - left) * abs(top - bottom)
        if at > 200:
            break
    return covered > 0.25 * area


def runs_of(raw: Any, text: Any) -> list[list[object]]:
    """The runs of a page."""
    box = raw.FS_RECTF()
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    runs: list[list[object]] = []
    said: list[str] = []
    left = bottom = right = top = 0.0
    font = ""

    def end() -> None:
        if "".join(said).strip():
            runs.append(["".join(said), round(left, 1), round(bottom, 1), round(right, 1), round(top, 1), font])
        said.clear()

    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code in (10, 13) or code > 0x10FFFF:
            end()
            continue
        letter = "-" if code in (2, 0xFFFE) else chr(code)
        if not raw.FPDFText_GetLooseCharBox(text, at, box) or raw.FPDFText_IsGenerated(text, at) == 1:
            if said and letter == " ":
                said.append(letter)
            continue
        if letter == " " and not said:
            continue
        size = raw.FPDFText_GetFontInfo(text, at, name, 128, flags)
        # Six capitals and a plus sign stand before the name of a font of which only a part is in the file.
        own = name.value.decode("utf-8", "replace").rpartition("+")[2] if 0 < size <= 128 else ""
        kind = own if own.lower().startswith((".vn", "vni")) else ""
        height = top - bottom
        if said:
            raised = letter.isdigit() and box.top - box.bottom < 0.75 * height and box.bottom > bottom + 0.15 * height
            if raised and said[-1].isalpha():
                continue  # the mark of a footnote
            apart = box.left - right > WIDE * height or box.left < right - 2 * height
            if apart or kind != font or abs(box.bottom - bottom) > 0.6 * height:
                end()
        if not said:
            left, bottom, top, font = box.left, box.bottom, box.top, kind
        said.append(letter)
        if letter != " ":
            right = box.right
    end()
    return runs


if __name__ == "__main__":
    main()
