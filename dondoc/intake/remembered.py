"""What an office chose before for a name that the tree does not settle: offered first in its next text, never taken by itself."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from dondoc.lib.vietnamese import plain
from dondoc.organisations.models import Unit

from .models import Draft, DraftValue
from .rules import Content

GUESSED = frozenset({"", "leader", "country"})
MOST = 500
"""Earlier choices looked at, the latest first; further back an office has long had other units in mind."""


def offer(contents: Sequence[Content], owner: int, day: date) -> None:
    """Put before the `candidates` of names that the text does not settle what this office chose for them in drafts that it confirmed.

    `last` is the latest choice, where it lives on the day. The name must be written alike: type, name and the superior that the text
    gives, apart from capitals and the place of a tone. What was taken for the leader's area or for the whole country, and is not what
    the office chose, is open again: two answers are none. Two queries, none where the text settles every name.
    """
    for content in contents:
        content.pop("last", None)
    waiting = [content for content in contents if content["how"] in GUESSED]
    if not waiting:
        return
    before: dict[tuple[str, ...], list[int]] = {}
    rows = DraftValue.objects.filter(
        kind=DraftValue.Kind.UNIT,
        dropped=False,
        draft__owner=owner,
        draft__state=Draft.State.CONFIRMED,
        content__how="chosen",
        content__name__in={content["name"] for content in waiting},
    )
    for content in rows.order_by("-pk").values_list("content", flat=True)[:MOST]:
        if content["unit"] is not None:
            before.setdefault(_written(content), []).append(content["unit"])
    wanted = {unit for content in waiting for unit in before.get(_written(content), ())}
    alive = set(Unit.objects.on(day).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    for content in waiting:
        chosen = [unit for unit in dict.fromkeys(before.get(_written(content), ())) if unit in alive]
        if not chosen:
            continue
        content["last"] = chosen[0]
        offered = [*chosen, *filter(None, [content["unit"]]), *content["candidates"]]
        content["candidates"] = list(dict.fromkeys(offered))
        if content["unit"] != chosen[0]:
            if content.get("place"):
                content["places"] = list(dict.fromkeys([content["place"], *content["places"]]))
            content |= {"unit": None, "place": None, "how": ""}


def last_time(content: Content, unit: int) -> str:
    """What to write behind a unit that is offered for a name: that the office chose it last time, or nothing."""
    return " – " + _("chosen last time") if content.get("last") == unit else ""


def _written(content: Content) -> tuple[str, ...]:
    return plain(content["type"]), plain(content["name"]), plain(content["parent"])
