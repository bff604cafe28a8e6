"""A text comes in: through the one door, read, and stored as a draft. Nothing of it is a fact yet."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from dondoc.documents.rules import examine_source, examine_text
from dondoc.history.services import Act, record, writing
from dondoc.intake import units
from dondoc.intake.drafting import Drafted, drafted
from dondoc.intake.extract.reader import read
from dondoc.intake.extract.reading import Check, Reading, UnitName
from dondoc.intake.models import Draft, DraftValue
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.sources.found import Text

from .steps import person_of

LIVING = (Draft.State.OPEN, Draft.State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class ReadSource:
    """What the reader found in a text that came through the door; `pages_unread` are the pages of its file that are pictures."""

    reading: Reading
    pages_unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """The draft of a text; `known` where the same text had come in before, `pages_unread` the pages of its file that are pictures."""

    draft: Draft
    known: bool
    pages_unread: tuple[int, ...] = ()


def read_source(source: str | bytes, name: str = "") -> ReadSource:
    """Read a text, or a file of this name. It writes nothing and takes seconds for a long PDF: call it before an act begins.

    The text is brought to NFC with plain line ends once, here, and never changed again.
    Refused (422) where the door stops it: empty, too large, no text, secret.
    """
    found = examine_source(source, name) if isinstance(source, bytes) else Text(examine_text(source))
    return ReadSource(read(found.text.strip("\n")), found.pages_unread)


def receive(source: ReadSource, *, kind: str, is_public: bool, owner: int, act: Act) -> Received:
    """Keep what was read as a draft of the owner, values with their spans and rules. The file is not kept.

    The same text leads to the draft it already has. Refused (422) with nothing stored: a secret text, and one on another subject.
    """
    reading = source.reading
    digest = hashlib.sha256(reading.text.encode()).hexdigest()
    known = Draft.objects.filter(owner=owner, digest=digest, state__in=LIVING).first()
    if known is not None:
        return Received(known, True, source.pages_unread)
    if reading.secrecy is not None:
        raise Refused("intake.secret", INVALID, mark=reading.secrecy.mark)
    if reading.negative:
        raise Refused("intake.other_subject", INVALID)
    if not (reading.facts or reading.findings or reading.directives):
        raise Refused("intake.nothing_found", INVALID)
    with writing(act):
        try:
            with transaction.atomic():
                draft = Draft.objects.create(
                    text=reading.text,
                    digest=digest,
                    kind=kind,
                    is_public=is_public,
                    owner_id=owner,
                    created_by_id=person_of(act),
                    created_on=act.day,
                    checks=[_check(check) for check in reading.checks],
                )
        except IntegrityError:
            return Received(Draft.objects.get(owner=owner, digest=digest, state__in=LIVING), True, source.pages_unread)
        store(draft, reading, act.day)
        record("intake.received", draft, unit=owner, data={"kind": kind})
    return Received(draft, False, source.pages_unread)


def store(draft: Draft, reading: Reading, today: date) -> None:
    """Write the values of a reading under its draft; units and the leader's post are looked up in the tree of the session's day."""
    values = drafted(reading)
    day = reading.event.date or today
    contents = [value.content for value in values if value.kind == "unit"]
    leader = next(value.content for value in values if (value.kind, value.name) == ("event", "leader"))
    units.look_up(contents, leader, draft.owner_id, day, today)
    named = DraftValue.objects.bulk_create(_rows(draft, [v for v in values if v.kind == "unit"], 100))
    rest = [value for value in values if value.kind != "unit"]
    for value in rest:
        if value.has_unit and value.of is not None:
            value.content["of"] = named[value.of].pk
    DraftValue.objects.bulk_create(_rows(draft, rest, 200))


def _rows(draft: Draft, values: list[Drafted], first: int) -> list[DraftValue]:
    return [
        DraftValue(
            draft=draft,
            kind=value.kind,
            name=value.name,
            position=position,
            content=value.content,
            found=value.content,
            span_start=value.span.start if value.span else None,
            span_end=value.span.end if value.span else None,
            found_start=value.span.start if value.span else None,
            found_end=value.span.end if value.span else None,
            rule=value.rule,
            derived=value.derived,
        )
        for position, value in enumerate(values, first)
    ]


def _check(check: Check) -> dict[str, Any]:
    """A check of the reader in a form that can be stored."""
    plain: dict[str, Any] = asdict(check)
    for name in ("stated", "computed"):
        plain[name] = _written(plain[name])
    plain["values"] = [_written(value) for value in check.values]
    plain["spans"] = [[span.start, span.end] for span in check.spans]
    plain["unit"] = _unit(check.unit)
    return plain


def _unit(unit: UnitName | None) -> dict[str, Any] | None:
    return {**unit._asdict(), "parent": _unit(unit.parent)} if unit is not None else None


def _written(value: int | Decimal) -> str:
    return str(value)
