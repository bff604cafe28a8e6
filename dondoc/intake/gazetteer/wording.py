"""Places of the gazetteer in words, as the review page shows them."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dondoc.intake.rules import Content
from dondoc.lib.wording import day as day_words

from .rules import Place

MOST = 3


def place_words(place: Place, today: date) -> str:
    """Type, name and what holds it; what is no more today says so: "xã Sơn Tân, huyện Sơn Tây (cũ), tỉnh Quảng Ngãi"."""
    return ", ".join(
        [
            place.title,
            *(one.title if one.lives(today) else _("%(place)s (former)") % {"place": one.title} for one in place.above),
        ]
    )


def outside_words(place: Place, today: date) -> str:
    """The same, with the remark that it is not in the office's tree."""
    return _("%(place)s – outside the organisation tree") % {"place": place_words(place, today)}


def several_words(places: Sequence[Place], today: date) -> str:
    """Which places outside the tree a name may mean; of many only the first."""
    named = "; ".join(place_words(place, today) for place in places[:MOST])
    if len(places) > MOST:
        named = _("%(some)s and elsewhere") % {"some": named}
    return _("Not in the organisation tree. There are: %(places)s.") % {"places": named}


def explained(place: Place, day: date, today: date) -> str:
    """Why a name means nothing on the day: until when the place was there and what it became, or since when it is there."""
    if place.until is not None and place.until <= day:
        return _("%(place)s was there until %(day)s; now part of %(heirs)s.") % {
            "place": place_words(place, today),
            "day": day_words(place.until - timedelta(days=1)),
            "heirs": _listed([heir.title for heir in place.heirs]),
        }
    return _("%(place)s is there since %(day)s only.") % {
        "place": place_words(place, today),
        "day": day_words(place.since) if place.since else "",
    }


def how_words(content: Content) -> str:
    """The reason why a name means what it means; "" while that is open."""
    in_tree = content["unit"] is not None
    return {
        "matched": _("agrees with the tree of that day") if in_tree else _("agrees with the gazetteer of that day"),
        "leader": _("the only one of this name in the area of the leader's committee"),
        "country": _("the only one of this name in the country on that day"),
        "chosen": _("chosen by a person"),
    }.get(content["how"], "")


def _listed(titles: Sequence[str]) -> str:
    return (
        _("%(some)s and %(last)s") % {"some": ", ".join(titles[:-1]), "last": titles[-1]}
        if titles[1:]
        else "".join(titles)
    )
