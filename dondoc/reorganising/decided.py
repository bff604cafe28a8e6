"""What came of a recorded decision: who waits for a decision because of it, and when and by whom it was recorded and set aside."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Account
from dondoc.accounts.queries import scope
from dondoc.directives.models import Role
from dondoc.directives.queries import visible
from dondoc.directives.rules import OPEN, How
from dondoc.directives.texts import PARTS
from dondoc.history.models import Event
from dondoc.organisations.models import Reorganisation
from dondoc.organisations.queries import Label, labels
from dondoc.targets.models import Remainder

from .queries import Decision

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """Parts of an assignment that wait because of the decision: with whom, and what is proposed for all of them; `receiver` has its work to do."""

    assignment: int
    task: str
    parts: tuple[str | Promise, ...]
    parked_with: Label
    proposed: Label | None
    receiver: Label | None


@dataclass(frozen=True, slots=True)
class Left:
    """So many targets of which something is to be assigned anew, and by whom."""

    keeper: Label
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the decision's history, as `web/_timeline.html` takes it."""

    on: date
    title: str
    who: str
    at: datetime
    body: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """What is still open of a decision, and its history. `more` waiting parts are not shown; `remainders` are targets left undivided."""

    waiting: list[Waiting]
    more: int
    remainders: list[Left]
    history: list[Entry]


def decided(actor: Actor, one: Decision, today: date) -> After:
    """A fixed number of queries."""
    records = Reorganisation.objects.filter(Q(pk=one.first.pk) | Q(together=one.first.pk)).values("pk")
    roles = Role.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today),
        reorganisation__in=records,
        how=How.PARKED.value,
        assignment__state__in=[state.value for state in OPEN],
        assignment__in=visible(actor),
    )
    shown = list(roles.select_related("assignment").order_by("assignment", "role")[: SHOWN + 1])
    received = Role.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today),
        assignment__in=[role.assignment_id for role in shown],
        role="receiver",
        unit__isnull=False,
        valid_from__lte=today,
    )
    receivers = dict(received.order_by("valid_from").values_list("assignment", "unit"))
    total = len(shown) if len(shown) <= SHOWN else roles.count()
    left = Remainder.objects.filter(
        reorganisation__in=records, state=Remainder.State.WAITING, unit__in=scope(actor).values("pk")
    )
    kept = dict(left.values_list("keeper").annotate(number=Count("pk")).order_by("keeper"))
    units = (
        set(kept)
        | set(receivers.values())
        | {pk for role in shown for pk in (role.parked_with_id, role.proposed_id) if pk}
    )
    names = labels(units, max(today, one.first.effective_on))
    # The parts of one assignment that go the same way stand in one line.
    alike: dict[tuple[int, int | None, int | None], list[Role]] = {}
    for role in shown[:SHOWN]:
        alike.setdefault((role.assignment_id, role.parked_with_id, role.proposed_id), []).append(role)
    waiting = [
        Waiting(
            assignment,
            roles[0].assignment.task,
            tuple(dict.fromkeys(PARTS[role.role] for role in roles)),
            names[parked_with or 0],
            names.get(proposed or 0),
            names.get(receivers.get(assignment, 0)),
        )
        for (assignment, parked_with, proposed), roles in alike.items()
    ]
    return After(
        waiting, total - len(shown[:SHOWN]), [Left(names[pk], count) for pk, count in kept.items()], _history(one)
    )


def _history(one: Decision) -> list[Entry]:
    """When it was recorded and when set aside, newest first, and by whom."""
    keys = [record.pk for record in (one.revocation, one.first) if record is not None]
    events = Event.objects.filter(kind=Reorganisation._meta.label, key__in=keys).select_related("entry")
    by_key = {event.key: event.entry for event in events.order_by("-pk")}
    people = Account.objects.in_bulk([entry.person for entry in by_key.values() if entry.person])
    found: list[Entry] = []
    for record in (one.revocation, one.first):
        entry = by_key.get(record.pk) if record is not None else None
        if record is None or entry is None:
            continue
        revoked = record is one.revocation
        title = _("Revoked") if revoked else _("Recorded")
        who = people[entry.person].label if entry.person in people else _("Entered with the first data")
        found.append(Entry(entry.day, title, who, entry.at, record.decision if revoked else ""))
    return found
