"""Reading documents and files, and who may."""

from datetime import date

from django.conf import settings
from django.db.models import Max
from django.http import Http404
from django.utils.module_loading import import_string

from dondoc.accounts.actors import Actor

from .models import OfficialDocument, StoredFile


def next_number(issuer: int, term: str, symbol: str) -> int:
    """The number after the highest that was given in the series; a proposal, since another may take it first."""
    series = OfficialDocument.objects.filter(issuer=issuer, term=term, symbol=symbol)
    return int(series.aggregate(Max("number"))["number__max"] or 0) + 1


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
