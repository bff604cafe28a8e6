"""Giving numbers: one after the other in each series, each once, none without a document or an explanation."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from dondoc.documents.models import OfficialDocument, Recipient, Reservation, Series, StoredFile
from dondoc.documents.queries import next_number, words_of
from dondoc.documents.rules import examine_words
from dondoc.documents.symbols import is_symbol, is_term, type_of
from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.refusals import CONFLICT, INVALID, Refused
from dondoc.lib.vietnamese import folded

from .values import NOTHING_MORE, About, To

LONGEST_REASON = 300
MOST_EXPLAINED = 2000
"""Numbers that one explanation may stand for."""


def hold(unit: int, term: str, symbol: str) -> Series:
    """The row of a series, held until the commit: who comes second waits here, and then sees what the first has given."""
    Series.objects.get_or_create(unit_id=unit, term=term, symbol=symbol)
    return Series.objects.select_for_update().get(unit=unit, term=term, symbol=symbol)


def number_document(
    issuer: int,
    term: str,
    symbol: str,
    number: int | None,
    dated_on: date,
    abstract: str,
    act: Act,
    *,
    further: bool = False,
    reservation: int | None = None,
    about: About = NOTHING_MORE,
) -> OfficialDocument:
    """Give a number: the next one of the series (None), one that was given on paper, or a reserved one.

    Issuer + term + symbol + number is given once (`domain.md` 9); refused with the next free one where it was, or where it is reserved
    and the reservation is not named. The post that reserved a number may simply write it.

    `further`: something more goes out with a document that may have its number already. It is that document when the day is the same
    and the abstract is the same or left out. What another unit recorded of the issuer's documents is taken over when the issuer enters it.
    """
    symbol, abstract = in_series(symbol, term, dated_on), abstract.strip()[:500]
    with writing(act):
        hold(issuer, term, symbol)
        reserved = None
        if reservation is not None:
            reserved = _reserved(reservation, issuer, term, symbol)
            number = reserved.number
        elif number is None:
            number = next_number(issuer, term, symbol)
        else:
            given = _of_series(OfficialDocument, issuer, term, symbol).filter(number=number).first()
            if given is not None:
                if further and given.dated_on == dated_on and abstract in ("", given.abstract):
                    return _send_to_more(given, about.recipients)
                if given.recorded_by_id is None or act.unit != issuer:
                    raise _already_given(given)
                return _take_over(given, dated_on, abstract, about)
            reserved = _of_series(Reservation, issuer, term, symbol).filter(number=number).first()
            if reserved is not None:
                _require_own(reserved, act)
        document = OfficialDocument.objects.create(
            issuer_id=issuer,
            term=term,
            symbol=symbol,
            number=number,
            dated_on=dated_on,
            abstract=abstract,
            type_name=about.type_name or type_of(symbol, dated_on),
            signed_by_id=about.signed_by,
            file=about.file,
            recorded_by_id=act.unit if act.unit != issuer else None,
        )
        rows = _more_of(document, about)
        if reserved is not None:
            reserved.document, reserved.version = document, reserved.version + 1
            reserved.save(update_fields=["document", "version"])
            rows.append(reserved)
        record(
            "documents.numbered",
            document,
            unit=issuer,
            data={"term": term, "symbol": symbol, "number": number, "on": dated_on},
            rows=rows,
        )
        for name in settings.ON_EVIDENCE:
            import_string(name)([issuer], act)
    return document


def _more_of(document: OfficialDocument, about: About) -> list[Any]:
    """What hangs on the document, written; the rows."""
    document.scans.add(*about.scans)
    rows: list[Any] = [*_recipients(document, about.recipients, 1), *about.scans]
    rows += [about.file] if about.file else []
    fold(document)
    return rows


def _take_over(document: OfficialDocument, dated_on: date, abstract: str, about: About) -> OfficialDocument:
    """The issuer's own words in place of those of the unit that recorded its document."""
    document.dated_on, document.abstract, document.recorded_by = dated_on, abstract, None
    document.type_name = about.type_name or type_of(document.symbol, dated_on)
    document.signed_by_id, document.file = about.signed_by, about.file
    document.version += 1
    document.save()
    document.recipients.all().delete()
    rows = _more_of(document, about)
    record("documents.taken_over", document, unit=document.issuer_id, data={"on": dated_on}, rows=rows)
    return document


def in_series(symbol: str, term: str, day: date) -> str:
    """The symbol as it is stored. Refused where symbol or term cannot be those of a document of the day."""
    symbol = symbol.strip()
    if not is_symbol(symbol):
        raise Refused("documents.symbol_unknown", INVALID, symbol=symbol)
    if not is_term(term, day):
        raise Refused("documents.term_unknown", INVALID, term=term)
    return symbol


def _of_series(model: Any, issuer: int, term: str, symbol: str) -> Any:
    return model.objects.filter(issuer=issuer, term=term, symbol=symbol)


def _already_given(given: OfficialDocument) -> Refused:
    return Refused(
        "documents.number_given",
        CONFLICT,
        number=str(given),
        day=wording.day(given.dated_on),
        abstract=given.abstract or "–",
        next=next_number(given.issuer_id, given.term, given.symbol),
    )


def _reserved(pk: int, issuer: int, term: str, symbol: str) -> Reservation:
    reserved: Reservation | None = _of_series(Reservation, issuer, term, symbol).filter(pk=pk).first()
    if reserved is None:
        raise Refused("documents.reservation_of_another_series", INVALID)
    if reserved.document is not None:
        raise _already_given(reserved.document)
    _require_open(reserved)
    return reserved


def _require_open(reserved: Reservation) -> None:
    if reserved.given_up_on is not None:
        raise Refused(
            "documents.number_given_up",
            CONFLICT,
            number=str(reserved),
            day=wording.day(reserved.given_up_on),
            explanation=reserved.explanation,
            next=next_number(reserved.issuer_id, reserved.term, reserved.symbol),
        )


def _require_own(reserved: Reservation, act: Act) -> None:
    _require_open(reserved)
    if reserved.post_id != act.post:
        raise Refused(
            "documents.number_reserved",
            CONFLICT,
            number=str(reserved),
            post=reserved.post.title if reserved.post else "–",
            reason=reserved.reason,
            next=next_number(reserved.issuer_id, reserved.term, reserved.symbol),
        )


def _recipients(document: OfficialDocument, to: Iterable[To], first: int) -> list[Recipient]:
    return Recipient.objects.bulk_create(
        Recipient(document=document, position=first + n, unit_id=one.unit, words=one.words.strip()[:200])
        for n, one in enumerate(to)
    )


def fold(document: OfficialDocument) -> None:
    """Write down what the document is found by."""
    document.folded = folded(words_of(document))
    document.save(update_fields=["folded"])


def _send_to_more(document: OfficialDocument, to: Iterable[To]) -> OfficialDocument:
    """The document, with those as receivers whom it did not name yet."""
    lines = list(document.recipients.all())
    known = {(line.unit_id, line.words) for line in lines}
    new = [one for one in dict.fromkeys(to) if (one.unit, one.words.strip()[:200]) not in known]
    if new:
        rows = _recipients(document, new, lines[-1].position + 1 if lines else 1)
        fold(document)
        record("documents.sent_to_more", document, unit=document.issuer_id, rows=rows)
    return document


def keep_original(document: OfficialDocument, file: StoredFile, act: Act) -> None:
    """The file of a document as it was issued; refused where it has one already, for what was issued is not exchanged."""
    with writing(act):
        kept = OfficialDocument.objects.filter(pk=document.pk, file=None).update(file=file)
        if not kept:
            raise Refused("documents.original_kept", CONFLICT, number=str(document))
        document.file = file
        record("documents.original_kept", document, unit=document.issuer_id, data={"file": file.pk}, rows=[file])


def attach_scans(pk: int, files: Sequence[StoredFile], *, seen: int, act: Act) -> OfficialDocument:
    """Scans of the signed and sealed document, beside those that it has."""
    if not files:
        raise Refused("documents.no_file", INVALID)
    with writing(act):
        if not OfficialDocument.objects.filter(pk=pk, version=seen).update(version=seen + 1):
            raise Refused("documents.changed_meanwhile")
        document = OfficialDocument.objects.get(pk=pk)
        document.scans.add(*files)
        data = {"files": [file.pk for file in files]}
        record("documents.scans_attached", document, unit=document.issuer_id, data=data, rows=files)
    return document


def reserve(issuer: int, term: str, symbol: str, reason: str, act: Act) -> Reservation:
    """Take the next number of a series for a document that is to come; refused without a reason."""
    symbol, reason = in_series(symbol, term, act.day), _reason(reason)
    with writing(act):
        hold(issuer, term, symbol)
        reserved = Reservation.objects.create(
            issuer_id=issuer,
            term=term,
            symbol=symbol,
            number=next_number(issuer, term, symbol),
            reserved_on=act.day,
            post_id=act.post,
            reason=reason,
        )
        record(
            "documents.reserved",
            reserved,
            unit=issuer,
            data={"term": term, "symbol": symbol, "number": reserved.number},
        )
    return reserved


def give_up(pk: int, *, explanation: str, seen: int, act: Act) -> Reservation:
    """A reserved number will bear no document: refused without an explanation, for it is never given again."""
    explanation = _reason(explanation)
    with writing(act):
        given_up = Reservation.objects.filter(pk=pk, version=seen, document=None, given_up_on=None).update(
            given_up_on=act.day, explanation=explanation, version=seen + 1
        )
        reserved = Reservation.objects.select_related("document").get(pk=pk)
        if not given_up:
            if reserved.document is not None:
                raise _already_given(reserved.document)
            _require_open(reserved)
            raise Refused("documents.changed_meanwhile")
        record("documents.given_up", reserved, unit=reserved.issuer_id, data={"number": reserved.number})
    return reserved


def explain_gap(
    issuer: int, term: str, symbol: str, number: int, explanation: str, act: Act, *, last: int | None = None
) -> list[Reservation]:
    """Say why a number below the highest, or all up to `last`, has no document: given up from the beginning.

    Refused where one of them is no gap (any more).
    """
    explanation = _reason(explanation)
    numbers = range(number, (last or number) + 1)
    if not 0 < len(numbers) <= MOST_EXPLAINED:
        raise Refused("documents.no_gap", CONFLICT, number=f"{number:02d}-{symbol}")
    with writing(act):
        hold(issuer, term, symbol)
        given = _of_series(OfficialDocument, issuer, term, symbol).filter(number__in=numbers).first()
        if given is not None:
            raise _already_given(given)
        taken = _of_series(Reservation, issuer, term, symbol).filter(number__in=numbers).exists()
        if taken or number < 1 or numbers[-1] >= next_number(issuer, term, symbol):
            raise Refused("documents.no_gap", CONFLICT, number=f"{number:02d}-{symbol}")
        explained = Reservation.objects.bulk_create(
            Reservation(
                issuer_id=issuer,
                term=term,
                symbol=symbol,
                number=one,
                reserved_on=act.day,
                post_id=act.post,
                given_up_on=act.day,
                explanation=explanation,
            )
            for one in numbers
        )
        data = {"number": number, "last": numbers[-1]}
        record("documents.gap_explained", explained[0], unit=issuer, data=data, rows=explained[1:])
    return explained


def _reason(typed: str) -> str:
    reason = examine_words(typed, LONGEST_REASON).strip()
    if not reason:
        raise Refused("documents.reason_missing", INVALID)
    return reason
