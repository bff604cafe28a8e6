"""A form that was sent after the sign-in had ended: kept in the visitor's session, offered again after signing in.

Who typed it is known by a signed mark that every signed-in browser carries, so that the next person at the same desk does not see it,
and visitors who never signed in here leave nothing in the database.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dondoc.web.ways import came_from

KEPT = "interrupted"
MARK = "dondoc_signed_in"
_SIGNER = Signer(salt="dondoc.accounts.interrupted")


def ask_to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    """Lead to the sign-in page and from there on to `then`; a part of a page asks the browser to leave the whole page."""
    answer = redirect_to_login(then)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": answer.headers["Location"]})
    return answer


def mark(request: HttpRequest, response: HttpResponse, account: int) -> None:
    """Let the browser remember whose it was, beyond the sign-in's end."""
    if _marked(request) != account:
        response.set_cookie(
            MARK,
            _SIGNER.sign(str(account)),
            max_age=30 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _marked(request: HttpRequest) -> int | None:
    try:
        return int(_SIGNER.unsign(request.COOKIES.get(MARK, "")))
    except (BadSignature, ValueError):
        return None


def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed and ask to sign in; afterwards `resume` shows it and sends it on. Passwords are not kept."""
    account = _marked(request)
    if account is None:
        return ask_to_sign_in(request, "/")
    _keep(request, account)
    return ask_to_sign_in(request, reverse("accounts:resume"))


def _keep(request: HttpRequest, account: int) -> None:
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    files = [upload.name for _, uploads in request.FILES.lists() for upload in uploads]
    request.session[KEPT] = {
        "account": account,
        "path": request.path,
        "fields": fields,
        "files": files,
        "page": came_from(request),
    }


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is no longer the browser's (signed in again in another tab): kept and offered, not lost.

    Only where the browser itself says that the form is one of our pages' and the person is signed in; anything else is refused.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    ours = _host(origin) == request.get_host()
    user = request.user
    if request.method == "POST" and ours and user.is_authenticated and not request.path.startswith("/sign-in/"):
        _keep(request, int(user.pk))
        return redirect("accounts:resume")
    return render(request, "accounts/stale_form.html", {"back": came_from(request) if ours else "/"}, status=403)


def done(request: HttpRequest) -> None:
    """Forget what was kept once it has been sent on."""
    kept = request.session.get(KEPT)
    if kept is not None and kept["path"] == request.path:
        del request.session[KEPT]
