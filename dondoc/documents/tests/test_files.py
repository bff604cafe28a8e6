"""What may come in as a file."""

import contextlib
import io
import zipfile

import pytest

from dondoc.documents import files
from dondoc.documents.files import examine_file
from dondoc.documents.texts import REFUSALS
from dondoc.lib.refusals import Refused
from dondoc.lib.tests.files import pdf

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


def packed(**parts: str | bytes) -> bytes:
    """A packed office file: names are written with _ for / and without their ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", parts.pop("types", "<Types/>"))
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ("" if "." in name else ".xml"), content)
    return out.getvalue()


def word(*paragraphs: str, **more: str | bytes) -> bytes:
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return packed(word__document=f"<w:document>{body}</w:document>", **more)


def sheet(*texts: str) -> bytes:
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return packed(xl__workbook="<workbook/>", xl__sharedStrings=f"<sst>{strings}</sst>")


def old() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def examine(name: str, content: bytes) -> str:
    return examine_file(name, io.BytesIO(content), len(content))


TAKEN = [
    ("bao-cao.pdf", PDF, files.PDF),
    ("anh.PNG", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, files.PNG),
    ("anh.jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 20, files.JPEG),
    ("ghi-chep.txt", "Đã họp ngày 5/5.".encode(), files.TEXT),
    ("ke-hoach.docx", word("KẾ HOẠCH", "Giữ bí mật nội dung họp."), files.DOCX),
    ("so-lieu.xlsx", sheet("Đảng viên", "78"), files.XLSX),
]
STOPPED = [
    ("trong.pdf", b"", "file_empty"),
    ("bao-cao.docx", PDF, "file_name_and_content"),
    ("bao-cao.pdf", b"MZ\x90\x00" + b"\0" * 50, "file_active"),
    ("chay.txt", b"#!/bin/sh\nrm", "file_active"),
    ("trang.txt", b"<html><script>x()</script></html>", "file_type"),
    ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file_type"),
    ("bao-cao.doc", old(), "file_old_office"),
    ("kem-lenh.pdf", PDF + b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>", "file_active"),
    ("macro.docx", word("x", word__vbaProject="x"), "file_active"),
    (
        "macro.docx",
        word("x", types="<Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"),
        "file_active",
    ),
    (
        "nhung.docx",
        packed(**dict[str, str | bytes]({"word__document": "<w:p/>", "word__embeddings__x.exe": b"MZ"})),
        "file_active",
    ),
    ("nen.zip", packed(readme="x"), "file_type"),
    ("hong.docx", word("x")[:-30], "file_broken"),
    ("mat.docx", word("TỈNH ỦY", "TỐI MẬT"), "secret"),
    (
        "mat.docx",
        word("x", word__header1="<w:hdr><w:p><w:r><w:t>MẬ</w:t></w:r><w:r><w:t>T</w:t></w:r></w:p></w:hdr>"),
        "secret",
    ),
    ("mat.xlsx", sheet("Số liệu", "MẬT"), "secret"),
    ("mat.docx", word("x", word__endnotes="<w:p><w:r><w:t>MẬT</w:t></w:r></w:p>"), "secret"),
    ("la.docx", word("x", word__comments="<w:p><w:r><w:t><![CDATA[MẬT]]></w:t></w:r></w:p>"), "file_broken"),
    ("la.docx", word("x", word__header1="<w:p>MẬT</w:p>".encode("utf-16")), "file_broken"),
    ("mat.txt", "TUYỆT MẬT\nNội dung".encode(), "secret"),
    ("Báo cáo (Mật).pdf", PDF, "secret"),
    ("mat.pdf", pdf([(70, 700, "TỈNH ỦY"), (70, 650, "TỐI MẬT")]), "secret"),
    ("mat.pdf", pdf([(70, 800, "TỐI MẬT")], picture=True), "secret"),
    ("mat.pdf", pdf([(70, 700, "TỈNH ỦY"), (70, 650, "TỐI MẬT")], *[[(70.0, 700.0, "x")]] * 200), "secret"),
    ("khoa.pdf", pdf([(70, 700, "x")], locked=True), "file_locked"),
    ("la.bin", b"\x00\x01\x02\x03" * 100, "file_type"),
    ("sai-ma.txt", b"T\xfdnh \xfey " * 30, "text_garbled"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), TAKEN)
def test_office_papers_and_pictures_are_taken(name: str, content: bytes, media_type: str) -> None:
    assert examine(name, content) == media_type


@pytest.mark.parametrize(("name", "content", "code"), STOPPED)
def test_everything_else_is_stopped_with_what_to_do(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        examine(name, content)
    assert (refused.value.code, refused.value.status) == (f"documents.{code}", 422)
    assert refused.value.code in REFUSALS


def test_a_file_that_is_too_large_is_stopped_before_it_is_read() -> None:
    class Unread(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError("read")

    with pytest.raises(Refused, match="file_too_large"):
        examine_file("to.pdf", Unread(), files.LARGEST_FILE + 1)


def test_a_file_that_unfolds_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed(word__document="<w:t>" + "a" * 5_000_000 + "</w:t>")
    assert len(bomb) < 50_000
    monkeypatch.setattr(files, "LARGEST_READ", 1_000_000)
    with pytest.raises(Refused, match="file_unpacks_too_far"):
        examine("bom.docx", bomb)
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(Refused, match="file_unpacks_too_far"):
        examine("bom.docx", bomb)
    many = packed(word__document="<w:p/>", **{f"word__media__{n}": b"" for n in range(files.MOST_PARTS)})
    with pytest.raises(Refused, match="file_unpacks_too_far"):
        examine("nhieu.docx", many)


def test_a_packed_file_with_damaged_bytes_is_broken_and_never_a_fault() -> None:
    whole = word(*(f"Đoạn {n} của báo cáo" for n in range(200)))
    for at in range(40, len(whole) - 40, 13):
        damaged = whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]
        with contextlib.suppress(Refused):
            examine("bao-cao.docx", damaged)


def test_markup_broken_on_purpose_in_a_packed_file_is_read_in_one_go() -> None:
    assert files._WORDS.findall(b"<t " * 20000) == []
