"""Reads the clock once for each request: `today` for rules, `on` for what the page shows."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dondoc.lib.days import read_day

from . import queries


class WorkingDayMiddleware:
    """Sets `request.demonstration`, `request.today` and `request.on` (the day asked for by `?on=`, else today)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        demonstration = queries.demonstration()
        today: date = demonstration.day if demonstration else timezone.localdate()
        asked = request.GET.get("on", "")
        request.demonstration = demonstration  # type: ignore[attr-defined]
        request.today = today  # type: ignore[attr-defined]
        request.on = read_day(asked, today) or today  # type: ignore[attr-defined]
        return self.get_response(request)
