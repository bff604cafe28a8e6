"""The formats as dated content: each day has one, every code of a problem has its sentence, what cannot be right stops the start."""

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from dondoc.documents import format as package
from dondoc.documents.format.content import PARTS, format_on, formats, read_formats, read_types
from dondoc.documents.format.measures import Measure
from dondoc.documents.format.texts import LETTERS, PLACES, SENTENCES, UNREADABLE

RAW: dict[str, Any] = yaml.safe_load((settings.CONTENT / "documents" / "format.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(1990, 1, 1), "11-HD/VPTW"),
        (date(2018, 4, 2), "11-HD/VPTW"),
        (date(2018, 4, 3), "36-HD/VPTW"),
        (date(2026, 1, 8), "36-HD/VPTW"),
        (date(2026, 1, 9), "399-QĐ/TW"),
        (date(2040, 1, 1), "399-QĐ/TW"),
    ],
)
def test_every_day_has_its_format(day: date, code: str) -> None:
    assert format_on(day).code == code


def test_a_format_that_is_like_an_older_one_keeps_its_measures_but_not_its_end() -> None:
    old, new = format_on(date(2023, 1, 1)), format_on(date(2026, 2, 1))
    assert new.letters == old.letters
    assert new.margins == old.margins
    assert (new.until, new.basis) == (None, "399-QĐ/TW 9/1/2026; 36-HD/VPTW 3/4/2018")


def test_of_two_numbers_the_first_is_used_and_of_three_the_first_lies_between_the_others() -> None:
    form = format_on(date(2023, 1, 1))
    assert form.margins["left"] == Measure(30, 30, 35, False)
    assert form.indent == Measure(12.7, 10, 15, False)
    title = form.letters["title"].size
    assert title is not None
    assert (title.least, title.most, title.verified) == (15, 15, True)


def broken(change: Any) -> dict[str, Any]:
    raw = deepcopy(RAW)
    change(raw)
    return raw


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw["formats"][1].update(colour="red"), "has \\['colour'\\]"),
        (lambda raw: raw["formats"][1].update(basis=""), "has no basis"),
        (lambda raw: raw["formats"][1].update(to=date(2010, 1, 1)), "holds from"),
        (lambda raw: raw["formats"][1].update({"from": date(2017, 1, 1)}), "overlap"),
        (lambda raw: raw["formats"][2].update(like="none"), "which does not stand before it"),
        (lambda raw: raw["formats"][1]["letters"].update(seal={}), "sets the letters of \\['seal'\\]"),
        (lambda raw: raw["formats"][1]["letters"]["title"].update(colour=1), "for title"),
        (lambda raw: raw["formats"][1]["margins"].update(left=[35, 30]), "measures"),
        (lambda raw: raw["formats"][1]["margins"].update(left=0), "measures"),
        (lambda raw: raw["levels"][0].update(bodies="("), "has the bodies"),
    ],
)
def test_a_format_that_cannot_be_right_is_told_with_its_place(change: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_formats(broken(change), {})


def test_types_of_the_symbols_keep_their_names_where_the_format_adds_none() -> None:
    types = read_types(RAW, {"CV": ("Công văn",), "TB": ("Thông báo",)})
    assert (types["CV"].names, types["CV"].letter) == (("Công văn",), True)
    assert (types["TB"].names, types["TB"].letter) == (("Thông báo",), False)


def test_every_code_has_its_sentence_and_every_part_its_name() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(str(package.__path__[0])).glob("*.py") if path.stem != "texts"
    )
    codes = set(re.findall(r'(?:Problem\(|wrong\()\s*"(\w+)"', source)) | {"symbol_letters", "symbol_of_another_issuer"}
    sides = {f"margin_{side}" for side in formats()[0].margins}
    assert codes | sides | {"symbol_wrong", "symbol_missing"} == set(SENTENCES)
    assert set(LETTERS) == {
        "size",
        "capitals",
        "not_capitals",
        *(f"{no}{one}" for no in ("", "not_") for one in ("bold", "italic", "underlined")),
    }
    assert set(PARTS) | {"sheet"} == set(PLACES)
    assert set(re.findall(r'Unreadable\("(\w+)"\)', source)) == set(UNREADABLE)
