"""What is wrong with a draft, and what may be confirmed. Pure: values in, problems out.

The shapes of `content`, by kind:
    event      date, published: {"day": "2023-04-28" | null}; leader: {"said": "Phó Bí thư …", "post": 12 | null, "how": ""};
               topic, title, publisher: {"text": "…"}; year_reviewed, year_planned: {"year": 2022 | null}
    unit       {"type": "xã", "name": "Sơn Tân", "parent": "huyện Cam Lâm", "in_session": true, "unit": 7 | null, "how": "matched" | "leader" |
               "country" | "chosen" | "", "candidates": [7, 9], and of the gazetteer, for what is not in the tree: "place": "21337" | null,
               "places": ["21337"], "elsewhen": ["22447"]; and "last": 7 where the office chose that for the name before}
    figure     {"of": <value of the unit> | null, "indicator": "members", "value": "78", "qualifier": "exact", "period": "2022" | null,
               "label": null, "optional": false, "explanation": null}
    finding    {"finding": "praise", "of": <value> | null (common), "new": false}
    directive  {"receivers": "unit", "to": "Đảng ủy Sơn Tân", "of": <value> | null, "deadline": null, "regular": false, "cadence": null, "new": false}
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from dondoc.lib.refusals import Problem
from dondoc.lib.vietnamese import plain

Content = dict[str, Any]

EVENT_NAMES = ("date", "leader", "topic", "year_reviewed", "year_planned", "title", "publisher", "published")

# What must be settled before a draft becomes records; the others may be accepted as they are.
BLOCKING = frozenset(
    {
        "intake.no_day",
        "intake.day_ahead",
        "intake.no_leader",
        "intake.leader_outside",
        "intake.no_unit",
        "intake.unit_unknown",
        "intake.unit_ambiguous",
        "intake.unit_unplaced",
        "intake.unit_outside",
        "intake.unit_not_ours",
        "intake.unit_former",
        "intake.figure_without_unit",
        "intake.figure_not_whole",
        "intake.figure_without_period",
        "intake.figure_twice",
        "intake.directive_without_receiver",
        "intake.late",
    }
)
# Names of communes and villages repeat from province to province, so one that is named without its superior is never taken for granted.
REPEATED_TYPES = frozenset(
    {"xã", "phường", "thị trấn", "thôn", "ấp", "bản", "buôn", "xóm", "khu phố", "tổ dân phố", "khu dân cư", ""}
)
TYPES = (
    "tỉnh",
    "thành phố",
    "huyện",
    "quận",
    "thị xã",
    "đặc khu",
    *sorted(REPEATED_TYPES - {""}, key=len, reverse=True),
)
BODIES = ("đảng bộ", "đảng ủy", "chi bộ", "ban chấp hành", "ban thường vụ")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a draft as the rules see it."""

    pk: int
    kind: str
    name: str
    content: Content
    span: tuple[int, int] | None = None
    derived: bool = False
    dropped: bool = False
    accepted: bool = False
    corrected: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """What of a draft lies outside its office's hands: the leader's post, and units that were not under the leader on the session's day."""

    leader_outside: bool = False
    units_outside: frozenset[int] = frozenset()


NOTHING_OUTSIDE = Reach()


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A rate of the text computed again from its parts: `agrees` when it rounds to what is written, with as many decimals."""

    rate: int
    numerator: int
    denominator: int
    stated: Decimal
    computed: Decimal
    agrees: bool


@dataclass(frozen=True, slots=True)
class Summed:
    """A total of the text and the sum of the parts that the text gives for it."""

    total: int
    parts: tuple[Decimal, ...]
    stated: Decimal
    computed: Decimal

    @property
    def agrees(self) -> bool:
        """Whether the total is the sum of its parts."""
        return self.stated == self.computed


def number(text: Any) -> Decimal | None:
    """The number of a content, or None."""
    try:
        found = Decimal(str(text))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def typed_number(text: str) -> str | None:
    """A number as people type it ("1.500", "69,2", "08") in the form of a content, or None where it is none."""
    tidy = text.strip().removesuffix("%").strip()
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", tidy, re.ASCII):
        tidy = tidy.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,15}([.,]\d{1,6})?", tidy, re.ASCII):
        tidy = tidy.replace(",", ".")
    else:
        return None
    return str(Decimal(tidy))


def rates(values: Iterable[Value], of: Mapping[str, Sequence[str]]) -> list[Recomputed]:
    """Every rate whose two parts the draft holds for the same unit and period, computed again. `of` names the parts of each rate."""
    parts: dict[tuple[Any, ...], Decimal] = {}
    stated: list[Value] = []
    for value in values:
        if value.kind != "figure" or value.dropped:
            continue
        content = value.content
        if len(of.get(content["indicator"], ())) == 2:
            stated.append(value)
        elif (count := number(content["value"])) is not None:
            parts.setdefault((content["of"], content["indicator"], content["period"]), count)
    result = []
    for value in stated:
        content = value.content
        keys = [(content["of"], part, content["period"]) for part in of[content["indicator"]]]
        rate, over, under = number(content["value"]), *(parts.get(key) for key in keys)
        if rate is None or over is None or not under:
            continue
        places = max(0, -int(rate.normalize().as_tuple().exponent))
        computed = (over * 100 / under).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        result.append(Recomputed(value.pk, int(over), int(under), rate, computed, computed == rate))
    return result


def sums(values: Iterable[Value], checks: Iterable[Mapping[str, Any]]) -> list[Summed]:
    """Every total that the reader found with its parts (`checks`, as the draft keeps them), added up again with the numbers of now.

    A total or part that was left out, or whose place moved, is no longer compared.
    """
    at: dict[tuple[int, int], list[Value]] = {}
    for value in values:
        if value.kind == "figure" and not value.dropped and value.span is not None:
            at.setdefault(value.span, []).append(value)
    result = []
    for check in checks:
        if check["kind"] != "sum":
            continue
        found = [
            _said(at.get((span[0], span[1]), []), stated)
            for span, stated in zip(check["spans"], (check["stated"], *check["values"]), strict=False)
        ]
        counts = [number(one.content["value"]) if one else None for one in found]
        if found and found[0] is not None and all(count is not None for count in counts):
            stated, *parts = (count for count in counts if count is not None)
            result.append(Summed(found[0].pk, tuple(parts), stated, sum(parts, Decimal(0))))
    return result


def _said(here: Sequence[Value], stated: Any) -> Value | None:
    """Of the values at one place the one meant: the only one, or the one that still has the number."""
    return (
        here[0]
        if len(here) == 1
        else next((one for one in here if number(one.content["value"]) == number(stated)), None)
    )


def problems(
    values: Sequence[Value],
    today: date,
    *,
    has_place: Callable[[str, str | None, date], bool],
    rate_of: Mapping[str, Sequence[str]],
    stored: Iterable[str],
    reach: Reach = NOTHING_OUTSIDE,
    checks: Iterable[Mapping[str, Any]] = (),
) -> list[Problem]:
    """Everything that a person should look at, in the order of the page. `source` is the value's key, or "" for the draft as a whole.

    `has_place` says whether a value of an indicator and period has a place in time; `stored` are the indicators of the ledger;
    `reach` is what lies outside the office's hands; `checks` are the totals that the reader found with their parts.
    """
    live = [value for value in values if not value.dropped]
    found = [Problem(str(value.pk), "intake.late") for value in values if value.late]
    found += _of_event(live, today, reach)
    found += _of_units(live, reach)
    found += _of_figures(live, today, has_place, frozenset(stored))
    found += [
        Problem(
            str(one.rate),
            "intake.rate_differs",
            {
                "stated": _shown(one.stated),
                "computed": _shown(one.computed),
                "numerator": one.numerator,
                "denominator": one.denominator,
            },
        )
        for one in rates(live, rate_of)
        if not one.agrees
    ]
    found += [
        Problem(
            str(one.total),
            "intake.sum_differs",
            {
                "stated": _shown(one.stated),
                "computed": _shown(one.computed),
                "parts": " + ".join(map(_shown, one.parts)),
            },
        )
        for one in sums(live, checks)
        if not one.agrees
    ]
    found += [
        Problem(str(value.pk), "intake.directive_without_receiver")
        for value in live
        if value.kind == "directive"
        and (
            value.content["receivers"] == "none"
            or (value.content["receivers"] == "unit" and value.content["of"] is None)
        )
    ]
    accepted = {str(value.pk) for value in values if value.accepted}
    return [one for one in found if one.code in BLOCKING or one.source not in accepted]


def blocking(found: Iterable[Problem]) -> list[Problem]:
    """Those that must be settled before confirming."""
    return [one for one in found if one.code in BLOCKING]


def event_day(values: Iterable[Value]) -> date | None:
    """The day of the session that a draft is about."""
    for value in values:
        if value.kind == "event" and value.name == "date" and not value.dropped and value.content.get("day"):
            return date.fromisoformat(value.content["day"])
    return None


def _of_event(live: Sequence[Value], today: date, reach: Reach) -> list[Problem]:
    found: list[Problem] = []
    day = event_day(live)
    place = next((str(v.pk) for v in live if v.kind == "event" and v.name == "date"), "")
    if day is None:
        found.append(Problem(place, "intake.no_day"))
    elif day > today:
        found.append(Problem(place, "intake.day_ahead"))
    leader = next((v for v in live if v.kind == "event" and v.name == "leader"), None)
    if leader is None or leader.content.get("post") is None:
        found.append(Problem(str(leader.pk) if leader else "", "intake.no_leader"))
    elif reach.leader_outside:
        found.append(Problem(str(leader.pk), "intake.leader_outside"))
    if not any(v.kind == "unit" and v.content["in_session"] for v in live):
        found.append(Problem("", "intake.no_unit"))
    return found


def _of_units(live: Sequence[Value], reach: Reach) -> list[Problem]:
    needed = {v.content.get("of") for v in live if v.kind in {"figure", "finding", "directive"}}
    found = []
    for value in live:
        content = value.content
        if value.kind != "unit" or not (content["in_session"] or value.pk in needed):
            continue
        units, places = len(content["candidates"]), len(content.get("places", ()))
        if content["unit"] is not None:
            if content["unit"] not in reach.units_outside:
                continue
            code = "intake.unit_outside"
        elif content.get("place") or (places and not units):
            code = "intake.unit_not_ours"
        elif units and content.get("elsewhen"):
            code = "intake.unit_former"
        else:
            code = ("intake.unit_unknown", "intake.unit_unplaced", "intake.unit_ambiguous")[min(units + places, 2)]
        found.append(Problem(str(value.pk), code, {"name": f"{content['type']} {content['name']}".strip()}))
    return found


def _of_figures(
    live: Sequence[Value], today: date, has_place: Callable[[str, str | None, date], bool], stored: frozenset[str]
) -> list[Problem]:
    found = []
    said_on = event_day(live) or today
    units = {v.pk for v in live if v.kind == "unit"}
    seen: dict[tuple[Any, ...], Value] = {}
    for value in live:
        content = value.content
        if value.kind != "figure" or content["indicator"] not in stored:
            continue
        count = number(content["value"])
        if content["of"] not in units:
            found.append(Problem(str(value.pk), "intake.figure_without_unit"))
        if count is None or count != count.to_integral_value() or count < 0:
            found.append(Problem(str(value.pk), "intake.figure_not_whole"))
        if not has_place(content["indicator"], content["period"], said_on):
            found.append(Problem(str(value.pk), "intake.figure_without_period"))
        key = (content["of"], content["indicator"], content["period"])
        first = seen.setdefault(key, value)
        if first is not value and number(first.content["value"]) != count:
            found.append(
                Problem(str(value.pk), "intake.figure_twice", {"other": _shown(number(first.content["value"]))})
            )
    return found


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def best_title(said: str, titles: Mapping[int, str]) -> int | None:
    """The post whose title the text says, or None where none or several fit.

    A text adds words ("Phó Bí thư Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh") and leaves some out ("Phó Bí thư Tỉnh ủy" for "… Khánh Hòa").
    """
    parts = [plain(part) for part in re.split(r"[,;()]| [-–] ", said) if part.strip()]
    whole = {post: plain(title) for post, title in titles.items()}
    for fits in (_equal, _longer):
        for part in parts:
            found = [post for post, title in whole.items() if fits(part, title)]
            if len(found) == 1:
                return found[0]
            if found:
                return None
    return None


def _equal(one: str, other: str) -> bool:
    return one == other


def _longer(one: str, other: str) -> bool:
    return one.startswith(other + " ") or other.startswith(one + " ")


def split_unit(words: str) -> tuple[str, str]:
    """Type and name of a unit as a text writes it: "Đảng ủy xã Sơn Tân" is ("xã", "Sơn Tân"); without a type word ("", all)."""
    tidy = " ".join(words.split())
    said = plain(tidy)
    for body in BODIES:
        if said.startswith(body + " "):
            tidy, said = tidy[len(body) + 1 :], said[len(body) + 1 :]
            break
    for kind in TYPES:
        if said.startswith(kind + " "):
            return kind, tidy[len(kind) + 1 :]
    return "", tidy


def similar(one: str, other: str) -> float:
    """How much two sentences share: common words over all words of the shorter, 0 to 1."""
    first, second = set(re.findall(r"\w+", plain(one))), set(re.findall(r"\w+", plain(other)))
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))
