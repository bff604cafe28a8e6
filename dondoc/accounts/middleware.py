"""Sets `request.actor`: who is signed in, with the posts held on the working day; None for visitors."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .actors import actor_of
from .models import Account

CHOSEN = "acting_post"


class ActorMiddleware:
    """Comes after authentication and the working day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        request.actor = None  # type: ignore[attr-defined]
        if isinstance(user, Account) or (user is not None and user.is_authenticated):
            request.actor = actor_of(user, request.today, request.session.get(CHOSEN))  # type: ignore[attr-defined]
        return self.get_response(request)
