"""People for tests: who holds which post, signing in, and sending a form as a page would send it.

secretary = hold(units["Xã A1"], "head", title="Bí thư Đảng ủy xã")
sign_in(client, secretary)
answer = post(client, reverse("directives:acknowledge", args=[pk]), seen=assignment.version)
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from dondoc.accounts.actors import Actor, actor_of
from dondoc.accounts.models import Account, Post, PostKind, Term
from dondoc.organisations.models import Unit

PASSWORD = "mat khau cua thu nghiem"


def account(username: str, label: str = "") -> Account:
    """An account that can sign in with PASSWORD; the same one for the same name."""
    known = Account.objects.filter(username=username).first()
    return known or Account.objects.create_user(username=username, password=PASSWORD, label=label or username)


def hold(
    unit: Unit,
    kind: str,
    *,
    title: str = "",
    since: date | None = None,
    until: date | None = None,
    account: Account | None = None,
    deputising: bool = False,
) -> Account:
    """Give a post of the unit to someone from a day on (default: the unit's first day); the post is made where it is not there yet.

    `title` defaults to the kind's name with the unit's code, so that one call per unit and kind makes one post. Without `account` a
    new one is made, named after the post.
    """
    title = title or f"{PostKind(kind).value} {unit.code}"
    begins = since or unit.valid_from
    place = Post.objects.filter(unit=unit, kind=kind, title=title).first()
    if place is None:
        code = f"{unit.code}-{kind}"[:90]
        number = Post.objects.filter(code__startswith=code).count()
        place = Post.objects.create(
            code=f"{code}-{number + 1}" if number else code,
            unit=unit,
            kind=kind,
            title=title,
            valid_from=unit.valid_from,
        )
    holder = account
    if holder is None:
        number = Term.objects.filter(post=place).count()
        holder = Account.objects.create_user(
            username=f"{place.code}.{number + 1}" if number else place.code, password=PASSWORD, label=title
        )
    Term.objects.create(
        account=holder, post=place, valid_from=begins, ended_on=until, valid_to=until, deputising=deputising
    )
    return holder


def actor(account: Account, day: date, post: Post | None = None) -> Actor:
    """The person as they act on a working day, through the post chosen or the first that they hold."""
    return actor_of(account, day, post.pk if post else None)


def sign_in(client: Client, account: Account) -> Client:
    """Sign in without the form."""
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def post(
    client: Client, url: str, seen: int | str | None = 0, *, headers: Mapping[str, str] | None = None, **fields: Any
) -> Any:
    """Send a form to an acting address with a fresh key (or `key=`); `seen=None` leaves it out. `headers` are request headers."""
    values = {name: value for name, value in fields.items() if value is not None}
    values.setdefault("key", str(uuid4()))
    if seen is not None:
        values["seen"] = seen
    return client.post(url, values, headers=dict(headers or {}))
