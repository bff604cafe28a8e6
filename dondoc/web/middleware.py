"""A refused act becomes a page that says what, why and what next, and gives back what was typed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dondoc.lib import texts
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.web import labels
from dondoc.web.ways import came_from

LARGEST_KEY = 2**63 - 1
_OWN = frozenset({"csrfmiddlewaretoken", "key", "seen", "next"})
# What stands beside a field of a form that saves field by field: what was in it before, and when that was seen.
_BESIDE = ("was.", "was-", "counter.")


def _typed(request: HttpRequest, given: dict[str, Any]) -> list[tuple[str, str]]:
    """What the person had entered, with the words of the form: nothing typed may be lost. Passwords are never shown."""
    return [
        (str(given.get(name) or labels.label(name)), value)
        for name, values in request.POST.lists()
        if name not in _OWN and not name.startswith(_BESIDE) and "password" not in name
        for value in values
        if value.strip() and value != request.POST.get(f"was.{name}")
    ]


class PlainInputMiddleware:
    """Stops what no database column holds: a NUL sign (400, in words), and a key in the address that no row can have (404)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = [values for _name, values in request.GET.lists()]
        if request.method == "POST":
            sent += [values for _name, values in request.POST.lists()]
        if "\0" in request.path or any("\0" in value for values in sent for value in values):
            sentence = _("The input holds a sign that is no text. Type it again instead of pasting it.")
            return render(request, "refused.html", {"sentence": sentence, "back_url": "/", "status": 400}, status=400)
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, _view: Any, _args: Any, keys: dict[str, Any]) -> None:
        """Called by Django with the parts of the address."""
        if any(isinstance(key, int) and key > LARGEST_KEY for key in keys.values()):
            raise Http404


class RefusalMiddleware:
    """Turns `Refused` into its page. `data["current"]`, a list of (label, value), is shown as the present state, and
    `data["labels"]`, a mapping from field names to words, names what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        context = {
            "sentence": texts.refusal(exception),
            "typed": _typed(request, exception.data.get("labels", {})),
            "files": [upload.name for _name, uploads in request.FILES.lists() for upload in uploads],
            "current": exception.data.get("current"),
            "back_url": came_from(request),
            "status": exception.status,
        }
        if getattr(request, "htmx", False):
            # The form stays on the page as it is, so only the sentence is sent, to the region that is read aloud.
            answer = render(request, "web/_refused_message.html", context, status=exception.status)
            answer["HX-Retarget"] = "#messages"
            answer["HX-Reswap"] = "innerHTML"
            return answer
        page = "403.html" if exception.status == FORBIDDEN else "refused.html"
        return render(request, page, context, status=exception.status)
