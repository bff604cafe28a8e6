"""What the product made of a year beside what really was: verdicts, days of warning, what was missed, what was false."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from .load import read
from .workdays import NEXT, next_working

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SUPERIOR = {"office", "leader"}


@dataclass
class Compared:
    """The figures of the comparison; `told` holds some of the differences in words, for who looks into them."""

    obligations: int = 0
    lapses: int = 0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    unflagged: int = 0
    false: int = 0
    unjudged: int = 0
    waits: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    items_of: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    declines: list[int] = field(default_factory=list)
    reviews: list[int] = field(default_factory=list)
    unseen_declines: int = 0
    forged: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    doubted_wrongly: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """Verdicts that differ from the truth."""
        return sum(count for (truth, said), count in self.confusion.items() if truth != said)


def compare(folder: Path, meetings: dict[str, int], until: date) -> Compared:
    """Compare what had to be visible on a day; `meetings` says under which keys the product holds them."""
    from dondoc.obligations.models import Judgement, Obligation, Step

    found = Compared()
    rows = {
        (unit, code, begins, event): (pk, verdict)
        for pk, unit, code, begins, event, verdict in Obligation.objects.values_list(
            "pk", "unit__code", "code", "begins_on", "event", "verdict"
        )
    }
    by_event = {(unit, code, event): told for (unit, code, _, event), told in rows.items() if event}
    judged: dict[int, list[tuple[date, str]]] = defaultdict(list)
    # A judgement of the day itself is counted: a digest shows what is known when it is read.
    for pk, on, verdict in Judgement.objects.order_by("on", "pk").values_list("obligation", "on", "verdict"):
        judged[pk].append((on, verdict))
    steps: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    for pk, step, due, done in Step.objects.exclude(step="due_soon").values_list(
        "obligation", "step", "due_on", "done_on"
    ):
        steps[pk].append((step, due, done))
    told: set[int] = set()
    lapsed: dict[str, list[date]] = defaultdict(list)
    for truth in read(folder / "truth" / "obligations.jsonl"):
        if truth["last"] >= until:
            continue
        found.obligations += 1
        event = f"meeting:{meetings[truth['about']]}" if truth["about"] else ""
        place = (truth["unit"], truth["code"])
        held = by_event.get((*place, event)) if event else rows.get((*place, truth["begins"], ""))
        pk, said = held or (0, "missing")
        told.add(pk)
        found.confusion[truth["verdict"], said] += 1
        if truth["verdict"] != said:
            found.told.append(f"{truth} is {said} {judged[pk]}")
        first = min((done for _, _, done in steps[pk]), default=None)
        if truth["lapsed_on"] is None:
            found.false += first is not None
            if first is not None:
                found.told.append(f"false warning: {truth} {steps[pk]} {judged[pk]}")
            continue
        found.lapses += 1
        lapsed[truth["unit"]].append(truth["lapsed_on"])
        shown = min((on for on, verdict in judged[pk] if verdict not in {"open", "done", "excused", "ended"}), default=None)  # fmt: skip
        if shown is None:
            found.unflagged += 1
            found.told.append(f"not flagged: {truth} {said} {judged[pk]}")
        if first is None:
            found.unjudged += 1
            found.told.append(f"not warned: {truth} {said} {judged[pk]}")
        else:
            found.waits.append((first - truth["last"]).days)
    for (unit, code, begins, event), (pk, said) in rows.items():
        # What nobody owed by the truth, and somebody was warned of.
        if pk not in told and begins < NEXT and steps[pk] and steps[pk][0][1] < until:
            found.false += 1
            found.told.append(f"owed by nobody: {unit} {code} {begins} {event} {said} {steps[pk]}")
    _messages(found, judged, {one["code"]: one["kind"] for one in read(folder / "units.jsonl")})
    _declines(found, folder, lapsed)
    _forged(found, folder, meetings)
    return found


def _messages(found: Compared, judged: dict[int, list[tuple[date, str]]], kinds_of: dict[str, str]) -> None:
    """What the one digest of a person's day holds: on working days with something new, what was told within the week, and one line for the rest.

    By person: whoever holds posts and has signed in, with the audiences that stand for posts of that kind.
    """
    from dondoc.accounts.models import Term
    from dondoc.obligations.content import ladders
    from dondoc.obligations.models import Step

    told: dict[tuple[int, str], list[tuple[date, int]]] = defaultdict(list)
    soon: dict[int, date] = {}
    for pk, step, unit, audience, done, last in Step.objects.filter(done_on__lt=NEXT).values_list(
        "obligation", "step", "unit", "audience", "done_on", "obligation__last_day"
    ):
        told[unit, audience].append((done, pk))
        if step == "due_soon":
            soon[pk] = last
    audiences = [(name, one.kinds) for name, one in ladders().audiences.items()]
    audiences.append(("superior", ladders().audiences["office"].kinds))
    people = Term.objects.filter(account__last_login__isnull=False).values_list(
        "post__unit", "post__unit__code", "post__kind"
    )
    for unit, code, kind in people:
        steps = [step for name, kinds in audiences if kind in kinds for step in told.get((unit, name), ())]
        latest: dict[int, date] = {}
        for on, group in groupby(sorted((next_working(done), pk) for done, pk in steps), key=lambda one: one[0]):
            fresh = {pk for _, pk in group}
            latest |= dict.fromkeys(fresh, on)
            # What was told more than a week ago and has not changed is only counted, all of it as one thing.
            waits = [on - latest[pk] > WEEK for pk in latest if _waits(judged[pk], soon.get(pk), on)]
            count = waits.count(False) + any(waits)
            if any(_waits(judged[pk], soon.get(pk), on) for pk in fresh):
                found.items.append(count)
                found.items_of[kinds_of[code]].append(count)


def _waits(judged: list[tuple[date, str]], soon: date | None, day: date) -> bool:
    """Whether an obligation still waits for somebody on a day: not made good, or its last day is near and nothing shows."""
    said = next((verdict for on, verdict in reversed(judged) if on <= day), "open")
    return said in {"no_plan", "not_done", "no_evidence"} or (said == "open" and soon is not None and day <= soon)


def _declines(found: Compared, folder: Path, lapsed: dict[str, list[date]]) -> None:
    """From the first lapse of a decline to the day on which the superior's list has the unit, and to the review of the year."""
    from dondoc.obligations.models import Step

    shown: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for unit, last, done in Step.objects.filter(audience__in=SUPERIOR).values_list(
        "obligation__unit__code", "obligation__last_day", "done_on"
    ):
        shown[unit].append((last, done))
    for one in read(folder / "truth" / "conduct.jsonl"):
        if one["since"] is None or one["ends"] is not None or not lapsed[one["unit"]]:
            continue
        if not any(day >= one["since"] for day in lapsed[one["unit"]]):
            continue
        first = min((done for last, done in shown[one["unit"]] if last >= one["since"]), default=None)
        found.reviews.append((NEXT - DAY - one["since"]).days)
        if first is None:
            found.unseen_declines += 1
        else:
            found.declines.append((first - one["since"]).days)


def _forged(found: Compared, folder: Path, meetings: dict[str, int]) -> None:
    """Which invented records are doubted, by what is wrong with them, and how many true ones are."""
    from dondoc.obligations.models import Doubt

    doubted = set(Doubt.objects.exclude(obligation__proof="").values_list("obligation__proof", flat=True))
    owed = set(Doubt.objects.values_list("obligation__unit__code", "obligation__code", "obligation__begins_on"))
    keys, places = set(), set()
    for one in read(folder / "truth" / "forged.jsonl"):
        found.forged[one["lie"]] += 1
        if one["key"]:
            keys.add(f"meeting:{meetings[one['key']]}")
            found.caught[one["lie"]] += f"meeting:{meetings[one['key']]}" in doubted
        else:
            places.add((one["unit"], one["code"], one["begins"]))
            found.caught[one["lie"]] += (one["unit"], one["code"], one["begins"]) in owed
    found.doubted_wrongly = len({key for key in doubted if key.startswith("meeting:")} - keys)


def middle(values: list[int]) -> float:
    """The median, 0 of nothing."""
    return median(values) if values else 0.0


def save(meetings: dict[str, int], path: Path) -> None:
    """Keep under which keys the product holds the meetings."""
    path.write_text(json.dumps(meetings), encoding="utf-8")


def kept(path: Path) -> dict[str, Any]:
    """What `save` wrote."""
    return dict(json.loads(path.read_text(encoding="utf-8")))
