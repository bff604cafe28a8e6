"""Where a page leads back to: always one of ours, whatever the browser or a form says."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_page(request: HttpRequest, asked: str, otherwise: str = "/") -> str:
    """The page asked for, as a path of this server with its query; `otherwise` where it is none of ours."""
    path = asked.startswith("/") and not asked.startswith("//")
    ours = path and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked if ours else otherwise


def came_from(request: HttpRequest) -> str:
    """The page that the browser says it came from, if it is one of ours, else the start page."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    if page.netloc != request.get_host():
        return "/"
    return own_page(request, page.path + (f"?{page.query}" if page.query else ""))
