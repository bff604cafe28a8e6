"""Each rule by itself: what it must find, and what it must leave alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.reader import read
from dondoc.intake.extract.rules import TITLES, rule_title

EXAMPLES: dict[str, Any] = {}
for path in sorted((Path(__file__).parent / "cases" / "rules").glob("*.yaml")):
    EXAMPLES |= yaml.safe_load(path.read_text(encoding="utf-8"))


def _found(text: str, name: str) -> list[Any]:
    reading = read(text)
    values: list[Any] = [float(f.value) for f in reading.facts if f.rule == name]
    values += [f.span.of(text) for f in reading.findings if f.rule == name]
    values += [d.span.of(text) for d in reading.directives if d.rule == name]
    values += [p.name for p in reading.people if p.rule == name]
    values += [float(c.stated) for c in reading.checks if c.rule == name]
    if reading.event.rule == name:
        values.append(reading.event.kind)
    return values


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, example in EXAMPLES.items() for text in example["finds"]]
)
def test_a_rule_finds_what_it_should(name: str, text: str) -> None:
    wanted = [float(value) if isinstance(value, int | float) else value for value in EXAMPLES[name]["finds"][text]]
    assert _found(text, name) == wanted


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, example in EXAMPLES.items() for text in example["ignores"]]
)
def test_a_rule_leaves_the_rest_alone(name: str, text: str) -> None:
    assert _found(text, name) == []


def test_every_rule_has_examples_for_and_against() -> None:
    read("")
    assert sorted(EXAMPLES) == sorted(TITLES)
    assert all(example["finds"] and example["ignores"] for example in EXAMPLES.values())


def test_every_rule_has_a_vietnamese_title() -> None:
    assert rule_title("figure.members_in_cells") == "số đảng viên thuộc số chi bộ"
    assert all(title and title != name for name, title in TITLES.items())


def test_a_name_that_no_rule_has_is_shown_as_it_is() -> None:
    assert rule_title("person.typed") == "person.typed"


def test_no_word_stands_under_two_kinds() -> None:
    seen: dict[str, str] = {}
    for kind, phrases in lexicon("words").items():
        for phrase in phrases:
            assert seen.setdefault(phrase, kind) == kind, f"{phrase} stands under {seen[phrase]} and {kind}"
