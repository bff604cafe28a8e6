"""What follows a reorganisation: the posts of a unit that ended, and whoever held them, end with it; after a revocation they are back."""

from collections.abc import Collection
from datetime import date
from typing import Any

from dondoc.history.services import Act, record, writing

from .models import Post


def on_reorganised(reorganisations: Any, units: Collection[int], act: Act) -> None:
    """Derive the end of all posts and terms of these units from the units' own end and from what persons decided.

    `units` are all whose life may have changed: ended, or alive again because a reorganisation was revoked. What a person ended
    (`ended_on`) stays ended. Posts come before terms, in order, so that no two terms ever overlap on the way.
    """
    with writing(act):
        for post in Post.objects.filter(unit__in=list(units)).select_related("unit").order_by("pk"):
            end = _end(post.valid_from, post.ended_on, post.unit.valid_to)
            changed = []
            for term in post.terms.order_by("valid_from", "pk"):
                term_end = _end(term.valid_from, term.ended_on, end)
                if term.valid_to != term_end:
                    term.valid_to = term_end
                    term.save()
                    changed.append(term)
            if post.valid_to != end:
                action = "accounts.post_ended_with_unit" if end == post.unit.valid_to and end else "accounts.post_back"
                post.valid_to = end
                post.version += 1
                post.save()
                record(action, post, unit=post.unit_id, data={"on": end}, rows=changed)
            elif changed:
                record("accounts.terms_adjusted", post, unit=post.unit_id, rows=changed)


def _end(begin: date, *ends: date | None) -> date | None:
    """The earliest end; never before the beginning: what never held ends on the day on which it begins."""
    known = [end for end in ends if end is not None]
    return max(begin, min(known)) if known else None
