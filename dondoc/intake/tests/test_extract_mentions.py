"""Which units the names in a sentence mean."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dondoc.intake.extract import people
from dondoc.intake.extract.mentions import mentions
from dondoc.intake.extract.resolve import Resolver
from dondoc.intake.extract.tokens import Page

CASES: list[Any] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "mentions" / "names.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_name_means_the_unit_that_the_text_shows(text: str, wanted: list[str]) -> None:
    page = Page(text)
    named = Resolver(people.mark_posts(page, mentions(page))).resolved()
    found = [f"{n.unit.type} {n.unit.name}" for n in named if n.hit.name and n.unit is not None]
    assert found == wanted
