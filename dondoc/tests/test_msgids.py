"""Texts of the interface are English in the source; Vietnamese stands in them only as an example or a name."""

from pathlib import Path

import polib
import pytest
from django.conf import settings

CATALOGUES = sorted((Path(settings.HOME) / "dondoc").rglob("locale/vi/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=[path.parts[-5] for path in CATALOGUES])
def test_no_text_is_headed_by_a_vietnamese_word(path: Path) -> None:
    heads = [one.msgid.partition(":")[0] for one in polib.pofile(str(path)) if ":" in one.msgid]
    assert not [
        head for head in heads if "“" not in head and any(letter.isalpha() and ord(letter) > 127 for letter in head)
    ]
