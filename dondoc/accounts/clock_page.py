"""Moving the demonstration's day: any account of the demonstration may, each move is in the history."""

import logging

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.clock import services
from dondoc.lib import wording

from .acts import ActRequest, writes
from .session_views import next_page

log = logging.getLogger(__name__)


@writes
def move(request: ActRequest) -> HttpResponse:
    """Move the day on by `days`, then do what has become due: after the commit, so that nobody waits for the database meanwhile.

    A crash in between leaves a moved day whose work is not done; the next tick does it.
    """
    days = request.POST.get("days", "")
    day = services.move_on(
        int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0, seen=request.seen, act=request.act
    )

    def run() -> None:
        try:
            done = services.run_to(day)
        except Exception:
            log.exception("the tick after the demonstration's move to %s stopped", day)
            messages.warning(
                request,
                _("The day is now %(day)s. Some of what is due could not be done yet; it follows with the next step.")
                % {"day": wording.weekday_day(day)},
            )
            return
        due = ngettext("%(count)s thing was due and is done.", "%(count)s things were due and are done.", done) % {
            "count": wording.number(done)
        }
        messages.success(
            request,
            _("The day is now %(day)s.") % {"day": wording.weekday_day(day)}
            + " "
            + (due if done else _("Nothing was due meanwhile.")),
        )

    transaction.on_commit(run)
    return redirect(next_page(request))
