"""Web pages: what a person would read of the article, line by line, without menus, scripts and what stands around it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dondoc.lib.sources.encodings import decoded, mended
from dondoc.lib.sources.found import MOST_LETTERS, Problem, Text, TooLong

_UNREAD = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "svg",
        "iframe",
        "object",
        "canvas",
        "math",
        "select",
        "textarea",
        "button",
        "audio",
        "video",
    ]
)
_AROUND = frozenset(["nav", "footer", "aside", "form", "dialog", "menu"])
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "address",
        "hr",
        "center",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "form",
        "fieldset",
        "details",
        "summary",
        "body",
    ]
)
_ROOMS = frozenset(["div", "section", "article", "main", "td", "body", "blockquote", "center"])
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"]
)
_APART = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "figure", "blockquote"])
_LINES = frozenset(["li", "tr", "dt", "dd"])  # each begins a line; that one ends is nothing new
_TAG = re.compile(r"/?\s*([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE = re.compile(
    r"\b(class|id|role|itemprop|hidden|aria-hidden|style)\b\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?"
)
_CLUTTER = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|related|tin-?lien-?quan|lien-?quan|comments?|binh-?luan|share|sharing|social"
    r"|adv?|ads|banner|quang-?cao|footer|toolbar|pagination|tags?|popup|newsletter|recommend\w*|most-?read|doc-?nhieu|tin-?khac)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
MOST_TAGS = 150_000
"""Tags and comments; a page of an article has thousands, and each may take hundreds of bytes in memory."""
_NO_CODE = re.compile(r"&#[0-9]{12,};?")
"""The number of no letter; one of thousands of digits would not even be taken as a number."""
_MOST_OPEN = 200
"""Elements within one another; what is nested deeper belongs to the last of them."""
_LONG = 60
"""Letters from which on a paragraph speaks for an article; what is shorter may be a menu."""


@dataclass(slots=True)
class _Element:
    name: str
    above: "_Element | None"
    unread: bool
    starts: int
    """The piece with which it begins."""
    ends: int = 0
    prose: float = 0.0
    is_article: bool = False


@dataclass(slots=True)
class _Page:
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    """Text or line ends, and whether it is read."""
    elements: list[_Element] = field(default_factory=list)


def read(data: bytes) -> Text | Problem:
    """The text of a web page. Its character set is the one that it names, unless its bytes are UTF-8 or say otherwise."""
    named = _CHARSET.search(data, 0, 8192)
    found = decoded(data)
    if isinstance(found, Problem) and found.code == "letters" and named is not None:
        if named[1].lower() in (b"windows-1258", b"cp1258"):
            found = Text(data.decode("cp1258", "replace"), letters="Windows-1258")
        elif named[1].lower() in (b"utf-8", b"utf8") and len(data.decode("utf-8", "ignore").encode()) > 0.99 * len(
            data
        ):
            found = Text(data.decode("utf-8", "replace"), letters="UTF-8")
    if isinstance(found, Problem):
        return found
    try:
        text, rest = split(found.text)
    except TooLong:
        return Problem("too_long")
    if len(text) > MOST_LETTERS:
        return Problem("too_long")
    return Text(mended(text), beside=mended(rest), letters=found.letters)


def text_of_html(page: str) -> str:
    """What a person would read of a web page given as its source. Raises TooLong."""
    return split(page)[0]


def split(source: str) -> tuple[str, str]:
    """The article of a page, and the words around it. Raises TooLong."""
    page = _walk(source)
    first, last = _article(page)
    inside = _lines(piece for piece, is_read in page.pieces[first:last] if is_read)
    around = [piece for piece, _ in page.pieces[:first]]
    around += [f"\n{piece}\n" for piece, is_read in page.pieces[first:last] if not is_read]
    around += [piece for piece, _ in page.pieces[last:]]
    return inside, _lines(around)


def _lines(pieces: "Iterator[str] | list[str]") -> str:
    # Asked of whole runs of blanks: a search for the tab behind blanks would begin anew at each of them.
    joined = re.sub(r"[ \t]+", lambda blanks: "\t" if "\t" in blanks[0] else " ", "".join(pieces))
    lines = [line.strip() for line in joined.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _walk(source: str) -> _Page:
    """One walk over the source: every step looks forward once and never again, so that markup broken on purpose costs no more.

    What follows a tag or comment that never ends is not read.
    """
    page = _Page()
    lower = source.lower()
    if len(lower) != len(source):
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in source)
    open_now: list[_Element] = [_Element("", None, False, 0)]
    page.elements.append(open_now[0])
    at = tags = 0
    never: set[str] = set()  # endings that are not to come; looked for once
    while (opening := source.find("<", at)) >= 0:
        tags += 1
        if tags > MOST_TAGS:
            raise TooLong
        _say(page, open_now[-1], source[at:opening])
        comment = source.startswith("<!--", opening)
        tag = _TAG.match(source, opening + 1)
        if tag is None and not source.startswith(("<!", "<?"), opening):
            _say(page, open_now[-1], "<")
            at = opening + 1
            continue
        closing = source.find("-->" if comment else ">", opening)
        if closing < 0:
            at = len(source)
            break
        at = closing + (3 if comment else 1)
        if tag is None:
            continue
        name = tag[1].lower()
        ends = source[opening + 1] == "/"
        _break(page, open_now[-1], name, ends)
        if ends:
            _close(page, open_now, name)
        elif name in _UNREAD:
            if source[closing - 1] != "/":
                ending = -1 if name in never else lower.find(f"</{name}", at)
                if ending < 0:
                    never.add(name)
                at = len(source) if ending < 0 else ending
        elif name not in _VOID and len(open_now) < _MOST_OPEN:
            if name in _BLOCKS and open_now[-1].name == "p":
                _close(page, open_now, "p")
            open_now.append(_opened(page, open_now[-1], name, source[opening + 1 : min(closing, opening + 2000)]))
    _say(page, open_now[-1], source[at:])
    for element in open_now:
        element.ends = len(page.pieces)
    return page


def _opened(page: _Page, above: _Element, name: str, tag: str) -> _Element:
    given = {m[1]: m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(tag[len(name) :])}
    about = f"{given.get('class', '')} {given.get('id', '')}"
    role = given.get("role", "")
    unread = (
        above.unread
        or name in _AROUND
        or role in ("navigation", "banner", "contentinfo", "search", "complementary", "dialog")
        or "hidden" in given
        or given.get("aria-hidden") == "true"
        or _HIDDEN.search(given.get("style", "")) is not None
        or (name in ("div", "section", "ul", "ol", "header", "p", "span") and _CLUTTER.search(about) is not None)
    )
    element = _Element(name, above, unread, len(page.pieces))
    element.is_article = not unread and (name == "article" or "articleBody" in given.get("itemprop", ""))
    page.elements.append(element)
    return element


def _close(page: _Page, open_now: list[_Element], name: str) -> None:
    for back in range(1, min(len(open_now), 12)):
        if open_now[-back].name == name:
            for element in open_now[-back:]:
                element.ends = len(page.pieces)
            del open_now[-back:]
            return


def _break(page: _Page, inside: _Element, name: str, ends: bool) -> None:
    if name in _APART:
        page.pieces.append(("\n\n" if not _in_cell(inside) else " ", not inside.unread))
    elif name in _BLOCKS and not (ends and name in _LINES):
        page.pieces.append(("\n" if name == "tr" or not _in_cell(inside) else " ", not inside.unread))
    elif name in ("td", "th") and not ends:
        page.pieces.append(("\t", not inside.unread))


def _in_cell(element: _Element) -> bool:
    """Whether it stands in a cell of a table, whose words stay in one line."""
    here: _Element | None = element
    for _ in range(4):
        if here is None or here.name in ("tr", "table"):
            return False
        if here.name in ("td", "th"):
            return True
        here = here.above
    return False


def _say(page: _Page, element: _Element, raw: str) -> None:
    if not raw:
        return
    said = re.sub(r"\s+", " ", html.unescape(_NO_CODE.sub("\ufffd", raw)))
    page.pieces.append((said, not element.unread))
    if element.unread or len(said) < _LONG or element.name == "a":
        return
    # A paragraph speaks for the room in which it stands, and half for the room around that.
    weight, here = 1.0 + said.count(",") + min(len(said) / 100, 3), element
    for _ in range(6):
        if here.name in _ROOMS:
            here.prose += weight
            weight /= 2
            if weight < 0.5:
                break
        if here.above is None:
            break
        here = here.above


def _article(page: _Page) -> tuple[int, int]:
    """The pieces of the article: its element with its heading before it; the whole page where no part of it stands out."""
    whole = (0, len(page.pieces))
    rooms = [element for element in page.elements if element.prose > 0 and element.name in _ROOMS]
    total = sum(len(piece) for piece, is_read in page.pieces if is_read)
    if not rooms:
        return whole
    marked = [element for element in rooms if element.is_article]
    best = max(marked or rooms, key=lambda element: element.prose)
    letters = sum(len(piece) for piece, is_read in page.pieces[best.starts : best.ends] if is_read)
    prose = sum(len(p) for p, is_read in page.pieces if is_read and len(p) >= _LONG)
    if letters < 200 or letters < 0.6 * min(prose, total):
        return whole
    # The heading often stands before the element of the text; from the last one on all is kept.
    headings = [e for e in page.elements if e.name == "h1" and not e.unread and e.starts < best.starts]
    first = max(headings, key=lambda e: e.starts).starts if headings else best.starts
    return (first, best.ends)
