"""The administrator's pages: the posts of the units in scope, who holds them, and who has never signed in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from dondoc.history.queries import timeline
from dondoc.lib.days import read_day
from dondoc.lib.refusals import FORBIDDEN, Refused
from dondoc.lib.vietnamese import folded
from dondoc.organisations.models import Unit, UnitName
from dondoc.organisations.queries import labels

from . import readings, services
from .actors import Actor
from .acts import ActRequest, PageRequest, reads, writes
from .forms import AccountForm, EndForm, GiveForm, PostForm
from .models import Account, Post, Term
from .queries import reached_by
from .rules import Held, first_password
from .timeline import timeline_entries

MANAGE = "account.manage"
PER_PAGE = 50


def access_post(actor: Actor, pk: int) -> Post:
    """A post of a unit that this administrator looks after; others get 404."""
    mine = Post.objects.filter(pk=pk, unit__in=reached_by(actor, MANAGE)).select_related("unit")
    found: Post | None = mine.first()
    if found is None:
        raise Http404
    return found


def access_account(actor: Actor, pk: int) -> Account:
    """An account that holds, held or will hold a post of these units, or none at all yet; others get 404."""
    units = reached_by(actor, MANAGE)
    mine = Term.objects.filter(account=OuterRef("pk"), post__unit__in=units)
    found = Account.objects.filter(Exists(mine) | Q(terms=None), pk=pk).first()
    if found is None:
        raise Http404
    return found


@reads
def people(request: PageRequest) -> HttpResponse:
    """Every post in the scope with its holder. The same number of queries however many posts there are."""
    posts = Post.objects.on(request.today).filter(unit__in=reached_by(request.actor, MANAGE))
    wanted = folded(request.GET.get("q", ""))[:100]
    if wanted:
        named = UnitName.objects.on(request.today).filter(folded__contains=wanted).values("unit")
        called = Term.objects.on(request.today).filter(account__username__icontains=wanted).values("post")
        posts = posts.filter(Q(unit__in=named) | Q(pk__in=called))
    held = Term.objects.on(request.today).filter(post=OuterRef("pk"))
    kinds = {
        "": Q(),
        "vacant": ~Q(Exists(held)),
        "waiting": Q(Exists(held)) & ~Q(Exists(held.filter(account__last_login__isnull=False))),
    }
    counts = posts.aggregate(**{name or "every": Count("pk", filter=q) for name, q in kinds.items()})
    shown = request.GET.get("show", "")
    chosen = posts.filter(kinds.get(shown, Q()))
    page = Paginator(chosen.order_by("unit", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    rows = _rows(list(page.object_list), request)
    words = {"": _("All"), "vacant": _("Vacant"), "waiting": _("Never signed in")}
    tabs = [
        {
            "label": words[name],
            "url": f"?show={name}&q={request.GET.get('q', '')}",
            "count": counts[name or "every"],
            "current": shown == name,
        }
        for name in kinds
    ]
    context = {"page": page, "rows": rows, "tabs": tabs, "counts": counts, "wanted": request.GET.get("q", "")}
    return render(request, "accounts/people.html", context)


def _rows(posts: list[Post], request: PageRequest) -> list[dict[str, Any]]:
    terms: dict[int, list[Term]] = {}
    for term in (
        Term.objects.on(request.today).filter(post__in=posts).select_related("account").order_by("deputising", "pk")
    ):
        terms.setdefault(term.post_id, []).append(term)
    names = labels({post.unit_id for post in posts}, request.today)
    readings.note(request, "accounts:people", {term.account_id for held in terms.values() for term in held})
    return [{"post": post, "unit": names[post.unit_id].name, "terms": terms.get(post.pk, [])} for post in posts]


@reads
def post(request: PageRequest, pk: int) -> HttpResponse:
    """One post: who holds it, who held it, and what to do with it."""
    return _post_page(request, access_post(request.actor, pk))


def _post_page(
    request: PageRequest,
    found: Post,
    *,
    form: GiveForm | None = None,
    ending: EndForm | None = None,
    term: int | None = None,
    status: int = 200,
) -> HttpResponse:
    terms = _terms(found)
    readings.note(request, "accounts:post", {one.account_id for one in terms})
    today = request.today
    typed: date = (ending.cleaned_data.get("on") if ending else None) or today
    held = {day: what_it_holds(found, day) for day in {today, typed}}

    def end(ended: Term | None) -> dict[str, Any]:
        sent = ending is not None and term == (ended.pk if ended else None)
        day = typed if sent else today
        left = what_it_leaves(held[day], ended, terms, day)
        wrong = ending.non_field_errors() if ending and sent else []
        return {"term": ended, "sent": sent, "day": day, "leaves": left, "wrong": wrong}

    context = {
        "post": found,
        "unit": labels([found.unit_id], today)[found.unit_id],
        "present": [end(one) for one in terms if one.valid_to is None or one.valid_to > today],
        "whole": end(None),
        "past": [one for one in terms if one.valid_to is not None and one.valid_to <= today],
        "form": form or GiveForm(initial={"since": _day(today)}, today=today),
        "ending": ending or EndForm(initial={"on": _day(today)}, today=today),
        "accounts": _some_accounts(request.actor),
        "entries": timeline_entries(timeline("accounts.Post", found.pk, 20)),
        "new_account_url": f"{reverse('accounts:new_account')}?post={found.pk}",
    }
    return render(request, "accounts/post.html", context, status=status)


def what_it_holds(found: Post, day: date) -> list[Held]:
    """What hangs on the post on a day and to whom it passes, as the folders listed in `WHAT_A_POST_HOLDS` say (post's key, day → `Held`)."""
    names: list[str] = settings.WHAT_A_POST_HOLDS
    return [one for name in names for one in import_string(name)(found.pk, day)]


def what_it_leaves(held: Sequence[Held], ended: Term | None, terms: Iterable[Term], day: date) -> list[Held]:
    """What is left open on the day by the end of a term (None: of the post itself), of what hangs on the post then.

    While somebody else holds the post or deputises in it, they have it; else it passes on as the folders say.
    """
    others = [
        one
        for one in terms
        if ended and one.pk != ended.pk and one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
    ]
    if not others:
        return list(held)
    other = min(others, key=lambda one: (one.deputising, one.pk))
    stays = _("%(who)s, in the same post") % {"who": other.account.label}
    return [replace(one, passes_to=stays) for one in held]


def _terms(found: Post) -> list[Term]:
    return list(Term.objects.filter(post=found).select_related("account").order_by("-valid_from", "-pk"))


def _was_shown(request: ActRequest, found: Post, ended: Term | None, form: EndForm) -> bool:
    """Whether the person has seen what is left open on the day that they typed. Where it is something else than on the day of which the list
    was shown, the form comes back with the list of the day typed."""
    shown, day = read_day(request.POST.get("shown", ""), request.today), form.cleaned_data["on"]
    if shown is None or shown == day:
        return True
    terms = _terms(found)
    before, now = (what_it_leaves(what_it_holds(found, one), ended, terms, one) for one in (shown, day))
    if before == now:
        return True
    form.add_error(None, _("From this day on it leaves something else open. Read the list, then press again."))
    return False


def _some_accounts(actor: Actor) -> QuerySet[Account]:
    """Accounts to choose from while typing: those known in the scope, at most 500."""
    terms = Term.objects.filter(account=OuterRef("pk"), post__unit__in=reached_by(actor, MANAGE))
    return Account.objects.filter(Exists(terms) | Q(terms=None), is_active=True).order_by("username")[:500]


@writes
def give_post(request: ActRequest, pk: int) -> HttpResponse:
    """Give the post to someone, or name a deputy."""
    found = access_post(request.actor, pk)
    form = GiveForm(request.POST, today=request.today)
    if not form.is_valid():
        return _post_page(request, found, form=form, status=422)
    person: Account = form.cleaned_data["account"]
    if person.pk == request.actor.account:
        raise Refused("accounts.not_to_yourself", FORBIDDEN)
    services.give_post(
        found.pk,
        person.pk,
        form.cleaned_data["since"],
        until=form.cleaned_data["until"],
        deputising=form.cleaned_data["deputising"],
        seen=request.seen,
        act=request.act,
    )
    messages.success(request, _("Given: %(title)s, to %(who)s.") % {"title": found.title, "who": person.label})
    return redirect("accounts:post", pk)


@writes
def end_term(request: ActRequest, pk: int) -> HttpResponse:
    """End someone's time in a post."""
    term = Term.objects.filter(pk=pk).select_related("account").first()
    if term is None:
        raise Http404
    found = access_post(request.actor, term.post_id)
    form = EndForm(request.POST, today=request.today)
    if not form.is_valid() or not _was_shown(request, found, term, form):
        return _post_page(request, found, ending=form, term=pk, status=422)
    services.end_term(pk, form.cleaned_data["on"], seen=request.seen, act=request.act)
    messages.success(
        request, _("Ended: %(who)s in the post “%(title)s”.") % {"title": found.title, "who": term.account.label}
    )
    return redirect("accounts:post", found.pk)


@writes
def end_post(request: ActRequest, pk: int) -> HttpResponse:
    """End the post itself."""
    found = access_post(request.actor, pk)
    form = EndForm(request.POST, today=request.today)
    if not form.is_valid() or not _was_shown(request, found, None, form):
        return _post_page(request, found, ending=form, status=422)
    services.end_post(pk, form.cleaned_data["on"], seen=request.seen, act=request.act)
    messages.success(request, _("Ended: the post “%(title)s”.") % {"title": found.title})
    return redirect("accounts:post", pk)


@reads
def new_post(request: PageRequest) -> HttpResponse:
    """The form for a new post: first the unit is searched, then the rest is filled in."""
    return _new_post_page(request, None)


def _new_post_page(request: PageRequest, form: PostForm | None) -> HttpResponse:
    units = _units(request.actor, request.GET.get("q", "") or request.POST.get("q", ""))
    shown = form or PostForm(initial={"since": _day(request.today)}, today=request.today)
    shown.fields["unit"].choices = units  # type: ignore[attr-defined]
    context = {"form": shown, "wanted": request.GET.get("q", ""), "units": units}
    return render(request, "accounts/new_post.html", context, status=422 if form else 200)


def _units(actor: Actor, wanted: str) -> list[tuple[int, str]]:
    names = UnitName.objects.on(actor.day).filter(unit__in=reached_by(actor, MANAGE))
    if wanted:
        names = names.filter(folded__contains=folded(wanted)[:100])
    return [(name.unit_id, name.name) for name in names.order_by("sort_key", "unit")[:200]]


@writes
def make_post(request: ActRequest) -> HttpResponse:
    """Make a post."""
    unit = request.POST.get("unit", "")
    found = (
        reached_by(request.actor, MANAGE)
        .filter(pk=int(unit) if unit.isascii() and unit.isdigit() and len(unit) <= 15 else 0)
        .first()
    )
    form = PostForm(request.POST, today=request.today)
    form.fields["unit"].choices = [(found.pk, found.code)] if found else []  # type: ignore[attr-defined]
    if not form.is_valid():
        return _new_post_page(request, form)
    data = form.cleaned_data
    assert isinstance(found, Unit)
    made = services.create_post(found.pk, data["kind"], data["title"].strip(), data["since"], act=request.act)
    messages.success(request, _("Made: the post “%(title)s”. Now give it to somebody.") % {"title": made.title})
    return redirect("accounts:post", made.pk)


@reads
def new_account(request: PageRequest) -> HttpResponse:
    """The form for a new account; `?post=` leads on to giving it that post."""
    reached_by(request.actor, MANAGE)
    return render(request, "accounts/new_account.html", {"form": AccountForm(), "post": request.GET.get("post", "")})


@writes
def make_account(request: ActRequest) -> HttpResponse:
    """Make an account; its first password is shown by this answer and never again."""
    reached_by(request.actor, MANAGE)
    form = AccountForm(request.POST)
    wanted = request.POST.get("post", "")
    if not form.is_valid():
        return render(request, "accounts/new_account.html", {"form": form, "post": wanted}, status=422)
    password = first_password()
    made = services.create_account(
        form.cleaned_data["username"], form.cleaned_data["label"].strip(), password, act=request.act
    )
    post = (
        access_post(request.actor, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) <= 15 else None
    )
    return _shown_once(request, made, password, post)


@reads
def account(request: PageRequest, pk: int) -> HttpResponse:
    """One account: its posts, when it last signed in, a new first password."""
    found = access_account(request.actor, pk)
    readings.note(request, "accounts:account", [found.pk])
    terms = list(Term.objects.filter(account=found).select_related("post").order_by("-valid_from", "-pk"))
    names = labels({term.post.unit_id for term in terms}, request.today)
    context = {
        "account": found,
        "rows": [{"term": term, "unit": names[term.post.unit_id].name} for term in terms],
        "entries": timeline_entries(timeline("accounts.Account", found.pk, 20)),
    }
    return render(request, "accounts/account.html", context)


@writes
def reset_password(request: ActRequest, pk: int) -> HttpResponse:
    """Give a new first password, shown by this answer and never again."""
    found = access_account(request.actor, pk)
    elsewhere = Term.objects.filter(account=found).exclude(post__unit__in=reached_by(request.actor, MANAGE))
    if elsewhere.filter(Q(valid_to=None) | Q(valid_to__gt=request.today)).exists():
        # Whoever sets a password can sign in with it: only those who look after every post of the person may.
        raise Refused("accounts.holds_posts_elsewhere", FORBIDDEN)
    password = first_password()
    services.set_first_password(pk, password, seen=request.seen, act=request.act)
    return _shown_once(request, found, password, None)


def _shown_once(request: PageRequest, made: Account, password: str, post: Post | None) -> HttpResponse:
    context = {"account": made, "password": password, "post": post}
    answer = render(request, "accounts/first_password.html", context)
    # The frame of acts keeps no answer that may not be stored, and neither does the browser.
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _day(value: Any) -> str:
    return f"{value:%d/%m/%Y}"
