"""A meeting demands something of units below: its sentence becomes a directive with drafted assignments, like every other."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from dondoc.accounts.holders import head_post
from dondoc.directives import services as directives
from dondoc.directives.models import Directive
from dondoc.directives.rules import Receivers
from dondoc.directives.services import OriginData, Timing
from dondoc.documents.models import Source
from dondoc.documents.rules import examine_words
from dondoc.documents.services import take_source
from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, Refused
from dondoc.meetings.forms import name_of

from .holding import held_for

ORIGIN = "meeting"
"""How a directive knows a meeting as its origin."""
LONGEST = 5000


def direct_units(pk: int, text: str, units: Sequence[int], due_on: date | None, *, act: Act) -> Directive:
    """Write down what the meeting demands of these units, and draft their assignments. Refused without words or units.

    They are completed, approved and issued like all others, with the meeting's notice or resolution where there is one.
    """
    text = examine_words(text, LONGEST).strip()
    if not text or not units:
        raise Refused("meetings.no_task", INVALID)
    with writing(act):
        meeting = held_for(pk, "direct", None)
        day = meeting.held_on or act.day
        label = _("%(kind)s of %(day)s") % {"kind": name_of(meeting.kind), "day": wording.day(day)}
        head = f"{label}\n\n"
        source = take_source(
            head + text,
            kind=Source.Kind.MINUTES,
            title=label,
            owner=meeting.unit_id,
            is_public=False,
            published_on=day,
            act=act,
        )
        post = head_post(meeting.unit_id, day)
        origin = OriginData(
            ORIGIN, meeting.pk, label, source.pk, len(head), len(head) + len(text), day, meeting.unit_id,
            post.pk if post else None, post.title if post else label, text,
        )  # fmt: skip
        directive = directives.record_directive(
            origin, addressee="", receivers=Receivers.UNIT.value, units=units, timing=Timing(due_on=due_on), act=act
        )
        directives.draft_assignments([directive.pk], units, act)
        record("meetings.directed", meeting, unit=meeting.unit_id, data={"units": list(units)})
    return directive
