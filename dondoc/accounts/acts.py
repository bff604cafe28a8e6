"""The frame of every writing view: signed in, seen, once, in one transaction with one history entry.

    @writes
    def accept(request: ActRequest, pk: int) -> HttpResponse:
        assignment = access_assignment(request.actor, pk, may="assignment.accept")
        services.accept(assignment.pk, seen=request.seen, act=request.act, text=…)
        return redirect(…)

A form carries `seen` (the version of what the person saw; "0" where the thing does not exist yet) and `key` (one per form shown).
Without `seen` or `key`: 428. The same key again: the same answer, nothing written; with other content: 422. A view that answers with
an error status writes nothing.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from dondoc.history.models import AnsweredKey
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import INVALID, UNSEEN, Refused

from . import interrupted
from .actors import Actor

NOT_CONTENT = {"csrfmiddlewaretoken", "key"}
KEPT_DAYS = 30


class PageRequest(HttpRequest):
    """A request of a signed-in person: `today` for rules, `on` for what is shown."""

    actor: Actor
    today: date
    on: date


class ActRequest(PageRequest):
    """A request that writes: `seen` is the version that the person saw, `act` goes to the services."""

    seen: int
    act: Act


class _NothingWritten(Exception):
    def __init__(self, response: HttpResponse) -> None:
        self.response = response


P = ParamSpec("P")


def reads(view: Callable[Concatenate[PageRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for signed-in people; others are asked to sign in and come back."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return redirect_to_login(request.get_full_path())
        return view(cast(PageRequest, request), *args, **kwargs)

    return shown


def writes(view: Callable[Concatenate[ActRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The frame described above. What a person typed before their sign-in ended is kept until they have signed in again."""

    @require_POST
    @wraps(view)
    def acted(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return interrupted.keep(request)
        asked = cast(ActRequest, request)
        asked.seen = _seen(request)
        key = request.POST.get("key", "")
        if not 8 <= len(key) <= 64:
            raise Refused("web.key_missing", UNSEEN)
        asked.act = asked.actor.act(timezone.now())
        try:
            with writing(asked.act):
                answered = _claim(asked, key)
                if answered.status:
                    return _again(answered)
                response = view(asked, *args, **kwargs)
                if response.status_code >= 400:
                    raise _NothingWritten(response)
                answered.status = response.status_code
                answered.location = response.headers.get("Location", "")
                answered.answer = "" if answered.location else response.content.decode()
                answered.save()
        except _NothingWritten as nothing:
            return nothing.response
        return response

    acted.writes = True  # type: ignore[attr-defined]
    return acted


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Refused("web.unseen", UNSEEN)
    return int(text)


def _claim(request: ActRequest, key: str) -> AnsweredKey:
    """This form's row: new (status 0), or the one that was answered before. With other content it is refused."""
    route = request.path[:200]
    body = _digest(request)
    try:
        with transaction.atomic():
            row, _ = AnsweredKey.objects.get_or_create(
                person=request.actor.account, route=route, key=key, defaults={"body": body, "status": 0, "at": request.act.at}
            )
    except IntegrityError:
        row = AnsweredKey.objects.get(person=request.actor.account, route=route, key=key)
    if row.body != body:
        raise Refused("web.key_used", INVALID)
    return row


def _digest(request: HttpRequest) -> str:
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT)
    files = []
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest = hashlib.sha256()
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
            files.append([name, upload.name, digest.hexdigest()])
    return hashlib.sha256(json.dumps([fields, files]).encode()).hexdigest()


def _again(answered: AnsweredKey) -> HttpResponse:
    if answered.location:
        return redirect(answered.location)
    return HttpResponse(answered.answer, status=answered.status)


def forget_answered() -> int:
    """Delete the answers to forms that are older than 30 days; returns how many."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    return AnsweredKey.objects.filter(at__lt=before).delete()[0]
