"""What an office may write in a template stands in `docs/templates.md`."""

import pytest
from django.conf import settings

from dondoc.documents.patterns import Template
from dondoc.documents.patterns.declared import BLOCKS, templates

PAGE = (settings.HOME / "docs" / "templates.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_every_placeholder_is_described(one: Template) -> None:
    part = PAGE.partition(f"## {one.name} (`{one.code}`, {one.type_code})")[2].partition("\n## ")[0]
    for placeholder in one.placeholders:
        assert all(f"`{line}`" in part for line in placeholder.written)
        assert placeholder.description in part


def test_the_shared_blocks_are_described() -> None:
    assert all(f"{{{{p {name} }}}}" in PAGE for name in BLOCKS)
