"""Which lines of a text tell the story, and where its sentences end.

Headlines round their numbers, captions repeat the story under a picture, bylines name the writer: none of them are sentences
of the story. Each line gets one kind; only sentences of `story` lines are read for figures, findings and directives.
"""

import re
from typing import Literal, NamedTuple

from dondoc.intake.extract.tokens import Page, Phrases

Kind = Literal["dateline", "headline", "byline", "caption", "heading", "table", "story"]

_DATELINE = re.compile(
    r"\s*(?:cập nhật|ngày|thứ \w+|chủ nhật|đăng|lúc|xuất bản|(?:số )?(?:lượt xem|lượt đọc)\s?:?\s?[\d.]+|\d{1,2}[:hg]\d{2}(?::\d{2})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|gmt\+?7?|am|pm|[-–,:|()\[\]\s])*\Z"
)
_BEGINS_WITH_DAY = re.compile(r"(?:sáng|chiều|tối|ngày|hôm nay)[^,]{0,12}\d", re.IGNORECASE)
_BANNER = re.compile(r"\b(?:trang|cổng) (?:thông tin|tin)\b|\bwebsite\b|\bchào mừng đến với\b|\bbáo điện tử\b")
_LONG_HEADLINE = 110
"""A longer first line that begins with a day tells of it, though no stop ends it."""
_CREDIT = re.compile(
    r"\(?\s*(?:theo|tin|ảnh|tin, ảnh|bài, ảnh|tin và ảnh|bài và ảnh|nguồn|nguồn tin|tác giả|tác giả bài viết|người viết|tin bài|tin, bài|bài viết|biên tập|người đăng|phóng viên|pv|ctv|cộng tác viên|thực hiện|clip|video|bài)\s*[:(]|\(?theo \S+(?: \S+){0,3}\)?\s*\Z"
)
_PICTURE = re.compile(r"\bảnh\s*:|-\s?ảnh\s|\A(?:quang cảnh|toàn cảnh|ảnh)\b|\bảnh minh họa\b|\(ảnh\b(?!\))")
_OFFICE_DAY = re.compile(r"[^.;:]{2,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\s*\Z")
_OFFICE_LINE = re.compile(
    r"số[:\s]\s*\d+\s?-|(?:nơi nhận|kính gửi)\b|t/[lm]\b|đảng cộng sản việt nam\Z|cộng hòa xã hội|độc lập - tự do"
)
_PAPER = re.compile(r"(?:thông báo|báo cáo|kết luận|biên bản|công văn|kế hoạch|thông cáo|nghị quyết|chỉ thị)\Z")
_CELL = re.compile(r"[^\t| ]+(?: [^\t| ]+)*")
_NUMBER_CELL = re.compile(r"[\t|]\s{0,20}\d|(?<!\s)\s{2,}\d")
_DIGIT, _FOUR_DIGITS, _FIGURES = re.compile(r"\d"), re.compile(r"\d{4}"), re.compile(r"\d{2}|;")
# The lead may stand above the picture and again below it; a caption seldom tells the day of anything.
_LEAD = re.compile(r"\b(?:ngày|sáng|chiều|tối)\s+\d{1,2}[/.-]\d{1,2}\b")
_NAME_LINE = re.compile(r"\W*(?:[^\W\d_]+\W+){1,4}[^\W\d_]+\W*\Z")
_HEADING_NUMBER = re.compile(r"\s*(?:[ivx]{1,4}|\d{1,2}|[a-zđ])[.)/]\s*[-.]?\s|\s*[-*+•–]\s*")
_CLOSED = (".", "!", "?", "…", ";", ":", ",", '"')
_SHORT_FORMS = {
    "tp",
    "tx",
    "tt",
    "q",
    "p",
    "t",
    "ths",
    "ts",
    "gs",
    "pgs",
    "ô",
    "b",
    "h",
    "x",
    "đ",
    "st",
    "bs",
    "ks",
    "thạc",
    "v",
    "vv",
}
_STOPS = Phrases(lambda: ((sign, "stop") for sign in (".", "!", "?", "…")))
_OPENS = frozenset(("tuy", "bên", "ngoài", "đồng", "trong", "qua", "đến", "hiện", "cùng", "song", "thời", "các", "công", "việc", "theo", "do", "vì", "từ", "sau", "đối", "về", "nhìn", "riêng", "đây", "chi", "đảng", "nhiều", "một", "những", "năm", "tại", "với"))  # fmt: skip
"""How a sentence begins that follows a stop without a space: "… nền nếp.Tuy nhiên, …"."""
_AFTER_SHORT = frozenset(("những", "các", "tuy", "theo", "trong", "qua", "ông", "bà", "đây", "việc", "nhiều"))
_BETWEEN = frozenset(('"', "'", "(", "-", ".", ")", "…", "*", "+"))
_REPEATS_UP_TO = 220


class Line(NamedTuple):
    """One line: its letters in `Page.plain`, its tokens, what it is, and the number of the block (between empty lines)."""

    start: int
    end: int
    first: int
    after: int
    kind: Kind
    block: int


class Sentence(NamedTuple):
    """One sentence: its tokens, the line it stands in, and its place among the sentences of the text."""

    first: int
    after: int
    line: int
    kind: Kind


def _alike(one: str, other: str) -> bool:
    """Whether two lines say the same, as the two captions of one picture do: nearly all words of the shorter are in the longer."""
    a, b = one.split(), other.split()
    if not a or not b or max(len(a), len(b)) > 1.5 * min(len(a), len(b)) + 2:
        return False
    if len(a) > len(b):
        a, b = b, a
    words = set(b)
    return sum(word in words for word in a) >= 0.8 * len(a) and a[:2] == b[:2]


def lines(page: Page) -> list[Line]:
    """The lines of the text that hold anything, each with its kind."""
    raw: list[tuple[int, int, int]] = []
    at = block = 0
    for piece in page.plain.split("\n"):
        if piece.strip():
            raw.append((at, at + len(piece), block))
        else:
            block += 1
        at += len(piece) + 1
    texts = [page.plain[a:b].strip() for a, b, _ in raw]
    kinds: list[Kind] = ["story"] * len(raw)
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        written = page.written[raw[i][0] : raw[i][1]].strip()
        if (len(text) <= 80 and _FOUR_DIGITS.search(text) and _DATELINE.match(text)) or (
            "ngày" in text and _OFFICE_DAY.match(text)
        ):
            kinds[i] = "dateline"
        elif (written.isupper() and len(text) <= 160) or _OFFICE_LINE.match(text) or not any(map(str.isalnum, text)):
            kinds[i] = "heading" if _DIGIT.search(text) or _PAPER.match(text) or len(text.split()) > 12 else "byline"
        elif i > 0 and kinds[i - 1] == "heading" and _PAPER.match(texts[i - 1]) and not text.endswith((".", ";")):
            kinds[i] = "headline"
        elif len(text) <= 60 and _CREDIT.match(text):
            kinds[i] = "byline"
        elif len(text) <= 300 and "ảnh" in text and _PICTURE.search(text):
            kinds[i] = "caption"
        if len(text) <= _REPEATS_UP_TO and kinds[i] == "story":
            key = text.rstrip(" .")
            if key in seen:
                kinds[i] = "caption"
                if not text.endswith(".") or not (_FIGURES.search(text) or _LEAD.search(text)):
                    kinds[seen[key]] = "caption"
            seen[key] = i
    for i in range(1, len(raw)):
        near = raw[i][2] == raw[i - 1][2] and max(len(texts[i]), len(texts[i - 1])) <= _REPEATS_UP_TO
        plain = near and kinds[i] in ("story", "caption") and kinds[i - 1] in ("story", "caption")
        if plain and not _FIGURES.search(texts[i]) and not _LEAD.search(texts[i]) and _alike(texts[i], texts[i - 1]):
            kinds[i] = kinds[i - 1] = "caption"
    _mark_tables(page, raw, kinds)
    _mark_headline(texts, kinds)
    _mark_signature(page, raw, texts, kinds)
    return [
        Line(a, b, page.token_from(a), page.token_from(b), kind, block)
        for (a, b, block), kind in zip(raw, kinds, strict=True)
    ]


def cells_of(text: str) -> list[tuple[int, int]]:
    """The cells of a table's line, cut at tabs, bars or wide gaps: where each begins and ends in the line."""
    return [found.span() for found in _CELL.finditer(text) if found[0].strip(" |")]


def _has_gap(text: str) -> bool:
    """Whether anything in a text may divide cells: most lines are one cell, and need no search."""
    return "\t" in text or "|" in text or "  " in text


def _mark_tables(page: Page, raw: list[tuple[int, int, int]], kinds: list[Kind]) -> None:
    """Two lines or more with the same three cells or more, or two cells that are cut by tabs or bars."""
    if not _has_gap(page.plain):
        return
    widths = [len(cells_of(line)) if _has_gap(line := page.plain[a:b]) else 1 for a, b, _ in raw]
    i = 0
    while i < len(raw):
        j = i
        while j < len(raw) and widths[i] - 1 <= widths[j] <= widths[i] and widths[j] >= 2 and raw[j][2] == raw[i][2]:
            j += 1
        if j - i >= 2 and widths[i] >= 2 and any(_NUMBER_CELL.search(page.plain[a:b]) for a, b, _ in raw[i:j]):
            kinds[i:j] = ["table"] * (j - i)
        i = max(j, i + 1)


def _mark_headline(texts: list[str], kinds: list[Kind]) -> None:
    if "headline" in kinds:
        return
    candidates = [i for i, kind in enumerate(kinds) if kind not in ("dateline", "byline", "table")]
    if len(candidates) < 2:
        return
    first = candidates[0]
    if len(texts[first]) > _LONG_HEADLINE and _BEGINS_WITH_DAY.match(texts[first]):
        return
    if kinds[first] != "caption" and len(texts[first]) <= 250 and not texts[first].endswith((".", ";", ",", "…")):
        kinds[first] = "headline"


def _mark_signature(page: Page, raw: list[tuple[int, int, int]], texts: list[str], kinds: list[Kind]) -> None:
    """The writer's name under the story: a few capitalised words that end like no sentence."""
    for i in range(1, len(raw)):
        if kinds[i] != "story" or len(texts[i]) > 60 or texts[i].endswith(_CLOSED) or not _NAME_LINE.match(texts[i]):
            continue
        written = page.written[raw[i][0] : raw[i][1]].split()
        if all(word[:1].isupper() or not word[:1].isalpha() for word in written):
            kinds[i] = "byline"


def sentences(page: Page, found: list[Line]) -> list[Sentence]:
    """The sentences of all lines, in order. A stop ends one only before a capital letter, a quotation mark or the line's end."""
    out: list[Sentence] = []
    stops = page.places(_STOPS)
    for number, line in enumerate(found):
        first = line.first
        ends = stops.starts(line.first, line.after - 1)
        going_on = _going_on(page, line, ends)
        for i in ends:
            word, following = page.words[i], going_on[i]
            close = page.to[i] == page.at[i + 1] and page.words[i + 1] not in ('"', "'", ")")
            if following >= line.after or (close and not _opens(page, i, line.first)):
                continue
            if not (page.capital(following) or page.words[following][0].isdigit()):
                continue
            if word == "." and i > line.first and _abbreviation(page, i - 1, line.first):
                continue
            end = i + 1
            while end < line.after and page.words[end] in ('"', "'", ")") and page.to[end - 1] == page.at[end]:
                end += 1
            if end > first:
                out.append(Sentence(first, end, number, line.kind))
                first = end
        if line.after > first:
            out.append(Sentence(first, line.after, number, line.kind))
    return out


def _opens(page: Page, stop: int, first: int) -> bool:
    """Whether a new sentence begins right behind a stop, though no space does: not in "TP.Vinh" and "v.v"."""
    before = stop - 1
    while before > first and page.words[before] in ("…", "."):
        before -= 1  # "theo quy định….Tuy nhiên, …"
    told = before > first and len(page.words[before]) > 1 and page.words[before].isalpha() and not page.capital(before)
    return told and page.words[stop + 1] in _OPENS and page.capital(stop + 1)


def _going_on(page: Page, line: Line, stops: list[int]) -> dict[int, int]:
    """For each of the stops in a line, the first token behind it that is no mark between two sentences."""
    out: dict[int, int] = {}
    # From the last to the first: a run of stops is walked through once.
    for stop in reversed(stops):
        i = stop + 1
        while i < line.after and page.words[i] in _BETWEEN:
            if i in out:
                i = out[i]
                break
            i += 1
        out[stop] = i
    return out


def _abbreviation(page: Page, token: int, first: int) -> bool:
    word = page.words[token]
    if page.to[token] != page.at[token + 1]:
        return False
    if word in _SHORT_FORMS:
        return page.words[token + 2] not in _AFTER_SHORT  # "… của TP. Những vi phạm …"
    # An initial ("A.Đ.") or the number of a heading ("1. Kết quả", "II. Nhiệm vụ") at the beginning of a line.
    if token == first:
        return word.isdigit() or word in ("i", "ii", "iii", "iv", "v", "vi", "vii")
    return len(word) == 1 and page.capital(token)


def banner(page: Page, lines: list[Line]) -> int:
    """The token after the first line, where that is the name of the page that the text stands on; else 0."""
    told = [line for line in lines if line.after > line.first][:1]
    return (
        told[0].after
        if told and told[0].kind != "story" and _BANNER.search(page.plain, told[0].start, told[0].end)
        else 0
    )
