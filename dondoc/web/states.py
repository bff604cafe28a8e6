"""How the state of a piece of work looks everywhere: a shape, a word and a colour, never a colour alone.

`shape` is drawn as SVG because a font may lack the sign, and `sign` is the same shape as one character for plain text (spreadsheets,
e-mail). `tone` names a colour of `static/web/tokens.css`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

_RING = '<circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.75"/>'
_STROKE = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'

SHAPES = {
    "◌": '<circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.75" stroke-dasharray="2.2 2.3"/>',
    "⊙": _RING + '<circle cx="8" cy="8" r="2.25" fill="currentColor"/>',
    "○": _RING,
    "◐": _RING + '<path d="M8 2.5a5.5 5.5 0 0 0 0 11z" fill="currentColor"/>',
    "◔": _RING + '<path d="M8 8V2.5A5.5 5.5 0 0 1 13.5 8z" fill="currentColor"/>',
    "▲": '<path d="M8 1.75 15 14H1z" fill="currentColor"/>',
    "◇": f'<path d="M8 1.75 14.25 8 8 14.25 1.75 8z" {_STROKE}/>',
    "●": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>',
    "✕": f'<path d="m3.5 3.5 9 9m0-9-9 9" {_STROKE}/>',
    "⇢": f'<path d="M1.5 8h2M5.75 8h2M10 3.75 14.25 8 10 12.25M10 8h4" {_STROKE}/>',
    "–": f'<path d="M3 8h10" {_STROKE}/>',
    "↩": f'<path d="M6 2.75 2.5 6.25 6 9.75M2.5 6.25h7a4 4 0 0 1 0 7.5H7" {_STROKE}/>',
}


@dataclass(frozen=True, slots=True)
class State:
    """A state as people see it."""

    sign: str
    tone: str
    word: str | Promise


STATES = {
    "drafted": State("◌", "grey", _("Draft")),
    "approved": State("⊙", "grey", _("Approved, to be issued")),
    "issued": State("○", "grey", _("Not started")),
    "not_started": State("○", "grey", _("Not started")),
    "acknowledged": State("○", "grey", _("Acknowledged")),
    "in_progress": State("◐", "blue", _("In progress")),
    "due_soon": State("◔", "amber", _("Due soon")),
    "overdue": State("▲", "red", _("Overdue")),
    "reported": State("◇", "violet", _("Awaiting verification")),
    "accepted": State("●", "green", _("Completed on time")),
    "accepted_late": State("●", "ochre", _("Completed late")),
    "returned": State("↩", "blue", _("Returned for completion")),
    "objected": State("✕", "grey", _("Objected")),
    "handed_over": State("⇢", "grey", _("Handed over")),
    "cancelled": State("–", "grey", _("Cancelled")),
    "confirmed": State("●", "green", _("Confirmed")),
    "withdrawn": State("–", "grey", _("Withdrawn")),
}


def word(code: str) -> str:
    """The word of a state, for texts that show no shape."""
    return str(STATES[code].word)


def svg(sign: str) -> SafeString:
    """The shape of a sign as inline SVG, hidden from screen readers: the word beside it is what they read."""
    return mark_safe(  # noqa: S308 (only our own shapes)
        '<svg class="shape" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">'
        f"{SHAPES[sign]}</svg>"
    )
