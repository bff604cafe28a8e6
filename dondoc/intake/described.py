"""The words in which the review page shows values: labels, numbers, sums, sentences."""

from datetime import date

from django.utils.translation import gettext as _

from dondoc.figures.indicators import indicators, shown_only
from dondoc.figures.words import QUALIFIERS
from dondoc.lib import wording
from dondoc.organisations.queries import labels
from dondoc.working_sessions.models import WorkingSession

from . import rules


def nature(content: rules.Content) -> str:
    """Whether the figure is a stock or a flow; "" for what the ledger never keeps."""
    known = indicators().get(content["indicator"])
    return known.nature if known else ""


def event_labels() -> dict[str, str]:
    """What the fields of the session and of the source are called."""
    return {
        "date": _("Day"),
        "leader": _("Led by"),
        "topic": _("Topic"),
        "year_reviewed": _("Year reviewed"),
        "year_planned": _("Year planned"),
        "title": _("Title"),
        "publisher": _("Publisher"),
        "published": _("Published on"),
    }


def indicator_name(content: rules.Content) -> str:
    """What a figure counts."""
    known = indicators().get(content["indicator"]) or shown_only().get(content["indicator"])
    return known.name if known else content["indicator"]


def figure_words(content: rules.Content) -> str:
    """A number as the text means it: "trên 1.000"."""
    count = rules.number(content["value"])
    if count is None:
        return ""
    percent = " %" if content["indicator"].endswith("_percent") else ""
    return f"{QUALIFIERS.get(content['qualifier'], '')} {wording.number(count)}{percent}".strip()


def session_word(session: WorkingSession, day: date) -> str:
    """How a page names the session that a draft belongs to."""
    units_named = labels([unit.pk for unit in session.units.all()], session.on)
    names = ", ".join(sorted(label.short_name for label in units_named.values()))
    return f"{wording.day(session.on)} · {session.leader_title} · {names}"


def sum_words(one: rules.Summed) -> str:
    """A sum that agrees: "97 + 38 = 135"."""
    return f"{' + '.join(map(wording.number, one.parts))} = {wording.number(one.computed)}"


def rate_words(one: rules.Recomputed) -> str:
    """A rate that agrees: "9/13 = 69,2 %"."""
    return f"{wording.number(one.numerator)}/{wording.number(one.denominator)} = {wording.number(one.computed)} %"


def beginning(sentence: str, words: int = 7) -> str:
    """The first words of a sentence, by which a person knows it again."""
    parts = sentence.split()
    return f"“{' '.join(parts[:words])}{' …' if len(parts) > words else ''}”"


def step_words(verb: str, label: str) -> str:
    """What would be taken back: "sửa Đảng viên"."""
    said = {
        "add": _("adding %(what)s"),
        "accept": _("leaving %(what)s as it is"),
        "choose": _("the choice for %(what)s"),
        "drop": _("leaving %(what)s out"),
        "new": _("adding %(what)s to the session"),
        "undo": _("taking %(what)s back"),
    }
    return said.get(verb, _("correcting %(what)s")) % {"what": label}
