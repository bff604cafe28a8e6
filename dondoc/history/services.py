"""Writing: one transaction and one history entry per act.

Every service does its work inside `with writing(act):` and says what it did with `record`. A service called by another joins the
outer act, so that an act has one entry with all its events. The chain is locked by the last statements before the commit.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from .models import Entry, Event, Head

FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, through which post of which unit, on which working day, at which time of the clock. None: the system itself."""

    person: int | None
    post: int | None
    unit: int | None
    day: date
    at: datetime


@dataclass(slots=True)
class _Pending:
    act: Act
    events: list[dict[str, Any]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)


_pending: ContextVar[_Pending | None] = ContextVar("pending", default=None)


@contextmanager
def writing(act: Act) -> Iterator[None]:
    """One transaction that ends with one entry of the chain; inside another one, a part of it. An act that records nothing leaves none."""
    if _pending.get() is not None:
        yield
        return
    pending = _Pending(act)
    token = _pending.set(pending)
    try:
        with transaction.atomic():
            yield
            if pending.events:
                _append(pending)
    finally:
        _pending.reset(token)


def record(
    action: str,
    subject: models.Model,
    *,
    unit: int | None = None,
    data: dict[str, Any] | None = None,
    rows: Iterable[models.Model] = (),
) -> None:
    """Say what the present act did: `data` holds references and figures, no personal values; `rows` are the rows written besides the subject."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError(f"{action} is recorded outside `writing`")
    pending.events.append(
        {"action": action, "kind": subject._meta.label, "key": subject.pk, "unit": unit, "data": data or {}}
    )
    pending.rows.extend(digest_row(row) for row in (subject, *rows))


def digest_row(row: models.Model) -> str:
    """The digest of one row as it is written: its model, key and stored values."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return _digest({"model": row._meta.label, "values": values})


def _digest(value: Any) -> str:
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(entry: Entry, events: list[dict[str, Any]]) -> str:
    """The hash of an entry over everything that it says and the hash before it."""
    return _digest(
        {
            "number": entry.number,
            "at": entry.at.timestamp(),
            "day": entry.day.isoformat(),
            "person": entry.person,
            "post": entry.post,
            "rows": entry.rows,
            "digest": entry.digest,
            "previous": entry.previous,
            "events": events,
        }
    )


def _append(pending: _Pending) -> None:
    head = Head.objects.select_for_update().get_or_create(pk=1, defaults={"count": 0, "hash": FIRST_HASH})[0]
    entry = Entry(
        number=head.count + 1,
        at=pending.act.at,
        day=pending.act.day,
        person=pending.act.person,
        post=pending.act.post,
        rows=len(pending.rows),
        digest=_digest(sorted(pending.rows)),
        previous=head.hash,
    )
    events = json.loads(json.dumps(pending.events, cls=DjangoJSONEncoder))
    entry.hash = entry_hash(entry, events)
    entry.save(force_insert=True)
    Event.objects.bulk_create(Event(entry=entry, position=n, **event) for n, event in enumerate(events))
    head.count, head.hash = entry.number, entry.hash
    head.save()
