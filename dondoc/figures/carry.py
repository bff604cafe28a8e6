"""What follows a change of the tree: the stored totals of those under whom figures stood before, and of those under whom they stand now."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from datetime import date

from django.db.models import Min

from dondoc.lib.days import add_months
from dondoc.lib.periods import Interval

from .contributions import Added, Cell, Everyone, contributions, on_several_levels
from .indicators import indicators
from .models import Figure, MonthDue
from .parts import due
from .totals import add, add_due, difference, difference_due

# From so many units on it is quicker to ask for the figures of all.
MANY = 5000


@contextmanager
def around_tree(units: Set[int], since: date | None) -> Iterator[None]:
    """Around the writing of dated rows of these units, which differ from `since` on (None: from any day): the totals follow.

    What a unit added is not to be seen any more once its rows are written, so this looks before and after. It takes as long as the
    figures of these units from that month on are many; indicators that are entered on several levels take all units, since one may come
    to stand under another.
    """
    figures = Figure.objects.filter(superseded_at=None, month__isnull=False)
    if since is not None:
        # A figure of several months that ends later may hide one of a month before, by the tree of its own last day.
        long = Figure.objects.filter(superseded_at=None, month=None, ends_on__gt=since).aggregate(Min("starts_on"))
        first = min(since, long["starts_on__min"] or since)
        figures = figures.filter(month__gte=first.replace(day=1))
    found = list(figures.order_by("month", "indicator").values_list("month", "indicator").distinct()) if units else []
    spans = [Interval(month, add_months(month, 1)) for month in sorted({month for month, _ in found if month})]
    chosen = [indicators()[key] for key in sorted({key for _, key in found}) if key in indicators()]
    plain = [one for one in chosen if not on_several_levels(one)]
    nested = [one for one in chosen if on_several_levels(one)]
    scope = sorted(units) if len(units) < MANY else Everyone.ALL

    def added() -> dict[Cell, Added]:
        return contributions(plain, spans, of=scope, part="below") | contributions(
            nested, spans, of=Everyone.ALL, part="below"
        )

    kept = MonthDue.objects.filter(unit=None)
    if since is not None:
        kept = kept.filter(month__gte=since.replace(day=1))
    months = list(kept.values_list("month", flat=True)) if units else []
    before, due_before = added(), due(scope, months)
    yield
    add(difference(before, added()))
    add_due(difference_due(due_before, due(scope, months)))
