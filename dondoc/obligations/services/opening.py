"""What regulations ask for becomes obligations when its period begins: of the version that holds on the period's first day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from dondoc.directives.content import calendar
from dondoc.lib.cadence import Around, Cadence, Due, Monthly, Once, Weekly, dues
from dondoc.lib.periods import Interval
from dondoc.obligations.models import Obligation, Opening
from dondoc.regulations.models import Duty, Version
from dondoc.regulations.rules import cadence_of, grace_of

TOGETHER = 50
"""So many versions are opened in one transaction."""
_FURTHEST = {Monthly: timedelta(days=770), Weekly: timedelta(days=21), Once: timedelta(days=3660)}


def open_due(day: date) -> int:
    """Open what begins up to and with the day; returns how many. Some versions in each transaction: a killed run goes on where it was."""
    Opening.objects.bulk_create(
        [Opening(version=one, next_on=max(one.holds_from, one.approved_on)) for one in _unwatched(day)],
        ignore_conflicts=True,
    )
    due = list(Opening.objects.filter(next_on__lte=day).order_by("pk").values_list("pk", flat=True))
    return sum(_open(due[start : start + TOGETHER], day) for start in range(0, len(due), TOGETHER))


def _unwatched(day: date) -> Iterable[Version]:
    return Version.objects.filter(opening=None, approved_on__lte=day)


def _open(keys: Sequence[int], day: date) -> int:
    with transaction.atomic():
        openings = list(
            Opening.objects.select_for_update(of=("self",))
            .filter(pk__in=keys, next_on__lte=day)
            .select_related("version__unit")
            .order_by("pk")
        )
        duties: dict[int, list[Duty]] = {}
        for duty in Duty.objects.filter(article__version__in=[one.version_id for one in openings]).select_related(
            "article"
        ):
            duties.setdefault(duty.article.version_id, []).append(duty)
        ends = next_versions([one.version for one in openings])
        made: list[Obligation] = []
        for opening in openings:
            following: list[date] = []
            for duty in duties.get(opening.version_id, []):
                begun, later = _dues(duty, opening, ends.get(opening.version_id), day)
                made += [obligation(duty, opening.version, one) for one in begun]
                following += later
            opening.done_to, opening.next_on = day, min(following, default=None)
        Obligation.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
        Opening.objects.bulk_update(openings, ["done_to", "next_on"])
    return len(made)


def next_versions(versions: Sequence[Version]) -> dict[int, date]:
    """For each version the first day on which it no longer holds: the next one's first, or the unit's end."""
    units = {one.unit_id for one in versions}
    begins: dict[int, list[date]] = {}
    for unit, start in Version.objects.filter(unit__in=units).values_list("unit", "holds_from"):
        begins.setdefault(unit, []).append(start)
    found = {}
    for one in versions:
        later = [start for start in begins[one.unit_id] if start > one.holds_from]
        if one.unit.valid_to is not None:
            later.append(one.unit.valid_to)
        if later:
            found[one.pk] = min(later)
    return found


def _dues(duty: Duty, opening: Opening, end: date | None, day: date) -> tuple[list[Due], list[date]]:
    """What of a duty begins up to and with the day, and the first day of what comes next."""
    cadence: Cadence | str = cadence_of(duty.content)
    if isinstance(cadence, str | Around):
        return [], []
    since = max(opening.version.holds_from, opening.version.approved_on)
    if opening.done_to is not None:
        if isinstance(cadence, Once):
            return [], []
        since = opening.done_to + timedelta(days=1)
    listed = [
        one
        for one in dues(cadence, Interval(since), max(day, since) + _FURTHEST[type(cadence)])
        if end is None or one.period.start < end
    ]
    return [one for one in listed if one.period.start <= day], [
        one.period.start for one in listed if one.period.start > day
    ][:1]


def obligation(duty: Duty, version: Version, due: Due, event: str = "") -> Obligation:
    """One that is not written yet."""
    grace = grace_of(duty.content)
    last_day = grace.last_day(due.on, calendar()) if grace else due.on
    end = due.period.end or due.on + timedelta(days=1)
    return Obligation(
        unit_id=version.unit_id,
        duty=duty,
        code=duty.code,
        article=duty.article.number,
        event=event,
        begins_on=due.period.start,
        ends_on=max(end, due.period.start + timedelta(days=1)),
        due_on=due.on,
        last_day=last_day,
        judge_on=due.period.start,
    )


def around(units: Iterable[int], day: date) -> list[tuple[Duty, Version, Around, date | None]]:
    """The duties of these units that come with meetings, of every version approved by the day, and the end of each version. Three queries."""
    versions = {
        one.pk: one for one in Version.objects.filter(unit__in=list(units), approved_on__lte=day).select_related("unit")
    }
    ends = next_versions(list(versions.values()))
    rows = Duty.objects.filter(Q(content__turn="around"), article__version__in=versions).select_related("article")
    found = []
    for duty in rows:
        cadence = cadence_of(duty.content)
        if isinstance(cadence, Around):
            version = versions[duty.article.version_id]
            found.append((duty, version, cadence, ends.get(version.pk)))
    return found
