"""A form that was sent after the sign-in had ended: kept in the visitor's session, offered again after signing in."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

KEPT = "interrupted"
NOT_KEPT = {"csrfmiddlewaretoken"}


def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed and ask to sign in; afterwards `resume` shows it and sends it on."""
    fields = [[name, value] for name, values in request.POST.lists() if name not in NOT_KEPT for value in values]
    request.session[KEPT] = {"path": request.get_full_path(), "fields": fields, "files": sorted(request.FILES)}
    return redirect_to_login(reverse("accounts:resume"))
