"""The register of documents in: under the next arrival number of the year, dealt with by a post until a day, and done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Max, Q

from dondoc.accounts.models import Post
from dondoc.documents.models import IncomingDocument, OfficialDocument, StoredFile
from dondoc.documents.queries import term_of
from dondoc.documents.rules import examine_words
from dondoc.documents.symbols import is_symbol, type_of
from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.refusals import CONFLICT, INVALID, Refused
from dondoc.lib.vietnamese import folded
from dondoc.organisations.models import Ancestry
from dondoc.organisations.queries import labels

from .numbering import hold, number_document
from .values import About, Arrival, To

LONGEST_ABSTRACT = 500


def enter(unit: int, arrival: Arrival, act: Act) -> IncomingDocument:
    """Enter a document into the unit's register of the year of its arrival, under the next number.

    Where the sender is a superior or a unit below, and the document says its number and symbol, it is the sender's document with that number,
    which is recorded where it is not known yet. Refused where the unit has entered the same document, or the sender's is of another day.
    """
    abstract = examine_words(arrival.abstract, LONGEST_ABSTRACT).strip()
    words = examine_words(arrival.sender_words, 200).strip()
    if not abstract:
        raise Refused("documents.abstract_missing", INVALID)
    if arrival.sender is None and not words:
        raise Refused("documents.sender_missing", INVALID)
    if arrival.arrived_on > act.day or arrival.dated_on > arrival.arrived_on:
        raise Refused("documents.arrived_ahead", INVALID)
    year, number, symbol = arrival.arrived_on.year, arrival.number.strip(), arrival.symbol.strip()
    with writing(act):
        hold(unit, str(year), "")
        _once(unit, arrival, words, number, symbol)
        official = _official(unit, arrival, number, symbol, act)
        last = IncomingDocument.objects.filter(unit=unit, year=year).aggregate(Max("arrival"))["arrival__max"] or 0
        document = IncomingDocument.objects.create(
            unit_id=unit,
            year=year,
            arrival=last + 1,
            arrived_on=arrival.arrived_on,
            sender_id=arrival.sender,
            sender_words="" if arrival.sender else words,
            number=number,
            symbol=symbol,
            dated_on=arrival.dated_on,
            type_name=arrival.type_name or type_of(symbol, arrival.dated_on),
            abstract=abstract,
            official=official,
            due_on=arrival.due_on,
            handled_by_id=_post_of(unit, arrival.handled_by, act),
        )
        document.files.add(*arrival.files)
        _fold(document)
        record(
            "documents.entered",
            document,
            unit=unit,
            data={"arrival": document.arrival, "year": year, "official": document.official_id},
            rows=arrival.files,
        )
    return document


def _once(unit: int, arrival: Arrival, words: str, number: str, symbol: str) -> None:
    if not number:
        return
    same = IncomingDocument.objects.filter(
        unit=unit, sender=arrival.sender, number=number, symbol=symbol, dated_on=arrival.dated_on
    )
    known = next((one for one in same if arrival.sender or folded(one.sender_words) == folded(words)), None)
    if known is not None:
        raise Refused(
            "documents.entered_already",
            CONFLICT,
            number=f"{number}-{symbol}",
            arrival=known.arrival,
            day=wording.day(known.arrived_on),
        )


def _official(unit: int, arrival: Arrival, number: str, symbol: str, act: Act) -> OfficialDocument | None:
    """The sender's document itself, where sender and number say which one it is."""
    plain = number.isascii() and number.isdigit() and 0 < int(number[:6]) < 100_000
    if arrival.sender is None or not plain or not is_symbol(symbol) or not _near(unit, arrival.sender, act.day):
        return None
    term = term_of(arrival.dated_on)
    hold(arrival.sender, term, symbol)
    known = OfficialDocument.objects.filter(issuer=arrival.sender, term=term, symbol=symbol, number=int(number)).first()
    if known is None:
        about = About(arrival.type_name, recipients=[To(unit)])
        given = (arrival.sender, term, symbol, int(number), arrival.dated_on, arrival.abstract)
        return number_document(*given, act, about=about)
    if known.dated_on != arrival.dated_on:
        raise Refused("documents.of_another_day", CONFLICT, number=str(known), day=wording.day(known.dated_on))
    return known


def _near(unit: int, sender: int, day: date) -> bool:
    """Whether one of the two stands above the other: nobody else's numbers are written down by a unit."""
    pair = Q(ancestor=sender, descendant=unit) | Q(ancestor=unit, descendant=sender)
    return sender != unit and Ancestry.objects.on(day).filter(pair).exists()


def _post_of(unit: int, post: int | None, act: Act) -> int | None:
    # Of the unit itself, or of the one that took its register over and acts here.
    if post is not None and not Post.objects.on(act.day).filter(pk=post, unit__in=[unit, act.unit or unit]).exists():
        raise Refused("documents.post_of_another_unit", INVALID)
    return post


def _fold(document: IncomingDocument) -> None:
    sender = labels([document.sender_id], document.dated_on)[document.sender_id].name if document.sender_id else ""
    about = (document.type_name, document.abstract, sender, document.sender_words)
    words = [str(document.arrival), f"{document.number}-{document.symbol}", *about]
    document.folded = folded(" ".join(words))
    document.save(update_fields=["folded"])


def handle(pk: int, *, post: int | None, due_on: date | None, seen: int, act: Act) -> IncomingDocument:
    """Who deals with it, until when; also once it is done, when it turns out that it is not."""
    with writing(act):
        unit = IncomingDocument.objects.get(pk=pk).unit_id
        fields = {"handled_by": _post_of(unit, post, act), "due_on": due_on, "done_on": None, "done_words": ""}
        document = _claim(pk, seen, **fields)
        record("documents.handed_on", document, unit=unit, data={"post": post, "due": due_on})
    return document


def finish(pk: int, *, words: str, seen: int, act: Act) -> IncomingDocument:
    """It was dealt with: by what, in words."""
    words = examine_words(words, LONGEST_ABSTRACT).strip()
    if not words:
        raise Refused("documents.outcome_missing", INVALID)
    with writing(act):
        document = _claim(pk, seen, done_on=act.day, done_words=words)
        record("documents.dealt_with", document, unit=document.unit_id)
    return document


def attach(pk: int, files: Sequence[StoredFile], *, seen: int, act: Act) -> IncomingDocument:
    """Scans or files of it, beside those that it has."""
    if not files:
        raise Refused("documents.no_file", INVALID)
    with writing(act):
        document = _claim(pk, seen)
        document.files.add(*files)
        data = {"files": [file.pk for file in files]}
        record("documents.files_attached", document, unit=document.unit_id, data=data, rows=files)
    return document


def _claim(pk: int, seen: int, **fields: Any) -> IncomingDocument:
    if not IncomingDocument.objects.filter(pk=pk, version=seen).update(version=F("version") + 1, **fields):
        raise Refused("documents.changed_meanwhile")
    return IncomingDocument.objects.get(pk=pk)
