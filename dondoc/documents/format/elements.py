"""Where the parts of a document stand among its lines: head, number, place and date, type, abstract, body, signature, recipients."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from dondoc.lib.vietnamese import letters, plain

from .layout import Layout, Line
from .measures import Format, Level, Type, begins, begun_by

# The head of a document is over by then; a longer one would be no head.
_HEAD_LINES = 60
_STATE = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc")
# Longer is a sentence that begins with the name of the State.
_STATE_LENGTH = 45
_NUMBER = re.compile(r"số(?=[\s:.…_\d]|$)\s*[:.…_\d\s]*(?:$|[-/].*)")
_DATED = re.compile(r"\bngày\b.{0,20}\btháng\b.{0,20}\bnăm\b|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}$")
_STAR = re.compile(r"[*∗＊⁎✱]+")
_RULE = re.compile(r"[-–—_=*.~\s]{2,}")
_MARK = re.compile(r"(T/M|K/T|T/L|T/UQ|TM|KT|TL|TUQ|T\.M|K\.T|T\.L|T\.UQ|T-M|K-T|T-L)(?=[.\s:]|$)[.:]?\s*(.*)")
_POST = (
    "bí thư", "phó bí thư", "chánh văn phòng", "phó chánh văn phòng", "trưởng ban", "phó trưởng ban", "chủ nhiệm", "phó chủ nhiệm",
    "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "hiệu trưởng", "phó hiệu trưởng", "tổng bí thư", "thường trực",
    "ủy viên", "thư ký", "chủ trì", "tổ trưởng", "phó thủ trưởng", "thủ trưởng", "phụ trách", "q. ", "quyền ",
)  # fmt: skip
_ADDRESSEE = re.compile(r"kính (?:gửi|trình|đề nghị)\b")
# A name in capitals below the post: two to six words without figures.
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_RECIPIENTS = re.compile(r"nơi nhận\b")


@dataclass(slots=True)
class Signature:
    """Who signs: the mark as it is written ("T/M", "TM.", "" where there is none), in whose name, posts, name; each with its line."""

    mark: str = ""
    name_of: str = ""
    marked: Line | None = None
    posts: list[Line] = field(default_factory=list)
    signer: Line | None = None

    @property
    def normal(self) -> str:
        """The mark as the Party writes it."""
        return {"TM": "T/M", "KT": "K/T", "TL": "T/L", "TUQ": "T/UQ"}.get(re.sub(r"[^A-Z]", "", self.mark), "")


@dataclass(slots=True)
class Elements:
    """The parts of a document that were found, each as its lines."""

    title: Line | None = None
    state: Line | None = None
    star: Line | None = None
    number: Line | None = None
    place_date: Line | None = None
    left: list[Line] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    type_line: Line | None = None
    type: Type | None = None
    abstract: list[Line] = field(default_factory=list)
    letter_abstract: list[Line] = field(default_factory=list)
    addressee: Line | None = None
    body: list[Line] = field(default_factory=list)
    signature: Signature | None = None
    recipients: Line | None = None
    recipient: list[Line] = field(default_factory=list)


def find(layout: Layout, form: Format) -> Elements:
    """The parts of a document. What cannot be found is left empty."""
    lines = list(layout.lines)
    found = Elements()
    plains = [_compared(line) for line in lines[:_HEAD_LINES]]
    head = [at for at, text in enumerate(plains) if text]
    title = plain(form.title)

    def first(holds: Callable[[str], bool], among: Iterable[int]) -> int | None:
        return next((at for at in among if holds(plains[at])), None)

    at_title = first(lambda text: text == title, head)
    at_state = first(lambda text: text.startswith(_STATE) and len(text) < _STATE_LENGTH, head)
    at_number = first(lambda text: _NUMBER.fullmatch(text) is not None, head)
    # A long sentence of the body may name a date too; the head's is short and begins with a place.
    at_place = first(
        lambda text: len(text) < 80 and _DATED.search(text) is not None,
        (at for at in head if at_number is None or at < at_number + 12),
    )
    at_star = first(
        lambda text: _STAR.fullmatch(text) is not None, (at for at in head if at_number is None or at < at_number + 3)
    )
    found.title, found.state = _line(lines, at_title), _line(lines, at_state)
    found.number, found.place_date, found.star = _line(lines, at_number), _line(lines, at_place), _line(lines, at_star)
    end = max((at for at in (at_title, at_state, at_number, at_place, at_star) if at is not None), default=-1)
    after = _left_column(lines, found, at_number, at_star, end)
    found.head = lines[:after]
    _type_and_abstract(lines, end + 1, found, form)
    return _rest(lines, after, found)


def _compared(line: Line) -> str:
    return plain(line.text)


def _line(lines: list[Line], at: int | None) -> Line | None:
    return None if at is None else lines[at]


def _left_column(lines: list[Line], found: Elements, at_number: int | None, at_star: int | None, end: int) -> int:
    """Fills what stands above the star and the number, and a letter's abstract below; gives the index after the head."""
    stop = at_star if at_star is not None else at_number if at_number is not None else end + 1
    anchor = found.number or found.star
    taken = [one for one in (found.title, found.state, found.star, found.number, found.place_date) if one is not None]
    for line in lines[: max(stop, 0)]:
        text = _compared(line)
        if not text or any(line is one for one in taken) or text.startswith(_STATE) or _RULE.fullmatch(text):
            continue
        if _beside(line, anchor) and not text.startswith(("dự thảo", "khẩn", "hỏa tốc", "thượng khẩn")):
            found.left.append(line)
    after = end + 1
    if found.number is not None and at_number is not None:
        in_cell = found.number.cell is not None
        for at in range(at_number + 1, min(len(lines), at_number + 12)):
            line, text = lines[at], _compared(lines[at])
            if in_cell and (line.cell is None or line.cell.table != found.number.cell.table):  # type: ignore[union-attr]
                break
            if in_cell:
                after = max(after, at + 1)
            if not in_cell and (_ADDRESSEE.match(text) or line.alignment == "center" or line.size > 13):
                break
            if not text or any(line is one for one in taken) or _RULE.fullmatch(text) or not _beside(line, anchor):
                continue
            found.letter_abstract.append(line)
            after = max(after, at + 1)
    return after


def _beside(line: Line, anchor: Line | None) -> bool:
    """Whether a line stands in the left column of the head, where the number stands."""
    if anchor is None or anchor.cell is None or line.cell is None:
        return line.piece == 0 if line.cell is None else line.cell.column == 0
    return line.cell.column == anchor.cell.column


def _type_and_abstract(lines: list[Line], after: int, found: Elements, form: Format) -> None:
    for at in range(after, min(len(lines), after + 12)):
        if _ADDRESSEE.match(_compared(lines[at])):
            break
        kind = _type_of(lines[at], form)
        if kind is None:
            continue
        found.type_line, found.type = lines[at], kind
        for line in lines[at + 1 : at + 9]:
            text = _compared(line)
            if not text:
                continue
            if _RULE.fullmatch(text) or _ADDRESSEE.match(text):
                break
            centered = found.abstract[0].alignment == "center" if found.abstract else False
            # Below a centred abstract a bold line on the left is the first heading of the body.
            if line.alignment != "center" and (centered or not line.mostly("bold")):
                break
            found.abstract.append(line)
        return


def _type_of(line: Line, form: Format) -> Type | None:
    """The type whose name this line is: the longest that fits, alone or with more words in capitals ("BÁO CÁO CHÍNH TRỊ")."""
    text = _compared(line)
    best: tuple[int, Type] | None = None
    for kind in form.types.values():
        for name in map(plain, kind.names):
            fits = text == name or (text.startswith(name + " ") and line.text.isupper())
            if fits and (best is None or len(name) > best[0]):
                best = (len(name), kind)
    return best[1] if best else None


def _rest(lines: list[Line], after: int, found: Elements) -> Elements:
    begun = after
    marks = [one for one in (found.type_line, *found.abstract) if one is not None]
    if marks:
        begun = max(at for at, line in enumerate(lines) if any(line is one for one in marks)) + 1
    signed = next((at for at in range(begun, len(lines)) if _marked(lines[at])), None)
    named = next((at for at in range(begun, len(lines)) if _RECIPIENTS.match(_compared(lines[at]))), None)
    if signed is None:
        signed = _post_without_mark(lines, begun, named)
    end = min((at for at in (signed, named) if at is not None), default=len(lines))
    for line in lines[begun:end]:
        text = _compared(line)
        if found.addressee is None and _ADDRESSEE.match(text):
            found.addressee = line
        elif text and not _RULE.fullmatch(text) and line.cell is None and line is not found.addressee:
            found.body.append(line)
    if signed is not None:
        found.signature = _signature(lines, signed)
    if named is not None:
        found.recipients = lines[named]
        found.recipient = [
            line
            for line in lines[named + 1 :]
            if line.text and in_one_column(line, lines[named]) and (line.cell is not None or line.piece == 0)
        ]
        if found.signature is not None:
            ours = [found.signature.marked, found.signature.signer, *found.signature.posts]
            found.recipient = [line for line in found.recipient if not any(line is one for one in ours)]
        if lines[named].cell is None:
            found.recipient = _until_gap(lines, found.recipient)
    return found


def _until_gap(lines: list[Line], listed: list[Line]) -> list[Line]:
    """Of lines outside of tables, those that are written as a list: what follows on later pages is no recipient."""
    kept: list[Line] = []
    for line in listed:
        if not line.text.startswith(("-", "+", "–", "•", "*")) and kept and len(line.text) > 60:
            break
        kept.append(line)
    return kept[:30]


def _signed(line: Line) -> str:
    return letters(line.text).written


def _marked(line: Line) -> re.Match[str] | None:
    """The mark of a signature at the beginning of a line, followed by a body in capitals or by nothing."""
    match = _MARK.match(_signed(line))
    return match if match and (not match[2] or match[2].isupper()) else None


def _post_without_mark(lines: list[Line], begun: int, named: int | None) -> int | None:
    """The line of a post in capitals near the recipients or the end: a signature without a mark."""
    near = range(
        max(begun, (named if named is not None else len(lines)) - 15),
        len(lines) if named is None else min(len(lines), named + 40),
    )
    for at in near:
        text = _compared(lines[at])
        if lines[at].text.isupper() and begins(text, _POST) and len(text) < 60:
            return at
    return None


def _signature(lines: list[Line], at: int) -> Signature:
    first = lines[at]
    found = Signature()
    match = _marked(first)
    rest = [
        line
        for line in lines[at + 1 : at + 16]
        if line.text and in_one_column(line, first) and (line.cell is not None or line.piece >= min(first.piece, 1))
    ]
    rest = [
        line for line in rest if not _RECIPIENTS.match(_compared(line)) and not line.text.startswith(("-", "–", "+"))
    ]
    if match:
        found.marked = first
        found.mark = _signed(first)[: match.end(1)] + (
            "." if _signed(first)[match.end(1) : match.end(1) + 1] == "." else ""
        )
        found.name_of = match[2]
        if not match[2] and rest:
            found.name_of = rest.pop(0).text
    else:
        rest.insert(0, first)
    for line in rest:
        if _RULE.fullmatch(line.text) or line.text.startswith(("(", "[")):
            continue
        if not line.text.isupper() and not begins(line.text, _POST):
            found.signer = line
            break
        found.posts.append(line)
    if (
        found.signer is None
        and len(found.posts) > 1
        and _NAME.fullmatch(found.posts[-1].text)
        and not begins(found.posts[-1].text, _POST)
    ):
        found.signer = found.posts.pop()
    return found


def in_one_column(line: Line, other: Line) -> bool:
    """Whether two lines stand in one column of one table, or both outside of tables."""
    if line.cell is None or other.cell is None:
        return line.cell is other.cell
    return line.cell.table == other.cell.table and line.cell.column == other.cell.column


def level_of(left: list[Line], form: Format, on: date) -> Level | None:
    """The level whose head this is: one of its issuers below one of its superiors; None where none fits."""
    best: tuple[tuple[int, bool, int], Level] | None = None
    for level in form.levels.values():
        if not level.holds(on):
            continue
        for at in range(len(left)):
            above, beginning = _joined(left[:at]), begun_by(_joined(left[at:]), level.issuer)
            if not beginning:
                continue
            # A second line that is an issuer of its own says more than a first line that may only be continued there.
            fits = bool(above) and begins(above, level.superior) if level.superior else len(left) == 1
            worth = (3 if fits else 2 if above else 1, not level.own_rules, len(beginning))
            if best is None or worth > best[0]:
                best = worth, level
    return best[1] if best else None


def _joined(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)


def superior_and_issuer(left: list[Line], level: Level | None) -> tuple[list[Line], list[Line]]:
    """The lines of the superior and those of the issuer."""
    if level is not None:
        for at in range(len(left) - 1, -1, -1):
            if begins(_joined(left[at:]), level.issuer) and (
                not at or not level.superior or begins(_joined(left[:at]), level.superior)
            ):
                return left[:at], left[at:]
    if len(left) > 1:
        # The issuer is bold, the superior is not; where both are alike, the last line is the issuer.
        at = next(
            (at for at, line in enumerate(left) if at and line.mostly("bold") and not left[at - 1].mostly("bold")),
            len(left) - 1,
        )
        return left[:at], left[at:]
    return [], left
