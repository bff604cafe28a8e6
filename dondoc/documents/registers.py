"""Reading the registers: which documents a person may see, and the lines of the register of documents out and in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import may as may_do
from dondoc.accounts.queries import scope
from dondoc.accounts.rules import Verdict
from dondoc.lib import wording
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.lib.vietnamese import folded
from dondoc.organisations.models import Heritage
from dondoc.organisations.queries import Label, labels

from .models import IncomingDocument, OfficialDocument, Recipient, Reservation

MOST_WORDS = 8


def visible(actor: Actor) -> QuerySet[OfficialDocument]:
    """The documents that a person may see: issued by a unit of their scope, or sent to one, or entered by one."""
    if not actor.units:
        return OfficialDocument.objects.none()
    units = scope(actor).values("pk")
    issued = OfficialDocument.objects.filter(issuer__in=units).values_list("pk")
    sent = Recipient.objects.filter(unit__in=units).order_by().values_list("document")
    entered = IncomingDocument.objects.filter(unit__in=units, official__isnull=False).values_list("official")
    return OfficialDocument.objects.filter(pk__in=issued.union(sent, entered))


def visible_in(actor: Actor) -> QuerySet[IncomingDocument]:
    """The documents in of the units of a person's scope."""
    if not actor.units:
        return IncomingDocument.objects.none()
    return IncomingDocument.objects.filter(unit__in=scope(actor).values("pk"))


def keeps(actor: Actor, right: str, unit: int) -> Verdict:
    """Whether the person may do something in a unit's register: there, or at the unit that took over from it when it ended."""
    verdict = may_do(actor, right, unit)
    acting = actor.acting
    if verdict or acting is None:
        return verdict
    taken_over = Heritage.objects.filter(heir=acting.unit, predecessor=unit, since__lte=actor.day)
    return may_do(actor, right, acting.unit) if taken_over.exists() else verdict


def _require(actor: Actor, right: str, unit: int) -> None:
    verdict = keeps(actor, right, unit)
    if not verdict:
        raise Refused(verdict.reason, FORBIDDEN)


def access_document(actor: Actor, pk: int, may: str | None = None) -> OfficialDocument:
    """The document, for a person who may see it (others: 404); `may` is a right at its issuer (403 with the reason)."""
    document = visible(actor).filter(pk=pk).select_related("signed_by", "file").first()
    if document is None:
        raise Http404
    if may is not None:
        _require(actor, may, document.issuer_id)
    return document


def access_incoming(actor: Actor, pk: int, may: str | None = None) -> IncomingDocument:
    """The document in, for a person who may see it (others: 404); `may` is a right at the unit that it came to."""
    document = visible_in(actor).filter(pk=pk).select_related("handled_by", "official").first()
    if document is None:
        raise Http404
    if may is not None:
        _require(actor, may, document.unit_id)
    return document


def access_reservation(actor: Actor, pk: int, may: str) -> Reservation:
    """The reserved number of a unit of the person's scope, with the right at that unit."""
    reserved = Reservation.objects.filter(pk=pk, issuer__in=scope(actor).values("pk")).first()
    if reserved is None:
        raise Http404
    _require(actor, may, reserved.issuer_id)
    return reserved


def sees_file(actor: Actor, file: int) -> bool:
    """Whether a stored file belongs to a document that this person may see."""
    kept = Q(file=file) | Q(
        pk__in=OfficialDocument.scans.through.objects.filter(storedfile=file).values("officialdocument")
    )
    return visible(actor).filter(kept).exists() or visible_in(actor).filter(files=file).exists()


def with_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those rows that have all the words, with or without marks."""
    for word in folded(words).split()[:MOST_WORDS]:
        rows = rows.filter(folded__contains=word)
    return rows


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the register of documents out stands: its day, series and number; of a gap the first and the `last` of its numbers."""

    on: date
    term: str
    symbol: str
    number: int
    kind: str
    pk: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register out: a document, a reserved number (`reserved`, `given_up`), or a number that nothing explains (`gap`)."""

    place: Place
    document: OfficialDocument | None = None
    recipients: Sequence[str] = ()
    reservation: Reservation | None = None

    @property
    def name(self) -> str:
        """The number and symbol, as documents write them; of several numbers the first and the last."""
        number = f"{self.place.number:02d}"
        if self.place.last > self.place.number:
            number = f"{number} … {self.place.last:02d}"
        return f"{number}-{self.place.symbol}"

    @property
    def more(self) -> int:
        """How many receivers there are beyond the three that a line shows."""
        return max(0, len(self.recipients) - 3)


def places(issuer: int, on: date, *, words: str = "", symbol: str = "", term: str = "") -> list[Place]:
    """The lines of an issuer's register as it stood on a day, newest first. Two queries; a term has some thousands of numbers."""
    series = {name: value for name, value in (("symbol", symbol), ("term", term)) if value}
    every = OfficialDocument.objects.filter(issuer=issuer, **series)
    given = list(every.values_list("pk", "dated_on", "term", "symbol", "number"))
    kept = list(Reservation.objects.filter(issuer=issuer, **series))
    wanted = {one[0] for one in given}
    if asked := folded(words).split()[:MOST_WORDS]:
        wanted = set(with_words(every, words).values_list("pk", flat=True))
    days = {one[0]: one[1] for one in given}
    found = [Place(on_, term_, symbol_, n, "document", pk) for pk, on_, term_, symbol_, n in given if pk in wanted]
    for one in kept:
        # A number is reserved until its document bears a day; after that the document stands in its place.
        used = one.document_id is not None and days[one.document_id] <= on
        if not used and all(word in folded(f"{one} {one.reason} {one.explanation}") for word in asked):
            kind = "given_up" if one.given_up_on and one.given_up_on <= on else "reserved"
            found.append(Place(one.reserved_on, one.term, one.symbol, one.number, kind, one.pk))
    if not asked:
        taken = [(term_, symbol_, n, on_) for _pk, on_, term_, symbol_, n in given]
        found += _gaps([*taken, *((one.term, one.symbol, one.number, one.reserved_on) for one in kept)])
    return sorted(
        (one for one in found if one.on <= on), key=lambda one: (one.on, one.symbol, one.number), reverse=True
    )


def _gaps(numbers: Iterable[tuple[str, str, int, date]]) -> list[Place]:
    """The numbers between two others of a series that neither a document nor a reservation explains, those in a row together; dated as the next higher one is."""
    found = []
    last: tuple[str, str, int] | None = None
    for term, symbol, number, on in sorted(set(numbers)):
        if last is not None and last[:2] == (term, symbol) and number > last[2] + 1:
            found.append(Place(on, term, symbol, last[2] + 1, "gap", last=number - 1))
        last = (term, symbol, number)
    return found


def lines(shown: Sequence[Place]) -> list[Line]:
    """These places with what stands there. Six queries at most."""
    keys = {
        kind: [one.pk for one in shown if (one.kind == "document") == (kind == "document")]
        for kind in ("document", "kept")
    }
    documents = OfficialDocument.objects.select_related("signed_by", "file", "recorded_by").in_bulk(keys["document"])
    reserved = Reservation.objects.select_related("post", "document").in_bulk([pk for pk in keys["kept"] if pk])
    to = recipients(list(documents.values()))
    return [
        Line(one, documents[one.pk], to[one.pk])
        if one.kind == "document"
        else Line(one, reservation=reserved.get(one.pk))
        for one in shown
    ]


def recipients(documents: Sequence[OfficialDocument]) -> dict[int, list[str]]:
    """Who received each document, as they were called on its day."""
    rows = list(Recipient.objects.filter(document__in=[one.pk for one in documents]).order_by("document", "position"))
    days = {one.pk: one.dated_on for one in documents}
    named: dict[date, dict[int, Label]] = {}
    for day in set(days.values()):
        units = {row.unit_id for row in rows if row.unit_id and days[row.document_id] == day}
        named[day] = labels(units, day) if units else {}
    found: dict[int, list[str]] = {one.pk: [] for one in documents}
    for row in rows:
        found[row.document_id].append(named[days[row.document_id]][row.unit_id].name if row.unit_id else row.words)
    return found


def addressed(units: Sequence[int], on: date) -> QuerySet[OfficialDocument]:
    """The documents that were sent to one of these units and that it has not entered yet, newest first."""
    entered = IncomingDocument.objects.filter(unit__in=units, official__isnull=False).values("official")
    sent = Recipient.objects.filter(unit__in=units).order_by().values("document")
    rows = OfficialDocument.objects.filter(pk__in=sent, dated_on__lte=on).exclude(pk__in=entered)
    return rows.exclude(issuer__in=units).order_by("-dated_on", "-pk")


def issuers(actor: Actor, on: date, most: int = 200) -> list[Label]:
    """The units of the scope that have something in the register out or in, and those through which the person acts."""
    units = scope(actor).values("pk")
    issued = OfficialDocument.objects.filter(issuer__in=units).values_list("issuer")
    entered = IncomingDocument.objects.filter(unit__in=units).values_list("unit")
    found = [pk for (pk,) in issued.union(entered)[:most]]
    return sorted(labels({*found, *actor.units}, on).values(), key=lambda label: label.name)


def by_arrival(rows: QuerySet[IncomingDocument]) -> QuerySet[IncomingDocument]:
    """The register of documents in, the last arrival first."""
    return rows.order_by("-year", "-arrival").select_related("handled_by")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a unit's register of documents in: overdue, with nobody to deal with it, and sent here but not entered yet."""

    overdue: int
    with_nobody: int
    to_enter: int

    def __bool__(self) -> bool:
        return bool(self.overdue or self.with_nobody or self.to_enter)

    @property
    def sentence(self) -> str:
        """The same in words, the gravest first."""
        told = [
            (ngettext("%(n)s document in overdue", "%(n)s documents in overdue", self.overdue), self.overdue),
            (
                ngettext("%(n)s with nobody to deal with it", "%(n)s with nobody to deal with them", self.with_nobody),
                self.with_nobody,
            ),
            (
                ngettext("%(n)s document to be entered", "%(n)s documents to be entered", self.to_enter),
                self.to_enter,
            ),
        ]
        return ", ".join(text % {"n": n} for text, n in told if n)


def waiting(actor: Actor) -> Waiting:
    """What waits for the person who keeps the register of the unit through which they act; nothing for others. Three queries at most."""
    acting = actor.acting
    if acting is None or not may_do(actor, "document.receive", acting.unit):
        return Waiting(0, 0, 0)
    mine = IncomingDocument.objects.filter(unit=acting.unit, done_on=None)
    counts = mine.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=actor.day)), nobody=Count("pk", filter=Q(handled_by=None))
    )
    return Waiting(counts["overdue"], counts["nobody"], addressed([acting.unit], actor.day).count())


def label_of(document: IncomingDocument) -> tuple[str, str]:
    """What a document in is called where it is spoken of ("Công văn số 12-CV/TU ngày 26/04/2023 của Tỉnh ủy …"), and its sender."""
    sender = document.sender_words
    if document.sender_id is not None:
        sender = labels([document.sender_id], document.dated_on)[document.sender_id].name
    number = "-".join(part for part in (document.number, document.symbol) if part)
    named = {
        "type": document.type_name or _("Document"),
        "number": number,
        "day": wording.day(document.dated_on),
        "sender": sender,
    }
    if number:
        return _("%(type)s no. %(number)s of %(day)s of %(sender)s") % named, sender
    return _("%(type)s of %(day)s of %(sender)s") % named, sender
