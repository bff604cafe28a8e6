"""The posts and accounts of the demonstration: one account per post, named after it."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from dondoc.accounts.models import Account, Post
from dondoc.accounts.services import create_post, give_post
from dondoc.history.services import Act, record, writing
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import Label, labels, superior
from dondoc.organisations.services.load import slug


def fill(path: Path, act: Act) -> str:
    """Give every unit of the tree the posts of its kind, and each post an account; returns the password that all of them share."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    secret = make_password(content["password"])
    absent = set(content["never_signed_in"])
    with writing(act):
        for unit in Unit.objects.exclude(code__in=content["without_posts"]).order_by("pk"):
            begins = unit.valid_from
            label = labels([unit.pk], begins)[unit.pk]
            for wanted in content["posts"].get(label.kind, []):
                title = wanted["title"].format(place=_place(label), name=label.name, above=_above(unit, begins))
                post = create_post(unit.pk, wanted["kind"], title, begins, act=act)
                _give(post, secret, absent, act)
    return str(content["password"])


def _give(post: Post, secret: str, absent: set[str], act: Act) -> None:
    """The account that stands for the post. Its password is hashed once for all: a hundred hashes would take a minute."""
    name = slug(post.title)[:150]
    account = Account.objects.filter(username=name).first()
    if account is None:
        signed_in = None if name in absent else timezone.now()
        account = Account.objects.create(username=name, label=post.title, password=secret, last_login=signed_in)
        record("accounts.account_made", account)
    give_post(post.pk, account.pk, post.valid_from, seen=post.version, act=act)


def _place(label: Label) -> str:
    return label.name.removeprefix("Đảng bộ ")


def _above(unit: Unit, day: date) -> str:
    above = superior(unit.pk, day)
    return _place(labels([above], day)[above]) if above else ""
