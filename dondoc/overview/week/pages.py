"""The leader's week on the screen and as a paper of one page to lay on the table."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import access_unit
from dondoc.documents.layouts import setting
from dondoc.documents.layouts.sheets import Sheet, Table
from dondoc.lib import wording
from dondoc.lib.days import read_day
from dondoc.web import downloads

from .assembling import EXCUSED, GOOD, OPEN, WEEK, Decline, Line, Week, leaders_week, monday_of

LINES, FEW = 6, 3
"""So many lines of a kind stand on the one page of the paper; of the rest only the number."""
LONGEST = 110


def _asked(request: PageRequest) -> Week | None:
    """The week that the address names, of the unit that it names or in which the person acts; None for who sees no unit's business."""
    actor = request.actor
    asked = request.GET.get("unit", "")
    if asked.isascii() and asked.isdigit() and len(asked) <= 15:
        unit = access_unit(actor, int(asked)).pk
    elif not actor.units:
        return None
    else:
        unit = actor.acting.unit if actor.acting and actor.acting.unit in actor.units else actor.units[0]
    begins = monday_of(read_day(request.GET.get("week", ""), request.today), request.on)
    return leaders_week(actor, unit, begins, request.on)


@reads
def week(request: PageRequest) -> HttpResponse:
    """The leader's week."""
    found = _asked(request)
    if found is None:
        return render(request, "overview/week.html", {"week": None})
    following = found.begins + WEEK
    context = {
        "week": found,
        "sentence": sentence(found),
        "before": found.begins - WEEK,
        "following": following if following <= request.on else None,
        "own": request.actor.acting is not None and request.actor.acting.unit == found.unit.unit,
    }
    return render(request, "overview/week.html", context)


@reads
def paper(request: PageRequest) -> HttpResponse:
    """The same as PDF."""
    found = _asked(request)
    if found is None:
        return render(request, "overview/week.html", {"week": None})
    by = request.actor.acting.title if request.actor.acting else request.actor.label
    foot = _("Data of %(on)s · printed by %(who)s") % {"on": wording.day(found.known), "who": by}
    return downloads.pdf(f"tuan-lanh-dao-{found.begins:%Y-%m-%d}", setting.sheet(sheet(found, foot)))


def sentence(week: Week) -> str:
    """What matters of a week, in one sentence."""
    if not week.lines:
        return _("Nothing lapsed in this week.")
    said = ngettext("%(n)s lapse", "%(n)s lapses", len(week.lines)) % {"n": len(week.lines)}
    units = ngettext("at %(n)s unit", "at %(n)s units", week.slipped) % {"n": week.slipped}
    came = _("%(good)s made good, %(excused)s excused, %(open)s still open") % {
        "good": week.good,
        "excused": week.excused,
        "open": week.open,
    }
    return f"{said} {units}: {came}."


def span(week: Week) -> str:
    """The days of the week, and where it is not over the day up to which it is known."""
    days = _("from %(start)s to %(end)s") % {
        "start": wording.weekday_day(week.begins),
        "end": wording.weekday_day(week.ends),
    }
    if week.known < week.ends:
        return f"{days} ({_('as of %(on)s') % {'on': wording.day(week.known)}})"
    return days


def came(line: Line) -> str:
    """What came of a lapse, in words."""
    words = {GOOD: _("made good"), EXCUSED: _("excused"), OPEN: _("still open")}[line.came]
    return f"{words} {wording.day(line.on)}" if line.on else words


def sheet(week: Week, foot: str) -> Sheet:
    """The paper: the numbers first, then what a leader speaks of. Long lists are cut, and say how many are left out."""
    return Sheet(
        title=_("The week"),
        under=f"{week.unit.name} · {span(week)}",
        says=sentence(week),
        foot=foot,
        pairs=(
            (_("Lapsed in the week"), wording.number(len(week.lines))),
            (_("Earlier lapses settled in the week"), wording.number(week.good_before + week.excused_before)),
            (_("Duties still to be made good, all in all"), wording.number(week.open_now)),
        ),
        tables=(
            _table(
                _("By unit"),
                (_("Unit"), _("Lapsed"), _("Made good"), _("Excused"), _("Still open")),
                [(one.label.name, str(one.lapsed), str(one.good), str(one.excused), str(one.open)) for one in week.units],
                (6, 1, 1, 1, 1),
                numbers=(1, 2, 3, 4),
                most=LINES,
            ),
            _table(
                _("What lapsed, and what came of it"),
                (_("Unit"), _("What lapsed"), _("Last day"), _("What came of it")),
                [(one.unit.name, _short(one.title), wording.day(one.last_day), came(one)) for one in week.lines],
                (4, 4, 0, 2),
            ),
            _table(
                _("Urged"),
                (_("Day"), _("By"), _("Unit"), _("What about"), _("What came of it")),
                [(wording.day(one.on), one.by, one.unit.name, _short(one.task), _answer(one.answered_on)) for one in week.urged],
                (0, 3, 3, 4, 2),
            ),
            _table(
                _("Reminded by itself"),
                (_("What the reminder said"), _("Things"), _("On paper")),
                [(one.words, str(one.times), str(one.on_paper)) for one in week.told],
                (6, 1, 1),
                numbers=(1, 2),
            ),
            _table(
                _("Again and again within the year"),
                (_("Unit"), _("Duty that lapsed"), _("Times")),
                [(one.label.name, _short(one.title), str(one.times)) for one in week.again],
                (5, 5, 1),
                numbers=(2,),
            ),
            _table(
                _("Slowly declining"),
                (_("Unit"), _("Before"), _("Now")),
                [(one.label.name, *shares(one)) for one in week.declines],
                (5, 2, 2),
                numbers=(1, 2),
            ),
            _table(
                _("Doubts not settled"),
                (_("Unit"), _("What is doubtful")),
                [(unit.name, words) for _doubt, words, unit in week.doubts],
                (4, 6),
            ),
            _table(
                _("Vacant posts"),
                (_("Unit"), _("Posts")),
                [(unit.name, ", ".join(titles)) for unit, titles in week.vacant],
                (4, 6),
            ),
        ),
    )  # fmt: skip


def shares(one: Decline) -> tuple[str, str]:
    """What was carried out in time before and now, as rates."""
    return wording.percent(*one.before), wording.percent(*one.now)


def _answer(on: date | None) -> str:
    return _("answered %(on)s") % {"on": wording.day(on)} if on else _("no answer yet")


def _short(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _table(
    title: str,
    columns: tuple[str, ...],
    rows: list[tuple[str, ...]],
    shares: tuple[int, ...],
    *,
    numbers: tuple[int, ...] = (),
    most: int = FEW,
) -> Table:
    """A table of the first rows; where there are more its heading says of how many."""
    head = f"{title} ({most}/{len(rows)})" if len(rows) > most else title
    return Table(head, columns, tuple(rows[:most]), shares, numbers)
