"""Assignments with everything that a list or page says of them, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Max, Q

from dondoc.accounts.models import Post
from dondoc.directives import holders, rules, schedule
from dondoc.directives.models import Assignment, Directive, Extension, Report, Role
from dondoc.organisations.queries import Label, labels

from .values import Card, Holder

Part = rules.Part
OPEN = [one.value for one in rules.OPEN]


def cards(assignments: Iterable[Assignment], day: date, *, seen_by: Collection[int] = ()) -> list[Card]:
    """The cards on a day, in the order given. `seen_by`: the units that look: what they received once and hold no longer is handed over.

    The number of queries is the same however many there are.
    """
    listed = list(assignments)
    keys = [one.pk for one in listed]
    directives = {
        one.pk: one
        for one in Directive.objects.filter(pk__in={a.directive_id for a in listed})
        .select_related("source", "author_post")
        .defer("source__text")
    }
    documents = {
        a.pk: a for a in Assignment.objects.filter(pk__in=keys, document__isnull=False).select_related("document")
    }
    roles = holders.on(day, keys)
    later = _to_come(keys, day)
    once: set[int] = set()
    if seen_by:
        held = Role.objects.filter(
            assignment__in=keys, role=Part.RECEIVER.value, unit__in=list(seen_by), valid_from__lte=day
        )
        once = set(held.values_list("assignment", flat=True))
    extensions = {one.assignment_id: one for one in Extension.objects.filter(assignment__in=keys, granted=None)}
    counts = {
        row["parent"]: (row["every"], row["open"])
        for row in Assignment.objects.filter(parent__in=keys)
        .values("parent")
        .annotate(every=Count("pk"), open=Count("pk", filter=Q(state__in=OPEN)))
    }
    reported = dict(Report.objects.filter(assignment__in=keys).values_list("assignment").annotate(last=Max("on")))
    units = {
        unit
        for held_roles in [*roles.values(), *later.values()]
        for role in held_roles.values()
        for unit in (role.unit_id, role.parked_with_id, role.proposed_id)
        if unit is not None
    } | {one.author_unit_id for one in directives.values()}
    names = labels(units, day)
    posts = _posts(roles, day)
    found = []
    for one in listed:
        directive = directives[one.directive_id]
        one.directive = directive
        if one.pk in documents:
            one.document = documents[one.pk].document
        parts = later.get(one.pk, {}) | roles.get(one.pk, {})
        held_by = {part: _holder(role, names, posts) for part, role in parts.items()}
        receiver = held_by.get(Part.RECEIVER.value)
        here = receiver is not None and receiver.unit is not None and receiver.unit.unit in seen_by
        done = one.state == rules.State.ACCEPTED.value
        due = schedule.final_due(one) if done or one.state in rules.UNISSUED else schedule.next_due(one)
        every, still_open = counts.get(one.pk, (0, 0))
        found.append(
            Card(
                assignment=one,
                directive=directive,
                standing=rules.standing(
                    one.state,
                    day,
                    due=due,
                    reported_on=one.reported_on,
                    returned=one.returned_on is not None,
                    handed_over=one.pk in once and not here,
                ),
                due=due,
                receiver=receiver,
                answerable=held_by.get(Part.ANSWERABLE.value),
                follower=held_by.get(Part.FOLLOWER.value),
                verifier=held_by.get(Part.VERIFIER.value),
                issuer=held_by.get(Part.ISSUER.value),
                author=names[directive.author_unit_id],
                open_extension=extensions.get(one.pk),
                children=every,
                open_children=still_open,
                last_report_on=reported.get(one.pk),
                parked=any(holder.parked_with is not None for holder in held_by.values()),
            )
        )
    return found


def _to_come(keys: Collection[int], day: date) -> dict[int, dict[str, Role]]:
    """The first holders of assignments that began after the day, so that a page opened for an earlier day names them too."""
    found: dict[int, dict[str, Role]] = defaultdict(dict)
    for role in (
        Role.objects.filter(assignment__in=keys, valid_from__gt=day).select_related("post").order_by("-valid_from")
    ):
        found[role.assignment_id][role.role] = role
    return found


def _posts(roles: dict[int, dict[str, Role]], day: date) -> dict[int, Post]:
    """The posts that answer today, by role: the one written, while it exists; else the post of the unit's head today."""
    chosen = holders.answering((role for held in roles.values() for role in held.values()), day)
    known = Post.objects.in_bulk(set(chosen.values()))
    return {key: known[post] for key, post in chosen.items()}


def _holder(role: Role, names: dict[int, Label], posts: dict[int, Post]) -> Holder:
    post = posts.get(role.pk)
    return Holder(
        role=role.pk,
        unit=names.get(role.unit_id) if role.unit_id is not None else None,
        post=post.pk if post else role.post_id,
        post_title=post.title if post else "",
        how=role.how,
        since=role.valid_from,
        parked_with=names.get(role.parked_with_id) if role.parked_with_id is not None else None,
        proposed=names.get(role.proposed_id) if role.proposed_id is not None else None,
    )
