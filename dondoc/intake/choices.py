"""What settles a problem with one press: a few answers, of which a person takes one. Pure; nothing is offered that the text speaks against."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from dondoc.figures.words import period_words
from dondoc.lib.vietnamese import plain
from dondoc.lib.wording import number as number_words
from dondoc.lib.wording import weekday_day

from . import rules
from .forms import PLACE, RECEIVERS
from .gazetteer.rules import Place
from .gazetteer.wording import outside_words
from .models import DraftValue
from .remembered import last_time
from .units import Candidate, LeaderPost, chosen

MOST = 9
"""As many as there are keys for them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: `token` names it among those of its value, `content` is the value once it is taken."""

    token: str
    label: str
    content: rules.Content


@dataclass(frozen=True, slots=True)
class Known:
    """What the draft offers to choose from. `units` are the keys of its units with their names, `computed` the results of sums and rates."""

    today: date
    day: date | None
    published: date | None
    years: Sequence[int]
    posts: Sequence[LeaderPost]
    tree: Mapping[int, Candidate]
    places: Mapping[str, Place]
    units: Sequence[tuple[int, str]]
    computed: Mapping[int, Decimal]


def choices(row: DraftValue, codes: Set[str], known: Known) -> list[Choice]:
    """The answers to what is wrong with a value; none where only a person's own words can settle it."""
    content, found = row.content, []
    if "intake.no_day" in codes:
        found = [
            Choice(day.isoformat(), weekday_day(day), {**content, "day": day.isoformat()})
            for day in _days(content.get("month_day"), known.published or known.today)
        ]
    elif "intake.no_leader" in codes:
        found = [
            Choice(str(one.post), f"{one.title} ({one.unit.name})", {**content, "post": one.post, "how": "chosen"})
            for one in known.posts
            if not content["said"] or _fits(content["said"], one.title)
        ]
    elif codes & {"intake.unit_ambiguous", "intake.unit_former"}:
        found = [
            *(
                Choice(
                    str(unit), _with_path(known.tree[unit]) + last_time(content, unit), {**content, **chosen(unit=unit)}
                )
                for unit in content["candidates"]
                if unit in known.tree
            ),
            *(
                Choice(PLACE + key, outside_words(known.places[key], known.today), {**content, **chosen(place=key)})
                for key in content.get("places", ())
                if key in known.places
            ),
        ]
    elif "intake.figure_without_unit" in codes:
        found = [Choice(f"of-{unit}", name, {**content, "of": unit}) for unit, name in known.units]
    elif "intake.figure_without_period" in codes:
        years = sorted({*known.years, *([known.day.year] if known.day else [])})
        found = [Choice(str(year), period_words(str(year)), {**content, "period": str(year)}) for year in years]
    elif "intake.directive_without_receiver" in codes:
        found = [
            *(Choice(f"of-{unit}", name, {**content, "receivers": "unit", "of": unit}) for unit, name in known.units),
            *(
                Choice(kind, str(name), {**content, "receivers": kind, "of": None})
                for kind, name in RECEIVERS
                if kind not in {"none", "unit"}
            ),
        ]
    elif codes & {"intake.rate_differs", "intake.sum_differs"} and row.pk in known.computed:
        computed = known.computed[row.pk]
        label = _("Take %(number)s instead") % {"number": number_words(computed)}
        found = [Choice(f"value-{computed}", label, {**content, "value": str(computed), "qualifier": "exact"})]
    return found[:MOST]


def _days(month_day: str | None, until: date) -> list[date]:
    """The last two days of this name that were not after `until`."""
    if not month_day:
        return []
    month, day = map(int, month_day.split("-"))
    found = []
    for year in range(until.year, until.year - 9, -1):
        try:
            one = date(year, month, day)
        except ValueError:
            continue
        if one <= until:
            found.append(one)
    return found[:2]


def _fits(said: str, title: str) -> bool:
    """Whether one says all words of the other, so that the title may be meant."""
    first, second = set(plain(said).split()), set(plain(title).split())
    return first <= second or second <= first


def _with_path(candidate: Candidate) -> str:
    return f"{candidate.name} ({candidate.path})" if candidate.path else candidate.name
