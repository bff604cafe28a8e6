"""Reading documents and files, and who may."""

from datetime import date

from django.conf import settings
from django.db.models import Max
from django.http import Http404
from django.utils.module_loading import import_string

from dondoc.accounts.actors import Actor
from dondoc.organisations.queries import labels

from .models import OfficialDocument, Reservation, StoredFile


def next_number(issuer: int, term: str, symbol: str) -> int:
    """The number after the highest that was given or reserved in the series.

    A proposal, since another may take it first; whoever holds the series (`services.numbering.hold`) can rely on it.
    """
    highest = [
        model.objects.filter(issuer=issuer, term=term, symbol=symbol).aggregate(Max("number"))["number__max"]
        for model in (OfficialDocument, Reservation)
    ]
    return max(given or 0 for given in highest) + 1


def words_of(document: OfficialDocument) -> str:
    """The words by which a document is found: number, symbol, type, abstract, who signed, receivers as they were called on its day."""
    lines = list(document.recipients.all())
    named = labels({line.unit_id for line in lines if line.unit_id}, document.dated_on)
    to = [named[line.unit_id].name if line.unit_id else line.words for line in lines]
    signed = document.signed_by.title if document.signed_by else ""
    return " ".join([str(document), str(document.number), document.type_name, document.abstract, signed, *to])


def term_of(day: date) -> str:
    """The term of office of Party committees that a day belongs to: five years beginning with the congress year (2020–2025, 2025–2030).

    A congress is held during its year, so the year itself is counted to the new term from July on; an office may write another.
    """
    begin = day.year - day.year % 5
    if day.year == begin and day.month < 7:
        begin -= 5
    return f"{begin}-{begin + 5}"


def access_file(actor: Actor, pk: int) -> StoredFile:
    """A file, for someone who may see something that carries it: any of `WHO_SEES_A_FILE` (called with actor and file key) says so."""
    names: list[str] = settings.WHO_SEES_A_FILE
    found = StoredFile.objects.filter(pk=pk).first()
    if found is None or not any(import_string(name)(actor, pk) for name in names):
        raise Http404
    return found
