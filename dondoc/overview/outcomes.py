"""What came of assignments, in a few words: the last thing that was said of each, and where it went when its unit changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dondoc.directives import rules
from dondoc.directives.asof import as_of
from dondoc.directives.models import Extension, Remark, Report, Role
from dondoc.directives.queries import Card
from dondoc.organisations.queries import Label, labels

SAID: dict[str, str | Promise] = {
    "progress": _("Progress"),
    "result": _("Result"),
    "accept": _("Accepted"),
    "return_result": _("Returned"),
    "object_to": _("Objected"),
    "uphold": _("Kept with the unit"),
    "chase": _("Urged"),
    "reopen": _("Opened again"),
    "cancel": _("Withdrawn"),
    "ask_extension": _("Extension asked"),
    "granted": _("Extension granted"),
    "refused": _("Extension refused"),
}
DONE = frozenset({"accepted", "accepted_late"})
CLOSED = DONE | {"cancelled", "handed_over"}
"""Standings of which nothing is open for the unit: their deadline needs no "còn 3 ngày" any more."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something that was said of an assignment on a day, in the words of whoever said it ("" where it was done without words)."""

    on: date
    kind: str
    text: str

    @property
    def title(self) -> str:
        """What kind of word it is."""
        return str(SAID[self.kind])


@dataclass(frozen=True, slots=True)
class Outcome:
    """An assignment on a day with what came of it. `before`: who had to do it until `since`, where a reorganisation moved it on; `now`:
    who has it today, where a day gone by is shown."""

    card: Card
    words: tuple[Word, ...]
    before: Label | None = None
    since: date | None = None
    now: Label | None = None

    @property
    def word(self) -> Word | None:
        """The last word on it."""
        return self.words[-1] if self.words else None

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.card.standing not in CLOSED

    @property
    def done(self) -> bool:
        """Whether it was accepted."""
        return self.card.standing in DONE


def outcomes(cards: Sequence[Card], on: date, today: date) -> list[Outcome]:
    """For each card, as it stood on the day, in the order given. At most ten queries, however many there are."""
    if not cards:
        return []
    keys = [card.pk for card in cards]
    words = _words(keys, on)
    roles: dict[int, list[Role]] = defaultdict(list)
    holding = Role.objects.filter(assignment__in=keys, role=rules.Part.RECEIVER.value)
    for role in holding.order_by("valid_from"):
        roles[role.assignment_id].append(role)
    passages = {key: _passage(held, on, today) for key, held in roles.items()}
    named = labels({unit for one in passages.values() for unit in (one[0], one[2]) if unit is not None}, max(on, today))
    found = []
    for card in as_of(cards, on, today):
        before, since, now = passages.get(card.pk, (None, None, None))
        found.append(
            Outcome(
                card,
                words.get(card.pk, ()),
                named[before] if before is not None else None,
                since,
                named[now] if now is not None else None,
            )
        )
    return found


def _words(keys: Sequence[int], on: date) -> dict[int, tuple[Word, ...]]:
    """What was said of each assignment up to the day, the last at the end."""
    said: dict[int, list[tuple[date, int, Word]]] = defaultdict(list)
    # Of words of one day the judgement comes after the report, which comes after the urging that led to it.
    for report in Report.objects.filter(assignment__in=keys, on__lte=on).order_by("pk"):
        kind = "result" if report.is_result else "progress"
        said[report.assignment_id].append((report.on, 2, Word(report.on, kind, report.text)))
    for remark in Remark.objects.filter(assignment__in=keys, on__lte=on, verb__in=SAID).order_by("pk"):
        rank = 1 if remark.verb == "chase" else 3
        said[remark.assignment_id].append((remark.on, rank, Word(remark.on, remark.verb, remark.text)))
    for one in Extension.objects.filter(assignment__in=keys, asked_on__lte=on).order_by("pk"):
        said[one.assignment_id].append((one.asked_on, 1, Word(one.asked_on, "ask_extension", one.reason)))
        if one.answered_on is not None and one.answered_on <= on:
            kind = "granted" if one.granted else "refused"
            said[one.assignment_id].append((one.answered_on, 2, Word(one.answered_on, kind, one.answer)))
    return {key: tuple(one[2] for one in sorted(several, key=lambda one: one[:2])) for key, several in said.items()}


def _passage(held: Sequence[Role], on: date, today: date) -> tuple[int | None, date | None, int | None]:
    """The last receiver before the one of the day with the day of the change, and today's where it is another again."""
    present = _holder(held, on)
    before, since = None, None
    for role in held:
        if role.unit_id is not None and role.valid_from <= on and role.unit_id != present:
            before, since = role.unit_id, role.valid_to
    now = _holder(held, today) if today > on else None
    return before, since, now if now != present else None


def _holder(held: Sequence[Role], day: date) -> int | None:
    there = [role for role in held if role.valid_from <= day and (role.valid_to is None or day < role.valid_to)]
    return there[-1].unit_id if there else None
