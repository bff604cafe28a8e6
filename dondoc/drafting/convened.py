"""The documents of a meeting: the invitation to it, its minutes as they were adopted, and the notice or resolution in which it ends."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.utils.translation import gettext as _

from dondoc.accounts.holders import head_post
from dondoc.directives.models import Directive
from dondoc.directives.queries import directives_of
from dondoc.lib import wording
from dondoc.lib.evidence import Evidence
from dondoc.meetings.forms import name_of
from dondoc.meetings.models import Attendance, Meeting, Task
from dondoc.meetings.rules import count
from dondoc.meetings.services import CONCLUSION, ORIGIN
from dondoc.organisations.queries import labels

from .contents import MINUTES, NOTICE, capital, directive_words, head_lines, heading
from .heads import issuer_of
from .rules import Made
from .values import Content, Words

KIND = ORIGIN
"""How a draft knows a meeting as its record."""
INVITATION, RESOLUTION = "invitation", "resolution"
ENDS_IN = frozenset({NOTICE, RESOLUTION})
"""The forms in which a meeting ends: one that is issued is noted as its conclusion."""


def label_of(meeting: Meeting) -> str:
    """What a draft calls the meeting."""
    return _("%(kind)s of %(day)s") % {"kind": name_of(meeting.kind), "day": wording.day(_day(meeting))}


def invitation(meeting: Meeting, unit: int, day: date) -> Content:
    """The invitation: who is invited, when, where, who leads, what is on the agenda, which papers come with it."""
    body, kind = _body(meeting), str(name_of(meeting.kind))
    addressee = str(_ADDRESSEES[Evidence(meeting.kind)]())
    about = _(", on: %(topic)s") % {"topic": meeting.topic} if meeting.topic else ""
    opening = _("%(unit)s respectfully invites %(addressee)s to the following meeting: %(kind)s%(about)s.") % {
        "unit": body,
        "addressee": addressee,
        "kind": kind,
        "about": about,
    }
    closing = _(
        "Those invited are asked to read the papers beforehand and to come in time; who cannot come tells the chair the reason before the meeting."
    )
    pieces = [
        Words("addressee", addressee, Made.HEAD, meeting.pk),
        Words("opening", opening, Made.HEAD, meeting.pk),
        Words("time", _when(meeting.planned_on, meeting.starts_at), Made.HEAD, meeting.pk),
        Words("place", meeting.place, Made.HEAD, meeting.pk),
        Words("chair", _chair(meeting, day), Made.HEAD, meeting.pk),
        *(
            Words("agenda", f"- {capital(item.title)}", Made.HEAD, meeting.pk)
            for item in meeting.agenda.filter(written=True)
        ),
        *(Words("papers", f"- {capital(one.title)}", Made.HEAD, meeting.pk) for one in meeting.papers.order_by("pk")),
        Words("closing", closing),
    ]
    head = _head(meeting, unit, "GM", day, abstract=label_of(meeting), recipients=[_("As invited")])
    return Content(INVITATION, KIND, meeting.pk, label_of(meeting), head, pieces)


def minutes(meeting: Meeting, unit: int, day: date) -> Content:
    """The minutes as they were adopted: who was there, each item of the agenda, the conclusion, the work given."""
    written: dict[str, str] = meeting.minutes.content
    attended = list(meeting.attendances.select_related("participant").order_by("participant__position"))
    counted = count(one.status for one in attended)
    guests = [one.post.title for one in meeting.guests.select_related("post")]
    present = _("%(present)s of %(expected)s members") % {"present": counted.present, "expected": counted.expected}
    if guests:
        present = _("%(present)s; from above: %(guests)s") % {"present": present, "guests": ", ".join(guests)}
    ended = meeting.ended_at
    pieces = [
        Words("time", _when(_day(meeting), meeting.began_at), Made.HEAD, meeting.pk),
        Words("place", meeting.place, Made.HEAD, meeting.pk),
        Words("chair", _chair(meeting, day), Made.HEAD, meeting.pk),
        Words("present", present, Made.HEAD, meeting.pk),
        Words("absent", _absent(attended), Made.HEAD, meeting.pk),
        Words("recorder", "", Made.HEAD, meeting.pk),
        *(
            Words("body", capital(f"{one.title}: {_flat(written[one.code])}"), Made.HEAD, meeting.pk)
            for one in meeting.agenda.all()
            if written.get(one.code)
        ),
        *(Words("conclusions", capital(line), Made.HEAD, meeting.pk) for line in _lines(written.get(CONCLUSION, ""))),
        *(Words("conclusions", f"- {text}", Made.HEAD, meeting.pk) for text in _tasks(meeting)),
        *(Words("conclusions", f"- {directive_words(one, _day(meeting))}") for one in _directives(meeting)),
        Words(
            "closing",
            _(
                "The meeting ended at %(time)s on the same day. The minutes were read out again and agreed by those present."
            )
            % {"time": _clock(ended) if ended else "…"},
        ),
    ]
    head = _head(meeting, unit, "BB", day, abstract=label_of(meeting), recipients=[_("Members of the meeting")])
    chairs = {"mode": "", "behalf": "", "post": _("Chair of the meeting").upper(), "recorder": ""}
    return Content(MINUTES, KIND, meeting.pk, label_of(meeting), head | chairs, pieces)


def ending(meeting: Meeting, unit: int, day: date, *, resolution: bool) -> Content:
    """The notice of conclusion, or the resolution: what was concluded, the work given, and what is demanded of units below."""
    written: dict[str, str] = meeting.minutes.content
    told = _directives(meeting)
    given = {"day": wording.day(_day(meeting)), "unit": _body(meeting), "kind": name_of(meeting.kind)}
    opening = (
        _("On %(day)s, %(unit)s held a meeting (%(kind)s), discussed its work and resolves:") % given
        if resolution
        else _("On %(day)s, %(unit)s held a meeting (%(kind)s) and concluded as follows:") % given
    )
    pieces = [Words("opening", opening, Made.HEAD, meeting.pk)]
    pieces.append(heading("body", _("Conclusion")))
    pieces += [Words("body", capital(line), Made.HEAD, meeting.pk) for line in _lines(written.get(CONCLUSION, ""))]
    if tasks := _tasks(meeting):
        pieces.append(heading("body", _("Work given")))
        pieces += [Words("body", one, Made.HEAD, meeting.pk) for one in tasks]
    if told:
        pieces.append(heading("body", _("Tasks of the units below")))
        pieces += [Words("body", directive_words(one, _day(meeting)), Made.DIRECTIVE, one.pk) for one in told]
    last = "organisation" if resolution else "closing"
    pieces.append(Words(last, _("Those named carry this out and report the results at the next meeting.")))
    units = sorted({unit.pk for one in told for unit in one.units.all()})
    bodies = [issuer_of(label) for label in labels(units, day).values()]
    head = _head(
        meeting,
        unit,
        "NQ" if resolution else "TB",
        day,
        abstract=label_of(meeting) if resolution else _("conclusion of: %(meeting)s") % {"meeting": label_of(meeting)},
        recipients=[*bodies, _("Members of the meeting")],
    )
    form = RESOLUTION if resolution else NOTICE
    return Content(form, KIND, meeting.pk, label_of(meeting), head, pieces, units)


_ADDRESSEES = {
    Evidence.CELL_MEETING: lambda: _("all members of the cell"),
    Evidence.THEMATIC_MEETING: lambda: _("all members of the cell"),
    Evidence.COMMITTEE_MEETING: lambda: _("the members of the committee"),
    Evidence.STANDING_MEETING: lambda: _("the members of the standing committee"),
    Evidence.BRIEFING: lambda: _("the standing members and those who report"),
    Evidence.CONFERENCE: lambda: _("all members of the organisation"),
}


def _day(meeting: Meeting) -> date:
    return meeting.held_on or meeting.planned_on


def _body(meeting: Meeting) -> str:
    return issuer_of(labels([meeting.unit_id], _day(meeting))[meeting.unit_id])


def _head(
    meeting: Meeting, unit: int, type_code: str, day: date, *, abstract: str, recipients: Sequence[str]
) -> dict[str, str]:
    post = head_post(unit, day)
    return head_lines(
        unit,
        type_code,
        post.title if post else "",
        day,
        abstract=abstract[:1].lower() + abstract[1:],
        recipients=recipients,
    )


def _chair(meeting: Meeting, day: date) -> str:
    post = meeting.chaired_by or head_post(meeting.unit_id, min(day, _day(meeting)))
    return _("the %(leader)s") % {"leader": post.title} if post else ""


def _clock(at: time) -> str:
    return _("%(hour)s:%(minute)s") % {"hour": f"{at.hour:02}", "minute": f"{at.minute:02}"}


def _when(day: date, at: time | None) -> str:
    on = wording.day(day)
    return _("%(time)s, on %(day)s") % {"time": _clock(at), "day": on} if at else _("on %(day)s") % {"day": on}


def _absent(attended: Iterable[Attendance]) -> str:
    """How many were away, with their names and reasons; "" where nobody was."""
    words = {
        Attendance.Status.EXCUSED: _("with reason"),
        Attendance.Status.UNEXCUSED: _("without reason"),
    }
    away = [one for one in attended if one.status in words]
    told = [
        f"{one.participant.name} ({words[Attendance.Status(one.status)]}{f': {one.reason}' if one.reason else ''})"
        for one in away
    ]
    return f"{len(away):02}: {'; '.join(told)}" if away else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _flat(text: str) -> str:
    return " ".join(_lines(text))


def _tasks(meeting: Meeting) -> list[str]:
    rows = Task.objects.filter(meeting=meeting).select_related("participant").order_by("pk")
    return [_task(one) for one in rows]


def _task(one: Task) -> str:
    who = one.participant.name if one.participant else _("All of us")
    text = _("%(who)s: %(task)s") % {"who": who, "task": one.title.rstrip(".")}
    return capital(_("%(text)s, by %(day)s") % {"text": text, "day": wording.day(one.due_on)} if one.due_on else text)


def _directives(meeting: Meeting) -> list[Directive]:
    return list(directives_of(KIND, meeting.pk).prefetch_related("units"))
