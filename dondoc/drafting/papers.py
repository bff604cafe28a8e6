"""A draft as the Word file that it makes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dondoc.directives import queries as directives
from dondoc.directives.models import Assignment
from dondoc.documents import patterns
from dondoc.documents.models import OfficialDocument
from dondoc.documents.symbols import kinds
from dondoc.lib import wording
from dondoc.organisations.queries import labels

from .heads import level_for
from .models import Clause, DocumentDraft
from .rules import Made, Tag, digest
from .values import LINE, is_line

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

COUNTED = frozenset({"body", "organisation", "proposals"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """A piece that stands in the document, with the number before it ("" for none)."""

    clause: Clause
    number: str


def numbered(clauses: Iterable[Clause]) -> list[Numbered]:
    """The pieces of the text that are not left out, in order: headings with Roman numbers through the whole document, the paragraphs of
    the placeholders that hold one point after the other (`COUNTED`) counted from 1 under each heading."""
    found: list[Numbered] = []
    parts = count = 0
    within = ""
    for one in clauses:
        if one.left_out or is_line(one):
            continue
        if one.name != within:
            within, count = one.name, 0
        if one.heading:
            parts, count = parts + 1, 0
            found.append(Numbered(one, f"{ROMAN[min(parts, len(ROMAN)) - 1]}."))
        elif one.name not in COUNTED or one.row is not None:
            found.append(Numbered(one, ""))
        else:
            count += 1
            found.append(Numbered(one, f"{count}."))
    return found


def lines_of(clauses: Iterable[Clause]) -> dict[str, str]:
    """The lines of head and foot by name."""
    return {one.name.removeprefix(LINE): one.text for one in clauses if is_line(one)}


def word_file(
    draft: DocumentDraft,
    clauses: Sequence[Clause],
    day: date,
    *,
    document: OfficialDocument | None = None,
    tags: bool = True,
) -> bytes:
    """The Word file of a draft; with its number once it has one. `tags`: each piece stands in a control that says which it is.

    Refused with what is missing where the template asks for something that the draft does not have.
    """
    on = document.dated_on if document else day
    template = patterns.read(draft.template, on)
    values: dict[str, Any] = {}
    for one in template.placeholders:
        mine = [piece for piece in numbered(clauses) if piece.clause.name == one.name]
        if one.shape == "clauses":
            values[one.name] = [_clause(draft, piece, tags=tags) for piece in mine]
        elif one.shape == "rows":
            cells = [piece.clause for piece in mine]
            names = [field.name for field in one.fields]
            values[one.name] = _table(cells, names) if any(cell.field for cell in cells) else _overdue(cells, on)
        elif one.shape == "list":
            values[one.name] = [piece.clause.text for piece in mine]
        else:
            values[one.name] = "\n".join(piece.clause.text for piece in mine)
    return patterns.fill(draft.template, values, on, head_of(draft, clauses, document, on), draft.unit_id)


def _clause(draft: DocumentDraft, piece: Numbered, *, tags: bool) -> patterns.Clause:
    one = piece.clause
    tag = str(Tag(draft.pk, draft.version, one.pk, digest(one.text))) if tags else ""
    return patterns.Clause(text=one.text, number=piece.number, heading=one.heading, tag=tag)


def _table(cells: Sequence[Clause], names: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a table whose cells are pieces; one without any words is left out."""
    rows: dict[int, dict[str, str]] = {}
    for cell in cells:
        rows.setdefault(cell.row or 0, dict.fromkeys(names, ""))[cell.field] = cell.text
    return [row for row in rows.values() if any(row.values())]


def _overdue(clauses: Sequence[Clause], day: date) -> list[dict[str, str]]:
    """The table of an urging letter: what is overdue, by which document, since when."""
    keys = [one.record for one in clauses if one.made == Made.ASSIGNMENT and one.record is not None]
    cards = {card.pk: card for card in directives.cards(Assignment.objects.filter(pk__in=keys), day)}
    return [_row(one, cards[one.record], day) for one in clauses if one.record in cards]


def _row(clause: Clause, card: directives.Card, day: date) -> dict[str, str]:
    late = (day - card.due).days if card.due else 0
    return {
        "text": clause.text,
        "document": _named(card.assignment.document) if card.assignment.document else card.origin_label,
        "deadline": wording.day(card.due) if card.due else "",
        "days_late": _("%(n)s days") % {"n": wording.number(max(0, late))},
    }


def _named(document: OfficialDocument) -> str:
    """A document as another one refers to it: "12-TB/TU ngày 28/04/2023"."""
    return _("No. %(number)s of %(day)s") % {"number": document, "day": wording.day(document.dated_on)}


def head_of(
    draft: DocumentDraft, clauses: Iterable[Clause], document: OfficialDocument | None, day: date
) -> patterns.Head:
    """What stands around the text."""
    said = lines_of(clauses)
    return patterns.Head(
        superior=said.get("superior", ""),
        issuer=said.get("issuer", ""),
        number=f"{document.number:02d}" if document else "",
        symbol=document.symbol if document else said.get("symbol", ""),
        place=said.get("place", ""),
        dated_on=document.dated_on if document else None,
        level=level_of(draft, day),
        type_name=type_name(draft, day),
        abstract=said.get("abstract", ""),
        signing=patterns.Signing(
            said.get("mode", ""), said.get("behalf", "").upper(), said.get("post", "").upper(), said.get("name", "")
        ),
        beside=_recorder(said) if draft.template == "minutes" else None,
        recipients=tuple(line.strip() for line in said.get("recipients", "").splitlines() if line.strip()),
    )


def _recorder(said: Mapping[str, str]) -> patterns.Signing:
    """Who wrote the minutes signs on the left."""
    return patterns.Signing("", "", _("Recorder of the minutes").upper(), said.get("recorder", ""))


def level_of(draft: DocumentDraft, day: date) -> str:
    """The level of the format that a document of its unit keeps to."""
    return level_for(labels([draft.unit_id], day)[draft.unit_id])


def type_name(draft: DocumentDraft, day: date) -> str:
    """The type as the document writes it; a letter writes none."""
    code = patterns.read(draft.template, day).type_code
    if code == "CV":
        return ""
    return next((kind.name.upper() for kind in kinds(day) if kind.code == code), "")
