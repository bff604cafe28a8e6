"""Who read whose data: a page about persons says so, and it is written down after the page was made."""

import logging
from collections.abc import Iterable

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from dondoc.history.services import record_reading

from .actors import Actor

_NOTED = "dondoc_readings"
log = logging.getLogger(__name__)


def note(request: HttpRequest, page: str, accounts: Iterable[int]) -> None:
    """Say that this page shows these persons' data; `page` is the name of its address. One's own data are not noted."""
    setattr(request, _NOTED, (page, frozenset(accounts)))


def write(request: HttpRequest, actor: Actor) -> None:
    """Write down what was noted, outside of the page's own work. A page that could not be noted is in the server's log."""
    noted: tuple[str, frozenset[int]] | None = getattr(request, _NOTED, None)
    if noted is None:
        return
    page, accounts = noted
    try:
        record_reading(
            actor.account,
            actor.acting.post if actor.acting else None,
            page,
            accounts - {actor.account},
            day=actor.day,
            at=timezone.now(),
        )
    except DatabaseError:
        log.exception("reading of %s by account %s was not recorded (%s persons)", page, actor.account, len(accounts))
