"""The record's lines with the names of who acted, for timelines of any page."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from dondoc.history.queries import Line

from .models import Account, Post


def names_of(lines: Iterable[Line]) -> Callable[[Line], str]:
    """Who acted, in words: post and person, or the system. Two queries for all lines."""
    known = list(lines)
    people = dict(
        Account.objects.filter(pk__in={line.person for line in known if line.person}).values_list("pk", "label")
    )
    posts = dict(Post.objects.filter(pk__in={line.post for line in known if line.post}).values_list("pk", "title"))

    def who(line: Line) -> str:
        if line.person is None:
            return _("The system, by itself")
        parts = [posts.get(line.post or 0, ""), people.get(line.person, "")]
        return ", ".join(dict.fromkeys(part for part in parts if part))

    return who


def timeline_entries(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as `web/_timeline.html` shows them: `on`, `at`, `title`, `who`. Two queries."""
    known = list(lines)
    who = names_of(known)
    return [{"on": line.on, "at": line.at, "title": line.title, "who": who(line)} for line in known]
