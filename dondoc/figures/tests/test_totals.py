"""What is stored equals what would be built anew, and is mended where it does not."""

from io import StringIO

import pytest
from django.core.management import call_command

from dondoc.figures.contributions import contributions
from dondoc.figures.indicators import indicators
from dondoc.figures.models import Figure, MonthDue, MonthTotal
from dondoc.figures.monthly import by_month
from dondoc.figures.services import supersede
from dondoc.figures.tests.example import ACT, JULY, JUNE, brief, example, report
from dondoc.organisations.models import Reorganisation, Unit
from dondoc.organisations.services import revoke
from dondoc.tests.told_once import told_once

pytestmark = pytest.mark.django_db


def rebuilt(*options: str) -> str:
    out = StringIO()
    call_command("totals", *options, stdout=out)
    return out.getvalue().strip()


@told_once
def units() -> dict[str, Unit]:
    return example()


def test_what_was_kept_by_differences_is_what_would_be_built_anew(units: dict[str, Unit]) -> None:
    report(units["Chi bộ 1"], JUNE, reason="đếm lại", admissions=7)
    supersede(Figure.objects.filter(superseded_at=None).latest("pk").pk, reason="thu hồi", act=ACT)
    moved = Reorganisation.objects.get(kind="move")
    revoke(moved, decision="QĐ", act=ACT)
    assert rebuilt() == "Các số tổng hợp đã lưu đều đúng."
    assert MonthTotal.objects.exists()


def test_what_was_spoilt_is_found_and_mended_and_counted(units: dict[str, Unit]) -> None:
    one = MonthTotal.objects.filter(unit=units["Tỉnh ủy"], indicator="admissions", month=JUNE.start)
    one.update(value=99)
    MonthTotal.objects.filter(unit=units["Xã A1"]).delete()
    MonthDue.objects.filter(unit=units["Tỉnh ủy"]).update(parts=1)
    Figure.objects.filter(unit=units["Chi bộ 1"]).update(standing="differs")
    assert brief(units["Tỉnh ủy"], "admissions", "2023-06") == (99, "4/1")
    assert rebuilt().startswith("Đã sửa ")
    assert brief(units["Tỉnh ủy"], "admissions", "2023-06") == (10, "4/4")
    assert rebuilt("--since", "01/06/2023") == "Các số tổng hợp đã lưu đều đúng."


def test_nothing_is_kept_of_a_month_to_which_nobody_adds_any_more(units: dict[str, Unit]) -> None:
    for figure in Figure.objects.filter(superseded_at=None, month=JUNE.start):
        supersede(figure.pk, reason="thu hồi", act=ACT)
    assert not MonthTotal.objects.filter(month=JUNE.start).exists()
    assert MonthTotal.objects.exists()


def test_months_read_from_stored_totals_are_those_of_the_figures_themselves(units: dict[str, Unit]) -> None:
    chosen = [indicators()[key] for key in ("admissions", "members", "members_disciplined")]
    report(units["Đảng bộ Trường"], JUNE, members_disciplined=1)
    report(units["Xã B1"], JUNE, members_disciplined=3)
    everybody = [unit.pk for unit in set(units.values())]
    live = contributions(chosen, [JUNE, JULY], to=everybody)
    assert by_month(chosen, [JUNE, JULY], everybody) == live
    assert {cell.span for cell in live} == {JUNE.start, JULY.start}
