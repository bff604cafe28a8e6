"""Files for tests, made here letter by letter: Word, PDF, and texts in the character sets before Unicode."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence

from dondoc.lib.sources.encodings import TCVN3, VNI

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MORE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = f'xmlns:w="{_WORD}" xmlns:mc="{_MORE}"'


def to_tcvn3(text: str) -> bytes:
    """TCVN3, as far as it has letters: capitals with tones come out small, as their fonts show them large."""
    codes = {letter: bytes([code]) for code, letter in TCVN3.items()}
    return b"".join(codes.get(sign) or codes.get(sign.lower()) or sign.encode("cp1252") for sign in text)


def to_vni(text: str) -> bytes:
    codes = {letter: code for code, letter in VNI.items()}
    found = []
    for sign in text:
        code = codes.get(sign.lower(), sign)
        found.append(code.upper() if sign.isupper() else code)
    return "".join(found).encode("cp1252")


def to_1258(text: str) -> bytes:
    found = b""
    for sign in text:
        split = unicodedata.normalize("NFD", sign)
        base = unicodedata.normalize("NFC", "".join(mark for mark in split if mark not in _TONES))
        found += base.encode("cp1258") + "".join(mark for mark in split if mark in _TONES).encode("cp1258")
    return found


def paragraph(text: str, *, about: str = "", font: str = "", run: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    return (
        f'<w:p><w:pPr>{about}</w:pPr><w:r><w:rPr>{fonts}{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(*rows: Sequence[str]) -> str:
    """Cells are given as text, or as paragraphs of their own."""
    cells = [[cell if cell.startswith("<w:") else paragraph(cell) for cell in row] for row in rows]
    return (
        "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in cells) + "</w:tbl>"
    )


def word(body: str, **parts: str) -> bytes:
    """A Word file of this body; `parts` are further parts without word/ and .xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            made.writestr(f"word/{name}.xml", xml)
    return out.getvalue()


def pdf(
    *pages: Sequence[tuple[float, float, str]], picture: bool = False, locked: bool = False, size: int = 12
) -> bytes:
    """A PDF of A4 pages; each is lines at left and bottom in points. The letters are half as wide as high, their code is Unicode's."""
    made: list[bytes] = [b"", b""]  # the catalogue and the tree of pages come first

    def add(body: bytes) -> int:
        made.append(body)
        return len(made)

    def stream(about: str, data: bytes) -> int:
        packed = zlib.compress(data)
        head = f"<< {about} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
        return add(head + packed + b"\nendstream")

    ranges = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in (0, 1, 3, 30, 32))
    cmap = stream(
        "",
        f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 5 beginbfrange\n{ranges}endbfrange endcmap".encode(),
    )
    about = add(
        b"<< /Type /FontDescriptor /FontName /Probe /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 >>"
    )
    inner = add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Probe /DW 500 /FontDescriptor {about} 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".encode()
    )
    font = add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Probe /Encoding /Identity-H /DescendantFonts [{inner} 0 R] /ToUnicode {cmap} 0 R >>".encode()
    )
    image = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80"
    )
    kids = []
    for lines in pages:
        shown = "q 590 0 0 840 0 0 cm /I Do Q\n" if picture else ""
        for left, bottom, text in lines:
            shown += f"BT /F {size} Tf {left} {bottom} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
        content = stream("", shown.encode())
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R"
                f" /Resources << /Font << /F {font} 0 R >> /XObject << /I {image} 0 R >> >> >>".encode()
            )
        )
    made[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    made[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
        if locked
        else ""
    )
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(made, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    starts = len(out)
    out += f"xref\n0 {len(made) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{at:010d} 00000 n \n".encode() for at in places
    )
    return out + f"trailer\n<< /Size {len(made) + 1} /Root 1 0 R {lock} >>\nstartxref\n{starts}\n%%EOF\n".encode()


def typeset(paragraphs: Sequence[str], *, size: int = 12, columns: int = 1) -> bytes:
    """Paragraphs broken into lines and set on pages one below the other, column by column, with the number of each page at its foot."""
    width = (455 - 20 * (columns - 1)) / columns
    fits = int(width / (size / 2))
    lines: list[tuple[str, bool]] = []
    for text in paragraphs:
        now = ""
        for one in text.split(" "):
            if now and len(now) + 1 + len(one) > fits:
                lines.append((now, False))
                now = one
            else:
                now = f"{now} {one}".strip()
        lines.append((now, True))
    pages: list[list[tuple[float, float, str]]] = []
    at, column, bottom = 0, columns, 0.0
    while at < len(lines):
        if column == columns:
            pages.append([])
            column, bottom = 0, 760.0
        pages[-1].append((70 + column * (width + 20), bottom, lines[at][0]))
        bottom -= size * 1.4 + (6 if lines[at][1] else 0)
        at += 1
        if bottom < 90:
            column, bottom = column + 1, 760.0
    for number, page in enumerate(pages, 1):
        page.append((290, 40, f"- {number} -"))
    return pdf(*pages, size=size)
