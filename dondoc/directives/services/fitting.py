"""Which unit may hold which part: so that work stays in the area of whoever demands it, and is watched from above or from there."""

from datetime import date

from dondoc.directives import holders, rules
from dondoc.directives.models import Assignment, Role
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Ancestry, Family, Succession, Unit

Part = rules.Part
WATCHING = frozenset({Part.FOLLOWER, Part.VERIFIER})


def require_fitting(
    part: rules.Part, unit: int, assignment: Assignment, on: date, *, waits: Role | None = None
) -> None:
    """Refused (422) where the unit may not hold the part from the day on.

    A receiver is below the issuer. A follower or verifier is below the issuer or above the receiver, a verifier a committee of the Party.
    Of a part that waits (`waits`) the heirs and the units below the one that decides are possible as well: the successor need
    not be in the area of the former issuer.
    """
    held = holders.on(on, [assignment.pk]).get(assignment.pk, {})
    issuer, receiver = (held.get(one.value) for one in (Part.ISSUER, Part.RECEIVER))
    tops = [top for row in (issuer, waits) if row is not None for top in (row.unit_id, row.parked_with_id) if top]
    watched = receiver.unit_id if receiver is not None and part in WATCHING else None
    _require(part, unit, tops, watched, on, inherits=waits is not None and _inherits(waits, unit))


def require_receiver(unit: int, author: int, day: date) -> None:
    """Refused (422) where a directive of the author's unit cannot be for this unit."""
    _require(Part.RECEIVER, unit, [holders.living(author, day)], None, day)


def _require(
    part: rules.Part, unit: int, tops: list[int], watched: int | None, on: date, *, inherits: bool = False
) -> None:
    found = Unit.objects.on(on).filter(pk=unit).first()
    if found is None:
        raise Refused("directives.unit_has_ended", INVALID)
    if part is Part.VERIFIER and found.family != Family.PARTY:
        raise Refused("directives.only_committees_verify", INVALID)
    tree = Ancestry.objects.on(on)
    fits = inherits or tree.filter(ancestor__in=tops, descendant=unit).exists()
    if not fits and watched is not None:
        fits = tree.filter(ancestor=unit, descendant=watched).exists()
    if not fits:
        watching = part in WATCHING
        raise Refused("directives.cannot_watch_this" if watching else "directives.not_below_the_issuer", INVALID)


def _inherits(waits: Role, unit: int) -> bool:
    before = Role.objects.filter(assignment=waits.assignment_id, role=waits.role, unit__isnull=False)
    heirs = Succession.objects.filter(predecessor__in=before.values("unit"), heir=unit)
    return unit == waits.proposed_id or heirs.exists()
