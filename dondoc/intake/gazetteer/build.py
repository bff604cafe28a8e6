"""Makes the gazetteer's file: `python -m dondoc.intake.gazetteer.build PACKAGE`, the wheel of vietnamadminunits.

The wheel is opened as an archive, its program is neither installed nor run. The data is under the MIT licence, whose words go into the
file. The same wheel gives the same file, byte for byte with the same SQLite.
"""

import hashlib
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from .queries import FILE
from .rules import COMMUNE_TYPES, DISTRICT_TYPES, PROVINCE_TYPES, REFORM, key_of

FOLDER = "vietnamadminunits/data"
_SCHEMA = """
CREATE TABLE place (
  key TEXT PRIMARY KEY, folded TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
  above TEXT REFERENCES place, since TEXT, until TEXT, CHECK (since IS NULL OR until IS NULL OR since < until)
) WITHOUT ROWID;
CREATE TABLE became (
  former TEXT NOT NULL REFERENCES place, heir TEXT NOT NULL REFERENCES place, PRIMARY KEY (former, heir)
) WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_INDEXES = "CREATE INDEX place_folded ON place (folded); CREATE INDEX became_heir ON became (heir);"


class Row(NamedTuple):
    """A place as it is stored; days in ISO form, None as in `rules.Place`."""

    key: str
    type: str
    name: str
    above: str | None
    since: str | None
    until: str | None


def build(wheel: Path, target: Path = FILE) -> int:
    """Write the file and return how many places it holds. ValueError where the data is not as it is known."""
    places, became = read(wheel)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        licence = next(name for name in archive.namelist() if name.endswith("/LICENSE"))
        about = {"source": wheel.name.split("-py")[0], "licence": archive.read(licence).decode()}
    write(places, became, target, about)
    return len(places)


def write(places: Iterable[Row], became: Iterable[tuple[str, str]], target: Path, about: Mapping[str, str]) -> None:
    """Write rows into a file, beside it first, so that whoever reads meanwhile has the old file whole."""
    rows, steps = sorted(places), sorted(set(became))
    version = hashlib.sha256(json.dumps([rows, steps]).encode()).hexdigest()[:16]
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / "draft.sqlite"
        with closing(sqlite3.connect(draft)) as file:
            file.execute("PRAGMA foreign_keys = ON")
            file.executescript(_SCHEMA)
            ordered = sorted(rows, key=lambda row: len(row.key))  # provinces, districts, communes
            file.executemany(
                "INSERT INTO place (key, folded, type, name, above, since, until) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(row.key, key_of(row.name), *row[1:]) for row in ordered],
            )
            file.executemany("INSERT INTO became VALUES (?, ?)", steps)
            file.executemany("INSERT INTO about VALUES (?, ?)", sorted({**about, "version": version}.items()))
            file.executescript(_INDEXES)
            file.commit()
        draft.replace(target)


def read(wheel: Path) -> tuple[list[Row], set[tuple[str, str]]]:
    """The places and what became of what, as the wheel has them."""
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        with closing(sqlite3.connect(archive.extract(f"{FOLDER}/dataset.db", folder))) as data:
            old = data.execute(
                "SELECT province, provinceCode, provinceKey, district, districtCode, districtKey, ward, wardCode, wardKey FROM admin_units_legacy"
            ).fetchall()
            new = data.execute("SELECT province, provinceKey, ward, wardCode, wardKey FROM admin_units").fetchall()
        steps = json.loads(archive.read(f"{FOLDER}/converter_2025.json"))
    return _joined(old, new, steps)


def _joined(
    old: list[Any], new: list[Any], steps: Mapping[str, Mapping[str, Any]]
) -> tuple[list[Row], set[tuple[str, str]]]:
    places: dict[str, Row] = {}
    became: set[tuple[str, str]] = set()
    heir_of = {former: heir for heir, formers in steps["DICT_PROVINCE"].items() for former in formers}
    province_code = {key: code for _, code, key, *_rest in old}
    reform = REFORM.isoformat()
    communes: dict[str, str] = {}
    holders: dict[str, str] = {}
    for province, code, key, district, district_code, district_key, ward, ward_code, ward_key in old:
        # A province that goes on under its name is the same place; what was merged into it ends.
        ends = heir_of[key] != key
        places[code] = Row(code, *_split(province, PROVINCE_TYPES), None, None, reform if ends else None)
        if ends:
            became.add((code, province_code[heir_of[key]]))
        places[district_code] = Row(district_code, *_split(district, DISTRICT_TYPES), code, None, reform)
        lowest = district_code  # five islands were districts without communes
        if ward is not None:
            lowest = ward_code
            places[lowest] = Row(lowest, *_split(ward, COMMUNE_TYPES), district_code, None, reform)
            holders[lowest] = district_code
        communes[f"{key}_{district_key}_{ward_key or ''}"] = lowest
        communes[f"{key}_{district_key}_{_with_marks(ward or '')}"] = lowest
    heirs: dict[tuple[str, str], str] = {}
    for _province, key, ward, ward_code, ward_key in new:
        place = Row(f"{ward_code}-2025", *_split(ward, COMMUNE_TYPES), province_code[key], reform, None)
        places[place.key] = place
        heirs[key, ward_key] = heirs[key, _with_marks(ward)] = place.key
    for former, heir in _steps(steps):
        place_key, heir_key = communes[former], heirs[heir]
        became.add((place_key, heir_key))
        if place_key in holders:
            became.add((holders[place_key], heir_key))
    _check(places, became)
    return list(places.values()), became


def _steps(steps: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, str]]]:
    """What became of what: whole communes by their heir, split ones by themselves."""
    for province, of in steps["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for heir, formers in of.items():
            yield from ((former, (province, heir)) for former in formers)
    for province, of in steps["DICT_PROVINCE_WARD_DIVIDED"].items():
        for former, parts in of.items():
            yield from ((former, (province, part["newWardKey"])) for part in parts)


def _with_marks(name: str) -> str:
    """How the data writes a name that another of the same district has but for its marks."""
    return name.lower().replace(" ", "")


def _split(full: str, types: Iterable[str]) -> tuple[str, str]:
    """Type and name of a full name. The data's own columns of types and short names hold slips."""
    for kind in types:
        if full.lower().startswith(kind + " "):
            return kind, full[len(kind) + 1 :]
    raise ValueError(f"{full} begins with none of {', '.join(sorted(types))}")


def _check(places: Mapping[str, Row], became: Iterable[tuple[str, str]]) -> None:
    """What must hold of the data before anybody relies on it."""
    heirs: dict[str, set[str]] = defaultdict(set)
    for former, heir in became:
        heirs[former].add(heir)
    lost = [f"{place.type} {place.name}" for key, place in places.items() if place.until and not heirs[key]]
    if lost:
        raise ValueError(f"Nothing is said of what became of {len(lost)} places: {', '.join(sorted(lost)[:5])}")
    made = set().union(*heirs.values())
    unmade = [f"{place.type} {place.name}" for key, place in places.items() if place.since and key not in made]
    if unmade:
        raise ValueError(f"Nothing is said of what {len(unmade)} places were made of: {', '.join(sorted(unmade)[:5])}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the wheel of vietnamadminunits; `make setup` does.")
    sys.stdout.write(f"gazetteer: {build(Path(sys.argv[1]))} places\n")
