"""The page of one's reminders, and the calendar's secret address."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dondoc.accounts.actors import actor_of
from dondoc.accounts.acts import ActRequest, PageRequest, reads, writes
from dondoc.accounts.models import Post, PostKind, Term
from dondoc.clock.queries import working_day
from dondoc.lib import texts
from dondoc.lib.days import read_day
from dondoc.lib.refusals import INVALID, Refused

from . import feed, mail, queries, rules, services
from .forms import ChoiceForm
from .models import Choice, Digest
from .texts import FAILURES

DAYS_SHOWN = 14
GUESSES = 60
"""So many wrong secrets one address of the network may try in a minute; right ones do not count, as an office shares one address."""


@reads
def start(request: PageRequest) -> HttpResponse:
    """What needs the person today, what they were told before, and where it goes."""
    return _page(request)


def _page(request: PageRequest, form: ChoiceForm | None = None, token: str = "") -> HttpResponse:
    actor, day = request.actor, request.today
    choice = Choice.objects.filter(account=actor.account).first() or Choice(version=0)
    past = Digest.objects.filter(account=actor.account, day__lte=day).order_by("-day")[:DAYS_SHOWN]
    acting = actor.acting
    others = Post.objects.on(day).filter(unit=acting.unit).exclude(pk=acting.post) if acting else Post.objects.none()
    administers = any(held.kind == PostKind.ADMINISTRATOR for held in actor.holdings)
    failed = Digest.objects.filter(state=Digest.State.FAILED).select_related("account").order_by("-day")
    items = queries.items(actor, day)
    older = rules.older(items, queries.told_before(actor.account, day), day)
    context: dict[str, Any] = {
        "items": [one for one in items if one not in older],
        "older": older,
        "mine": queries.mine(actor, day),
        "past": [(one, *mail.named(one)) for one in past],
        "paper": queries.on_paper(actor.units, day),
        "deferred": queries.deferred(actor.units, day),
        "others": list(others.filter(pk__in=Term.objects.on(day).values("post")).order_by("title")),
        "choice": choice,
        "form": form or ChoiceForm(initial={"address": choice.address, "by_mail": choice.by_mail}),
        "mail_is_set": bool(settings.EMAIL_HOST),
        "failed": [(one, FAILURES.get(one.error, "")) for one in failed[:DAYS_SHOWN]] if administers else [],
        "feed_url": request.build_absolute_uri(reverse("reminders:calendar", args=[token])) if token else "",
    }
    answer = render(request, "reminders/start.html", context, status=INVALID if form else 200)
    if token:
        answer["Cache-Control"] = "no-store"
    return answer


@writes
def choose(request: ActRequest) -> HttpResponse:
    """Where the digests go."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        data = form.cleaned_data
        services.choose(data["address"], data["by_mail"], seen=request.seen, act=request.act)
    except Refused as refused:
        if refused.status != INVALID:
            raise
        form.add_error("address", texts.refusal(refused))
        return _page(request, form)
    messages.success(request, _("Your choice is saved."))
    return redirect("reminders:start")


@writes
def make_calendar(request: ActRequest) -> HttpResponse:
    """A new secret address, shown once."""
    return _page(request, token=services.make_calendar(seen=request.seen, act=request.act))


@writes
def revoke_calendar(request: ActRequest) -> HttpResponse:
    """The address leads nowhere any more."""
    services.revoke_calendar(seen=request.seen, act=request.act)
    messages.success(request, _("The calendar's address leads nowhere any more."))
    return redirect("reminders:start")


@writes
def defer(request: ActRequest) -> HttpResponse:
    """An item is put off, or handed to another post."""
    typed, day = request.POST.get("post", ""), request.POST.get("until", "").strip()
    until = read_day(day, request.today)
    if day and until is None:
        raise Refused("reminders.no_day", INVALID)
    services.defer(
        request.actor,
        request.POST.get("item", ""),
        request.POST.get("reason", ""),
        until=until,
        post=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None,
        act=request.act,
    )
    messages.success(request, _("It is noted, and your superior sees it."))
    return redirect("reminders:start")


@writes
def take_back(request: ActRequest) -> HttpResponse:
    """What was put off or handed on comes back."""
    typed = request.POST.get("deferral", "")
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0
    services.take_back(request.actor, key, act=request.act)
    messages.success(request, _("It stands on your list again."))
    return redirect("reminders:start")


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address; every other address is 404, and who asks too often waits a minute."""
    guessing = f"calendar:{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(guessing, 0) >= GUESSES:
        return HttpResponse(status=429, headers={"Retry-After": "60", "Cache-Control": "no-store"})
    chosen = Choice.objects.filter(calendar=services.digest_of(token), account__is_active=True)
    choice = chosen.select_related("account").first()
    if choice is None:
        cache.add(guessing, 0, timeout=60)
        # The minute may have ended between the two lines.
        with suppress(ValueError):
            cache.incr(guessing)
        raise Http404
    day = working_day()
    data = feed.feed(actor_of(choice.account, day), day)
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)
