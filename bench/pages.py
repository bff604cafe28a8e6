"""The overview pages at the size of a province in SQLite: how long the server works for one, and how many queries it asks.

The office of the province looks at its 170 communes: their figures of a month, the year of a target, and what is collected of 170 and of
10,000 reports. Beside each page stands one that shows hardly anything in the same frame. Processor time, since the database works in the
same process; the slowest twentieth of the calls decides.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from statistics import quantiles
from time import process_time
from typing import Any
from unittest.mock import patch

from bench import province
from bench.roll_up import begin
from bench.row import Row

TODAY = date(2026, 7, 5)
MONTH = "2026-06"
ROUNDS = 40
WHO_ASKS = 4
"""Which day it is, the session, the account and its posts: every page asks for them before it begins."""


def p95(work: Callable[[], object]) -> float:
    """The processor time that nineteen of twenty calls keep within, in milliseconds."""
    for _ in range(3):
        work()
    times = []
    for _ in range(ROUNDS):
        started = process_time()
        work()
        times.append(process_time() - started)
    return quantiles(times, n=20)[-1] * 1000


@contextmanager
def visited() -> Iterator[Any]:
    """A browser in which the head of the province is signed in, with targets and reports of all units. Nothing is kept."""
    from django.db import transaction
    from django.test import Client, override_settings

    from dondoc.accounts.tests.people import hold, sign_in
    from dondoc.clock.models import DemonstrationDay
    from dondoc.organisations.models import Unit
    from dondoc.reports.content import forms
    from dondoc.targets import content

    forms()  # the content's forms are read beside the content's indicators
    told = {"indicators.yaml": [{"indicator": province.KEYS[0], "basis": "bench"}]}
    load = content._load  # the content's aims name other indicators
    content.aims.cache_clear()
    with (
        province.indicators(),
        patch.object(content, "_load", lambda *parts: told.get(parts[-1]) or load(*parts)),
        override_settings(ALLOWED_HOSTS=["testserver"]),
        transaction.atomic(),
    ):
        DemonstrationDay.objects.create(pk=1, day=TODAY)
        head = hold(Unit.objects.get(code="tinh"), "head")
        _report()
        yield sign_in(Client(), head)
        transaction.set_rollback(True)
    content.aims.cache_clear()


def _report() -> None:
    """The reports of three months, of the cells to their communes and of the communes to the province; one in thirty is missing."""
    from dondoc.organisations.models import UnitParent
    from dondoc.reports.content import forms
    from dondoc.reports.models import Report

    since = forms()["monthly"].versions[-1].since
    rows = []
    for start, end in zip(province.MONTHS[-3:], [*province.MONTHS[-2:], province.NEXT], strict=True):
        for unit, parent in UnitParent.objects.on(start).values_list("unit", "parent"):
            missing = unit % 30 == 0
            rows.append(
                Report(
                    form="monthly", since=since, period=f"{start:%Y-%m}", starts_on=start, ends_on=end, unit_id=unit,
                    superior_id=parent, filler_id=unit, receiver_id=parent, opened_on=start, cut_off_on=end, due_on=end,
                    state="open" if missing else "accepted", sent_on=None if missing else end, accepted_on=None if missing else end,
                )
            )  # fmt: skip
    Report.objects.bulk_create(rows, batch_size=2000)


def measure() -> list[Row]:
    """Two rows for each page: its time and its queries."""
    begin()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    import dondoc.wsgi  # noqa: F401 (served as it is served to people)
    from dondoc.organisations.models import Unit

    top = Unit.objects.get(code="tinh").pk
    collected = f"{reverse('reports:collect')}?unit={top}&form=monthly&period={MONTH}"
    pages = {
        "figures of a unit": f"{reverse('figures:overview', args=[top])}?period={MONTH}",
        "year of a target": f"{reverse('targets:unit', args=[top])}?year=2026&indicator={province.KEYS[0]}",
        "reports collected": collected,
        "my reports": reverse("reports:list"),
    }
    rows = []
    with visited() as client:

        def look(address: str) -> None:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        floor = p95(partial(look, reverse("overview:search")))
        for name, address in pages.items():
            time = p95(partial(look, address))
            with CaptureQueriesContext(connection) as seen:
                look(address)
            told = "a search for nothing"
            rows.append(Row(f"page: {name}, SQLite", time, "ms", told, floor, 100, note="nineteen of twenty calls"))
            own = len(seen) - WHO_ASKS
            rows.append(Row(f"queries: {name}", own, "queries", "telling who asks, on which day", WHO_ASKS, 12))
    return rows
