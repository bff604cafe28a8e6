"""Reports that nobody has to send any more: by a reorganisation, or because their receiver decides it with a reason."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Ancestry, Unit
from dondoc.reports.homes import homes
from dondoc.reports.models import Report
from dondoc.reports.rules.states import WAITED_FOR, State, move

LONGEST = 300


def settle_demands(asked: QuerySet[Report], day: date) -> None:
    """What was asked once of a unit lapses where the unit ended and the one that asked, or stands above that, took over: it has what it
    asked for, or nobody else has. It is due again where that turns out otherwise. Inside of an act.

    With another only heir it passes to that by itself (`rehome`); with several it waits until the receiver decides.
    """
    open_ = Q(state__in=list(WAITED_FOR)) | Q(state=State.LAPSED, lapsed_why="", instead=None)
    rows = list(asked.filter(open_, demand__isnull=False).select_for_update(of=("self",)).order_by("pk"))
    known = homes({unit for one in rows for unit in (one.unit_id, one.superior_id)}, day)
    for one in rows:
        alone = len(known.present[one.unit_id]) == 1
        over = known.ended(one.unit_id) and alone and known.filler(one.unit_id, one.superior_id) == one.unit_id
        if over and one.state != State.LAPSED:
            _lapse(one, day)
            record("reports.not_due_any_more", one, unit=one.unit_id, data={"receiver": one.receiver_id})
        elif not over and one.state == State.LAPSED:
            one.state, one.lapsed_on, one.version = move(one.state, "revive"), None, one.version + 1
            one.save()
            record("reports.due_again", one, unit=one.unit_id)


def _lapse(one: Report, day: date, why: str = "") -> None:
    one.state, one.version = move(one.state, "lapse"), one.version + 1
    one.lapsed_on, one.lapsed_why = day, why
    one.save()


def _take(report_id: int, seen: int) -> Report:
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.version != seen:
        raise Refused("reports.changed_meanwhile")
    return report


def let_go(report_id: int, *, reason: str, seen: int, act: Act) -> Report:
    """The receiver waits no longer for what it asked once, or for the report of a unit that has ended; with a reason, which is shown.

    Refused (422) without a reason; for a regular report of a unit that lives, which has to report; (409) once it was sent.
    """
    reason = examine_words(reason.strip(), LONGEST)
    if not reason:
        raise Refused("reports.reason_to_let_go_missing", INVALID)
    with writing(act):
        report = _take(report_id, seen)
        if report.demand_id is None and not _ended(report.unit_id, act.day):
            raise Refused("reports.still_due", INVALID)
        _lapse(report, act.day, reason)
        record("reports.let_go", report, unit=report.unit_id, data={"by": act.unit})
    return report


def pass_on(report_id: int, *, to: Collection[int], due_on: date, seen: int, act: Act) -> list[Report]:
    """What was asked once of a unit that has ended is asked of heirs instead, by `due_on`; the report of the ended unit lapses.

    Refused (422): where the unit lives or nothing was asked; without an heir; for a unit that is no heir, or was asked already; with a
    day that has passed.
    """
    with writing(act):
        report = _take(report_id, seen)
        open_to = heirs(report, act.day)
        if not open_to or not to or not set(to) <= set(open_to):
            raise Refused("reports.no_such_heir", INVALID)
        if due_on < act.day:
            raise Refused("reports.days_in_order", INVALID)
        _lapse(report, act.day)
        made = Report.objects.bulk_create(
            Report(
                form=report.form,
                since=report.since,
                demand_id=report.demand_id,
                period=report.period,
                starts_on=report.starts_on,
                ends_on=report.ends_on,
                unit_id=unit,
                superior_id=report.receiver_id,
                filler_id=unit,
                receiver_id=report.receiver_id,
                opened_on=act.day,
                cut_off_on=due_on,
                due_on=due_on,
                instead_of=report,
            )
            for unit in sorted(set(to))
        )
        data = {"to": sorted(set(to)), "due_on": due_on}
        record("reports.passed_on", report, unit=report.unit_id, data=data, rows=made)
    return made


def heirs(report: Report, day: date) -> list[int]:
    """The heirs of a report's ended unit of whom the same can be asked instead: below the one that waits, and not asked yet."""
    if report.demand_id is None or State(report.state) not in WAITED_FOR:
        return []
    known = homes([report.unit_id, report.receiver_id], day)
    if not known.ended(report.unit_id):
        return []
    asked = Report.objects.filter(demand=report.demand_id).values_list("unit", flat=True)
    several = known.present[report.unit_id] - {report.receiver_id, *asked}
    below = Ancestry.objects.on(day).filter(ancestor=report.receiver_id, descendant__in=several)
    return sorted(below.values_list("descendant", flat=True))


def _ended(unit: int, day: date) -> bool:
    return Unit.objects.filter(pk=unit, valid_to__lte=day).exists()
