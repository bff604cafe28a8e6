"""The post that a person held last, for those who hold none any more: they are told what became of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F

from dondoc.organisations.queries import labels, what_became_of

from .models import Term


@dataclass(frozen=True, slots=True)
class LastHeld:
    """A post that ended for this person with `last_day`; `heirs` took over the unit where it ended with the post."""

    title: str
    unit_name: str
    last_day: date
    unit_ended: bool
    heirs: tuple[str, ...]


def last_held(account: int, day: date) -> LastHeld | None:
    """The post of one's own, else the one deputised in, that ended last before or on the day; None where there was none. Few queries."""
    ended = Term.objects.filter(account=account, valid_to__lte=day, valid_to__gt=F("valid_from"))
    term = ended.select_related("post__unit").order_by("-valid_to", "deputising", "-pk").first()
    if term is None or term.valid_to is None:
        return None
    unit, last_day = term.post.unit, term.valid_to - timedelta(days=1)
    with_the_unit = unit.valid_to == term.valid_to
    passages = what_became_of(unit.pk, day) if with_the_unit else []
    heirs = tuple(one.heir.name for one in passages if one.predecessor.unit == unit.pk)
    return LastHeld(term.post.title, labels([unit.pk], last_day)[unit.pk].name, last_day, bool(heirs), heirs)
