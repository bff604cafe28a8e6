"""The frame of every writing view: signed in, seen, once, in one transaction with one history entry.

    @writes
    def accept(request: ActRequest, pk: int) -> HttpResponse:
        assignment = access_assignment(request.actor, pk, may="assignment.accept")
        services.accept(assignment.pk, seen=request.seen, act=request.act, text=…)
        return redirect(…)

A form carries `seen` (the version of what the person saw; "0" where the thing does not exist yet) and `key` (one per form shown).
Without `seen` or `key`: 428. The same key again: the same answer, nothing written; with other content: 422. A view that answers with
an error status writes nothing. An answer marked `Cache-Control: no-store` (a password shown once) is given once and not kept.

While an act is going on nobody else can write on SQLite. What takes long, and needs no write, is done before it:

    @writes_after(read_file)
    def receive(request: ActRequest, read: Read) -> HttpResponse:
        services.receive(read, act=request.act, …)

`read_file` gets the request and the parts of the address as the view does, opens the same doors, and its answer goes to the view. Nothing
holds still between the two: the view opens its doors again, and checks what it goes by where that may have changed.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST

from dondoc.history.models import AnsweredKey
from dondoc.history.services import Act, writing
from dondoc.lib.refusals import CONFLICT, INVALID, UNSEEN, Refused

from . import interrupted
from .actors import Actor

NOT_CONTENT = {"csrfmiddlewaretoken", "key"}
KEPT_HEADERS = ("Location", "Content-Type")


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
L = TypeVar("L")


def reads(
    view: Callable[Concatenate[PageRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for signed-in people; others are asked to sign in and come back."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return interrupted.ask_to_sign_in(request, request.get_full_path())
        return view(cast(PageRequest, request), *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], shown)


def writes(
    view: Callable[Concatenate[ActRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The frame described above. What a person typed before their sign-in ended is kept until they have signed in again."""

    def nothing(_request: PageRequest, *_args: P.args, **_kwargs: P.kwargs) -> None:
        pass

    @wraps(view)
    def acted(request: ActRequest, _looked: None, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    frame = writes_after(cast(Callable[Concatenate[PageRequest, P], None], nothing))
    return frame(cast(Callable[Concatenate[ActRequest, None, P], HttpResponse], acted))


def writes_after(
    look: Callable[Concatenate[PageRequest, P], L],
) -> Callable[
    [Callable[Concatenate[ActRequest, L, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """The same frame for a view that goes by something that takes long to see; it is looked at before the act begins."""

    def framed(
        view: Callable[Concatenate[ActRequest, L, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
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
            looked = look(asked, *args, **kwargs)
            asked.act = asked.actor.act(timezone.now())
            try:
                with writing(asked.act):
                    answered = _claim(asked, key)
                    if answered is None:
                        response = _again(asked, key)
                    else:
                        response = view(asked, looked, *args, **kwargs)
                        if response.status_code >= 400:
                            raise _NothingWritten(response)
                        _keep_answer(answered, response)
            except _NothingWritten as nothing:
                return nothing.response
            interrupted.done(request)
            return response

        acted.writes = True  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], acted)

    return framed


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Refused("web.unseen", UNSEEN)
    return int(text)


def _claim(request: ActRequest, key: str) -> AnsweredKey | None:
    """This form's own row, or None where it was answered before. With other content it is refused.

    Of two requests with the same key at once the second waits here, by the unique constraint, until the first is committed.
    """
    body = _digest(request)
    row, made = AnsweredKey.objects.get_or_create(
        person=request.actor.account,
        route=request.path[:200],
        key=key,
        defaults={"body": body, "status": 0, "at": request.act.at},
    )
    if row.body != body:
        raise Refused("web.key_used", INVALID)
    return row if made else None


def _digest(request: HttpRequest) -> str:
    """What was sent, as a digest that tells nothing of a password to someone who reads the table."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT)
    files = []
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest = sha256()
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
            files.append([name, upload.name, digest.hexdigest()])
    return salted_hmac("dondoc.accounts.acts", json.dumps([fields, files]), algorithm="sha256").hexdigest()


def _keep_answer(row: AnsweredKey, response: HttpResponse) -> None:
    if "no-store" in response.headers.get("Cache-Control", ""):
        return
    row.status = response.status_code
    row.headers = {
        name: value for name, value in response.headers.items() if name in KEPT_HEADERS or name.startswith("HX-")
    }
    row.answer = response.content.decode()
    row.save()


def _again(request: ActRequest, key: str) -> HttpResponse:
    row = AnsweredKey.objects.get(person=request.actor.account, route=request.path[:200], key=key)
    if not row.status:
        raise Refused("accounts.shown_once", CONFLICT)
    return HttpResponse(row.answer, status=row.status, headers=row.headers)
