"""What follows a reorganisation: the roles of open work are brought to the units that took over."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from dondoc.history.services import Act, record, writing
from dondoc.organisations.models import Heritage, Reorganisation

from . import holders, rules, schedule
from .models import Assignment, Role, RoleDecision


def on_reorganised(
    reorganisations: Reorganisation | Iterable[Reorganisation], affected: Iterable[int], act: Act
) -> int:
    """Derive anew the roles of every open assignment that one of these units holds, held, waits with or was given; returns how many changed.

    Closed ones keep their holders. It is the same for a reorganisation recorded late or ahead and for a revoked one, since the
    roles follow from the set of successions. The number of queries does not grow with the assignments.
    """
    units = set(affected)
    # With whom a part waits depends on where the heirs stand, so what happens to an heir concerns the work of those before it.
    units |= set(Heritage.objects.filter(heir__in=units).values_list("predecessor", flat=True))
    roles = Role.objects.filter(
        Q(unit__in=units) | Q(parked_with__in=units) | Q(proposed__in=units), assignment=OuterRef("pk")
    )
    decisions = RoleDecision.objects.filter(unit__in=units, assignment=OuterRef("pk"))
    with writing(act):
        touched = Assignment.objects.select_for_update().filter(
            Exists(roles) | Exists(decisions), state__in=[state.value for state in rules.OPEN]
        )
        assignments = list(touched.order_by("pk"))
        moved = holders.rebuild(assignments)
        schedule.reschedule([one.assignment for one in moved], act.day)
        for one in moved:
            before, after = set(one.before), set(one.after)
            new = [held for held in one.after if held not in before]
            receiver = next((held.unit for held in reversed(one.after) if held.part is rules.Part.RECEIVER), None)
            record(
                "directives.role_carried",
                one.assignment,
                unit=receiver,
                data={
                    "now": [_said(held) for held in new],
                    "no_longer": [_said(held) for held in one.before if held not in after],
                },
            )
    return len(moved)


def _said(held: rules.Held) -> dict[str, object]:
    return {
        "role": held.part.value,
        "unit": held.unit,
        "post": held.post,
        "from": held.start,
        "to": held.end,
        "how": held.how.value,
        "parked_with": held.parked_with,
        "reorganisation": held.reorganisation,
    }
