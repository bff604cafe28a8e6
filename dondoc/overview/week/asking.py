"""What the records say of a week of the units below one: each function is one query, however many units there are.

`below` is a query of units, joined and never made a list. `begins` is the week's Monday, `known` the day of which the knowledge is shown.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from dondoc.directives import rules as tasks
from dondoc.directives.models import Assignment, Extension, Remark, Report, Role
from dondoc.directives.models import Step as TaskStep
from dondoc.obligations import rules
from dondoc.obligations.models import Doubt, Judgement, Obligation, Step
from dondoc.obligations.rules import Verdict
from dondoc.organisations.models import Ancestry, UnitParent

YEAR = timedelta(days=365)
SHOWN = 200
"""So many lines of a kind are read; a page with more would be read by nobody."""
UNMET = [one.value for one in rules.UNMET]
LAPSES = [one.value for one in rules.LAPSES]
SETTLED = [Verdict.LATE.value, Verdict.DONE.value, Verdict.EXCUSED.value]


def below(unit: int, day: date) -> Any:
    """The unit and all below it on a day."""
    return Ancestry.objects.on(day).filter(ancestor=unit).values("descendant")


def _rows(found: Any) -> list[dict[str, Any]]:
    return list(found)


def places(unit: int, day: date) -> dict[int, int]:
    """For each unit below, the one directly below `unit` under which it stands."""
    direct = UnitParent.objects.on(day).filter(parent=unit).values("unit")
    rows = Ancestry.objects.on(day).filter(ancestor__in=direct)
    return dict(rows.values_list("descendant", "ancestor"))


def judged(units: Any, begins: date, known: date) -> list[dict[str, Any]]:
    """The duties that lapsed in these days, and earlier lapses that were made good or excused in them, each judgement in its order.

    `before` is how the duty stood when the week began, None where nobody had judged it yet.
    """
    earlier = Judgement.objects.filter(obligation=OuterRef("obligation"), on__lt=begins).order_by("-on", "-pk")
    rows = Judgement.objects.filter(obligation__unit__in=units, on__gte=begins, on__lte=known)
    rows = rows.filter(verdict__in=[*UNMET, *SETTLED]).annotate(before=Subquery(earlier.values("verdict")[:1]))
    # What was carried out in time, or waited for nobody, is the great mass: it is left out where it is counted.
    lapsed_now = Judgement.objects.filter(
        obligation=OuterRef("obligation"), on__gte=begins, on__lte=known, verdict__in=UNMET
    )
    rows = rows.filter(Q(before__in=UNMET) | Q(verdict__in=UNMET) | Exists(lapsed_now))
    return _rows(
        rows.order_by("on", "pk").values(
            "obligation", "verdict", "on", "before", "obligation__unit", "obligation__last_day", "obligation__duty__title"
        )
    )  # fmt: skip


def overdue(units: Any, begins: date, known: date) -> list[dict[str, Any]]:
    """The assignments whose deadline passed unanswered in these days, by the deadline that held then; `answered` is when the result came."""
    later = Extension.objects.filter(assignment=OuterRef("pk"), granted=True, answered_on__gt=known).order_by(
        "answered_on"
    )
    first = Report.objects.filter(assignment=OuterRef("pk"), is_result=True).order_by("on", "pk").values("on")
    rows = Assignment.objects.annotate(
        due=Coalesce(Subquery(later.values("old_due_on")[:1]), F("due_on")), result=Subquery(first[:1])
    )
    rows = rows.filter(
        Q(result=None) | Q(result__gt=F("due")),
        Q(closed_on=None) | Q(closed_on__gt=F("due")),
        Q(roles__valid_to=None) | Q(roles__valid_to__gt=known),
        # A deadline passes on the day after it, so what was due on the eve of the week lapsed on its first day.
        due__gte=begins - timedelta(days=1),
        due__lt=known,
        issued_on__lte=F("due"),
        roles__role=tasks.Part.RECEIVER.value,
        roles__unit__in=units,
        roles__valid_from__lte=known,
    )
    fields = rows.annotate(unit=F("roles__unit")).values("pk", "unit", "task", "due", "result", "state", "closed_on")
    return _rows(fields.order_by("due", "pk"))


def duty_steps(units: Any, begins: date, known: date) -> list[dict[str, Any]]:
    """The steps of early warning that were taken in these days."""
    rows = Step.objects.filter(obligation__unit__in=units, done_on__gte=begins, done_on__lte=known)
    return _rows(
        rows.values(
            "step", "audience", "on_paper", "obligation", "obligation__unit", "obligation__code"
        )
    )  # fmt: skip


def task_steps(units: Any, begins: date, known: date) -> list[dict[str, Any]]:
    """How often each step of the ladder was taken for assignments in these days, and how often of that on paper."""
    rows = TaskStep.objects.filter(unit__in=units, done_on__gte=begins, done_on__lte=known).order_by()
    paper = Count("assignment", distinct=True, filter=Q(on_paper=True))
    return _rows(rows.values("step").annotate(n=Count("assignment", distinct=True), paper=paper))


def urged(units: Any, begins: date, known: date) -> list[dict[str, Any]]:
    """Who urged whom in these days, about what, and since when there is an answer (a report, known by then)."""
    held = Role.objects.on(known).filter(assignment=OuterRef("assignment"), role=tasks.Part.RECEIVER.value)
    came = Report.objects.filter(assignment=OuterRef("assignment"), on__gte=OuterRef("on"), on__lte=known)
    rows = Remark.objects.filter(verb="chase", on__gte=begins, on__lte=known).annotate(
        unit=Subquery(held.values("unit")[:1]), came=Subquery(came.order_by("on", "pk").values("on")[:1])
    )
    fields = "on", "assignment", "post__title", "unit", "assignment__task", "text", "came"
    return list(rows.filter(unit__in=units).order_by("on", "pk").values(*fields)[:SHOWN])


def standing(units: Any, known: date, today: date, within: int) -> list[dict[str, Any]]:
    """By unit: how many duties are still to be made good, and what was done in time of what counts, lately and in twice as many days before."""
    middle, start = known - timedelta(days=within), known - timedelta(days=3 * within)
    rows = Obligation.objects.filter(unit__in=units, last_day__lte=known, last_day__gt=min(start, known - YEAR))
    if known < today:
        last = Judgement.objects.filter(obligation=OuterRef("pk"), on__lte=known).order_by("-on", "-pk")
        rows = rows.annotate(then=Coalesce(Subquery(last.values("verdict")[:1]), Value(Verdict.OPEN.value)))
    else:
        rows = rows.annotate(then=F("verdict"))
    lately, before = Q(last_day__gt=middle), Q(last_day__lte=middle, last_day__gt=start)
    counts, done = Q(then__in=[*LAPSES, Verdict.DONE.value]), Q(then=Verdict.DONE.value)
    return _rows(
        rows.order_by()
        .values("unit")
        .annotate(
            open=Count("pk", filter=Q(then__in=UNMET)),
            done=Count("pk", filter=done & lately),
            counted=Count("pk", filter=counts & lately),
            done_before=Count("pk", filter=done & before),
            counted_before=Count("pk", filter=counts & before),
        )
    )


def repeated(pairs: Collection[tuple[int, str]], known: date) -> list[tuple[int, str, int]]:
    """How often these units (the first of each pair) lapsed in these duties within the year, the most often first."""
    rows = Obligation.objects.filter(
        unit__in={unit for unit, _ in pairs}, code__in={code for _, code in pairs}, last_day__gt=known - YEAR
    )
    lapsed = Judgement.objects.filter(obligation=OuterRef("pk"), on__lte=known, verdict__in=LAPSES)
    excused = Judgement.objects.filter(obligation=OuterRef("pk"), on__lte=known, verdict=Verdict.EXCUSED.value)
    grouped = rows.filter(Exists(lapsed), ~Exists(excused)).order_by().values("unit", "code")
    found: Any = grouped.annotate(n=Count("pk"), title=Max("duty__title")).order_by("-n", "title", "unit")
    return [(one["unit"], one["title"], one["n"]) for one in found if (one["unit"], one["code"]) in pairs]


def doubts(units: Any, unit: int, known: date) -> list[Doubt]:
    """What is doubtful in the records of the units below and nobody had settled by then, the oldest first."""
    rows = Doubt.objects.filter(Q(settled_on=None) | Q(settled_on__gt=known), obligation__unit__in=units, on__lte=known)
    rows = rows.exclude(obligation__unit=unit).select_related("obligation__duty")
    return list(rows.order_by("on", "pk")[:SHOWN])
