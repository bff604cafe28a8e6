"""The confirmed drafts of an office as cases: what people made of what the reader had said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dondoc.accounts.models import Post
from dondoc.documents.rules import stop_if_secret
from dondoc.lib import wording
from dondoc.lib.refusals import Refused

from . import units
from .cases import Case, Item, case_of
from .models import Draft, DraftValue

BATCH = 50


@dataclass(slots=True)
class LeftOut:
    """How many confirmed drafts are not among the cases, and why."""

    restricted: int = 0
    secret: int = 0
    unchanged: int = 0


def confirmed(since: date | None = None) -> QuerySet[Draft]:
    """The confirmed drafts whose texts came in on that day or later."""
    drafts = Draft.objects.filter(state=Draft.State.CONFIRMED)
    return drafts.filter(created_on__gte=since) if since else drafts


def cases(
    drafts: QuerySet[Draft], left_out: LeftOut, *, restricted: bool, unchanged: bool
) -> Iterator[tuple[int, Case | None]]:
    """The drafts by key with their cases, a few in memory at a time; None for one that is left out.

    Restricted texts come only with `restricted`: those of drafts, and public ones that the same or another office also holds as restricted.
    A text in which a mark of secrecy is recognised by now never comes. Without `unchanged` only drafts that somebody corrected.
    """
    kept = set(Draft.objects.filter(is_public=False).values_list("digest", flat=True)) if not restricted else set()
    for draft in drafts.order_by("pk").prefetch_related("values").iterator(chunk_size=BATCH):
        if draft.digest in kept:
            left_out.restricted += 1
            yield draft.pk, None
            continue
        try:
            stop_if_secret(draft.text)
        except Refused:
            left_out.secret += 1
            yield draft.pk, None
            continue
        case = case_of_draft(draft)
        if not case["corrected"] and not unchanged:
            left_out.unchanged += 1
            yield draft.pk, None
            continue
        yield draft.pk, case


def case_of_draft(draft: Draft) -> Case:
    """The case of one draft. Up to six queries; none for its values where they were fetched before."""
    rows = sorted(draft.values.all(), key=lambda row: (row.position, row.pk))
    items = [_item(draft, row) for row in rows]
    fields = {row.name: row.content for row in rows if row.kind == "event" and not row.dropped}
    day = fields.get("date", {}).get("day")
    chosen = {row.content["unit"] for row in rows if row.kind == "unit" and row.content["how"] == "chosen"} - {None}
    named = units.candidates(chosen, date.fromisoformat(day) if day else draft.created_on)
    posts = dict(Post.objects.filter(pk=fields.get("leader", {}).get("post")).values_list("pk", "title"))
    title = fields.get("title", {}).get("text") or draft.text.partition("\n")[0]
    return case_of(
        draft.text,
        items,
        about=f"{title[:120]} ({wording.day(draft.created_on)})",
        posts=posts,
        tree={pk: ", ".join(filter(None, (one.name, one.path))) for pk, one in named.items()},
    )


def _item(draft: Draft, row: DraftValue) -> Item:
    words = None if row.span_start is None or row.span_end is None else draft.text[row.span_start : row.span_end]
    read = None if row.found_start is None or row.found_end is None else draft.text[row.found_start : row.found_end]
    return Item(row.pk, row.kind, row.name, row.content, words, row.derived, row.dropped, row.found, read)
