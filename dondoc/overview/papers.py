"""The leader's page and the briefing of a unit as papers to lay on a table: the same words as the pages, as PDF."""

from collections.abc import Iterable
from datetime import date

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from dondoc.accounts.acts import PageRequest, reads
from dondoc.directives.rules import Progress
from dondoc.documents.layouts import setting
from dondoc.documents.layouts.sheets import Sheet, Table
from dondoc.lib import wording
from dondoc.organisations.queries import labels
from dondoc.web import downloads
from dondoc.web.states import STATES

from .facts import Fact
from .leader import LeadersPage, asked_for
from .outcomes import Outcome
from .units import UnitPage, unit_page


def leaders_sheet(page: LeadersPage, on: date, unit: str, printed_by: str) -> Sheet:
    """The leader's page: what is overdue, and what was demanded of each unit."""
    return Sheet(
        title=page.post.title,
        under=f"{unit} · {wording.weekday_day(on)}",
        says=_said(page.progress),
        foot=_foot(on, printed_by),
        tables=(
            Table(
                _("Overdue"),
                (_("Unit"), _("What is asked"), _("Due"), _("What came of it")),
                tuple((_receiver(one), _task(one), _due(one), _came(one)) for one in page.overdue),
                (3, 5, 0, 4),
            ),
            Table(
                _("Unit by unit"),
                (_("Unit"), _("Demands"), _("Completed"), _("of these late"), _("Awaiting verification"), _("Overdue")),
                (
                    *(
                        (one.label.name if one.label else _("Waiting for a receiver"), *_counts(one.progress))
                        for one in page.units
                    ),
                    (_("Together"), *_counts(page.progress)),
                ),
                (4, 1, 1, 1, 1, 1),
                (1, 2, 3, 4, 5),
                last_is_sum=True,
            ),
        ),
    )


def briefing(page: UnitPage, on: date, printed_by: str) -> Sheet:
    """What a leader reads before going to a unit: its figures, what it was told, what is open and what came of the rest."""
    return Sheet(
        title=page.label.name,
        under=" › ".join([*(one.name for one in page.path[:-1]), wording.weekday_day(on)]),
        says=_briefly(page),
        foot=_foot(on, printed_by),
        pairs=tuple((fact.label, _figure(fact)) for fact in page.facts),
        tables=(
            _asked(_("To be done"), page.open),
            Table(
                _("Findings"),
                (_("Day"), _("Kind"), _("Finding")),
                tuple((wording.day(one.said_on), one.get_kind_display(), one.text) for one in page.findings),
                (0, 0, 1),
            ),
            _asked(_("Closed"), page.closed),
            Table(
                _("Working sessions"),
                (_("Day"), _("Led by"), _("Topic")),
                tuple((wording.day(one.on), one.leader_title, one.topic) for one in page.sessions),
                (0, 1, 2),
            ),
        ),
    )


def _asked(title: str, came: Iterable[Outcome]) -> Table:
    return Table(
        title,
        (_("What is asked"), _("Due"), _("State"), _("What came of it")),
        tuple((_task(one), _due(one), str(STATES[one.card.standing].word), _came(one)) for one in came),
        (4, 0, 2, 4),
    )


def _said(progress: Progress) -> str:
    if not progress.total:
        return _("Nothing was demanded up to this day.")
    return _(
        "%(total)s demanded: %(done)s completed (%(late)s late), %(waiting)s awaiting verification, %(overdue)s overdue."
    ) % {
        "total": progress.total,
        "done": progress.accepted,
        "late": progress.late,
        "waiting": progress.reported,
        "overdue": progress.overdue,
    }


def _briefly(page: UnitPage) -> str:
    if not page.outcomes:
        return _("Nothing was demanded up to this day.")
    return _("%(open)s to be done, of these %(overdue)s overdue; %(waiting)s awaiting verification.") % {
        "open": len(page.open),
        "overdue": page.overdue,
        "waiting": page.waiting,
    }


def _foot(on: date, printed_by: str) -> str:
    return _("Data of %(on)s · printed by %(who)s") % {"on": wording.day(on), "who": printed_by}


def _receiver(one: Outcome) -> str:
    unit = one.card.receiver.unit if one.card.receiver else None
    return unit.name if unit else _("Waiting for a receiver")


def _task(one: Outcome) -> str:
    task = one.card.task
    return task[:1].upper() + task[1:]


def _due(one: Outcome) -> str:
    return wording.day(one.card.due) if one.card.due else "–"


def _came(one: Outcome) -> str:
    word = one.word
    if word is None:
        return _("nothing reported yet")
    said = f"{word.title} {wording.day(word.on)}"
    return f"{said}: {word.text[:180]}" if word.text else said


def _counts(progress: Progress) -> tuple[str, ...]:
    return tuple(
        str(one) for one in (progress.total, progress.accepted, progress.late, progress.reported, progress.overdue)
    )


def _figure(fact: Fact) -> str:
    if not fact.known:
        return wording.NO_FIGURE
    return f"{fact.shown} {fact.measure}".strip() + (f" ({fact.rate})" if fact.rate else "")


def _printed_by(request: PageRequest) -> str:
    return request.actor.acting.title if request.actor.acting else request.actor.label


@reads
def leader(request: PageRequest) -> HttpResponse:
    """The leader's page as PDF; 404 where there is no such page."""
    page = asked_for(request)
    if page is None:
        raise Http404
    unit = labels([page.post.unit_id], request.on)[page.post.unit_id].name
    shown = leaders_sheet(page, request.on, unit, _printed_by(request))
    return downloads.pdf(f"trang-lanh-dao-{request.on:%Y-%m-%d}", setting.sheet(shown))


@reads
def unit(request: PageRequest, pk: int) -> HttpResponse:
    """The briefing of a unit as PDF."""
    page = unit_page(request.actor, pk, request.on)
    shown = briefing(page, request.on, _printed_by(request))
    return downloads.pdf(f"tom-tat-{page.label.code}-{request.on:%Y-%m-%d}", setting.sheet(shown))
