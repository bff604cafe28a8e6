"""What a superior collects, and urging those whose reports are missing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.queries import access_unit, may
from dondoc.figures.words import period_words
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.queries import labels
from dondoc.reports import queries, services
from dondoc.reports.excel.tables import workbook
from dondoc.reports.queries import Line
from dondoc.reports.rounds import Round, grid, of_round
from dondoc.reports.rounds import rounds as rounds_of
from dondoc.reports.rules.states import WAITED_FOR, State
from dondoc.reports.services.urging import may_be_urged
from dondoc.web import downloads
from dondoc.web.ways import own_page

from .listing import MOST, dressed, number

PAST_SHOWN = 6


@reads
def collect(request: PageRequest) -> HttpResponse:
    """The round of a form and period: units × state, what is missing, what can be accepted at once. `?as=excel`: as an Excel file."""
    on, today = request.on, request.today
    units = queries.units_where(request.actor, "report.accept")
    unit = number(request.GET.get("unit", ""))
    if unit is not None and unit not in units:
        access_unit(request.actor, unit)
    receiver = unit if unit is not None else (units[0] if units else 0)
    rounds = rounds_of([receiver], on, today, most=24) if receiver else []
    now = _asked(request, rounds)
    rows = of_round(now, on, today)[:MOST] if now is not None else []
    found = sorted(queries.lines(rows, on), key=_urgency)
    past = [one for one in rounds if now and not now.demand and not one.demand and one.form == now.form][:PAST_SHOWN]
    past.reverse()
    state = request.GET.get("state", "")
    picked = [one for one in found if _fits(one, state)]
    if now is not None and request.GET.get("as") == "excel":
        return downloads.workbook(f"{now.form}-{now.receiver.code}-{now.period}", workbook(now, picked, on))
    acting = request.actor.acting
    judges = on == today and now is not None and acting is not None and acting.unit == receiver
    judges = judges and bool(may(request.actor, "report.accept", receiver))
    context = {
        "round": now,
        "period": period_words(now.period) if now else "",
        "receiver": labels([receiver], on).get(receiver),
        "rounds": [(one, period_words(one.period)) for one in rounds],
        "rows": dressed(picked),
        "tabs": _tabs(found),
        "state": state,
        "columns": [period_words(one.period) for one in past],
        "grid": grid(past, on, today),
        "urgeable": [one.report.pk for one in found if judges and _urgeable(one, request)],
        "tickable": judges and any(one.report.state == State.SUBMITTED for one in picked),
    }
    return render(request, "reports/collect.html", context)


def _asked(request: PageRequest, rounds: list[Round]) -> Round | None:
    """The newest of the rounds that fits what the address names."""
    form, period = request.GET.get("form", ""), request.GET.get("period", "")
    demand = number(request.GET.get("demand", ""))
    fitting = (
        one for one in rounds if form in ("", one.form) and period in ("", one.period) and demand in (None, one.demand)
    )
    return next(fitting, None)


def _urgeable(line: Line, request: PageRequest) -> bool:
    urged_today = line.urged is not None and line.urged.last == request.today
    return may_be_urged(line.report, request.today) and not urged_today and not line.orphaned


def _tabs(found: list[Line]) -> list[tuple[str, str, int]]:
    tabs = [
        ("", _("All")),
        ("missing", _("Not in")),
        ("waiting", _("Waiting for acceptance")),
        ("accepted", _("Already accepted")),
        ("late", _("Late")),
        ("lapsed", _("Not due any more")),
    ]
    counted = [(code, word, sum(_fits(one, code) for one in found)) for code, word in tabs]
    return [tab for tab in counted if tab[0] != "lapsed" or tab[2]]


def _fits(line: Line, state: str) -> bool:
    present = State(line.report.state)
    if (present is State.LAPSED) != (state == "lapsed"):
        return False
    return {
        "missing": present in WAITED_FOR,
        "waiting": present is State.SUBMITTED,
        "accepted": present in {State.ACCEPTED, State.CORRECTING},
        "late": line.standing == "overdue" or line.late,
    }.get(state, True)


ORDER = (State.SUBMITTED, State.OPEN, State.RETURNED, State.CORRECTING, State.ACCEPTED, State.LAPSED)


def _urgency(line: Line) -> tuple[int, str]:
    state = State.OPEN if line.report.state == State.RETURNED else State(line.report.state)
    return ORDER.index(state), sort_key(line.unit.name)


@writes
def urge(request: ActRequest) -> HttpResponse:
    """Urge one unit (`one`), or all of those whose reports are missing (`chosen`)."""
    keys = [number(text) for text in request.POST.getlist("one") or request.POST.getlist("chosen")]
    if None in keys:
        raise Http404
    if not keys:
        raise Refused("reports.nobody_to_urge", INVALID)
    several = queries.access_to_urge(request.actor, [one for one in keys if one is not None])
    made = services.urge([one.pk for one in several], act=request.act)
    n = len({one.to_id for one in made})
    said = ngettext(
        "%(n)d unit was urged; it sees that on its reports.",
        "%(n)d units were urged; they see that on their reports.",
        n,
    )
    messages.success(request, said % {"n": n})
    return redirect(own_page(request, request.POST.get("next", ""), "/reports/"))
