"""How often and until when, in words: the sentence of a duty's cadence and grace."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.lib.cadence import Around, Cadence, Grace, Monthly, Once, Weekly
from dondoc.lib.evidence import Evidence
from dondoc.lib.wording import WEEKDAYS

from .evidence import NAMES
from .rules import cadence_of, grace_of

LAST = 31


def events() -> dict[str, str]:
    """What a duty may be counted from, in words."""
    return {
        Evidence.COMMITTEE_MEETING: _("a committee meeting"),
        Evidence.STANDING_MEETING: _("a meeting of the standing committee"),
        Evidence.BRIEFING: _("a briefing"),
        Evidence.CONFERENCE: _("a conference of all members"),
        Evidence.CELL_MEETING: _("a cell meeting"),
        Evidence.THEMATIC_MEETING: _("a thematic cell meeting"),
    }


def rhythm(content: Mapping[str, str]) -> str:
    """How a duty comes back, as one sentence; empty where it cannot be told yet."""
    cadence, grace = cadence_of(content), grace_of(content)
    if isinstance(cadence, str):
        return ""
    told = _cadence(cadence)
    late = _grace(grace) if grace and grace.days else ""
    return f"{told}; {late}" if late else told


def _cadence(cadence: Cadence) -> str:
    match cadence:
        case Weekly(weekday):
            return _("every week, by %(day)s") % {"day": WEEKDAYS[weekday]}
        case Once(days):
            return ngettext("once, within %(n)s day of its coming into force", "once, within %(n)s days of its coming into force", days) % {"n": days}  # fmt: skip
        case Around():
            return _around(cadence)
        case Monthly(every, month, day):
            return _monthly(every, month, day)


def _monthly(every: int, month: int, day: int) -> str:
    values = {"day": day, "month": month, "later": month - every}
    if every == 1:
        if month == 1:
            return _("every month, by its last day") if day == LAST else _("every month, by day %(day)s") % values
        return _("every month, by day %(day)s of the next one") % values
    names = {
        2: _("every two months"), 3: _("every quarter"), 4: _("every four months"), 6: _("every half-year"), 12: _("every year"),
    }  # fmt: skip
    if every == 12 and month <= every:
        return _("every year, by %(day)s/%(month)s") % {
            "day": f"{min(day, _longest(month)):02d}",
            "month": f"{month:02d}",
        }
    if month == every and day == LAST:
        return _("%(often)s, by its last day") % {"often": names[every]}
    if month > every:
        return _("%(often)s, by day %(day)s of month %(later)s after it") % (values | {"often": names[every]})
    return _("%(often)s, by day %(day)s of its month %(month)s") % (values | {"often": names[every]})


def _longest(month: int) -> int:
    return 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _around(cadence: Around) -> str:
    event = events().get(cadence.event, str(NAMES.get(Evidence(cadence.event), cadence.event)))
    values = {"n": abs(cadence.days), "event": event}
    if cadence.days < 0:
        return ngettext("at least %(n)s day before %(event)s", "at least %(n)s days before %(event)s", abs(cadence.days)) % values  # fmt: skip
    if cadence.working:
        return ngettext("within %(n)s working day after %(event)s", "within %(n)s working days after %(event)s", cadence.days) % values  # fmt: skip
    return ngettext("within %(n)s day after %(event)s", "within %(n)s days after %(event)s", cadence.days) % values


def _grace(grace: Grace) -> str:
    if grace.working:
        return ngettext("%(n)s working day of grace", "%(n)s working days of grace", grace.days) % {"n": grace.days}
    return ngettext("%(n)s day of grace", "%(n)s days of grace", grace.days) % {"n": grace.days}
