"""Reports come into being on the first day on which they can be filled; also after days that were skipped."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from dondoc.clock.services import system_act
from dondoc.history.services import Act, record, writing
from dondoc.lib.periods import Interval
from dondoc.organisations.models import NEVER, Unit, UnitKind, UnitParent
from dondoc.reports.content import forms
from dondoc.reports.homes import homes
from dondoc.reports.models import Opened, Report
from dondoc.reports.rules.forms import Days, Form, Version, days
from dondoc.reports.rules.periods import ONCE, Period, parts, period_of, periods_between
from dondoc.reports.rules.states import State, move

# So many units are opened in one act: well under 200 ms.
TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A part that a unit has to report: to whom, and on which days."""

    unit: int
    superior: int
    days: Interval
    dates: Days

    @property
    def end(self) -> date:
        """The first day after it."""
        assert self.days.end is not None
        return self.days.end


def open_due(day: date) -> int:
    """Open what can be filled from the day, or could be from a day before it; returns how many reports came into being.

    On a day on which nothing can be opened it asks four questions and writes once, however many forms and units there are.
    """
    regular = [form for form in forms().values() if form.every != ONCE]
    known = dict(Opened.objects.values_list("form", "to"))
    wanted = [
        (form, version, period, _early(version, period, day, known.get(form.code)))
        for form in regular
        for period, version in _candidates(form, day, known.get(form.code))
    ]
    changed = _changed([span for _form, _version, _period, span in wanted if span is not None])
    made = 0
    for form, version, period, span in wanted:
        if span is None:
            units = _of_kinds(version, period)
        else:
            units = sorted({unit for unit, on in changed if span[0] < on <= span[1]})
        made += open_period(form, version, period, units, day)
    codes = [form.code for form in regular]
    Opened.objects.filter(form__in=codes, to__lt=day).update(to=day)
    new = [Opened(form=code, to=day) for code in codes if code not in known]
    Opened.objects.bulk_create(new, ignore_conflicts=True)
    return made


def _early(version: Version, period: Period, day: date, done: date | None) -> tuple[date, date] | None:
    """Within which days a part of a period that goes on ends, so that it can be filled before the others; since `done` where that was
    looked at before. None where the whole period can be.

    What is recorded later than that is opened when it is recorded (`reopen_parts`).
    """
    if period.end - timedelta(1) + timedelta(version.opens) <= day:
        return None
    ahead = timedelta(1 - version.opens)
    return (period.start if done is None else max(period.start, done + ahead)), day + ahead


def _changed(spans: Collection[tuple[date, date]]) -> list[tuple[int, date]]:
    """The units of which a part ends within one of the spans (the first day out, the last one in), each with the day. Two queries."""
    if not spans:
        return []
    since, until = min(one for one, _last in spans), max(last for _one, last in spans)
    ended = Unit.objects.filter(valid_to__gt=since, valid_to__lte=until).values_list("pk", "valid_to")
    moved = UnitParent.objects.filter(valid_from__gt=since, valid_from__lte=until).values_list("unit", "valid_from")
    return [(unit, on) for unit, on in (*ended, *moved) if on is not None]


def _candidates(form: Form, day: date, done: date | None) -> list[tuple[Period, Version]]:
    """The periods in progress, and those that could be opened since `done`. At the very first run: those not yet due at the top."""
    found = []
    for period in periods_between(form.every, (done or day) - timedelta(366 + 60), day):
        version = form.on(period.start)
        if version is None:
            continue
        last = period.end - timedelta(1)
        opens = last + timedelta(version.opens)
        if opens > day or (done < opens if done else last + timedelta(version.last_due()) >= day):
            found.append((period, version))
    return found


def _kinds(version: Version) -> list[str]:
    return [kind for level in version.levels for kind in level.kinds]


def _of_kinds(version: Version, period: Period) -> list[int]:
    """The units that were of a kind that reports on some day of the period."""
    held = UnitKind.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=period.start), kind__in=_kinds(version), valid_from__lt=period.end
    )
    return sorted(set(held.values_list("unit", flat=True)))


def open_period(
    form: Form, version: Version, period: Period, units: Sequence[int], day: date, act: Act | None = None
) -> int:
    """Open the reports of these units on the period as far as they can be filled on the day; those there already stay as they are.

    Days that a report tells already are not asked for once more, also where the unit would report them in other parts by now.
    """
    made = 0
    for start in range(0, len(units), TOGETHER):
        with writing(act or system_act(day)):
            some = units[start : start + TOGETHER]
            there: dict[int, list[Interval]] = defaultdict(list)
            rows = Report.objects.filter(
                form=form.code, unit__in=some, starts_on__gte=period.start, starts_on__lt=period.end, demand=None
            ).exclude(state=State.LAPSED, lapsed_why="")
            for unit, starts_on, ends_on in rows.values_list("unit", "starts_on", "ends_on"):
                there[unit].append(Interval(starts_on, ends_on))
            wanted = [
                one for one in due(version, period, some) if not any(one.days.meet(told) for told in there[one.unit])
            ]
            made += len(_create(form, version, period, [one for one in wanted if one.dates.opens_on <= day], day))
    return made


def _create(form: Form, version: Version, period: Period, wanted: Sequence[Due], day: date) -> list[Report]:
    if not wanted:
        return []
    known = homes({unit for one in wanted for unit in (one.unit, one.superior)}, day)
    rows = [
        Report(
            form=form.code,
            since=version.since,
            period=period.key,
            starts_on=one.days.start,
            ends_on=one.end,
            unit_id=one.unit,
            superior_id=one.superior,
            filler_id=(filler := known.filler(one.unit, one.superior)),
            receiver_id=known.receiver(one.superior, filler),
            opened_on=day,
            cut_off_on=one.dates.cut_off_on,
            due_on=one.dates.due_on,
        )
        for one in wanted
    ]
    Report.objects.bulk_create(rows)
    record("reports.opened", rows[0], data={"form": form.code, "reports": [row.pk for row in rows]}, rows=rows[1:])
    return rows


def due(version: Version, period: Period, units: Collection[int]) -> list[Due]:
    """What these units have to report of a period, part by part. Three queries.

    The kind and the superior of a part are those of its last day; a unit without a superior has nobody to report to.
    """
    whole = Interval(period.start, period.end)
    lives = Unit.objects.filter(_meets(period), pk__in=units).exclude(valid_from=NEVER)
    kinds: dict[int, list[UnitKind]] = defaultdict(list)
    for kind in UnitKind.objects.filter(_meets(period), unit__in=units):
        kinds[kind.unit_id].append(kind)
    parents: dict[int, list[UnitParent]] = defaultdict(list)
    for parent in UnitParent.objects.filter(_meets(period), unit__in=units):
        parents[parent.unit_id].append(parent)
    found = []
    for unit in lives.order_by("pk"):
        moved = [parent.valid_from for parent in parents[unit.pk]]
        for part in parts(whole, Interval(unit.valid_from, unit.valid_to), moved):
            assert part.end is not None
            last = part.end - timedelta(1)
            kind = next((one.kind for one in kinds[unit.pk] if _holds(one, last)), "")
            superior = next((one.parent_id for one in parents[unit.pk] if _holds(one, last)), None)
            level = version.level(kind)
            if level is not None and superior is not None:
                found.append(Due(unit.pk, superior, part, days(version, level, period.end, part.end)))
    return found


def _meets(period: Period) -> Q:
    return Q(Q(valid_to=None) | Q(valid_to__gt=period.start), valid_from__lt=period.end)


def _holds(row: UnitKind | UnitParent, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def reopen_parts(units: Collection[int], since: date, day: date, act: Act) -> None:
    """Bring the open reports of units whose life or place changed from `since` on in line with the parts that they report now.

    A report that was sent keeps its days: it stays what it was. An open one takes over the days of the part that it shares most days
    with; one that nobody has to give any more disappears, or lapses with what was filled in, until its part is due again.
    """
    several = sorted(units)
    for start in range(0, len(several), TOGETHER):
        some = several[start : start + TOGETHER]
        for form in forms().values():
            if form.every != ONCE:
                _reopen(form, some, since, day, act)


def _reopen(form: Form, units: Sequence[int], since: date, day: date, act: Act) -> None:
    # What was cut on the first of these days ends there.
    there = Report.objects.filter(form=form.code, unit__in=units, ends_on__gte=since, demand=None)
    by_period: dict[str, list[Report]] = defaultdict(list)
    for report in there.order_by("starts_on"):
        by_period[report.period].append(report)
    starts = {period_of(form.every, one.starts_on).start for several in by_period.values() for one in several}
    if Opened.objects.filter(form=form.code).exists():
        # A unit that is known only now has none of its reports yet, not even of periods long opened.
        starts |= {period.start for period in periods_between(form.every, since, day)}
    for start in sorted(starts):
        period = period_of(form.every, start)
        version = form.on(start)
        if version is not None:
            _fit(form, version, period, by_period[period.key], units, day)
            open_period(form, version, period, units, day, act)


def _fit(
    form: Form, version: Version, period: Period, there: Sequence[Report], units: Sequence[int], day: date
) -> None:
    wanted: dict[int, list[Due]] = defaultdict(list)
    for one in due(version, period, units):
        wanted[one.unit].append(one)
    taken: dict[int, set[date]] = defaultdict(set)
    for report in there:
        taken[report.unit_id].add(report.starts_on)
    fitted: list[Report] = []
    for report in there:
        if report.sent_on is not None or report.lapsed_why:
            continue
        own, mine = Interval(report.starts_on, report.ends_on), taken[report.unit_id]
        mine.remove(report.starts_on)
        free = [one for one in wanted[report.unit_id] if one.days.start not in mine]
        best = max(free, key=lambda one: _shared(own, one.days), default=None)
        if best is None or not _shared(own, best.days):
            if report.begun:
                mine.add(report.starts_on)
            if report.state != State.LAPSED:
                record("reports.not_due_any_more", report, unit=report.unit_id, data={"form": form.code})
                _give_up(report, day)
            continue
        mine.add(best.days.start)
        if report.state == State.LAPSED:
            report.state, report.lapsed_on = move(report.state, "revive"), None
            record("reports.due_again", report, unit=report.unit_id, data={"form": form.code})
            report.version += 1
            fitted.append(report)
        now = (best.days.start, best.end, best.superior, best.dates.due_on)
        if (report.starts_on, report.ends_on, report.superior_id, report.due_on) != now:
            report.starts_on, report.ends_on, report.superior_id, report.due_on = now
            report.cut_off_on = best.dates.cut_off_on
            report.version += 1
            fitted.append(report)
    if fitted:
        fields = ["starts_on", "ends_on", "superior", "due_on", "cut_off_on", "state", "lapsed_on", "version"]
        Report.objects.bulk_update(fitted, fields)
        data = {"form": form.code, "reports": [one.pk for one in fitted]}
        record("reports.days_changed", fitted[0], unit=fitted[0].unit_id, data=data, rows=fitted[1:])


def _give_up(report: Report, day: date) -> None:
    """What was filled in is kept, an empty report is nothing."""
    if report.begun:
        report.state, report.version = move(report.state, "lapse"), report.version + 1
        report.lapsed_on = day
        report.save()
    else:
        report.delete()


def _shared(one: Interval, other: Interval) -> int:
    both = one.meet(other)
    return (both.end - both.start).days if both is not None and both.end is not None else 0


def rehome(reports: QuerySet[Report], day: date) -> list[Report]:
    """Give reports to those who answer for them on the day; returns those that changed hands."""
    rows = list(reports.select_for_update().order_by("pk"))
    known = homes({unit for one in rows for unit in (one.unit_id, one.superior_id)}, day)
    moved = []
    for one in rows:
        filler = known.filler(one.unit_id, one.superior_id)
        receiver = known.receiver(one.superior_id, filler)
        if (one.filler_id, one.receiver_id) != (filler, receiver):
            one.filler_id, one.receiver_id = filler, receiver
            moved.append(one)
    for one in moved:
        one.version += 1
    Report.objects.bulk_update(moved, ["filler", "receiver", "version"])
    return moved
