"""A program of its own: reads a PDF from its input and writes one of its pages as a picture (PNG).

    python -I pdf_pictures.py PAGE WIDTH < file.pdf > page.png

It runs apart (`previews.py` starts it), with bounds on time and memory, because the file may have been made to break what reads it. It
imports nothing of dondoc. The first line of its answer is the number of pages; the picture follows, nothing where the page is not there.
"""

import struct
import sys
import zlib

SECONDS = 20
MEMORY = 1536 * 1024 * 1024
TALLEST = 4000
"""Pixels; a page may state any size."""


def main() -> None:
    """Read, draw, answer; a file that cannot be drawn ends the program with an error."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such bounds; the one who started this still ends it in time.
    import pypdfium2 as pdfium

    number, width = int(sys.argv[1]), int(sys.argv[2])
    document = pdfium.PdfDocument(sys.stdin.buffer.read())
    sys.stdout.buffer.write(b"%d\n" % len(document))
    if not 0 < number <= len(document):
        return
    page = document[number - 1]
    wide, tall = page.get_size()
    scale = min(width / max(wide, 1.0), TALLEST / max(tall, 1.0))
    drawn = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False, may_draw_forms=False, draw_annots=False)
    sys.stdout.buffer.write(png(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, drawn.n_channels))


def png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Rows of RGB (3), RGBX (4) or grey (1) as a PNG."""
    rows = []
    for at in range(0, height * stride, stride):
        row = pixels[at : at + width * channels]
        if channels == 4:
            plain = bytearray(width * 3)
            for n in range(3):
                plain[n::3] = row[n::4]
            row = bytes(plain)
        rows.append(b"\0" + row)
    colour = 0 if channels == 1 else 2
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows), 6)),
        (b"IEND", b""),
    ]
    whole = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + whole


if __name__ == "__main__":
    main()
