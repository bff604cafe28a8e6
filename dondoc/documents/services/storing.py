"""Taking in sources, storing files."""

import hashlib
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import IntegrityError, transaction

from dondoc.documents.files import examine_file
from dondoc.documents.models import Source, StoredFile
from dondoc.documents.rules import stop_if_secret
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import Refused


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
    """The source of a text for its owner: the one that the owner has by its digest, else a new one. Another owner keeps its own.

    One of another kind, or open to other readers, is not taken: what was wrongly public must not stay so when it is brought again.

    The text has come through the door (`rules.examine_text`) and is kept letter by letter, because spans point into it.
    """
    stop_if_secret(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with writing(act):
        same = Source.objects.filter(owner=owner, digest=digest, is_public=is_public, kind=kind)
        known = same.first()
        if known is not None:
            return known
        try:
            with transaction.atomic():
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
        except IntegrityError:
            return same.get()  # Taken in by somebody else at the same moment.
        record("documents.source_taken", source, unit=owner, data={"kind": kind, "public": is_public})
    return source


# What the door said of an upload, as long as the upload is there.
_looked_at: "WeakKeyDictionary[UploadedFile[Any], str | Refused]" = WeakKeyDictionary()


def look_at(uploads: "Iterable[UploadedFile[Any]]") -> None:
    """Let the door examine uploads before a transaction is begun; `store_file` then goes by what it said.

    To read a long PDF takes seconds, in which nobody else could write on SQLite.
    """
    for upload in uploads:
        try:
            _looked_at[upload] = examine_file(_name(upload), upload.file, upload.size or 0)  # type: ignore[arg-type]
        except Refused as refused:
            _looked_at[upload] = refused
        upload.seek(0)


def _name(upload: "UploadedFile[Any]") -> str:
    return (upload.name or "tep").replace("\\", "/").rpartition("/")[2][-200:]


def store_file(upload: "UploadedFile[Any]") -> StoredFile:
    """The stored file of an upload, kept once by its content. Refused by the door with nothing stored.

    It is recorded by the act that carries it (the report whose evidence it is): name the row in that act's `rows`.
    """
    if upload not in _looked_at:
        look_at([upload])
    name, media_type = _name(upload), _looked_at[upload]
    if isinstance(media_type, Refused):
        raise media_type
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    key = digest.hexdigest()
    known = StoredFile.objects.filter(digest=key).first()
    if known is not None:
        return known
    place = f"stored/{key[:2]}/{key}"
    # On disk by its digest: what an earlier act left behind when it was taken back is the same content.
    if not default_storage.exists(place) or default_storage.size(place) != upload.size:
        _put(place, upload)
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                digest=key, name=name, media_type=media_type, size=upload.size or 0, content=place
            )
    except IntegrityError:
        return StoredFile.objects.get(digest=key)


def store_made(name: str, content: bytes) -> StoredFile:
    """The stored file of a document that was made here; through the same door as what comes from outside."""
    return store_file(SimpleUploadedFile(name, content))


def _put(place: str, upload: "UploadedFile[Any]") -> None:
    """Write the content beside its place and move it there in one step: what is cut off by a crash never bears a digest."""
    path = Path(default_storage.path(place))
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix="writing-", delete=False) as beside:
        written = Path(beside.name)
        try:
            for chunk in upload.chunks():
                beside.write(chunk)
            beside.flush()
            os.fsync(beside.fileno())
            written.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
            written.replace(path)
        except BaseException:
            written.unlink()
            raise
    upload.seek(0)
