"""Word files that others made: styles upon styles, fonts of a theme, changes not yet taken, text boxes, drawn lines, and files that are none."""

import io
import zipfile
from copy import deepcopy
from datetime import date
from random import Random

import pytest
from lxml import etree

from dondoc.documents.format import parts
from dondoc.documents.format.content import format_on
from dondoc.documents.format.layout import Cell, Layout, Line, Span
from dondoc.documents.format.parts import Unreadable
from dondoc.documents.format.reading import read
from dondoc.documents.format.rules import problems
from dondoc.documents.tests.wordings import PROVINCE, word_file

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(body: str, styles: str = "", theme: str = "", **further: str) -> bytes:
    """A Word file of these parts: the insides of body, styles and theme; `further` are whole parts by their name in word/."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        related = {"styles": "styles.xml", "theme": "theme/theme1.xml"}
        made.writestr("word/styles.xml", f"<w:styles {SPACES}>{styles}</w:styles>")
        made.writestr("word/theme/theme1.xml", f"<a:theme {SPACES}>{theme}</a:theme>")
        for name, xml in further.items():
            related[name] = f"{name}.xml"
            made.writestr(f"word/{name}.xml", xml)
        relations = "".join(
            f'<Relationship Id="{name}" Type="{KINDS}/{name.rstrip("0123456789")}" Target="{target}"/>'
            for name, target in related.items()
        )
        made.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        )
    return out.getvalue()


def line(body: str, styles: str = "", theme: str = "") -> Line:
    """The only line of a file."""
    (only,) = [one for one in read(packed(body, styles, theme)).lines if one.text]
    return only


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def style(name: str, letters: str, based: str = "", kind: str = "paragraph", rest: str = "") -> str:
    below = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}" {rest}>{below}<w:rPr>{letters}</w:rPr></w:style>'


def test_a_run_is_set_by_the_defaults_then_the_chain_of_styles_then_itself() -> None:
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    standard = style("Normal", '<w:sz w:val="26"/>', rest='w:default="1"')
    grand = style("Grand", "<w:b/>", "Normal")
    own = style("Own", '<w:rFonts w:hAnsi="Times New Roman"/><w:i/>', "Grand")
    upright = run("Chữ", '<w:i w:val="0"/>')
    body = f'<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr>{upright}</w:p>'
    (span,) = line(body, defaults + standard + grand + own).spans
    assert (span.font, span.size, span.bold, span.italic) == ("Times New Roman", 13, True, False)
    (span,) = line(f"<w:p>{run('Chữ')}</w:p>", defaults + standard + grand + own).spans
    assert (span.font, span.size, span.bold) == ("Arial", 13, False)


def test_bold_in_two_kinds_of_style_cancels_itself_as_word_shows_it() -> None:
    styles = style("Head", "<w:b/>") + style("Strong", "<w:b/>", kind="character")
    strong = run("Chữ", '<w:rStyle w:val="Strong"/>')
    body = f'<w:p><w:pPr><w:pStyle w:val="Head"/></w:pPr>{strong}</w:p>'
    assert not line(body, styles).spans[0].bold


def test_a_font_of_the_theme_is_looked_up_there() -> None:
    theme = '<a:fontScheme><a:majorFont><a:latin typeface="Cambria"/></a:majorFont><a:minorFont><a:latin typeface="Calibri"/></a:minorFont></a:fontScheme>'
    minor = run("Chữ", '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>')
    assert line(f"<w:p>{minor}</w:p>", theme=theme).spans[0].font == "Calibri"
    major = run("Chữ", '<w:rFonts w:hAnsiTheme="majorHAnsi" w:hAnsi="Times New Roman"/>')
    assert line(f"<w:p>{major}</w:p>", theme=theme).spans[0].font == "Cambria"
    assert line(f"<w:p>{major}</w:p>").spans[0].font == "Times New Roman"


def test_where_a_file_says_nothing_word_sets_ten_points_of_times() -> None:
    (span,) = line(f"<w:p>{run('Chữ')}</w:p>").spans
    assert (span.font, span.size) == ("Times New Roman", 10)


def test_styles_that_are_based_on_each_other_in_a_circle_end() -> None:
    circle = style("A", "<w:b/>", "B") + style("B", "<w:i/>", "A")
    (span,) = line(f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{run("Chữ")}</w:p>', circle).spans
    assert span.bold


def test_what_is_seen_is_read_and_nothing_else() -> None:
    body = (
        "<w:p>"
        + run("Số ")
        + f"<w:del>{run('bỏ')}</w:del><w:ins>{run('12')}</w:ins>"
        + run("ẩn", "<w:vanish/>")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + f"<w:sdt><w:sdtContent>{run('TB')}</w:sdtContent></w:sdt>"
        + f"<w:hyperlink>{run('/TU')}</w:hyperlink>"
        + "<w:r><w:instrText> PAGE </w:instrText></w:r></w:p>"
    )
    assert line(body).text == "Số 12-TB/TU"


def test_letters_shown_as_capitals_are_capitals() -> None:
    assert line(f"<w:p>{run('Thông báo', '<w:caps/>')}</w:p>").text == "THÔNG BÁO"


def test_letters_in_pieces_or_in_another_unicode_form_are_one_text() -> None:
    apart = run("ĐA\u0309NG")
    assert line(f"<w:p>{run('ĐẢNG CỘNG S')}{run('Ả')}{run('N')}</w:p>").text == "ĐẢNG CỘNG SẢN"
    assert line(f"<w:p>{apart}</w:p>").text == "ĐẢNG"


def test_a_text_box_is_read_once_although_an_older_form_of_it_stands_beside() -> None:
    box = f"<wps:txbx><w:txbxContent><w:p>{run('Trong khung')}</w:p></w:txbxContent></wps:txbx>"
    older = f"<w:pict><v:textbox><w:txbxContent><w:p>{run('Trong khung')}</w:p></w:txbxContent></v:textbox></w:pict>"
    body = f"<w:p>{run('Ngoài')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert [one.text for one in read(packed(body)).lines] == ["Ngoài", "Trong khung"]


@pytest.mark.parametrize(
    "shape",
    [
        '<w:drawing><wps:wsp><wps:spPr><a:prstGeom prst="line"/></wps:spPr></wps:wsp></w:drawing>',
        '<w:drawing><wps:wsp><wps:spPr><a:prstGeom prst="straightConnector1"/></wps:spPr></wps:wsp></w:drawing>',
        '<w:pict><v:line from="0,0" to="100,0"/></w:pict>',
        '<w:pict><v:shape type="#_x0000_t32"/></w:pict>',
    ],
)
def test_a_line_that_is_drawn_as_a_shape_is_seen(shape: str) -> None:
    (first,) = read(packed(f"<w:p>{run('ĐẢNG')}<w:r>{shape}</w:r></w:p>")).lines
    assert first.drawn


def test_a_picture_is_no_line() -> None:
    shape = '<w:drawing><wps:wsp><wps:spPr><a:prstGeom prst="rect"/></wps:spPr></wps:wsp></w:drawing>'
    (first,) = read(packed(f"<w:p>{run('ĐẢNG')}<w:r>{shape}</w:r></w:p>")).lines
    assert not first.drawn


def test_the_border_of_a_cell_runs_below_its_last_words() -> None:
    bordered = '<w:tcPr><w:tcBorders><w:bottom w:val="single"/></w:tcBorders></w:tcPr>'
    body = f"<w:tbl><w:tr><w:tc>{bordered}<w:p>{run('Trên')}</w:p><w:p>{run('Dưới')}</w:p><w:p/></w:tc></w:tr></w:tbl>"
    assert [one.ruled for one in read(packed(body)).lines] == [False, True]


def test_tables_in_tables_tabs_and_breaks_keep_their_places() -> None:
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('Trong')}</w:p></w:tc></w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr><w:tc><w:p>{run('Trái')}</w:p>{inner}</w:tc><w:tc><w:p>{run('Phải')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:p>{run('Một')}<w:r><w:tab/></w:r>{run('Hai')}<w:r><w:br/></w:r>{run('Ba')}</w:p>"
    )
    lines = read(packed(body)).lines
    assert [(one.text, one.cell and (one.cell.table, one.cell.column), one.piece, one.starts) for one in lines] == [
        ("Trái", (1, 0), 0, True),
        ("Trong", (2, 0), 0, True),
        ("Phải", (1, 1), 0, True),
        ("Một", None, 0, True),
        ("Hai", None, 1, True),
        ("Ba", None, 0, False),
    ]


def test_paper_and_margins_are_those_of_the_first_section_in_any_unit_and_with_the_gutter() -> None:
    first = '<w:sectPr><w:pgSz w:w="210mm" w:h="297mm"/><w:pgMar w:top="2cm" w:bottom="20mm" w:left="1418" w:right="0.6in" w:gutter="283"/></w:sectPr>'
    last = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    sheet = read(packed(f"<w:p><w:pPr>{first}</w:pPr></w:p>{last}")).sheet
    assert [round(one, 1) for one in (sheet.width, sheet.height, sheet.top, sheet.bottom, sheet.left, sheet.right)] == [
        210.0, 297.0, 20.0, 20.0, 30.0, 15.2,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "field", "where"),
    [
        ("header", "<w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>", "head"),
        ("footer", '<w:fldSimple w:instr="PAGE"/>', "foot"),
        ("footer", "<w:r><w:instrText> NUMPAGES </w:instrText></w:r>", None),
    ],
)
def test_page_numbers_are_looked_for_in_head_and_foot(kind: str, field: str, where: str | None) -> None:
    section = f'<w:sectPr><w:{kind}Reference r:id="{kind}1"/></w:sectPr>'
    tag = {"header": "hdr", "footer": "ftr"}[kind]
    part = {f"{kind}1": f"<w:{tag} {SPACES}><w:p>{field}</w:p></w:{tag}>"}
    assert read(packed(section, "", "", **part)).numbered_at == where


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * 40_000_000)
    return out.getvalue()


def entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"no Word file", "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
        (b"{\\rtf1 }", "old_office"),
        (b"PK\x03\x04", "broken"),
        (word_file(PROVINCE)[:5000], "broken"),
        (bomb(), "too_long"),
        (entities(), "broken"),
        (packed("<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400), "broken"),
        (packed("<w:p>"), "broken"),
    ],
    ids=["empty", "text", "doc", "rtf", "head only", "cut", "bomb", "entities", "depth", "open"],
)
def test_a_file_that_is_none_is_told_by_its_code(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(data)
    assert told.value.code == code


def test_a_part_with_more_elements_than_any_document_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_NODES", 500)
    assert len(read(packed(f"<w:p>{run('Một')}</w:p>" * 80)).lines) == 80
    with pytest.raises(Unreadable, match="too_long"):
        read(packed(f"<w:p>{run('Một')}</w:p>" * 200))


def test_controls_within_controls_are_read_as_deep_as_any_office_writes_them() -> None:
    deep = "<w:sdt><w:sdtContent>" * 200 + f"<w:p>{run('Chữ')}</w:p>" + "</w:sdtContent></w:sdt>" * 200
    assert line(deep).text == "Chữ"


def test_a_document_of_many_pages_is_read_whole() -> None:
    layout = read(packed(f"<w:p>{run('Một câu của văn bản dài.')}</w:p>" * 5000))
    assert isinstance(layout, Layout)
    assert len(layout.lines) == 5000


def _mangled(random: Random, whole: dict[str, bytes]) -> bytes:
    """A right document of which some elements are gone, doubled, moved or renamed, values exchanged, and sometimes a bit turned over."""
    name = random.choice(["word/document.xml"] * 4 + ["word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"])
    tree = etree.fromstring(whole[name])
    for _ in range(random.randint(1, 10)):
        nodes = list(tree.iter())
        one, other = random.choice(nodes), random.choice(nodes)
        how = random.randrange(5)
        if how == 0 and one.getparent() is not None and random.random() < 0.3:
            one.getparent().remove(one)
        elif how == 1:
            other.append(deepcopy(one) if len(nodes) < 5000 else etree.Element(one.tag))
        elif how == 2:
            one.tag = other.tag
        elif how == 3 and one.attrib:
            key = random.choice(list(one.attrib))
            one.attrib[key] = random.choice(
                ["", "x", "-9e9", "nan", "1e400", "٣", "Own", "999999999999", "0", *other.attrib.values()]
            )
        else:
            one.text = random.choice([None, "", "Số", "T/M", other.text])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for one_name, content in whole.items():
            made.writestr(one_name, etree.tostring(tree) if one_name == name else content)
    turned = bytearray(out.getvalue())
    if random.random() < 0.1:
        turned[random.randrange(len(turned))] ^= 1 << random.randrange(8)
    return bytes(turned)


def whole_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(word_file(PROVINCE))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_mangled_document_is_checked_or_told_unreadable_and_never_raises() -> None:
    random, form, checked = Random(5), format_on(date(2023, 5, 5)), 0
    whole = whole_parts()
    for _ in range(30):
        try:
            problems(read(_mangled(random, whole)), form)
            checked += 1
        except Unreadable:
            pass
    assert checked > 20


def test_any_lines_are_checked_without_raising() -> None:
    random, form = Random(7), format_on(date(2023, 5, 5))
    words = [
        "Số", "Số 1", "Số:", "12/", "-TB/TU", "*", "ngày", "tháng", "năm", ", ngày 99 tháng 99 năm 9999", "T/M", "K/T", "TM.",
        "ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY", "BAN", "CHI BỘ", "Nơi nhận:", "- Lưu", "Kính gửi:", "BÁO CÁO", "BÍ THƯ", "PHÓ",
        "١٢", "²", "½", "\u0301", "\u200b", "-----", "…", "Ⅻ", "ſ", "İ",
    ]  # fmt: skip
    sheet = read(packed("")).sheet
    for _ in range(300):
        texts = [
            random.choice([" ", "", "\t"]).join(random.choices(words, k=random.randint(0, 6)))
            for _ in range(random.randint(0, 12))
        ]
        lines = tuple(
            Line(
                (Span(text, None, random.choice([10, 14]), random.random() < 0.5, False, False),) if text else (),
                at,
                random.choice([0, 0, 1]),
                random.choice([None, None, Cell(1, 0, 0), Cell(1, 0, 1)]),
            )
            for at, text in enumerate(texts, 1)
        )
        problems(Layout(sheet, lines), form, random.choice([None, *form.levels]), draft=random.random() < 0.5)
