"""What belongs to one's own sign-in: through which post one acts, and a form that was interrupted. Nothing here is a record."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dondoc.web.labels import label
from dondoc.web.ways import own_page

from .acts import PageRequest, reads
from .interrupted import KEPT
from .middleware import CHOSEN

UNSHOWN = {"seen", "key", "next"}


@require_POST
@reads
def switch(request: PageRequest) -> HttpResponse:
    """Act through another post that one holds. It is remembered for this sign-in only and changes no record, so it is no `writes`."""
    chosen = next((held for held in request.actor.holdings if str(held.post) == request.POST.get("post")), None)
    if chosen is None:
        messages.warning(request, _("You do not hold that post today, so nothing was changed."))
    else:
        request.session[CHOSEN] = chosen.post
        messages.info(
            request, _("You now act as: %(title)s, %(unit)s.") % {"title": chosen.title, "unit": chosen.unit_name}
        )
    return redirect(next_page(request))


@reads
def resume(request: PageRequest) -> HttpResponse:
    """The form that was sent when the sign-in had ended, as it was typed, ready to be sent on with a fresh key and its own `seen`."""
    kept = _kept(request)
    if kept is None:
        return redirect("/")
    typed = [(label(name), value) for name, value in kept["fields"] if name not in UNSHOWN and value.strip()]
    hidden = [(name, value) for name, value in kept["fields"] if name != "key"]
    context = {"kept": kept, "typed": typed, "hidden": hidden, "fresh_key": uuid4()}
    return render(request, "accounts/resume.html", context)


@require_POST
@reads
def discard(request: PageRequest) -> HttpResponse:
    """Forget the interrupted form. It was never a record."""
    kept = _kept(request)
    page = kept["page"] if kept else "/"
    request.session.pop(KEPT, None)
    messages.info(request, _("The interrupted form was dropped; nothing was saved."))
    return redirect(page)


def _kept(request: PageRequest) -> dict[str, Any] | None:
    """What this person typed; what somebody else typed at the same desk is not shown."""
    kept: dict[str, Any] | None = request.session.get(KEPT)
    return kept if kept is not None and kept["account"] == request.actor.account else None


def next_page(request: HttpRequest) -> str:
    """The page to go back to, if it is one of ours."""
    return own_page(request, request.POST.get("next", ""))
