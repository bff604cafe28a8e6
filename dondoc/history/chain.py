"""How the chains are computed: digests, hashes, and what may stand in the data of an event. No writing here."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.expressions import Combinable

from .models import Entry, ReadingBatch

FIRST_HASH = "0" * 64
# Codes, days, document numbers: nothing with a space in it, so neither a name nor a sentence.
REFERENCE = re.compile(r"[\w.,:;/+#-]{0,80}")


def clean(value: Any, where: str) -> Any:
    """The data of an event as they are stored: references, days and whole numbers. Anything that could be a personal value is refused.

    History can never be erased, so it points at what was written instead of repeating it: `{"reason_kept_in": …}`, not the reason.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str) and REFERENCE.fullmatch(value):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        values = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [clean(one, where) for one in values]
    if isinstance(value, dict):
        return {str(clean(str(name), where)): clean(one, f"{where}.{name}") for name, one in value.items()}
    raise ValueError(
        f"{where}: {type(value).__name__} does not belong into the history. Record keys, codes, days and whole numbers; "
        "words that people typed stay in the rows of their folder."
    )


def digest_row(row: models.Model) -> str:
    """The digest of one row as it was written: its model, key and stored values. Values computed by the database must be read back first."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    for name, value in values.items():
        if isinstance(value, Combinable):
            raise TypeError(
                f"{row._meta.label}.{name} is an expression; call refresh_from_db() before recording the row"
            )
    return digest({"model": row._meta.label, "values": values})


def digest(value: Any) -> str:
    """The SHA-256 of a value written as JSON with sorted names."""
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(entry: Entry, events: list[dict[str, Any]]) -> str:
    """The hash of an entry over everything that it says, its events in their order, and the hash before it."""
    return digest(
        {
            "number": entry.number,
            "at": _moment(entry.at),
            "day": entry.day.isoformat(),
            "person": entry.person,
            "post": entry.post,
            "rows": entry.rows,
            "digest": entry.digest,
            "previous": entry.previous,
            "events": events,
        }
    )


def batch_hash(batch: ReadingBatch, subjects: Iterable[int]) -> str:
    """The hash of a batch of readings over everything that it says and the hash before it."""
    return digest(
        {
            "number": batch.number,
            "at": _moment(batch.at),
            "day": batch.day.isoformat(),
            "reader": batch.reader,
            "post": batch.post,
            "page": batch.page,
            "previous": batch.previous,
            "subjects": sorted(subjects),
        }
    )
