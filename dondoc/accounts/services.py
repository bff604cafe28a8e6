"""Every write to accounts, posts and terms, one per verb. All raise `Refused`; `seen` is the version of the account or the post."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, Refused
from dondoc.organisations.models import Unit

from .models import Account, Post, Term


def create_account(username: str, label: str, password: str, *, first: bool = True, act: Act) -> Account:
    """A new account. A first password, known to whoever made it, has to be changed at the first sign-in."""
    with writing(act):
        if Account.objects.filter(username__iexact=username).exists():
            raise Refused("accounts.name_taken", INVALID, name=username)
        account = Account(username=username, label=label, password_is_first=first)
        account.set_password(password)
        try:
            with transaction.atomic():
                account.save()
        except IntegrityError:
            raise Refused("accounts.name_taken", INVALID, name=username) from None
        record("accounts.account_made", account)
    return account


def set_first_password(account_id: int, password: str, *, seen: int, act: Act) -> None:
    """Give an account a new first password: whoever was signed in with the old one is signed out."""
    with writing(act):
        account = Account.objects.select_for_update().get(pk=account_id)
        if account.version != seen:
            raise Refused("accounts.account_changed")
        account.set_password(password)
        account.password_is_first = True
        account.version += 1
        account.save()
        record("accounts.password_reset", account)


def password_changed(account: Account, *, act: Act) -> None:
    """The owner has chosen a password: from now on nobody else knows it."""
    with writing(act):
        Account.objects.filter(pk=account.pk).update(password_is_first=False, version=F("version") + 1)
        account.refresh_from_db()
        record("accounts.password_changed", account)


def create_post(unit_id: int, kind: str, title: str, since: date, *, act: Act) -> Post:
    """A new post of a unit from a day on."""
    with writing(act):
        # The unit's row is the lock of its posts' codes: two posts made at once would take the same.
        unit = Unit.objects.select_for_update(no_key=True).get(pk=unit_id)
        if since < unit.valid_from or (unit.valid_to is not None and since >= unit.valid_to):
            raise Refused("accounts.unit_not_alive", INVALID, day=wording.day(since))
        if Post.objects.on(since).filter(unit=unit, title=title).exists():
            raise Refused("accounts.post_exists", INVALID, title=title)
        base = f"{unit.code}-{kind}"[:90]
        number = Post.objects.filter(code__startswith=base).count() + 1
        post = Post.objects.create(
            code=base if number == 1 else f"{base}-{number}",
            unit=unit,
            kind=kind,
            title=title,
            valid_from=since,
            valid_to=unit.valid_to,
        )
        record("accounts.post_made", post, unit=unit.pk, data={"kind": kind, "from": since})
    return post


def give_post(
    post_id: int,
    account_id: int,
    since: date,
    *,
    until: date | None = None,
    deputising: bool = False,
    seen: int,
    act: Act,
) -> Term:
    """Someone holds the post, or deputises in it, from a day on (up to, and without, `until`).

    Refused where somebody else holds it on one of these days, or the post does not exist on them.
    """
    with writing(act):
        post = _claim(post_id, seen, act.day)
        if until is not None and until <= since:
            raise Refused("accounts.ends_before_it_begins", INVALID)
        if since < post.valid_from or (post.valid_to is not None and since >= post.valid_to):
            raise Refused("accounts.post_not_there", INVALID, title=post.title, day=wording.day(since))
        same = Term.objects.filter(post=post).filter(Q(valid_to=None) | Q(valid_to__gt=since))
        if until is not None:
            same = same.filter(valid_from__lt=until)
        if same.filter(account=account_id).exists():
            raise Refused("accounts.holds_it_already", INVALID, title=post.title)
        other = same.filter(deputising=False).select_related("account").first()
        if other is not None and not deputising:
            raise _held(post, other)
        try:
            with transaction.atomic():
                term = Term.objects.create(
                    post=post,
                    account_id=account_id,
                    valid_from=since,
                    ended_on=until,
                    valid_to=_earlier(until, post.valid_to),
                    deputising=deputising,
                )
        except IntegrityError as held:
            raise _held(post, None) from held
        record(
            "accounts.deputy_named" if deputising else "accounts.post_given",
            post,
            unit=post.unit_id,
            data={"account": account_id, "from": since, "until": until},
            rows=[term],
        )
    return term


def end_term(term_id: int, on: date, *, seen: int, act: Act) -> None:
    """Someone holds the post no longer from a day on: `on` is the first day without it."""
    with writing(act):
        term = Term.objects.select_related("post").get(pk=term_id)
        post = _claim(term.post_id, seen, act.day)
        if on <= term.valid_from:
            raise Refused("accounts.ends_before_it_begins", INVALID)
        if term.valid_to is not None and on >= term.valid_to:
            raise Refused("accounts.ends_already", INVALID, day=wording.day(term.valid_to))
        term.ended_on = term.valid_to = on
        term.save()
        record("accounts.term_ended", post, unit=post.unit_id, data={"account": term.account_id, "on": on}, rows=[term])


def end_post(post_id: int, on: date, *, seen: int, act: Act) -> None:
    """The post is no longer there from a day on; whoever holds it then holds it no longer."""
    with writing(act):
        post = _claim(post_id, seen, act.day)
        if on <= post.valid_from:
            raise Refused("accounts.ends_before_it_begins", INVALID)
        if post.valid_to is not None and on >= post.valid_to:
            raise Refused("accounts.ends_already", INVALID, day=wording.day(post.valid_to))
        if Term.objects.filter(post=post, valid_from__gte=on).exists():
            raise Refused("accounts.given_later", INVALID, title=post.title)
        post.ended_on = post.valid_to = on
        post.save()
        terms = list(Term.objects.filter(post=post).filter(Q(valid_to=None) | Q(valid_to__gt=on)))
        for term in terms:
            term.ended_on = term.valid_to = on
            term.save()
        record("accounts.post_ended", post, unit=post.unit_id, data={"on": on}, rows=terms)


def _claim(post_id: int, seen: int, day: date) -> Post:
    """The post, with its next version, for whoever saw the present one."""
    claimed = Post.objects.filter(pk=post_id, version=seen).update(version=seen + 1)
    post = Post.objects.get(pk=post_id)
    if not claimed:
        now = Term.objects.on(day).filter(post=post).select_related("account")
        current = [(post.title, ", ".join(term.account.label for term in now) or "–")]
        raise Refused("accounts.changed_meanwhile", title=post.title, current=current)
    return post


def _held(post: Post, other: Term | None) -> Refused:
    if other is None:
        return Refused("accounts.post_is_held_by_another", INVALID, title=post.title)
    return Refused(
        "accounts.post_is_held",
        INVALID,
        title=post.title,
        who=other.account.label,
        since=wording.day(other.valid_from),
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    known = [day for day in (one, other) if day is not None]
    return min(known) if known else None
