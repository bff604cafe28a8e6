"""What the frame of every page shows: the rail, the post in use, the day shown, the demonstration's clock."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import PostKind


@dataclass(frozen=True, slots=True)
class Place:
    """One word of the rail: where it leads, which icon stands beside it, and for which kinds of post it is (none: for all).

    `business`: it shows the work of units, so it is for those who see some.
    """

    name: str
    label: str | Promise
    icon: str
    kinds: frozenset[str] = frozenset()
    business: bool = False


# At most eight words, in the order of the work. The first four that a person may use are the bottom bar of a phone.
OFFICE = frozenset({PostKind.LEADER.value, PostKind.CLERK.value, PostKind.BOARD.value})
# The leader's page and the intake of texts are reached from "My work" and "Working sessions".
# Who visits and who is asked for reports: the others find the reports under "Figures" and the sessions under "Directives".
VISITING = OFFICE | {PostKind.INSPECTION.value, PostKind.OFFICER.value}
PLACES = (
    Place("overview:home", _("My work"), "list-checks"),
    Place("working_sessions:list", _("Working sessions"), "users-round", VISITING, business=True),
    Place("directives:list", _("Directives"), "send", business=True),
    Place("reports:list", _("Reports"), "file-text", frozenset({PostKind.HEAD.value})),
    Place("meetings:start", _("Meetings"), "calendar", business=True),
    Place("obligations:start", _("Regulations"), "scale", business=True),
    Place("figures:mine", _("Figures"), "table-2", business=True),
    Place("documents:out", _("Documents"), "stamp", business=True),
    Place("overview:tree", _("Organisations"), "network", business=True),
    Place("accounts:people", _("Posts"), "id-card", frozenset({PostKind.ADMINISTRATOR.value})),
    Place("accounts:history", _("History"), "scroll-text", frozenset({PostKind.AUDITOR.value})),
)
# Pages that are reached from a place and have no word of their own: the place stays marked on them.
INNER = {
    "documents:out": ("drafting:list",),
    "figures:mine": ("targets:start", "reports:list"),
    "obligations:start": ("regulations:start",),
    "overview:home": ("overview:leader", "overview:week"),
    "overview:tree": ("reorganising:list",),
    "working_sessions:list": ("intake:list",),
}
ACCOUNT_LINKS = (
    Place("reminders:start", _("My reminders"), "bell"),
    Place("account_change_password", _("Change password"), "key-round"),
    Place("mfa_index", _("Two-step sign-in"), "shield-check"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variable `frame` of base.html; for visitors only the day and the demonstration."""
    today = getattr(request, "today", None)
    if today is None:
        return {"frame": {}}
    on = request.on  # type: ignore[attr-defined]
    actor: Actor | None = getattr(request, "actor", None)
    shown: dict[str, Any] = {"today": today, "demonstration": request.demonstration}  # type: ignore[attr-defined]
    if actor is None:
        return {"frame": shown}
    rail = [_item(place, request.path) for place in PLACES if _is_for(place, actor)]
    shown |= {
        "on": on,
        "on_is_today": on == today,
        "back_to_today_url": _without_day(request),
        "rail": rail,
        "bottom": rail[:4],
        "actor_label": actor.acting.title if actor.acting else actor.label,
        "posts": [{"id": held.post, "label": held.title, "current": held == actor.acting} for held in actor.holdings],
        "switch_url": reverse("accounts:switch"),
        "search_url": reverse("overview:search"),
        "search_text": request.GET.get("q", "") if request.path == reverse("overview:search") else "",
        "clock_url": reverse("clock:move"),
        "print_organisation": actor.acting.unit_name if actor.acting else "",
        "account_links": [_item(place, request.path) for place in ACCOUNT_LINKS],
    }
    return {"frame": shown}


def _is_for(place: Place, actor: Actor) -> bool:
    if place.business and not actor.units:
        return False
    return not place.kinds or any(held.kind in place.kinds for held in actor.holdings)


def _item(place: Place, path: str) -> dict[str, Any]:
    url = reverse(place.name)
    current = path == url if url == "/" else path.startswith((url, *map(reverse, INNER.get(place.name, ()))))
    return {"label": place.label, "url": url, "icon": place.icon, "current": current}


def _without_day(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("on", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
