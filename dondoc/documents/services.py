"""Receiving sources and files, and giving numbers to documents."""

import hashlib
from datetime import date
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused

from . import rules
from .models import OfficialDocument, Source, StoredFile


def take_source(
    text: str,
    *,
    kind: str,
    title: str,
    owner: int,
    is_public: bool,
    publisher: str = "",
    published_on: date | None = None,
    act: Act,
) -> Source:
    """Keep a text as a source; the same text is kept once and given back. It has come through the door (`rules.examine_text`) before."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    with writing(act):
        known = Source.objects.filter(digest=digest).first()
        if known is not None:
            return known
        source = Source.objects.create(
            kind=kind,
            title=title[:300],
            publisher=publisher[:200],
            published_on=published_on,
            is_public=is_public,
            text=text,
            digest=digest,
            owner_id=owner,
            received_on=act.day,
        )
        record("documents.source_taken", source, unit=owner, data={"digest": digest})
    return source


def store_file(upload: UploadedFile) -> StoredFile:
    """Keep a file that comes through the door; the same content is kept once. Refused (422) where the door stops it."""
    if (upload.size or 0) > rules.LARGEST_FILE:
        raise Refused("documents.file_too_large", INVALID)
    name = PurePath((upload.name or "").replace("\\", "/")).name[:200]
    content = upload.read()
    kind = rules.examine_file(name, content)
    digest = hashlib.sha256(content).hexdigest()
    known = StoredFile.objects.filter(digest=digest).first()
    if known is not None:
        return known
    stored = StoredFile(digest=digest, name=name, media_type=kind.media_type, size=len(content))
    stored.content.save(f"{digest[:2]}/{digest}", ContentFile(content), save=False)
    stored.save()
    return stored


def number_document(
    issuer: int, term: str, symbol: str, number: int, dated_on: date, abstract: str, act: Act
) -> OfficialDocument:
    """Give a number to a document. Refused (409) where issuer, term, symbol and number are given already: it says to which."""
    with writing(act):
        try:
            with transaction.atomic():
                document = OfficialDocument.objects.create(
                    issuer_id=issuer,
                    term=term.strip(),
                    symbol=symbol.strip(),
                    number=number,
                    dated_on=dated_on,
                    abstract=abstract[:500],
                )
        except IntegrityError:
            other = OfficialDocument.objects.get(issuer=issuer, term=term.strip(), symbol=symbol.strip(), number=number)
            raise Refused(
                "documents.number_given", name=str(other), day=f"{other.dated_on:%d/%m/%Y}", abstract=other.abstract
            ) from None
        record("documents.numbered", document, unit=issuer, data={"number": number, "dated": dated_on})
    return document
