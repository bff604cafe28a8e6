"""One figure of the ledger: its versions with who wrote them and why, what stands beside it, and its correction by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dondoc.accounts.actors import Actor
from dondoc.accounts.timeline import names_of
from dondoc.history.queries import timeline_of
from dondoc.history.services import Act
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.queries import Label, labels

from .indicators import Indicator, indicators
from .models import Figure
from .origins import Place, where_from
from .services import correct_figure


@dataclass(frozen=True, slots=True)
class Version:
    """A figure as it was known from `since` on: by whom it was written ("" where only its origin tells) and why it was put in place of another."""

    figure: Figure
    since: date
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Another figure of the unit and the indicator that shares a day with it."""

    figure: Figure
    place: Place


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its place, its versions, the latest first, and what else is said of its days. `ended`: it was withdrawn, and why."""

    figure: Figure
    label: Label
    indicator: Indicator
    place: Place
    versions: tuple[Version, ...]
    beside: tuple[Beside, ...]
    ended: str

    @property
    def adds_up(self) -> bool:
        """Whether units of its kind enter the indicator; what is said of others stands beside the sums."""
        return self.label.kind in self.indicator.entered_at

    @property
    def of_a_report(self) -> bool:
        """Whether it is corrected in its report, not by hand."""
        return self.figure.origin == Figure.Origin.REPORT


def told(actor: Actor, of: Figure, on: date) -> Told:
    """The figure, in the version that is latest on the day, with all of them up to that day. A fixed number of queries."""
    every = _of_the_same_days(of)
    chain = _versions(of, every)
    events = timeline_of("figures.Figure", [one.pk for one in chain])
    who = names_of(events)
    wrote = {
        event.key: event for event in reversed(events) if event.action in {"figures.recorded", "figures.corrected"}
    }
    by_key = {one.pk: one for one in chain}
    versions = []
    for one in chain:
        event = wrote.get(one.pk)
        before = by_key.get(one.replaces_id or 0)
        versions.append(
            Version(
                one, event.on if event else one.said_on, who(event) if event else "", before.reason if before else ""
            )
        )
    known = [one for one in versions if one.since <= on] or versions[:1]
    latest = known[-1].figure
    others = [one for one in every if one.superseded_at is None and one.pk not in by_key and one.said_on <= on]
    places = where_from(actor, [latest, *others])
    ended = latest.reason if latest is chain[-1] and latest.superseded_at is not None else ""
    return Told(
        latest,
        labels([of.unit_id], on)[of.unit_id],
        indicators()[of.indicator],
        places[latest.pk],
        tuple(reversed(known)),
        tuple(Beside(one, places[one.pk]) for one in others),
        ended,
    )


def _of_the_same_days(of: Figure) -> list[Figure]:
    """All that was ever said of the unit, the indicator and any of these days, in the order in which it was recorded."""
    same = Q(on=of.on) if of.on else Q(starts_on__lt=of.ends_on, ends_on__gt=of.starts_on)
    return list(Figure.objects.filter(same, unit=of.unit_id, indicator=of.indicator).order_by("pk"))


def _versions(of: Figure, every: Iterable[Figure]) -> Sequence[Figure]:
    """The figure with those it replaced and those that replaced it, the first one first."""
    after = {one.replaces_id: one for one in every if one.replaces_id}
    by_key = {one.pk: one for one in every}
    first = of
    while first.replaces_id in by_key:
        first = by_key[first.replaces_id]
    found = [first]
    while found[-1].pk in after:
        found.append(after[found[-1].pk])
    return found


def correct_by_hand(pk: int, *, value: int, reason: str, act: Act) -> Figure:
    """Correct a figure that was read from a source, an event or an import; what a report says is corrected in the report.

    Refused (422) for a figure of a report, else as in `correct_figure`.
    """
    if Figure.objects.filter(pk=pk, origin=Figure.Origin.REPORT).exists():
        raise Refused("figures.of_a_report", INVALID)
    return correct_figure(pk, value=value, reason=reason, act=act)
