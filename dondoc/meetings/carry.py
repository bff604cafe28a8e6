"""What follows for meetings from reorganisations: a unit that ends holds none any more, and nobody is in charge of it.

What it held stays its own; the work that its meetings gave is asked about by whoever took over (`queries.open_tasks`).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.organisations.models import Reorganisation, Unit

from .models import Charge, Meeting

OPEN = (Meeting.State.PLANNED, Meeting.State.INVITED)


def on_reorganised(reorganisations: Sequence[Reorganisation], units: Iterable[int], act: Act) -> None:
    """Cancel what these units planned for days after their end, end who was in charge of them, and take both back where they live on.

    It follows from the days of the units alone, so it is the same for what is recorded late or revoked.
    """
    concerned = sorted(set(units))
    ends = dict(Unit.objects.filter(pk__in=concerned).values_list("pk", "valid_to"))
    with writing(act):
        changed = [*_cancelled(ends), *_planned_again(ends, act.day)]
        if changed:
            record(
                "meetings.carried", changed[0], unit=changed[0].unit_id, data={"count": len(changed)}, rows=changed[1:]
            )
        _charges(ends)


def _cancelled(ends: dict[int, date | None]) -> list[Meeting]:
    ended = {unit: end for unit, end in ends.items() if end is not None}
    rows = Meeting.objects.select_for_update().filter(unit__in=ended, state__in=OPEN)
    found = [one for one in rows.order_by("pk") if one.planned_on >= ended[one.unit_id]]
    for one in found:
        one.state, one.ended_with_unit = Meeting.State.CANCELLED, True
        one.cancelled_because = _("The unit ends on %(day)s.") % {"day": wording.day(ended[one.unit_id])}
        one.version += 1
        one.save()
    return found


def _planned_again(ends: dict[int, date | None], day: date) -> list[Meeting]:
    rows = Meeting.objects.select_for_update().filter(unit__in=ends, ended_with_unit=True, planned_on__gte=day)
    found = []
    for one in rows.order_by("pk"):
        end = ends[one.unit_id]
        if end is not None and one.planned_on >= end:
            continue
        one.state, one.ended_with_unit, one.cancelled_because = Meeting.State.PLANNED, False, ""
        one.invited_on = None
        one.version += 1
        try:
            with transaction.atomic():
                one.save()
        except IntegrityError:
            continue  # another was planned for its day meanwhile, and stands
        found.append(one)
    return found


def _charges(ends: dict[int, date | None]) -> None:
    rows: Any = Charge.objects.filter(unit__in=ends)
    for one in rows.filter(Q(valid_to=None) | Q(ended_with_unit=True)):
        end = ends[one.unit_id]
        if end is None and one.ended_with_unit:
            # Who was put in charge meanwhile stays it.
            if not Charge.objects.filter(unit=one.unit_id, valid_to=None).exclude(pk=one.pk).exists():
                one.valid_to, one.ended_with_unit = None, False
                one.save()
        elif end is not None and one.valid_to != end and one.valid_from < end:
            one.valid_to, one.ended_with_unit = end, True
            one.save()
