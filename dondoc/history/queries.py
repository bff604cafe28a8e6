"""Reading the record: timelines, and checking that the chains are whole."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from dondoc.lib.refusals import Problem
from dondoc.lib.texts import action as sentence

from .chain import FIRST_HASH, batch_hash, entry_hash
from .models import Entry, Event, Head, Reading, ReadingBatch

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One event as a timeline shows it. `person` and `post` are keys of `accounts` (None: the system); `on` is the working day."""

    number: int
    on: date
    at: datetime
    action: str
    title: str
    person: int | None
    post: int | None
    kind: str
    key: int
    unit: int | None
    data: dict[str, Any] = field(hash=False)


def timeline(kind: str, key: int, limit: int = LIMIT) -> list[Line]:
    """What happened to one thing, newest first; `kind` is its model's label ("directives.Assignment"). One query."""
    return _lines(Event.objects.filter(kind=kind, key=key), limit)


def timeline_of(kind: str, keys: Collection[int], limit: int = LIMIT) -> list[Line]:
    """What happened to several things of a kind, newest first. One query."""
    return _lines(Event.objects.filter(kind=kind, key__in=list(keys)), limit)


def unit_timeline(unit_ids: Collection[int], limit: int = LIMIT) -> list[Line]:
    """What happened at these units, newest first. One query."""
    return _lines(Event.objects.filter(unit__in=list(unit_ids)), limit)


def lines(events: Iterable[Event]) -> list[Line]:
    """Events, which come with their entries selected, as lines in the same order."""
    return [
        Line(
            event.entry_id,
            event.entry.day,
            event.entry.at,
            event.action,
            _title(event.action),
            event.entry.person,
            event.entry.post,
            event.kind,
            event.key,
            event.unit,
            event.data,
        )
        for event in events
    ]


def _lines(events: "QuerySet[Event]", limit: int) -> list[Line]:
    return lines(events.select_related("entry").order_by("-entry", "-position")[:limit])


def _title(code: str) -> str:
    # A record outlives the code that wrote it: an action that has no sentence any more is shown by its name.
    try:
        return sentence(code)
    except (KeyError, ImportError, AttributeError):
        return code


# Checking. Both chains are read in their order, in slices, so that a long record needs no memory.

SLICE = 1000
Progress = Callable[[int], None]


def verify(progress: Progress = lambda _: None) -> Iterator[Problem]:
    """The faults of both chains; nothing where every entry is as it was written. `progress` gets the number of entries read so far."""
    yield from _verify_entries(progress)
    yield from _verify_readings()


def _verify_entries(progress: Progress) -> Iterator[Problem]:
    number, previous = 0, FIRST_HASH
    while True:
        entries = list(Entry.objects.filter(number__gt=number).order_by("number")[:SLICE])
        if not entries:
            break
        wanted = Event.objects.filter(entry__gte=entries[0].number, entry__lte=entries[-1].number)
        events = {
            entry: list(group)
            for entry, group in groupby(wanted.order_by("entry", "position"), key=lambda event: event.entry_id)
        }
        for entry in entries:
            if entry.number != number + 1:
                yield _fault("history.entries_missing", first=number + 1, last=entry.number - 1)
            elif entry.previous != previous:
                yield _fault("history.entry_cut_off", number=entry.number)
            mine = events.get(entry.number, [])
            if [event.position for event in mine] != list(range(len(mine))) or entry_hash(
                entry, [_said(event) for event in mine]
            ) != entry.hash:
                yield _fault("history.entry_changed", number=entry.number)
            number, previous = entry.number, entry.hash
        progress(number)
    yield from _against_head(Head.Chain.ENTRIES, number, previous)


def _verify_readings() -> Iterator[Problem]:
    number, previous = 0, FIRST_HASH
    while batches := list(ReadingBatch.objects.filter(number__gt=number).order_by("number")[:SLICE]):
        wanted = Reading.objects.filter(batch__gte=batches[0].number, batch__lte=batches[-1].number)
        subjects = {
            batch: [reading.subject for reading in group]
            for batch, group in groupby(wanted.order_by("batch", "subject"), key=lambda reading: reading.batch_id)
        }
        for batch in batches:
            if batch.number != number + 1:
                yield _fault("history.readings_missing", first=number + 1, last=batch.number - 1)
            elif batch.previous != previous or batch_hash(batch, subjects.get(batch.number, [])) != batch.hash:
                yield _fault("history.reading_changed", number=batch.number)
            number, previous = batch.number, batch.hash
    yield from _against_head(Head.Chain.READINGS, number, previous)


def _said(event: Event) -> dict[str, Any]:
    return {"action": event.action, "kind": event.kind, "key": event.key, "unit": event.unit, "data": event.data}


def _against_head(chain: Head.Chain, number: int, last: str) -> Iterator[Problem]:
    head = Head.objects.filter(pk=chain).first()
    of = "entries" if chain == Head.Chain.ENTRIES else "readings"
    if head is None:
        yield _fault(f"history.{of}_without_head")
    elif head.count != number:
        yield _fault(f"history.{of}_tail_missing", count=head.count, found=number)
    elif head.hash != last:
        yield _fault(f"history.{of}_end_changed", number=number)


def _fault(code: str, **data: int) -> Problem:
    return Problem(code, code, dict(data))


def known_end_fault(number: int, hash_then: str) -> Problem | None:
    """Compare with an end of the chain that somebody noted earlier (on paper): the chain must still contain it unchanged."""
    entry = Entry.objects.filter(number=number).first()
    if entry is None or not entry.hash.startswith(hash_then):
        return _fault("history.not_the_noted_end", number=number)
    return None
