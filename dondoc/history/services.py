"""Writing: one transaction and one history entry per act.

Every service does its work inside `with writing(act):` and says what it did with `record`. A service called by another joins the
outer act, so that an act has one entry with all its events. The chain is locked by the last statements before the commit.

The data of an event hold references, never values: an account is its key, a text stays in the row that it was typed into. A name or a
sentence in them is refused (`chain.clean`), because what is chained can never be erased.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction

from .chain import FIRST_HASH, batch_hash, clean, digest, digest_row, entry_hash
from .models import Entry, Event, Head, Reading, ReadingBatch


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
    """One transaction that ends with one entry of the chain; inside another one, a part of it. An act that records nothing leaves none.

    A part that is refused takes back what it wrote and recorded, so that the outer act may go on with the rest.
    """
    outer = _pending.get()
    if outer is not None:
        events, rows = len(outer.events), len(outer.rows)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del outer.events[events:]
            del outer.rows[rows:]
            raise
        return
    pending = _Pending(act)
    with transaction.atomic():
        token = _pending.set(pending)
        try:
            yield
            if pending.events:
                _append(pending)
        finally:
            # Before the commit: what runs after it (`transaction.on_commit`) is an act of its own.
            _pending.reset(token)


def record(
    action: str,
    subject: models.Model,
    *,
    unit: int | None = None,
    data: dict[str, Any] | None = None,
    rows: Iterable[models.Model] = (),
) -> None:
    """Say what the present act did: `data` holds references and figures, no personal values; `rows` are the rows written besides the subject.

    Raises ValueError for data that are neither references, days nor whole numbers, and RuntimeError outside of `writing`.
    """
    pending = _pending.get()
    if pending is None:
        raise RuntimeError(f"{action} is recorded outside `writing`")
    pending.events.append(
        {
            "action": action,
            "kind": subject._meta.label,
            "key": subject.pk,
            "unit": unit,
            "data": clean(data or {}, action),
        }
    )
    pending.rows.extend(digest_row(row) for row in (subject, *rows))


def _append(pending: _Pending) -> None:
    head = _lock(Head.Chain.ENTRIES)
    entry = Entry(
        number=head.count + 1,
        at=pending.act.at,
        day=pending.act.day,
        person=pending.act.person,
        post=pending.act.post,
        rows=len(pending.rows),
        digest=digest(sorted(pending.rows)),
        previous=head.hash,
    )
    entry.hash = entry_hash(entry, pending.events)
    entry.save(force_insert=True)
    Event.objects.bulk_create(Event(entry=entry, position=n, **event) for n, event in enumerate(pending.events))
    head.count, head.hash = entry.number, entry.hash
    head.save()


def _lock(chain: Head.Chain) -> Head:
    """The head of a chain, locked until the commit. The row is made when the database is made."""
    return Head.objects.select_for_update().get(pk=chain)


def record_reading(
    reader: int, post: int | None, page: str, subjects: Iterable[int], *, day: date, at: datetime
) -> None:
    """Write down that a page showed these persons' data to someone; called after the page was made, in a transaction of its own."""
    persons = sorted(set(subjects))
    if not persons:
        return
    with transaction.atomic():
        head = _lock(Head.Chain.READINGS)
        batch = ReadingBatch(
            number=head.count + 1, at=at, day=day, reader=reader, post=post, page=page[:100], previous=head.hash
        )
        batch.hash = batch_hash(batch, persons)
        batch.save(force_insert=True)
        Reading.objects.bulk_create(Reading(batch=batch, subject=person) for person in persons)
        head.count, head.hash = batch.number, batch.hash
        head.save()


def begin_chains(**_: object) -> None:
    """Make the heads of the empty chains: called after every `migrate`, and after the tables of a test database were emptied."""
    if Head._meta.db_table not in connection.introspection.table_names():
        return
    for chain in Head.Chain:
        Head.objects.get_or_create(pk=chain, defaults={"count": 0, "hash": FIRST_HASH})
