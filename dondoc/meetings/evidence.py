"""Evidence that meetings are: held with minutes, papers sent before, a conclusion issued after, somebody from above in attendance."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q

from dondoc.lib.days import add_months
from dondoc.lib.evidence import Evidence, Proof

from .models import Charge, Guest, Meeting


def found(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    """What the meetings of these units show, and where those in charge of cells were. Four queries, however many units."""
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
    yield from _attended(units, since, until)


def _attended(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    """Where the posts of these units were by month: done where everybody in charge of a cell was at every cell that met in the month."""
    guests = Guest.objects.filter(post__unit__in=units, meeting__held_on__gte=since, meeting__held_on__lt=until)
    came: dict[tuple[int, date], list[tuple[date, int]]] = defaultdict(list)
    at: set[tuple[int, int, date]] = set()
    fields = "meeting", "post__unit", "post", "meeting__unit", "meeting__held_on"
    for pk, unit, post, cell, held in guests.values_list(*fields):
        assert held is not None
        came[unit, held.replace(day=1)].append((held, pk))
        at.add((post, cell, held.replace(day=1)))
    charges = list(
        Charge.objects.filter(post__unit__in=units, valid_from__lt=until)
        .exclude(valid_to__lte=since)
        .values_list("post__unit", "post", "unit", "valid_from", "valid_to")
    )
    cells = {cell for _unit, _post, cell, _start, _end in charges}
    met: dict[tuple[int, date], list[date]] = defaultdict(list)
    rows = Meeting.objects.filter(unit__in=cells, held_on__gte=since, held_on__lt=until)
    for cell, held in rows.exclude(state=Meeting.State.CANCELLED).values_list("unit", "held_on"):
        if held is not None:
            met[cell, held.replace(day=1)].append(held)
    missed: set[tuple[int, date]] = set()
    for unit, post, cell, start, end in charges:
        month = max(since, start).replace(day=1)
        while month < min(until, end or until):
            if month >= start:
                yield Proof(Evidence.ATTENDS_CELL, unit, "", None, planned_on=month)
            days = [day for day in met[cell, month] if start <= day and (end is None or day < end)]
            if days and (post, cell, month) not in at:
                missed.add((unit, month))
            month = add_months(month, 1)
    for (unit, month), meetings in came.items():
        if (unit, month) not in missed:
            day, pk = max(meetings)
            yield Proof(Evidence.ATTENDS_CELL, unit, f"meeting:{pk}", day)
