"""A superior urges the units whose reports it waits for."""

from collections.abc import Collection
from datetime import date, timedelta

from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.reports.homes import homes
from dondoc.reports.models import Report, Urging
from dondoc.reports.rules.states import WAITED_FOR, State


def may_be_urged(report: Report, day: date) -> bool:
    """Whether there is anything to urge: the report is not in, and can be sent from the day on."""
    return State(report.state) in WAITED_FOR and report.ends_on - timedelta(1) <= day


def urge(report_ids: Collection[int], *, act: Act) -> list[Urging]:
    """Urge those who have to send these reports, each at most once on a day: who was urged that day already is left out.

    It stands on the timeline of whoever fills the report. Refused (422) where none is left to be urged, and for the report of a unit that
    ended and that nobody took over, since nobody would hear it.
    """
    assert act.person is not None
    assert act.post is not None
    assert act.unit is not None
    with writing(act):
        # The rows are held, so that two who urge at once do not both.
        several = list(Report.objects.select_for_update().filter(pk__in=set(report_ids)).order_by("pk"))
        known = homes({one.filler_id for one in several}, act.day)
        there = [one for one in several if may_be_urged(one, act.day) and not known.ended(one.filler_id)]
        today = set(Urging.objects.filter(report__in=there, on=act.day).values_list("report", flat=True))
        wanted = [one for one in there if one.pk not in today]
        if not wanted:
            raise Refused("reports.urged_today" if there else "reports.nobody_to_urge", INVALID)
        made = Urging.objects.bulk_create(
            Urging(report=one, on=act.day, unit_id=act.unit, to_id=one.filler_id, by_id=act.person, post_id=act.post)
            for one in wanted
        )
        for one, urging in zip(wanted, made, strict=True):
            record("reports.urged", one, unit=one.filler_id, data={"by": act.unit}, rows=[urging])
    return made
