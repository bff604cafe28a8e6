"""Whether a draft's session lies in the hands of its office: who led it, and with whom, on the day of the session.

An office records the sessions of its own leaders, and of leaders of units in its reach, with units that lay under the leader that day.
The right to confirm is a right over the office's own unit only, so nothing else may become a record through it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from dondoc.accounts.models import Post, PostKind
from dondoc.organisations.models import Ancestry, Heritage

from . import rules
from .models import DraftValue
from .rules import Reach

Spans = Mapping[tuple[int, int], list[tuple[date, date | None]]]


def reaches(owners: Mapping[int, int], rows: Iterable[DraftValue], today: date) -> dict[int, Reach]:
    """By draft, which leader and which units lie outside. `owners` names the unit of each draft. Three queries, however many drafts."""
    by_draft: dict[int, list[DraftValue]] = defaultdict(list)
    for row in rows:
        if not row.dropped:
            by_draft[row.draft_id].append(row)
    wanted = {draft: _leader(values) for draft, values in by_draft.items()}
    posts = {post.pk: post for post in Post.objects.filter(pk__in={key for key in wanted.values() if key is not None})}
    named = {row.content["unit"] for values in by_draft.values() for row in values if row.kind == "unit"} - {None}
    units = named | {post.unit_id for post in posts.values()}
    heirs: dict[int, set[int]] = defaultdict(set)
    for predecessor, heir in Heritage.objects.filter(predecessor__in=units, since__lte=today).values_list(
        "predecessor", "heir"
    ):
        heirs[predecessor].add(heir)
    below = units.union(*heirs.values()) if heirs else units
    above = {*owners.values(), *(post.unit_id for post in posts.values())}
    spans: dict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
    for ancestor, descendant, start, end in Ancestry.objects.filter(
        ancestor__in=above, descendant__in=below
    ).values_list("ancestor", "descendant", "valid_from", "valid_to"):
        spans[ancestor, descendant].append((start, end))
    return {
        draft: _reach(values, owners[draft], posts.get(wanted[draft] or 0), spans, heirs, today)
        for draft, values in by_draft.items()
    }


def _leader(values: Iterable[DraftValue]) -> int | None:
    return next((v.content["post"] for v in values if (v.kind, v.name) == ("event", "leader")), None)


def _reach(
    values: list[DraftValue], owner: int, post: Post | None, spans: Spans, heirs: Mapping[int, set[int]], today: date
) -> Reach:
    day = rules.event_day(
        rules.Value(row.pk, row.kind, row.name, row.content, dropped=row.dropped)
        for row in values
        if row.name == "date"
    )
    if day is None or post is None:
        return Reach()

    def under(ancestor: int, unit: int, on: date) -> bool:
        return any(start <= on and (end is None or on < end) for start, end in spans.get((ancestor, unit), ()))

    def reached(unit: int) -> bool:
        return unit == owner or any(under(owner, one, today) for one in (unit, *heirs.get(unit, ())))

    existed = post.valid_from <= day and (post.valid_to is None or day < post.valid_to)
    outside = {
        row.content["unit"]
        for row in values
        if row.kind == "unit"
        and row.content["unit"] is not None
        and not (
            under(post.unit_id, row.content["unit"], day)
            # Of a unit below it the office records only what it answers for today; of its own leaders whatever was theirs that day.
            and (post.unit_id == owner or reached(row.content["unit"]))
        )
    }
    return Reach(not (existed and post.kind == PostKind.LEADER and reached(post.unit_id)), frozenset(outside))
