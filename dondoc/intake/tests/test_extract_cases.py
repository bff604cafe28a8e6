"""Our own texts, each with the record that a careful reader draws from it; and the reference article where it lies at hand."""

import json
import unicodedata
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

from dondoc.intake.extract.reader import read
from dondoc.intake.extract.reading import Fact, Reading, UnitName
from dondoc.intake.extract.record import as_record

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ARTICLES = ROOT.parent / "shared" / "articles"
RETELLING = ROOT / "content" / "demonstration" / "article.txt"


def _load() -> list[Any]:
    cases = []
    for path in sorted((HERE / "cases").glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            if "text_of" in case:
                case["text"] = (ROOT / case["text_of"]).read_text(encoding="utf-8")
            cases.append(pytest.param(case, id=f"{path.stem}: {case['about']}"))
    return cases


CASES = _load()


def _unit(unit: UnitName | str | None) -> str | None:
    if unit is None or isinstance(unit, str):
        return unit
    return unit.name if unit.name == unit.type else f"{unit.type} {unit.name}"


def _value(fact: Fact) -> Any:
    number = float(fact.value)
    return number if fact.qualifier == "exact" else f"{fact.qualifier} {fact.value}"


def _fact(fact: Fact, text: str) -> tuple[Any, ...]:
    name = fact.indicator + (f":{fact.label}" if fact.label else "")
    name += (" derived" if fact.derived else "") + (" optional" if fact.optional else "")
    return _unit(fact.unit), name, _value(fact), fact.period, unicodedata.normalize("NFC", fact.span.of(text))


def _wanted(fact: list[Any]) -> tuple[Any, ...]:
    unit, name, value, period, words = fact
    return (
        unit,
        name,
        value if isinstance(value, str) else float(value),
        str(period) if period is not None else None,
        words,
    )


def _read(case: dict[str, Any]) -> Reading:
    return read(case["text"])


@pytest.mark.parametrize("case", CASES)
def test_the_figures_are_those_of_the_text(case: dict[str, Any]) -> None:
    assert sorted(map(str, (_fact(f, case["text"]) for f in _read(case).facts))) == sorted(
        map(str, map(_wanted, case.get("facts", [])))
    )


@pytest.mark.parametrize("case", CASES)
def test_the_findings_are_those_of_the_text(case: dict[str, Any]) -> None:
    found = [[f.kind, _unit(f.unit), f.span.of(case["text"])] for f in _read(case).findings]
    assert found == case.get("findings", [])


@pytest.mark.parametrize("case", CASES)
def test_the_directives_are_those_of_the_text(case: dict[str, Any]) -> None:
    found = [[_unit(d.to), d.receivers, d.deadline, d.span.of(case["text"])] for d in _read(case).directives]
    assert found == case.get("directives", [])


@pytest.mark.parametrize("case", CASES)
def test_the_event_the_people_and_the_units_are_those_of_the_text(case: dict[str, Any]) -> None:
    reading = _read(case)
    event = {key: getattr(reading.event, key) for key in case.get("event", {})}
    assert event == case.get("event", {})
    assert reading.published == case.get("published")
    assert reading.negative == case.get("negative", False)
    assert {p.name: list(p.roles) for p in reading.people} == case.get("people", {})
    units = [f"{_unit(u.unit)}" + (f" < {_unit(u.unit.parent)}" if u.unit.parent else "") for u in reading.units]
    assert units == case.get("units", [])


@pytest.mark.parametrize("case", [case for case in CASES if "checks" in case.values[0]])
def test_the_arithmetic_is_done_again(case: dict[str, Any]) -> None:
    found = [[c.kind, c.agrees, float(c.stated), float(c.computed)] for c in _read(case).checks]
    assert found == case["checks"]


@pytest.mark.parametrize("form", ["NFC", "NFD", "nbsp"])
@pytest.mark.parametrize("case", CASES)
def test_another_unicode_form_gives_the_same_values(case: dict[str, Any], form: Literal["NFC", "NFD", "nbsp"]) -> None:
    text = case["text"]
    changed = text.replace(" ", "\u00a0") if form == "nbsp" else unicodedata.normalize(form, text)
    one, other = as_record(read(text)), as_record(read(changed))
    for record in (one, other):
        for kind in ("facts", "findings", "directives"):
            for item in record[kind]:
                del item["span"]
    assert one == other


def _reference() -> dict[str, Any]:
    path = ARTICLES / "000.json"
    if not path.exists():
        pytest.skip("the articles with gold records do not lie beside the checkout")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_the_reference_article_is_read_completely_right() -> None:
    article = _reference()
    got, want = as_record(read(article["text"])), article["gold"]
    assert got["published"] == want["published"]
    assert {key: got["event"][key] for key in want["event"]} == want["event"]
    assert [{key: p[key] for key in ("name", "roles")} for p in got["people"]] == want["people"]
    assert got["units"] == want["units"]
    for kind in ("facts", "findings", "directives"):
        found = [
            {key: _short(item.get(key)) for key in wanted}
            for item, wanted in zip(_ordered(got[kind]), _ordered(want[kind]), strict=True)
        ]
        assert found == _ordered(want[kind])


def _ordered(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: (item["span"], str(item.get("indicator"))))


def _short(value: Any) -> Any:
    return {key: value[key] for key in ("type", "name")} if isinstance(value, dict) else value


def test_the_retelling_says_what_the_reference_article_says() -> None:
    article = _reference()
    told, gold = as_record(read(RETELLING.read_text(encoding="utf-8"))), article["gold"]

    def figures(record: dict[str, Any]) -> set[tuple[Any, ...]]:
        return {(f["unit"]["name"], f["indicator"], f["value"], f["period"], f["derived"]) for f in record["facts"]}

    assert figures(told) == figures(gold)
    assert [f["kind"] for f in told["findings"]] == [f["kind"] for f in gold["findings"]]
    assert len(told["directives"]) == len(gold["directives"])
    assert told["event"]["date"] == gold["event"]["date"]
    assert told["people"] == []


def test_texts_on_other_subjects_yield_nothing() -> None:
    if not ARTICLES.is_dir():
        pytest.skip("the articles with gold records do not lie beside the checkout")
    seen = 0
    for path in sorted(ARTICLES.glob("[0-9]*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        if article["gold"].get("negative"):
            reading = read(article["text"])
            assert (reading.facts, reading.findings, reading.directives, reading.units) == ((), (), (), ()), path.name
            seen += 1
    assert seen


def test_two_units_of_one_name_are_not_guessed_between() -> None:
    text = (
        "Đảng bộ xã Tân Lập (huyện Phú Mỹ) có 78 đảng viên. Đảng bộ xã Tân Lập (huyện Hòa An) có 139 đảng viên. "
        "Đảng bộ xã Tân Lập kết nạp 4 đảng viên."
    )
    reading = read(text)
    assert [(f.value, f.unit.parent.name if f.unit and f.unit.parent else None) for f in reading.facts] == [
        (78, "Phú Mỹ"),
        (139, "Hòa An"),
        (4, None),
    ]
    doubtful = [unit for unit in reading.units if unit.ambiguous]
    assert [{u.parent.name for u in unit.ambiguous if u.parent} for unit in doubtful] == [{"Phú Mỹ", "Hòa An"}]


def test_a_mark_of_secrecy_is_found_only_where_it_stands_alone() -> None:
    assert read("HUYỆN ỦY PHÚ MỸ\nMẬT\nĐảng bộ huyện.").secrecy is not None
    assert read("Bí mật của người nuôi ong lấy mật.").secrecy is None
