"""A text with what was drawn from it, in the form of the cases with which the reader is tested (`tests/cases/*.yaml`). Pure.

    about, text, published, event, units, facts, findings, directives     as there
    leader      the title of the post that led the session
    chosen      for names that a person had to look up: the unit meant, with its superiors
    corrected   what a person changed: {what: corrected | added | dropped | chosen, kind, read, right}

People are left out: a draft does not keep them.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from dondoc.lib import vietnamese

from .drafting import Drafted
from .rules import Content, number

Case = dict[str, Any]
Row = list[Any]
# Names by key; None, the key of what is not settled, is never among them.
Named = Mapping[Any, str]

KINDS = {"unit": "units", "figure": "facts", "finding": "findings", "directive": "directives"}
EVENT = ("topic", "year_reviewed", "year_planned")


@dataclass(frozen=True, slots=True)
class Item:
    """A value, of a draft or of a reading, as a case needs it. `found` and `found_words` are what the reader said of it, None where it said nothing."""

    key: int
    kind: str
    name: str
    content: Content
    words: str | None
    derived: bool = False
    dropped: bool = False
    found: Content | None = None
    found_words: str | None = None


def items_of(values: Iterable[Drafted], text: str) -> list[Item]:
    """What the reader draws from a text, as items."""
    made = []
    units = 0
    for place, value in enumerate(values):
        key, content = -1 - place, value.content
        if value.kind == "unit":
            key, units = units, units + 1
        elif value.has_unit:
            content = {**content, "of": value.of}
        words = value.span.of(text) if value.span else None
        made.append(Item(key, value.kind, value.name, content, words, value.derived))
    return made


def unit_words(content: Content) -> str:
    """The words "xã Sơn Tân"; a name that says its kind itself stands alone."""
    kind, name = content["type"], content["name"]
    return name if kind in {"", name} else f"{kind} {name}"


def rows_of(items: Iterable[Item]) -> dict[str, list[Row]]:
    """Units, facts, findings and directives of a case, without those left out."""
    live = [item for item in items if not item.dropped]
    units = _units(live)
    made: dict[str, list[Row]] = {name: [] for name in KINDS.values()}
    for item in live:
        if item.kind in KINDS and (row := _row(item, item.content, item.words, units)) is not None:
            made[KINDS[item.kind]].append(row)
    return made


def _units(items: Iterable[Item]) -> dict[int, str]:
    return {item.key: unit_words(item.content) for item in items if item.kind == "unit"}


def _row(item: Item, content: Content, words: str | None, units: Mapping[int, str]) -> Row | None:
    """The row of a value; None for a unit on which the text does not report."""
    words = unicodedata.normalize("NFC", words) if words is not None else None
    if item.kind == "unit":
        if not content["in_session"] and content["type"] != "toàn Đảng":
            return None
        return [unit_words(content) + (f" < {content['parent']}" if content["parent"] else "")]
    of = units.get(content["of"]) if content["of"] is not None else None
    if item.kind == "figure":
        name = content["indicator"] + (f":{content['label']}" if content["label"] else "")
        name += (" derived" if item.derived else "") + (" optional" if content.get("optional") else "")
        return [of, name, _value(content), content["period"], words]
    if item.kind == "finding":
        return [content["finding"], of, words]
    return [of or content["to"] or None, content["receivers"], content["deadline"], words]


def _value(content: Content) -> int | float | str:
    count = number(content["value"])
    if content["qualifier"] != "exact" or count is None:
        return f"{content['qualifier']} {content['value']}"
    return int(count) if count == count.to_integral_value() else float(count)


def event_of(items: Iterable[Item]) -> dict[str, Any]:
    """The event of a case. Where the text says a day without its year, the year that a person added is none of the text's."""
    fields = {item.name: item for item in items if item.kind == "event" and not item.dropped}
    event: dict[str, Any] = {}
    if "date" in fields:
        content, found = fields["date"].content, fields["date"].found or {}
        day, said = content.get("day"), found.get("month_day") or content.get("month_day")
        if said and (day is None or day.endswith(said)):
            event["month_day"] = said
        elif day:
            event["date"] = date.fromisoformat(day)
    for name in EVENT:
        if name in fields:
            event[name] = fields[name].content.get("text" if name == "topic" else "year") or None
    return event


def case_of(text: str, items: Sequence[Item], *, about: str, posts: Named, tree: Named) -> Case:
    """The case of a confirmed draft. `posts` are the titles of the posts, `tree` the names of the units that it means."""
    fields = {item.name: item.content for item in items if item.kind == "event" and not item.dropped}
    published = fields.get("published", {}).get("day")
    leader = fields.get("leader", {}).get("post")
    looked_up = {
        unit_words(item.content): tree[item.content["unit"]]
        for item in items
        if item.kind == "unit" and not item.dropped and item.content["how"] == "chosen" and item.content["unit"] in tree
    }
    rows = rows_of(items)
    case: Case = {"about": about, "text": text}
    if published:
        case["published"] = date.fromisoformat(published)
    case["event"] = event_of(items)
    if leader in posts:
        case["leader"] = posts[leader]
    case["units"] = [row[0] for row in rows["units"]]
    case |= {name: rows[name] for name in ("facts", "findings", "directives")}
    if looked_up:
        case["chosen"] = looked_up
    case["corrected"] = corrections(items, posts, tree)
    return case


def corrections(items: Sequence[Item], posts: Named, tree: Named) -> list[dict[str, Any]]:
    """What a person changed, value by value."""
    units = _units(items)
    made: list[dict[str, Any]] = []
    for item in items:
        if item.kind == "event":
            made += _of_event(item, posts)
            continue
        right = None if item.dropped else _row(item, item.content, item.words, units)
        read = None if item.found is None else _row(item, item.found, item.found_words, units)
        if right != read:
            what = "dropped" if right is None else "added" if read is None else "corrected"
            made.append({"what": what, "kind": KINDS[item.kind], "read": read, "right": right})
        unit = item.content.get("unit")
        if item.kind == "unit" and right and item.content["how"] == "chosen" and unit in tree:
            made.append({"what": "chosen", "kind": "units", "read": [unit_words(item.content)], "right": [tree[unit]]})
    return made


def _of_event(item: Item, posts: Named) -> list[dict[str, Any]]:
    found, content = item.found or {}, {} if item.dropped else item.content
    if item.name == "leader":
        post = content.get("post")
        if post == found.get("post") or post not in posts:
            return []
        return [{"what": "chosen", "kind": "leader", "read": [found.get("said") or None], "right": [posts[post]]}]
    key = next((key for key in ("day", "text", "year") if key in item.content), "")
    read, right = found.get(key) or None, content.get(key) or None
    month_day = found.get("month_day")
    # A year that the text does not say is no fault of the reader's.
    if read == right or (right and month_day and right.endswith(month_day)):
        return []
    what = "dropped" if right is None else "added" if read is None else "corrected"
    return [{"what": what, "kind": item.name, "read": [read or month_day], "right": [right]}]


def plain(words: str | None) -> str:
    """Words for comparing: lower case, one tone spelling, no signs at the ends."""
    return vietnamese.plain(words or "").strip(" .,;:–-…\"“”'()")


class _Dumper(yaml.SafeDumper):
    """Texts as blocks, rows on one line, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


class _Line(list[Any]):
    """A row, which stays on one line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    _Line, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)
)


def written(case: Case) -> str:
    """The case as an item of a YAML list."""
    shown = dict(case)
    for name in ("facts", "findings", "directives"):
        shown[name] = [_Line(row) for row in case[name]]
    shown["corrected"] = [
        {**one, **{side: _Line(one[side]) for side in ("read", "right") if one[side] is not None}}
        for one in case["corrected"]
    ]
    return yaml.dump([shown], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
