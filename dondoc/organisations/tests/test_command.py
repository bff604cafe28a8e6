"""`dondoc organisations FILE`."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from dondoc.organisations.models import Unit


def test_an_office_loads_its_units_from_a_file(db: None) -> None:
    said = StringIO()
    path = settings.CONTENT / "demonstration" / "organisations.yaml"
    call_command("organisations", str(path), stdout=said)
    assert Unit.objects.filter(code="xa-son-tan").exists()
    assert "Đã ghi nhận" in said.getvalue()


def test_a_file_that_is_wrong_is_told_in_one_line_and_leaves_nothing(db: None, tmp_path: Path) -> None:
    wrong = tmp_path / "units.yaml"
    wrong.write_text("units: [{code: a}]", encoding="utf-8")
    with pytest.raises(CommandError, match=r"units\.yaml") as told:
        call_command("organisations", str(wrong))
    assert "\n" not in str(told.value)
    assert not Unit.objects.exists()
