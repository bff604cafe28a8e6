"""The fields of assignments as the rule of completeness sees them."""

from collections.abc import Sequence
from datetime import date

from . import holders, rules, schedule
from .models import Assignment

Part = rules.Part


def of(assignments: Sequence[Assignment], day: date) -> list[rules.Outline]:
    """One outline for each assignment, with the holders of the day; three queries more than the assignments."""
    roles = holders.on(day, [one.pk for one in assignments])
    parents = {
        one.pk: one for one in Assignment.objects.filter(pk__in=[a.parent_id for a in assignments if a.parent_id])
    }
    posts = holders.answering((role for held in roles.values() for role in held.values()), day)
    found = []
    for one in assignments:
        held = roles.get(one.pk, {})
        unit = {part: row.unit_id for part, row in held.items()}
        answerable = held.get(Part.ANSWERABLE.value)
        found.append(
            rules.Outline(
                one.pk,
                one.product,
                one.due_on,
                one.cadence_months,
                one.review_on,
                unit.get(Part.RECEIVER.value),
                posts.get(answerable.pk) if answerable else None,
                unit.get(Part.FOLLOWER.value),
                unit.get(Part.VERIFIER.value),
                schedule.final_due(parents[one.parent_id]) if one.parent_id else None,
            )
        )
    return found
