"""Twenty who give numbers at once: none of a series is left out, none is given twice, nobody is turned away."""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, connections

from dondoc.documents.models import IncomingDocument, OfficialDocument, Reservation
from dondoc.documents.services import Arrival, enter, number_document, reserve
from dondoc.history.services import Act
from dondoc.organisations.tests.trees import act_on, draw

EACH = 3
DAY = date(2023, 4, 28)
TERM = "2020-2025"


def database_in(folder: Path) -> Callable[[], None]:
    """What a thread calls to write into a real database: on SQLite a file, with its lock, as an office has it; not one in memory."""
    if connection.vendor != "sqlite":
        return lambda: None
    file = folder / "register.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()

    def use() -> None:
        own = connections["default"].copy()
        own.settings_dict["NAME"] = str(file)
        connections["default"] = own

    return use


def numbers() -> list[int]:
    given = [n for model in (OfficialDocument, Reservation) for n in model.objects.values_list("number", flat=True)]
    return given + [-n for n in IncomingDocument.objects.values_list("arrival", flat=True)]


def in_threads(use: Callable[[], None], works: Sequence[Callable[[], list[int]]]) -> list[int]:
    """What the works give, all of which begin together, each with a connection of its own; what one raises is raised here."""
    together = Barrier(len(works), timeout=60)

    def run(work: Callable[[], list[int]]) -> list[int]:
        use()
        try:
            together.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        running = [threads.submit(run, work) for work in works]
        return [number for one in running for number in one.result()]


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_leave_no_gap_and_no_double(tmp_path: Path) -> None:
    issuer = draw("Tỉnh ủy")["Tỉnh ủy"].pk
    use = database_in(tmp_path)
    act: Act = act_on(DAY)

    def give() -> int:
        return number_document(issuer, TERM, "QĐ/TU", None, DAY, "Thử", act).number

    def keep() -> int:
        return reserve(issuer, TERM, "QĐ/TU", "chờ ký", act).number

    def arrive() -> int:
        return -enter(issuer, Arrival(DAY, DAY, "Thử", sender_words="Sở Nội vụ"), act).arrival

    works = [lambda one=one: [one() for _ in range(EACH)] for one in [give] * 12 + [keep] * 4 + [arrive] * 4]
    got = in_threads(use, works)
    assert sorted(got) == [*range(-4 * EACH, 0), *range(1, 16 * EACH + 1)]
    # Read by one more of them: this process's own connection sees another database.
    stored = in_threads(use, [numbers])
    assert sorted(stored) == sorted(got)
