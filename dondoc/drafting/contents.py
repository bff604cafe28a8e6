"""What a draft says before a person changes it: the pieces of a document, made from the records of a session, of overdue work or of a report."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from dondoc.accounts.holders import head_post
from dondoc.directives import queries as directives
from dondoc.directives.models import Directive, Finding
from dondoc.directives.queries import Card
from dondoc.lib import wording
from dondoc.organisations.queries import Label, labels, superior
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND as SESSION

from .heads import issuer_of, lines
from .rules import Made
from .values import Content, Words

NOTICE, MINUTES, PLAN, URGING, REPORT = "notice", "minutes", "remediation", "urging", "report"
UNIT = "unit"
"""How an urging letter knows its subject: the unit that it urges."""


def capital(text: str) -> str:
    """A sentence of a document: its first letter large, a full stop at its end."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in '.:;!?…”"' else f"{text}."


def heading(name: str, text: str) -> Words:
    """A heading of a part of the text."""
    return Words(name, text, heading=True)


def head_lines(
    unit: int, type_code: str, title: str, day: date, *, abstract: str, recipients: Sequence[str]
) -> dict[str, str]:
    """The lines around a document of the unit, as a draft keeps them."""
    found = lines(unit, type_code, title, day)
    office = _("Filed at the cell") if found.level == "cell" else _("Filed at the office")
    return {
        "superior": found.superior,
        "issuer": found.issuer,
        "symbol": found.symbol,
        "place": found.place,
        "abstract": abstract,
        "mode": found.mode,
        "behalf": found.behalf,
        "post": found.post,
        "name": found.name,
        "recipients": "\n".join([*recipients, office]),
    }


def notice(session: WorkingSession, unit: int, day: date) -> Content:
    """The notice of conclusion of a session: what was found of the work, then what is demanded, each sentence linked to its record."""
    units = [one.pk for one in session.units.all()]
    named = labels(units, session.on)
    bodies = [issuer_of(named[one]) for one in units]
    findings = list(directives.findings_of_origin(SESSION, session.pk).prefetch_related("about"))
    told = list(directives.directives_of(SESSION, session.pk).prefetch_related("units"))
    about = _(" on: %(topic)s") % {"topic": session.topic} if session.topic else ""
    opening = _(
        "On %(day)s, the %(leader)s worked with %(units)s%(about)s. Having heard the reports of the units and the opinions given, the %(leader)s concluded as follows:"
    ) % {"day": wording.day(session.on), "leader": session.leader_title, "units": joined(bodies), "about": about}
    pieces = [Words("opening", opening, Made.HEAD, session.pk)]
    for kind, title in (
        (Finding.Kind.PRAISE, _("What was done well")),
        (Finding.Kind.CRITICISM, _("Limits and shortcomings")),
        (Finding.Kind.DIFFICULTY, _("Difficulties")),
    ):
        said = [one for one in findings if one.kind == kind]
        if said:
            pieces.append(heading("body", title))
            pieces += [Words("body", _finding(one, session), Made.FINDING, one.pk) for one in said]
    if told:
        pieces.append(heading("body", _("Tasks and measures")))
        pieces += [Words("body", directive_words(one, session.on), Made.DIRECTIVE, one.pk) for one in told]
    closing = _("The office announces this to the units for their knowledge and implementation.")
    pieces.append(Words("closing", closing, Made.FREE))
    abstract = _("conclusion of the %(leader)s at the working session with %(units)s") % {
        "leader": session.leader_title,
        "units": joined(bodies),
    }
    head = head_lines(unit, "TB", session.leader_title, day, abstract=abstract, recipients=bodies)
    return Content(NOTICE, SESSION, session.pk, label_of(session), head, pieces, units)


def minutes(session: WorkingSession, unit: int, day: date) -> Content:
    """The minutes of a session: who, when, what was found, what the leader concluded; what only those present know is left to fill in."""
    units = [one.pk for one in session.units.all()]
    bodies = [issuer_of(label) for label in labels(units, session.on).values()]
    findings = list(directives.findings_of_origin(SESSION, session.pk).prefetch_related("about"))
    told = list(directives.directives_of(SESSION, session.pk).prefetch_related("units"))
    chair = _("the %(leader)s") % {"leader": session.leader_title}
    reported = _("The representatives of %(units)s reported on their work.") % {"units": joined(bodies)}
    pieces = [
        Words("time", _("the day of %(day)s") % {"day": wording.day(session.on)}, Made.HEAD, session.pk),
        Words("place", "", Made.HEAD, session.pk),
        Words("chair", chair, Made.HEAD, session.pk),
        Words("present", joined(bodies), Made.HEAD, session.pk),
        Words("absent", "", Made.HEAD, session.pk),
        Words("recorder", "", Made.HEAD, session.pk),
        Words("body", reported, Made.HEAD, session.pk),
        *(Words("conclusions", _finding(one, session), Made.FINDING, one.pk) for one in findings),
        *(Words("conclusions", directive_words(one, session.on), Made.DIRECTIVE, one.pk) for one in told),
        Words("closing", _("The minutes were read out again and agreed by those present.")),
    ]
    abstract = _("working session with %(units)s") % {"units": joined(bodies)}
    head = head_lines(unit, "BB", session.leader_title, day, abstract=abstract, recipients=bodies)
    chairs = {"mode": "", "behalf": "", "post": _("Chair of the meeting").upper(), "recorder": ""}
    return Content(MINUTES, SESSION, session.pk, label_of(session), head | chairs, pieces, units)


def plan(session: WorkingSession, unit: int, day: date) -> Content | None:
    """A unit's plan that remedies what was criticised of it in a session: a row for each fault. None where nothing was."""
    about = directives.findings_of([unit], kind=SESSION, key=session.pk)
    common = directives.findings_of_origin(SESSION, session.pk).filter(common=True, about=None)
    faults = [one for one in [*about.order_by("span_start", "pk"), *common] if one.kind == Finding.Kind.CRITICISM]
    if not faults:
        return None
    post = head_post(unit, day)
    title = post.title if post else ""
    given = {"leader": session.leader_title, "day": wording.day(session.on)}
    pieces = [
        Words(
            "opening",
            _(
                "Carrying out the conclusions of the %(leader)s at the working session of %(day)s, the committee draws up the plan to remedy its limits and shortcomings as follows:"
            )
            % given,
            Made.HEAD,
            session.pk,
        )
    ]
    for row, one in enumerate(faults, 1):
        cells = {"fault": capital(one.text).rstrip("."), "responsible": title}
        for field in ("fault", "cause", "measure", "product", "deadline", "responsible"):
            made, key = (Made.FINDING, one.pk) if field == "fault" else (Made.FREE, None)
            pieces.append(Words("measures", cells.get(field, ""), made, key, row=row, field=field))
    pieces += [
        Words("organisation", _("Carrying out the plan"), heading=True),
        Words("organisation", _("Those named carry out their part and report on it every month.")),
        Words("organisation", _("The office follows the plan, urges, and reports the results to the superior.")),
    ]
    above = superior(unit, day)
    recipients = [issuer_of(labels([above], day)[above])] if above else []
    abstract = _("remedying the limits and shortcomings named at the working session of %(day)s") % given
    head = head_lines(unit, "KH", title, day, abstract=abstract, recipients=recipients)
    return Content(PLAN, SESSION, session.pk, label_of(session), head, pieces, [above] if above else [])


def label_of(session: WorkingSession) -> str:
    """What a draft calls the session."""
    return _("Working session of %(day)s, led by: %(title)s") % {
        "day": wording.day(session.on),
        "title": session.leader_title,
    }


# What a sentence says once before the names of several: "Đảng ủy các xã A, B và C".
_SEVERAL = re.compile(r"(?P<body>Đảng ủy) (?P<kind>xã|phường|thị trấn) (?P<name>.+)")


def joined(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "A, B và C"; what committees of one kind of place have in common is said once."""
    if len(names) < 2:
        return "".join(names)
    found = [_SEVERAL.fullmatch(name) for name in names]
    if all(found) and len({(one["body"], one["kind"]) for one in found if one}) == 1 and found[0]:
        return f"{found[0]['body']} các {found[0]['kind']} {joined([one['name'] for one in found if one])}"
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _finding(one: Finding, session: WorkingSession) -> str:
    named = labels([unit.pk for unit in one.about.all()], session.on).values()
    text = _of(one.text, [] if one.common else named)
    if one.kind == Finding.Kind.PRAISE and not re.match("biểu dương|khen|ghi nhận|đánh giá", text, re.IGNORECASE):
        # Of a praise the source gives what is praised: the verb stands before it.
        text = f"biểu dương {text}"
    return capital(text)


def directive_words(one: Directive, day: date) -> str:
    """A directive as a sentence of a document, with the units that it is for before it where it does not name them."""
    named = labels([unit.pk for unit in one.units.all()], day).values() if one.receivers == "unit" else []
    return capital(_of(one.text, named))


def _of(text: str, named: Iterable[Label]) -> str:
    """A sentence with the units that it is about before it, where it does not name them itself."""
    silent = [one for one in named if one.short_name.lower() not in text.lower()]
    return f"{joined([issuer_of(one) for one in silent])}: {text}" if silent else text


def urging(cards: Sequence[Card], receiver: Label, unit: int, title: str, day: date) -> Content:
    """The letter that urges a unit: each of its overdue assignments is a line of the table."""
    addressee = issuer_of(receiver)
    opening = _(
        "As of %(day)s, the tasks assigned to %(unit)s that are listed below have passed their deadline without a reported result:"
    ) % {"day": wording.day(day), "unit": addressee}
    closing = _(
        "%(unit)s is asked to direct that these tasks be completed without delay, and to report the result, the causes of the delay and the responsibility for it."
    ) % {"unit": addressee}
    pieces = [
        Words("addressee", addressee, Made.HEAD, receiver.unit),
        Words("opening", opening, Made.HEAD, receiver.unit),
        *(Words("overdue", capital(one.task).rstrip("."), Made.ASSIGNMENT, one.pk) for one in cards),
        Words("requests", closing, Made.FREE),
    ]
    abstract = _("urging the completion of overdue tasks")
    head = head_lines(unit, "CV", title, day, abstract=abstract, recipients=[addressee])
    return Content(URGING, UNIT, receiver.unit, addressee, head, pieces, [receiver.unit], receiver.unit)
