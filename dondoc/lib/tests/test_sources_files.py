"""Files of every kind: the text that a person would read in them, or why there is none."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from dondoc.lib.sources import docx, html, pdf_layout, pdf_letters, xml
from dondoc.lib.sources.found import LARGEST_FILE, MOST_LETTERS, Problem, Text
from dondoc.lib.sources.html import split, text_of_html
from dondoc.lib.sources.pdf import from_pages
from dondoc.lib.sources.pdf_layout import Page, Run, text_of_pages
from dondoc.lib.sources.read import text_of
from dondoc.lib.tests.files import NAMES, paragraph, pdf, table, to_vni, typeset, word

RETELLING = (Path(__file__).resolve().parents[3] / "content" / "demonstration" / "article.txt").read_text(
    encoding="utf-8"
)
LINES = [line for line in RETELLING.split("\n") if line]
LIST = (
    f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def read(data: bytes) -> Text:
    found = text_of(data)
    assert isinstance(found, Text), found
    return found


def item(text: str, level: int) -> str:
    return paragraph(text, about=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


WORDS = {
    "paragraphs": (paragraph("Một") + paragraph("Hai &amp; ba"), "Một\nHai & ba"),
    "tabs and broken lines": ("<w:p><w:r><w:t>Một</w:t><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t></w:r></w:p>", "Một\thai\nba"),
    "struck out": (
        ("<w:p><w:r><w:t>Giữ</w:t></w:r><w:del><w:r><w:delText> bỏ</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t> dời</w:t></w:r></w:moveFrom><w:ins><w:r><w:t> thêm</w:t></w:r></w:ins></w:p>"),
        "Giữ thêm",
    ),
    "hidden": (paragraph("thấy") + paragraph("giấu", run="<w:vanish/>"), "thấy"),
    "fields and notes": (
        '<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>78 đảng viên</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        "78 đảng viên",
    ),
    "a text box, once": (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + paragraph("trong khung") + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>" + paragraph("trong khung") + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>ngoài khung</w:t></w:r></w:p>",
        "trong khung\nngoài khung",
    ),
    "a table": (
        paragraph("Bảng") + table(["Xã", "Đảng viên", "Chi bộ"], ["Sơn Tân", "78", "5"]) + paragraph("Hết"),
        "Bảng\n\nXã\tĐảng viên\tChi bộ\nSơn Tân\t78\t5\n\nHết",
    ),
    "a letterhead": (
        table([paragraph("TỈNH ỦY KHÁNH HÒA") + paragraph("Số 12-TB/TU"), paragraph("ĐẢNG CỘNG SẢN VIỆT NAM") + paragraph("Ngày 28 tháng 4")]),
        "TỈNH ỦY KHÁNH HÒA\nSố 12-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nNgày 28 tháng 4",
    ),
    "numbers of lists": (
        item("Kết quả", 0) + item("Một", 1) + item("Hai", 1) + item("dấu", 2) + item("Nhiệm vụ", 0) + item("Một", 1),
        "I. Kết quả\n1. Một\n2. Hai\n- dấu\nII. Nhiệm vụ\n1. Một",
    ),
    "old fonts": (
        paragraph("§¶ng bé TØNH", font=".VnTimeH") + paragraph("Ñaûng boä", font="VNI-Times") + paragraph("Đảng ủy", font=".VnTime"),
        "ĐẢNG BỘ TỈNH\nĐảng bộ\nĐảng ủy",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "text"), WORDS.values(), ids=WORDS)
def test_word_is_read_as_it_is_seen(body: str, text: str) -> None:
    assert read(word(body, numbering=LIST)).text == text


def test_what_stands_beside_a_text_is_kept_apart_from_it() -> None:
    found = read(
        word(
            paragraph("Nội dung"),
            header1=f"<w:hdr {NAMES}>{paragraph('MẬT')}</w:hdr>",
            comments=f"<w:comments {NAMES}><w:comment>{paragraph('góp ý')}</w:comment></w:comments>",
        )
    )
    assert (found.text, found.beside.split("\n")) == ("Nội dung", ["góp ý", "MẬT"])


def test_a_head_with_number_and_symbol_belongs_to_the_text() -> None:
    head = f"<w:hdr {NAMES}>{paragraph('Số 12-TB/TU')}</w:hdr>"
    assert read(word(paragraph("Nội dung"), header1=head)).text == "Số 12-TB/TU\nNội dung"


def test_notes_stand_after_the_text() -> None:
    notes = f"<w:footnotes {NAMES}><w:footnote>{paragraph('Theo báo cáo quý I')}</w:footnote></w:footnotes>"
    assert read(word(paragraph("Nội dung"), footnotes=notes)).text == "Nội dung\nTheo báo cáo quý I"


def test_a_page_gives_its_article_and_nothing_around_it() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES[2:])
    page = (
        "<!doctype html><html><head><meta charset='utf-8'><title>Báo</title><style>p{}</style></head><body>"
        "<nav><ul><li><a href='/'>Trang chủ</a><li>Thời sự</ul></nav>"
        f"<div class='main'><h1>{LINES[1]}</h1><p class='date'>{LINES[0]}</p><div class='content'>{body}</div>"
        "<div class='related-news'><p>Tin khác: huyện bên cạnh có 99 đảng viên mới kết nạp trong năm, theo báo cáo</p></div></div>"
        "<footer>Giấy phép số 1</footer><script>var a = '<p>không</p>'</script><!-- <p>không</p> --></body></html>"
    )
    found = read(page.encode())
    assert found.text.split("\n\n") == [LINES[1], LINES[0], *LINES[2:]]
    assert "Giấy phép số 1" in found.beside


def test_a_table_of_a_page_keeps_its_rows() -> None:
    rows = "<table><tr><th>Xã<th>Đảng viên<tr><td><p>Sơn Tân</p></td><td>78</td></tr><tr><td>Tân An<td>5</table>"
    assert text_of_html(rows) == "Xã\tĐảng viên\nSơn Tân\t78\nTân An\t5"


@pytest.mark.parametrize(
    ("named", "data"),
    [
        ("utf-8", RETELLING.encode()),
        ("iso-8859-1", RETELLING.encode()),
        ("x-user-defined", to_vni(RETELLING)),
    ],
)
def test_a_page_is_read_whatever_character_set_it_names(named: str, data: bytes) -> None:
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={named}"></head><body><p>'.encode()
        + data
    )
    assert read(page).text.split() == RETELLING.split()


@pytest.mark.parametrize(
    "piece", ["<p ", '<a x="', "<!-- ", "</p ", "<script>", "<p><!-- ", "<table><tr><td>", "</div>", "<b>"]
)
def test_markup_broken_on_purpose_is_walked_over_once(piece: str) -> None:
    looked: list[int] = []

    class Counted(str):
        def find(self, *args: Any) -> int:
            found = super().find(*args)
            looked.append((found if found >= 0 else len(self)) - args[1])
            return found

        def lower(self) -> "Counted":
            return Counted(super().lower())

    text = Counted(piece * 2000)
    split(text)
    assert sum(looked) <= 4 * len(text)


def test_many_blanks_in_a_cell_are_one() -> None:
    assert text_of_html("<table><tr><td>Sơn" + "<p>" * 3000 + "Tân<td>78") == "Sơn Tân\t78"


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("size", [12, 16])
def test_lines_of_a_pdf_become_paragraphs_again(columns: int, size: int) -> None:
    found = read(typeset(LINES, size=size, columns=columns))
    assert found.text.split("\n") == LINES
    assert found.beside.startswith("- 1 -")


def test_heads_of_pages_are_no_text() -> None:
    pages = [
        [(70.0, 800.0, "Báo cáo quý I"), (70.0, 700.0, f"Đoạn {n} của báo cáo."), (500.0, 30.0, f"Trang {n}/3")]
        for n in (1, 2, 3)
    ]
    found = read(pdf(*pages))
    assert found.text.split("\n") == [f"Đoạn {n} của báo cáo." for n in (1, 2, 3)]


def test_cells_of_a_pdf_stay_apart() -> None:
    rows = [(70.0, "Xã"), (200.0, "Đảng viên")], [(70.0, "Sơn Tân"), (200.0, "78")]
    page = [(left, 700.0 - 20 * at, text) for at, row in enumerate(rows) for left, text in row]
    assert read(pdf(page)).text == "Xã\tĐảng viên\nSơn Tân\t78"


def test_pages_that_are_pictures_among_others_are_named() -> None:
    text = Page(595, 842, [Run("Đảng bộ xã có 78 đảng viên.", 70, 700, 300, 714)])
    assert text_of_pages([text])[0] == "Đảng bộ xã có 78 đảng viên."
    found = from_pages([text, Page(595, 842, [], picture=True), text])
    assert isinstance(found, Text)
    assert found.pages_unread == (2,)


def test_single_signs_without_a_letter_do_not_make_a_pdf_unreadable() -> None:
    found = from_pages(
        [Page(595, 842, [Run("\x01 Đảng bộ xã có 78 đảng viên\x02, sinh hoạt ở 5 chi bộ.", 70, 700, 400, 714)])]
    )
    assert isinstance(found, Text)
    assert found.text.strip() == "Đảng bộ xã có 78 đảng viên, sinh hoạt ở 5 chi bộ."


def old_word(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + stream.encode("utf-16-le") + b"\0" * 100


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def marked_as_locked(data: bytes) -> bytes:
    """The same packed file with the sign that its first part needs a password."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:6] + b"\x01" + data[7:at] + b"\x01" + data[at + 1 :]


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
NOT_READ = {
    "nothing": (b"", "empty"),
    "only spaces": (b" \r\n", "empty"),
    "too large": (b"a" * (LARGEST_FILE + 1), "too_large"),
    "a scan": (pdf([], picture=True), "scanned"),
    "a scan with a signature over it": (pdf([(70, 70, "Ký bởi: Văn phòng Huyện ủy")], picture=True), "scanned"),
    "pictures in Word": (word(paragraph(""), **{"media/a": "x"}), "scanned"),
    "an empty PDF": (pdf([]), "empty"),
    "a PDF with a password": (pdf([(70, 700, "a")], locked=True), "locked"),
    "Word with a password": (old_word("EncryptedPackage"), "locked"),
    "a packed part with a password": (marked_as_locked(word(paragraph("a"))), "locked"),
    "a broken PDF": (pdf([(70, 700, "a")])[:200], "broken"),
    "no PDF at all": (b"%PDF-1.7\nabc", "broken"),
    "half a Word file": (word(paragraph("a"))[:-40], "broken"),
    "Word with broken XML": (word("<w:p>"), "broken"),
    "Word with entities": (packed(**{"word/document.xml": f"{ENTITIES}<w>&b;</w>".encode()}), "broken"),
    "old Word": (old_word("WordDocument"), "old_office"),
    "rich text": (b"{\\rtf1 x}", "old_office"),
    "old Excel": (old_word("Workbook"), "kind"),
    "a spreadsheet": (packed(**{"xl/workbook.xml": b"<w/>"}), "kind"),
    "a PNG": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "picture"),
    "a program": (b"MZ\x90\x00" + b"\0" * 50, "not_text"),
    "control signs": (b"abc\x01\x02", "not_text"),
    "no character set": (b"T\xfdnh \xfey \x81\x8d " * 30, "letters"),
    "pages without end": (pdf(*[[(70.0, 700.0, "x")]] * 201), "too_long"),
}


@pytest.mark.parametrize(("data", "code"), NOT_READ.values(), ids=NOT_READ)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    found = text_of(data)
    assert isinstance(found, Problem)
    assert found.code == code


def test_words_of_a_file_that_is_not_read_are_kept_for_the_search_for_marks() -> None:
    for data in (pdf([(70, 700, "TỐI MẬT")], picture=True), pdf([(70, 700, "TỐI MẬT")], *[[(70.0, 700.0, "x")]] * 200)):
        found = text_of(data)
        assert isinstance(found, Problem)
        assert "TỐI MẬT" in found.beside.split("\n")


def test_a_word_file_that_unfolds_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "LARGEST_PART", 100_000)
    bomb = word(paragraph("a" * 5_000_000))
    assert len(bomb) < 20_000
    assert text_of(bomb) == Problem("too_long")
    many = packed(**{"word/document.xml": b"<w/>"}, **{f"word/media/{n}": b"" for n in range(docx.MOST_PARTS)})
    assert text_of(many) == Problem("too_long")


def test_a_word_file_of_paragraphs_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MOST_BLOCKS", 200)
    assert read(word(paragraph("a") * 100)).text == "\n".join(["a"] * 100)
    assert text_of(word(paragraph("a") * 101)) == Problem("too_long")
    assert text_of(word(table(*[["a"]] * 60))) == Problem("too_long")


@pytest.mark.parametrize(
    ("module", "bound", "most"), [(docx, "MOST_SAID", 400), (docx, "MOST_BLOCKS", 150), (xml, "MOST_ELEMENTS", 450)]
)
def test_a_word_file_is_given_up_while_it_is_walked_over(
    monkeypatch: pytest.MonkeyPatch, module: Any, bound: str, most: int
) -> None:
    runs = "<w:p>" + "<w:r><w:rPr/><w:t>Xin</w:t></w:r>" * 150 + "</w:p>"
    assert read(word(runs)).text == "Xin" * 150
    monkeypatch.setattr(module, bound, most)
    assert text_of(word(runs)) == Problem("too_long")


def test_a_page_of_tags_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><body>" + b"<p>Xin<script></script>" * 50
    assert read(page).text.split() == ["Xin"] * 50
    monkeypatch.setattr(html, "MOST_TAGS", 100)
    assert text_of(page) == Problem("too_long")


def test_the_number_of_no_letter_does_not_break_a_page() -> None:
    page = f"<html><body><p>Xin &#{'9' * 5000}; chào &#{'0' * 5000}65; &#0000065;</p></body></html>"
    assert read(page.encode()).text == "Xin \ufffd chào \ufffd A"


@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_word_file_is_packed_as_office_programs_do(way: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as made:
        made.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{paragraph('Xin')}</w:body></w:document>")
    whole = out.getvalue()
    assert text_of(whole) == Problem("broken")
    at = whole.index(b"document.xml") + 20
    assert text_of(whole[:at] + b"\xff" * 9 + whole[at + 9 :]) == Problem("broken")


def test_letters_without_end_of_no_set_are_given_up() -> None:
    assert text_of(b"\xff" * (2 * MOST_LETTERS + 1)) == Problem("too_long")
    assert text_of(b"\xff" * 100_000) == Problem("letters")


def test_a_list_has_no_more_levels_than_word_knows() -> None:
    deep = LIST.replace('w:ilvl="2"', 'w:ilvl="999999"')
    assert read(word(item("a", 999_999) + item("b", 0), numbering=deep)).text == "a\nI. b"


def test_a_pdf_of_more_pieces_than_any_paper_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    page = [(70.0, 700.0 - 40 * at, f"Mục {at}") for at in range(10)]
    assert len(pdf_letters.pages_of(pypdfium2, pdf(page))["pages"]) == 1  # type: ignore[arg-type]
    monkeypatch.setattr(pdf_letters, "MOST_RUNS", 9)
    assert pdf_letters.pages_of(pypdfium2, pdf(page))["problem"] == "too_long"


def test_lines_of_a_page_are_compared_a_few_times_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    alike = pdf_layout._alike

    def counted(one: Any, other: Any) -> bool:
        compared.append(1)
        return alike(one, other)

    monkeypatch.setattr(pdf_layout, "_alike", counted)
    lines = [Run(f"Dòng {at}", 70, 12_000 - 14 * at, 520, 12_012 - 14 * at) for at in range(800)]
    text_of_pages([Page(595, 12_100, lines)])
    assert len(compared) <= 10 * len(lines)


def test_tables_within_tables_cost_no_more_than_their_number() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 150 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 150
    assert read(word(deep)).text == "x"
    long = "<w:tbl><w:tr><w:tc>" * 150 + paragraph("x" * 200_000) + "</w:tc></w:tr></w:tbl>" * 150
    assert text_of(word(long)) == Problem("too_long")
    assert text_of(word(long.replace("x" * 200_000, "x</w:t></w:r></w:p><w:p><w:r><w:t>" * 20_000))) == Problem(
        "too_long"
    )
    deeper = "<w:tbl><w:tr><w:tc>" * 5000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 5000
    assert text_of(word(deeper)) == Problem("broken")


def test_files_with_damaged_bytes_never_fail() -> None:
    for whole, step in ((word("".join(map(paragraph, LINES))), 97), (RETELLING.encode(), 997)):
        for at in range(0, len(whole), step):
            text_of(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
