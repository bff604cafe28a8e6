"""Sentences about a year that are put together from several facts."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.lib.wording import day, number, percent
from dondoc.organisations.queries import Label

from .models import Remainder
from .progress import Row, Year
from .remainders import Left
from .rules import LEAST_PAST, By, Standing, Why

# Where a unit stands → a state of the look (`web/states.py`), and the word beside its shape.
STANDINGS: dict[Standing, tuple[str, str | Promise]] = {
    Standing.REACHED: ("accepted", gettext_lazy("reached")),
    Standing.ON_PACE: ("in_progress", gettext_lazy("on pace")),
    Standing.BEHIND: ("due_soon", gettext_lazy("behind the pace")),
    Standing.UNSURE: ("not_started", gettext_lazy("too few figures to judge")),
    Standing.NO_FIGURE: ("not_started", gettext_lazy("no figures yet")),
    Standing.MISSED: ("overdue", gettext_lazy("not reached")),
    Standing.NO_TARGET: ("not_started", gettext_lazy("no target set")),
    Standing.ENDED: ("cancelled", gettext_lazy("unit ended")),
}
WHY: dict[Why, str | Promise] = {
    Why.NO_TARGET: gettext_lazy("no target set"),
    Why.SHORT_PAST: gettext_lazy("too short a past"),
    Why.OVER: gettext_lazy("the year is over"),
    Why.ENDED: gettext_lazy("unit ended"),
}
MOST_NAMES = 4


def names(labels: Sequence[Label]) -> str:
    """Units in a sentence: a few by name, then how many more."""
    shown = ", ".join(one.name for one in labels[:MOST_NAMES])
    more = len(labels) - MOST_NAMES
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(n)s more unit", "%(names)s and %(n)s more units", more) % {
        "names": shown,
        "n": number(more),
    }


def chance(value: Fraction) -> str:
    """A chance in whole percent; one that is neither nothing nor certain is never shown as 0 % or 100 %."""
    if value in (0, 1):
        return percent(value.numerator, value.denominator)
    if value < Fraction(1, 100):
        return _("under 1 %")
    if value > Fraction(99, 100):
        return _("over 99 %")
    return percent(value.numerator, value.denominator, 0)


def top(year: Year) -> list[str]:
    """What matters of the year, one sentence each: how far, best and worst, who can no longer make it, of whom nothing is known."""
    found = [_own(year.own, year)]
    if year.rows:
        found += _below(year)
    return [one for one in found if one]


def _own(row: Row, year: Year) -> str:
    target = row.pair.counts
    said = {
        "on": day(year.day),
        "name": year.aim.indicator.name,
        "unit": year.aim.indicator.unit,
        "n": number(row.total.value),
        "target": number(target.value) if target else "",
        "rate": percent(row.total.value, target.value) if target else "",
    }
    if row.total.value is None and target is None:
        return _("%(name)s: neither a target nor a figure of the year is known up to %(on)s.") % said
    if row.total.value is None:
        return _("%(name)s: no figures yet up to %(on)s, with a target of %(target)s %(unit)s.") % said
    if target is None:
        return _("%(name)s: %(n)s %(unit)s up to %(on)s; no target is set.") % said
    return _("%(name)s: %(n)s of %(target)s %(unit)s up to %(on)s (%(rate)s).") % said


def _below(year: Year) -> list[str]:
    said, found = year.named, list[str]()
    if said.even:
        found.append(_("All units compared have reached the same rate."))
    elif said.best:
        best = year.labels_of(said.best)
        found.append(_("Highest rate: %(units)s (%(rate)s).") % {"units": names(best), "rate": _rate(year, best[0])})
        if said.worst:
            worst = year.labels_of(said.worst)
            shown = {"units": names(worst), "rate": _rate(year, worst[0])}
            if said.partial or said.silent:
                found.append(_("Lowest among the units with complete figures: %(units)s (%(rate)s).") % shown)
            else:
                found.append(_("Lowest rate: %(units)s (%(rate)s).") % shown)
    if said.hopeless:
        shown = {"units": names(year.labels_of(said.hopeless))}
        if year.own.course.over:
            found.append(_("The year is over and the target was not reached: %(units)s.") % shown)
        else:
            found.append(
                _("Going by the results of its own last 24 months, the target can no longer be reached: %(units)s.")
                % shown
            )
    if said.silent:
        found.append(_("No figures yet: %(units)s.") % {"units": names(year.labels_of(said.silent))})
    if said.partial:
        found.append(_("Some figures are still missing: %(units)s.") % {"units": names(year.labels_of(said.partial))})
    return found


def _rate(year: Year, label: Label) -> str:
    row = next(one for one in year.rows if one.label.unit == label.unit)
    target = row.pair.counts
    return percent(row.total.value, target.value if target else None)


def deadline(year: Year) -> str:
    """The day after which a file can no longer make it, and what that means for those who still lack something."""
    if year.last_safe is None or year.rule is None:
        return ""
    said = {
        "on": day(year.last_safe),
        "days": " + ".join(number(one.working_days) for one in year.rule.steps),
        "year": year.year,
    }
    if not year.past_safe:
        return (
            _(
                "A file on which the cell votes after %(on)s may miss %(year)s: the steps after the vote may take %(days)s working days."
            )
            % said
        )
    short = [row.label for row in year.short]
    if not short or year.own.course.over:
        return (
            _(
                "%(on)s was the last day for a cell to vote on a file that was to count in %(year)s (%(days)s working days)."
            )
            % said
        )
    said |= {"units": names(short)}
    return (
        _(
            "Since %(on)s a file that a cell votes on may miss %(year)s (%(days)s working days). Those who still lack something depend on files voted on before: %(units)s."
        )
        % said
    )


def why_no_chance(row: Row) -> str:
    """Why no chance is told."""
    if row.course.why is Why.SHORT_PAST:
        return _("only %(n)s of at least %(least)s past months known") % {
            "n": number(len(row.course.past)),
            "least": number(LEAST_PAST),
        }
    return str(WHY[row.course.why])


def share(left: Left) -> str:
    """By what the proposal was made, in words."""
    if left.by is By.MEMBERS:
        return _("Proposed by the share of the %(n)s members of the cells that moved.") % {"n": number(left.members)}
    if left.by is By.CELLS:
        return _("Proposed by the share of the %(n)s cells that moved, since not all of their members are known.") % {
            "n": number(left.cells)
        }
    return _("No proposal: no cell went to a successor.")


def state(row: Remainder) -> tuple[str, str]:
    """How a remainder looks, and its word."""
    shown = {
        Remainder.State.WAITING: "reported",
        Remainder.State.DECIDED: "accepted",
        Remainder.State.LAPSED: "cancelled",
    }
    return shown[Remainder.State(row.state)], row.get_state_display()
