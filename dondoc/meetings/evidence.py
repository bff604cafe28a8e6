"""Evidence that meetings are: held with minutes, papers sent before, a conclusion issued after, somebody from above in attendance."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q

from dondoc.lib.evidence import Evidence, Proof

from .models import Charge, Guest, Meeting


def found(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    """What the meetings of these units show, and where those in charge of cells were. Three queries, however many units."""
    days = Q(planned_on__gte=since, planned_on__lt=until) | Q(held_on__gte=since, held_on__lt=until)
    rows = Meeting.objects.filter(days, unit__in=units).exclude(state=Meeting.State.CANCELLED)
    fields = (
        "pk",
        "unit",
        "kind",
        "thematic",
        "planned_on",
        "recorded_on",
        "held_on",
        "minutes_on",
        "invited_on",
        "conclusion__dated_on",
    )
    for pk, unit, kind, thematic, planned, recorded, held, minutes, invited, concluded in rows.values_list(*fields):
        key = f"meeting:{pk}"
        # What was entered after its day was held, perhaps, but never planned.
        plan = planned if recorded <= planned else None
        kinds = [Evidence(kind), *([Evidence.THEMATIC_MEETING] if thematic else [])]
        for one in kinds:
            yield Proof(one, unit, key, held, planned_on=plan, complete=minutes is not None)
        if invited is not None:
            yield Proof(Evidence.PAPERS, unit, key, invited, event=key)
        if concluded is not None:
            yield Proof(Evidence.NOTICE, unit, key, concluded, event=key)
    attended = Guest.objects.filter(post__unit__in=units, meeting__held_on__gte=since, meeting__held_on__lt=until)
    for pk, unit, held in attended.values_list("meeting", "post__unit", "meeting__held_on"):
        yield Proof(Evidence.ATTENDS_CELL, unit, f"meeting:{pk}", held)
    charges = Charge.objects.filter(post__unit__in=units, valid_from__lt=until).exclude(valid_to__lte=since)
    for unit, start, end in charges.values_list("post__unit", "valid_from", "valid_to"):
        month = max(since, start).replace(day=1)
        while month < min(until, end or until):
            if month >= start:
                yield Proof(Evidence.ATTENDS_CELL, unit, "", None, planned_on=month)
            month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
