"""Sets `request.actor`: who is signed in, with the posts held on the working day; None for visitors."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from . import interrupted, readings
from .actors import actor_of
from .models import Account

CHOSEN = "acting_post"
SIGN_IN = "/sign-in/"


class ActorMiddleware:
    """Comes after authentication and the working day. A first password, which its giver knows, has to be changed before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = None  # type: ignore[attr-defined]
        if not isinstance(user, Account):
            return self.get_response(request)
        actor = actor_of(user, request.today, request.session.get(CHOSEN))  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
        if user.password_is_first and not request.path.startswith(SIGN_IN):
            return redirect("account_change_password")
        response = self.get_response(request)
        interrupted.mark(request, response, actor.account)
        readings.write(request, actor)
        return response
