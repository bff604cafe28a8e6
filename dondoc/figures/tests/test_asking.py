"""The way of the roll-up's texts to either database."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.figures.asking import ask
from dondoc.figures.contributions import day_of, query, values

pytestmark = pytest.mark.django_db


def test_words_numbers_truths_and_days_come_through_as_they_are() -> None:
    rows = [("50 % của 'chi bộ' %s", 7, True, date(2023, 6, 1)), ("", 2**40, False, date(2023, 7, 1))]
    told = ask(*query([values("told", "word, number, truth, day", rows)], "SELECT word, number, truth, day FROM told"))
    assert [(word, number, bool(truth), day_of(day)) for word, number, truth, day in told] == rows


def test_a_text_with_other_numbers_is_the_same_text() -> None:
    def asked(unit: int) -> str:
        return query([values("scope", "unit", [(unit,)])], "SELECT unit FROM scope")[0]

    assert asked(1) == asked(100_000)


def test_what_is_asked_is_counted_like_other_queries() -> None:
    with CaptureQueriesContext(connection) as queries:
        for unit in (1, 100_000, 2):
            assert ask(*query([values("scope", "unit", [(unit,)])], "SELECT unit FROM scope")) == [(unit,)]
    assert len(queries) == 3
