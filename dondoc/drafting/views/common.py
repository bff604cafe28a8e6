"""What the views of this folder share."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dondoc.accounts.acts import ActRequest
from dondoc.lib.refusals import UNSEEN, Refused


def to_draft(pk: int, anchor: str = "") -> HttpResponse:
    """To the page of a draft."""
    return redirect(reverse("drafting:draft", args=[pk]) + (f"#{anchor}" if anchor else ""))


def seen_rows(request: ActRequest) -> dict[int, int]:
    """The assignments that the form showed, each with the version that the person saw, from values "12:3"; there may be none."""
    rows: dict[int, int] = {}
    for value in request.POST.getlist("chosen"):
        key, _, version = value.partition(":")
        if not all(one.isascii() and one.isdigit() and len(one) <= 15 for one in (key, version)):
            raise Refused("web.unseen", UNSEEN)
        rows[int(key)] = int(version)
    return rows


def whole(text: str) -> int | None:
    """A key of a form, or None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
