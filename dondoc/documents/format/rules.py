"""What is wrong with the form of a document, by the format in force and the level of its issuer. Plain values in, plain values out."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from dondoc.lib.vietnamese import letters, plain

from .elements import Elements, find, in_one_column, level_of, superior_and_issuer
from .faces import Problem, due_of, faced, measured, shown
from .layout import Layout
from .measures import Format, Level, begins
from .signing import signing

# Offices write margins in centimetres with two digits, and old ones in inches.
_SLACK = 0.6
_PAPER_SLACK = 1.5
# Fonts of the character sets before Unicode: their letters are others.
_BEFORE_UNICODE = re.compile(r"\.?vn|vni", re.IGNORECASE)
_DATE = re.compile(
    r"(?P<place>.*?)[,.;]?\s*ngày\s*(?P<day>[\d….\s_]*)\s*tháng\s*(?P<month>[\d….\s_]*)\s*năm\s*(?P<year>[\d….\s_]*)\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"số(?P<colon>\s*:)?(?P<gap>\s*)(?P<number>[\d….\s_]*)(?P<rest>.*)", re.IGNORECASE)
_SYMBOL = re.compile(r"-(?P<type>[A-Za-zĐđ]{2,5})/(?P<body>[A-Za-zĐđ]{2,14})")
_STATE_SYMBOL = re.compile(r"/[A-ZĐ]{2,6}-[A-ZĐa-zđ]{2,14}.*")


def problems(
    layout: Layout, form: Format, level: str | None = None, *, on: date | None = None, draft: bool = False
) -> list[Problem]:
    """Everything that is wrong with the form of a document, in the order of the page.

    `level`: a code of `form.levels`; without one it is taken from the head. `on`: the day whose levels count, else the document's own.
    `draft`: number, day and signer's name may still be blank.
    """
    day = on or dated_on(layout, form) or form.since
    form = replace(form, types={code: one for code, one in form.types.items() if one.holds(day)})
    parts = find(layout, form)
    at = form.levels[level] if level is not None else level_of(parts.left, form, day)
    found = [*_sheet(layout, form), *_fonts(layout, form)]
    if any(line.text for line in layout.lines):
        found += [
            *_title(parts, form, at),
            *_issuer(parts, form, at, day if level is not None else None),
            *_number(parts, form, at, draft=draft),
            *_place_date(parts, form, draft=draft),
            *_subject(parts, form),
            *_body(parts, form),
            *signing(parts, form, at, draft=draft),
            *_recipients(parts, form),
            *_page_number(layout, form),
        ]
    else:
        found.append(Problem("nothing_written", "body"))
    return found


def level(layout: Layout, form: Format, on: date | None = None) -> Level | None:
    """The level that a document's head shows; None where it is not recognised."""
    return level_of(find(layout, form).left, form, on or dated_on(layout, form) or form.since)


def dated_on(layout: Layout, form: Format) -> date | None:
    """The day that a document bears; None where it bears none or one that does not exist."""
    line = find(layout, form).place_date
    match = _DATE.fullmatch(letters(line.text).written) if line is not None else None
    if match is None:
        return None
    try:
        return date(*(int(match[name]) for name in ("year", "month", "day")))
    except ValueError:
        return None


def _sheet(layout: Layout, form: Format) -> Iterator[Problem]:
    sheet = layout.sheet
    if not (form.width.holds(sheet.width, _PAPER_SLACK) and form.height.holds(sheet.height, _PAPER_SLACK)):
        yield Problem(
            "paper",
            "sheet",
            f"{measured(sheet.width)} × {measured(sheet.height)}",
            f"{measured(form.width.use)} × {measured(form.height.use)}",
            form.width.verified,
        )
    for side, measure in form.margins.items():
        margin = getattr(sheet, side)
        if not measure.holds(margin, _SLACK):
            yield Problem(
                f"margin_{side}", "sheet", measured(margin), due_of(measure.least, measure.most), measure.verified
            )


def _fonts(layout: Layout, form: Format) -> Iterator[Problem]:
    accepted = {name.lower() for name in form.fonts}
    others: Counter[str] = Counter()
    for line in layout.lines:
        for span in line.spans:
            if span.font and span.font.lower() not in accepted and re.search(r"\w", span.text):
                others[span.font] += len(span.text)
    older = [name for name in others if _BEFORE_UNICODE.match(name)]
    if older:
        yield Problem("font_before_unicode", "sheet", ", ".join(older), ", ".join(form.fonts))
    rest = [name for name, _ in others.most_common() if name not in older]
    if rest:
        yield Problem("font", "sheet", shown(", ".join(rest)), ", ".join(form.fonts))


def _title(parts: Elements, form: Format, level: Level | None) -> Iterator[Problem]:
    if level is not None and level.own_rules:
        return
    if parts.state is not None:
        yield Problem("state_form", "title", shown(parts.state.text), form.title, paragraph=parts.state.paragraph)
    title = parts.title
    if title is None:
        if parts.state is None:
            yield Problem("title_missing", "title", "", form.title)
        return
    yield from faced("title", [title], form)
    beside = parts.number
    if beside is not None and title.cell is not None and in_one_column(title, beside):
        yield Problem("title_on_the_left", "title", shown(title.text), paragraph=title.paragraph)
    ruled = title.ruled or title.mostly("underlined") or any(line.drawn for line in parts.head)
    if form.line_below_title and not ruled:
        yield Problem("title_without_line", "title", shown(title.text), paragraph=title.paragraph)


def _issuer(parts: Elements, form: Format, level: Level | None, day: date | None) -> Iterator[Problem]:
    # `day` where the level was asked for; one that the head shows is one of the day and fits.
    superior, issuer = superior_and_issuer(parts.left, level)
    first = issuer[0] if issuer else None
    if first is None:
        yield Problem("issuer_missing", "issuer")
        return
    own_rules = level is not None and level.own_rules
    written = " ".join(line.text for line in issuer)
    if day is not None and level is not None and not level.holds(day):
        yield Problem("level_ended", "issuer", shown(written), "", level.verified, first.paragraph)
    if day is not None and level is not None and not begins(written, level.issuer):
        yield Problem("issuer_of_another_level", "issuer", shown(written), level.name, level.verified, first.paragraph)
    if not own_rules:
        above = " ".join(line.text for line in superior)
        if level is not None and level.superior:
            if not above and level.superior != ("*",):
                due = level.superior[0].upper() + " …"
                yield Problem("superior_missing", "superior", shown(written), due, level.verified, first.paragraph)
            elif above and not begins(above, level.superior):
                due = level.superior[0].upper() + " …"
                yield Problem("superior_wrong", "superior", shown(above), due, level.verified, superior[0].paragraph)
        elif level is not None and above:
            yield Problem("superior_not_due", "superior", shown(above), "", level.verified, superior[0].paragraph)
        yield from faced("superior", superior, form)
        yield from faced("issuer", issuer, form)
        if form.star and parts.star is None:
            yield Problem("star_missing", "issuer", shown(written), "*", paragraph=issuer[-1].paragraph)


def _number(parts: Elements, form: Format, level: Level | None, *, draft: bool) -> Iterator[Problem]:
    line = parts.number
    if line is None:
        yield Problem("number_missing", "number")
        return
    if level is not None and level.own_rules:
        return
    text = letters(line.text).written
    match = _NUMBER.fullmatch(text)
    given, rest = (match["number"].strip(), match["rest"].strip()) if match else ("", "")

    def wrong(code: str, due: str = "", verified: bool = True) -> Problem:
        return Problem(code, "number", shown(text), due, verified, line.paragraph)

    if match and match["colon"] and not form.colon_after_number:
        yield wrong("number_with_colon", text.replace(match["colon"], "", 1))
    figures = given if given.isdecimal() and given.isascii() else ""
    if not figures and not (draft and not re.search(r"\d", given)):
        yield wrong("number_blank")
    elif figures and len(figures) == 1 and form.zero_before_digit:
        yield wrong("number_without_zero", f"0{figures}")
    elif figures and (int(figures) == 0 or (figures.startswith("0") and len(figures) > 2)):
        yield wrong("number_impossible")
    yield from faced("number", [line], form)
    if _STATE_SYMBOL.fullmatch(rest):
        kind, _, body = rest[1:].partition("-")
        yield wrong("number_of_the_state", f"Số {figures.zfill(2)}-{kind}/{body}")
        return
    tight = re.sub(r"\s*([-–/])\s*", r"\1", rest).replace("–", "-")
    symbol = _SYMBOL.fullmatch(tight)
    if symbol is None:
        yield wrong("symbol_wrong" if rest else "symbol_missing", "TB/TU")
        return
    if tight != rest or (match and figures and match["number"] != match["number"].rstrip()):
        yield wrong("number_with_spaces", f"{figures}{tight}")
    yield from _symbol(symbol, parts, form, level, wrong)


def _symbol(
    symbol: re.Match[str], parts: Elements, form: Format, level: Level | None, wrong: Callable[..., Problem]
) -> Iterator[Problem]:
    if symbol["type"] not in form.types:
        same = next((code for code in form.types if code.lower() == symbol["type"].lower()), None)
        yield wrong("symbol_letters", same) if same else wrong("symbol_type_unknown", ", ".join(form.types))
    elif parts.type is not None and parts.type.code != symbol["type"]:
        named = form.types[symbol["type"]]
        # "QĐi" was the sign of a quy định for some years; two types may share a name.
        if plain(parts.type_line.text if parts.type_line else "") not in map(plain, named.names):
            yield wrong("symbol_of_another_type", parts.type.code)
    if level is not None and not level.bodies.fullmatch(symbol["body"]):
        loose = re.fullmatch(level.bodies.pattern, symbol["body"], re.IGNORECASE)
        yield wrong("symbol_letters" if loose else "symbol_of_another_issuer", level.name, level.verified)


def _place_date(parts: Elements, form: Format, *, draft: bool) -> Iterator[Problem]:
    line = parts.place_date
    if line is None:
        yield Problem("place_date_missing", "place_date")
        return
    text = letters(line.text).written

    def wrong(code: str, due: str = "") -> Problem:
        return Problem(code, "place_date", shown(text), due, paragraph=line.paragraph)

    yield from faced("place_date", [line], form)
    match = _DATE.fullmatch(text)
    if match is None:
        yield wrong("date_in_figures")
        return
    if not re.search(r"\w", match["place"]):
        yield wrong("place_missing")
    day, month, year = (match[name].strip() for name in ("day", "month", "year"))
    figures = [one for one in (day, month, year) if one.isdecimal() and one.isascii()]
    if len(figures) < 3:
        if not draft:
            yield wrong("date_blank")
        return
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        yield wrong("date_impossible")
        return
    if len(day) == 1 or (len(month) == 1 and int(month) < 3):
        yield wrong("date_without_zero", f"{int(day):02d}/{int(month):02d}")


def _subject(parts: Elements, form: Format) -> Iterator[Problem]:
    symbol = _SYMBOL.search(letters(parts.number.text).written.replace(" ", "")) if parts.number is not None else None
    kind = form.types.get(symbol["type"]) if symbol else None
    letter = kind.letter if kind is not None else parts.type is None and parts.addressee is not None
    if letter and parts.type is None:
        if not parts.letter_abstract:
            yield Problem("letter_abstract_missing", "letter_abstract")
        yield from faced("letter_abstract", parts.letter_abstract, form)
        if parts.addressee is None:
            yield Problem("addressee_missing", "addressee")
        yield from faced("addressee", [parts.addressee], form)
        return
    if parts.type is None:
        yield Problem("type_missing", "type", "", kind.names[0].upper() if kind and kind.names else "")
        return
    yield from faced("type", [parts.type_line], form)
    if not parts.abstract:
        yield Problem("abstract_missing", "abstract", shown(parts.type_line.text if parts.type_line else ""))
    # Above what it is about may stand in capitals whose it is: "CỦA BAN THƯỜNG VỤ TỈNH ỦY".
    yield from faced("abstract", [line for line in parts.abstract if not line.text.isupper()] or parts.abstract, form)


def _body(parts: Elements, form: Format) -> Iterator[Problem]:
    if not parts.body:
        yield Problem("body_missing", "body")
        return
    yield from faced("body", parts.body, form)
    if form.indent is not None:
        long = [line for line in parts.body if len(line.text) > 100 and line.alignment != "center" and line.starts]
        wrong = [line for line in long if not (form.indent.holds(line.indent, _SLACK) or line.piece)]
        # One paragraph may be a quotation or a continued one; a habit shows in most of them.
        if wrong and 2 * len(wrong) >= len(long):
            yield Problem(
                "body_indent",
                "body",
                measured(wrong[0].indent),
                due_of(form.indent.least, form.indent.most),
                form.indent.verified,
                wrong[0].paragraph,
            )


def _recipients(parts: Elements, form: Format) -> Iterator[Problem]:
    line = parts.recipients
    if line is None:
        yield Problem("recipients_missing", "recipients", "", "Nơi nhận:")
        return
    yield from faced("recipients", [line], form)
    if not parts.recipient and not re.search(r":\s*\S", line.text):
        yield Problem("recipients_empty", "recipients", shown(line.text), paragraph=line.paragraph)
        return
    yield from faced("recipient", parts.recipient, form)
    if not any(re.search(r"\blưu\b", plain(one.text)) for one in (line, *parts.recipient)):
        yield Problem("archive_missing", "recipients", shown(line.text), "Lưu …", False, line.paragraph)


def _page_number(layout: Layout, form: Format) -> Iterator[Problem]:
    if layout.numbered_at is None:
        if layout.pages > 1:
            yield Problem("page_number_missing", "sheet", str(layout.pages), "", form.page_number_verified)
    elif layout.numbered_at != form.page_number_at:
        yield Problem("page_number_elsewhere", "sheet", "", "", form.page_number_verified)
