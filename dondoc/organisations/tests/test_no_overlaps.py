"""The database itself forbids two rows of one unit on one day, on SQLite by triggers, on PostgreSQL by constraints."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dondoc.organisations.models import Ancestry, Dated, Unit, UnitKind, UnitName, UnitParent
from dondoc.tests.told_once import told_once

from .trees import draw

pytestmark = pytest.mark.django_db

FIRST, MIDDLE, LAST = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
Make = Callable[[dict[str, Unit], date, date | None], Dated]

ROWS: dict[str, tuple[type[Dated], Make]] = {
    "name": (UnitName, lambda u, a, b: UnitName(unit=u["Xã A1"], name="x", short_name="x", valid_from=a, valid_to=b)),
    "kind": (UnitKind, lambda u, a, b: UnitKind(unit=u["Xã A1"], kind="cell", level=9, valid_from=a, valid_to=b)),
    "superior": (UnitParent, lambda u, a, b: UnitParent(unit=u["Xã A1"], parent=u["Tỉnh ủy"], valid_from=a, valid_to=b)),
    "ancestor": (Ancestry, lambda u, a, b: Ancestry(ancestor=u["Tỉnh ủy"], descendant=u["Xã A1"], valid_from=a, valid_to=b)),
}  # fmt: skip


@told_once
def units() -> dict[str, Unit]:
    units = draw("Tỉnh ủy\n  Xã A1")
    for model, _ in ROWS.values():
        model.objects.all().delete()
    return units


@pytest.mark.parametrize("what", ROWS)
@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ((FIRST, MIDDLE), (MIDDLE, None), True),
        ((MIDDLE, None), (FIRST, MIDDLE), True),
        ((FIRST, None), (MIDDLE, None), False),
        ((FIRST, LAST), (MIDDLE, None), False),
        ((MIDDLE, None), (FIRST, LAST), False),
        ((FIRST, None), (MIDDLE, LAST), False),
    ],
)
def test_a_unit_has_at_most_one_on_a_day(
    units: dict[str, Unit],
    what: str,
    first: tuple[date, date | None],
    second: tuple[date, date | None],
    allowed: bool,
) -> None:
    _, make = ROWS[what]
    make(units, *first).save()
    if allowed:
        make(units, *second).save()
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            make(units, *second).save()


@pytest.mark.parametrize("what", ROWS)
def test_an_end_cannot_be_put_off_into_the_next_row(units: dict[str, Unit], what: str) -> None:
    model, make = ROWS[what]
    make(units, FIRST, MIDDLE).save()
    make(units, MIDDLE, None).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(valid_from=FIRST).update(valid_to=LAST)
    model.objects.filter(valid_from=FIRST).update(valid_to=date(2021, 1, 1))
