"""A superior asks for a report once, outside the regular ones."""

from collections.abc import Collection
from datetime import date, timedelta

from dondoc.documents.rules import examine_words
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.queries import children
from dondoc.reports.content import forms
from dondoc.reports.models import Demand, Report
from dondoc.reports.rules.periods import ONCE, written
from dondoc.reports.rules.states import State

LONGEST = 300


def ask(
    title: str, *, first: date, last: date, due_on: date, units: Collection[int], act: Act, form: str = "ad_hoc"
) -> Demand:
    """Ask units directly below the acting one for a report about the days from `first` to `last`, both in, by `due_on`.

    Their reports are open at once. Refused (422): without a title, a unit or a form that is asked for once; units that are not directly
    below; days in the wrong order; a due day that has passed or lies before the last day, since nothing is sent before that; (409) what
    one of the units was asked already in the same words, as from a second window.
    """
    assert act.person is not None
    assert act.post is not None
    assert act.unit is not None
    title = examine_words(title.strip(), LONGEST)
    version = forms()[form].on(first) if form in forms() and forms()[form].every == ONCE else None
    if not title or version is None:
        raise Refused("reports.title_missing", INVALID)
    if not units:
        raise Refused("reports.nobody_asked", INVALID)
    if last < first or due_on < max(act.day, last):
        raise Refused("reports.days_in_order", INVALID)
    with writing(act):
        if not set(units) <= set(children(act.unit, act.day)):
            raise Refused("reports.not_directly_below", INVALID)
        same = Report.objects.filter(demand__title=title, demand__asked_by=act.unit, unit__in=units, starts_on=first)
        if same.filter(ends_on=last + timedelta(1)).exclude(state=State.LAPSED).exists():
            raise Refused("reports.asked_already")
        demand = Demand.objects.create(
            form=form, title=title, asked_by_id=act.unit, by_id=act.person, post_id=act.post, on=act.day
        )
        end = last + timedelta(1)
        rows = Report.objects.bulk_create(
            Report(
                form=form,
                since=version.since,
                demand=demand,
                period=written(ONCE, first, end),
                starts_on=first,
                ends_on=end,
                unit_id=unit,
                superior_id=act.unit,
                filler_id=unit,
                receiver_id=act.unit,
                opened_on=act.day,
                cut_off_on=due_on,
                due_on=due_on,
            )
            for unit in sorted(set(units))
        )
        record("reports.asked", demand, unit=act.unit, data={"units": sorted(set(units)), "due_on": due_on}, rows=rows)
    return demand
