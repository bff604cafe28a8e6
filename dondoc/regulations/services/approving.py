"""A draft becomes the unit's regulation."""

import re
import unicodedata

from django.db.models import Max

from dondoc.documents.models import OfficialDocument
from dondoc.documents.services import number_document
from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.days import read_day
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Unit
from dondoc.regulations import rules
from dondoc.regulations.models import Article, Draft, DraftPart, Duty, Version
from dondoc.regulations.numbers import Number
from dondoc.regulations.rules import Kind

from .drafting import open_draft, stamp


def approve(draft_id: int, number: Number | None, *, seen: int, act: Act) -> Version:
    """Approve the draft as it was seen: from its day on it is the unit's regulation, with a number where it is issued as a document.

    Refused: something is missing (422); a version holds from that day or a later one already; the unit does not live on the day (422);
    the draft changed meanwhile (409).
    """
    with writing(act):
        draft = open_draft(draft_id)
        if draft.version != seen:
            raise Refused("regulations.draft_changed")
        parts = list(draft.parts.select_related("under"))
        last = Version.objects.filter(unit=draft.unit_id).order_by("-holds_from").first()
        if rules.gaps(draft.content, as_parts(parts), amends=last is not None):
            raise Refused("regulations.incomplete", INVALID)
        day = read_day(draft.content["holds_from"], act.day)
        assert day is not None  # saved only where it is one
        if last is not None and day <= last.holds_from:
            raise Refused("regulations.holds_before_the_last", INVALID, day=wording.day(last.holds_from))
        if not Unit.objects.on(day).filter(pk=draft.unit_id).exists():
            raise Refused("regulations.unit_not_alive", INVALID, day=wording.day(day))
        document = _document(draft, number, act)
        version = Version.objects.create(
            unit_id=draft.unit_id,
            ordinal=(Version.objects.filter(unit=draft.unit_id).aggregate(last=Max("ordinal"))["last"] or 0) + 1,
            title=draft.content["title"],
            model=draft.model,
            basis=draft.content.get("basis", ""),
            reason=draft.content.get("reason", ""),
            holds_from=day,
            approved_on=act.day,
            approved_by_id=act.post,
            document=document,
            recorded_at=act.at,
        )
        rows = _write(version, parts)
        draft.state, draft.approved = Draft.State.APPROVED, version
        stamp(draft, act)
        draft.save()
        data = {"ordinal": version.ordinal, "holds_from": day, "document": document.pk if document else None}
        record("regulations.approved", version, unit=draft.unit_id, data=data, rows=rows)
        return version


def as_parts(parts: list[DraftPart]) -> list[rules.Part]:
    """The rows of a draft as the rules read them."""
    return [rules.Part(part.pk, Kind(part.kind), part.content, part.under_id) for part in parts]


def _document(draft: Draft, number: Number | None, act: Act) -> OfficialDocument | None:
    if number is None:
        return None
    title = draft.content["title"]
    return number_document(draft.unit_id, number.term, number.symbol, number.number, number.dated_on, title, act)


def _write(version: Version, parts: list[DraftPart]) -> list[Article | Duty]:
    articles = {
        part.pk: Article.objects.create(
            version=version,
            number=int(part.content["number"]),
            heading=part.content["heading"],
            text=part.content["text"],
        )
        for part in parts
        if part.kind == Kind.ARTICLE
    }
    taken = {part.content["code"] for part in parts if part.content.get("code")}
    duties = []
    for part in parts:
        if part.kind != Kind.DUTY or part.under_id is None:
            continue
        content = part.content
        code = content.get("code") or _code(content["title"], taken)
        taken.add(code)
        duties.append(
            Duty(
                article=articles[part.under_id],
                position=part.position,
                code=code,
                title=content["title"],
                evidence=content["evidence"],
                content={name: content[name] for name in _MEASURES if content.get(name)},
                who=content["who"],
                basis=content.get("basis", ""),
                verified=bool(content.get("verified")),
            )
        )
    return [*articles.values(), *Duty.objects.bulk_create(duties)]


_MEASURES = ("turn", "month", "day", "weekday", "event", "days", "working", "grace", "grace_working", "fixed")


def _code(title: str, taken: set[str]) -> str:
    """A name for a duty that the unit added itself: its title in plain letters, told apart from the others by a number."""
    letters = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    base = re.sub(r"[^a-z0-9]+", "_", "".join(c for c in letters if not unicodedata.combining(c))).strip("_")[:32]
    code, n = base or "duty", 2
    while code in taken:
        code, n = f"{base or 'duty'}_{n}", n + 1
    return code
