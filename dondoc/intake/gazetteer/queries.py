"""Looking places up in the file of the gazetteer. Every function opens it for reading, asks a fixed number of questions and closes it."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from .rules import Place, key_of

FILE = Path(__file__).resolve().parent / "built" / "gazetteer.sqlite"

_COLUMNS = "p.key, p.type, p.name, p.since, p.until, p.above"
_NAMED = f"SELECT {_COLUMNS} FROM place p WHERE p.folded IN (SELECT value FROM json_each(?)) ORDER BY p.key"  # noqa: S608
_KEYED = f"SELECT {_COLUMNS} FROM place p WHERE p.key IN (SELECT value FROM json_each(?)) ORDER BY p.key"  # noqa: S608
_HEIRS = "SELECT former, heir FROM became WHERE former IN (SELECT value FROM json_each(?)) ORDER BY former, heir"
# The communes and districts that went into a place; what held the communes is where people say that the place lies.
_AREAS = """
SELECT DISTINCT became.heir, former.above FROM became JOIN place former ON former.key = became.former
WHERE became.heir IN (SELECT value FROM json_each(?)) AND former.above IS NOT NULL ORDER BY 1, 2
"""
_Row = tuple[str, str, str, str | None, str | None, str | None]


def named(names: Iterable[str], path: Path | None = None) -> dict[str, list[Place]]:
    """Every place that ever had one of the names, by the folded name. A name without a place is missing."""
    wanted = sorted({key_of(name) for name in names} - {""})
    found: dict[str, list[Place]] = {}
    if wanted:
        with closing(_open(path)) as file:
            for place in _places(file, file.execute(_NAMED, [json.dumps(wanted)]).fetchall()):
                found.setdefault(key_of(place.name), []).append(place)
    return found


def keyed(keys: Iterable[str], path: Path | None = None) -> dict[str, Place]:
    """Places by their keys; a key that the gazetteer does not have is missing."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    with closing(_open(path)) as file:
        return {p.key: p for p in _places(file, file.execute(_KEYED, [json.dumps(wanted)]).fetchall())}


def _open(path: Path | None = None) -> sqlite3.Connection:
    path = path or FILE
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing. It is made by: make setup")
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _places(file: sqlite3.Connection, rows: list[_Row]) -> list[Place]:
    """The rows as places, with what held them, what they became and of what they were made. At most six questions."""
    keys = json.dumps([row[0] for row in rows])
    heirs, areas = file.execute(_HEIRS, [keys]).fetchall(), file.execute(_AREAS, [keys]).fetchall()
    known = {row[0]: row for row in rows}
    for _level in range(3):  # an heir, its province; or a commune, its district, its province
        wanted = {row[5] for row in known.values() if row[5]} | {key for _, key in (*heirs, *areas)}
        if more := sorted(wanted - known.keys()):
            known |= {row[0]: row for row in file.execute(_KEYED, [json.dumps(more)])}
    bare = {key: _place(known, key) for key in known}
    became: dict[str, list[Place]] = defaultdict(list)
    for former, heir in heirs:
        became[former].append(bare[heir])
    made_of: dict[str, list[Place]] = defaultdict(list)
    for made, area in areas:
        made_of[made] += [bare[area], *bare[area].above]
    return [
        replace(bare[key], heirs=tuple(became[key]), areas=tuple(dict.fromkeys(made_of[key])))
        for key in (row[0] for row in rows)
    ]


def _place(known: Mapping[str, _Row], key: str) -> Place:
    code, kind, name, since, until, holder = known[key]
    above = _place(known, holder) if holder else None
    begins, ends = (date.fromisoformat(day) if day else None for day in (since, until))
    return Place(code, kind, name, begins, ends, (above, *above.above) if above else ())
