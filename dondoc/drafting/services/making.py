"""Making drafts from records. Of a record a unit has one living draft of each form, so that nothing is written twice."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from dondoc.accounts.holders import heads
from dondoc.directives import queries as directives
from dondoc.directives.holders import living
from dondoc.directives.models import Assignment
from dondoc.directives.queries import Card
from dondoc.drafting import contents, convened, reported, rules
from dondoc.drafting.models import Clause, DocumentDraft
from dondoc.drafting.values import LINE, Content
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.meetings.models import Meeting
from dondoc.organisations.models import Unit
from dondoc.reports.models import Report
from dondoc.working_sessions.models import WorkingSession


def draft_notice(session: WorkingSession, *, act: Act) -> DocumentDraft:
    """The draft of the notice of conclusion of a session: the living one, else a new one."""
    unit = living(session.led_by_id, act.day)
    return make(unit, contents.notice(session, unit, act.day), act)


def draft_minutes(session: WorkingSession, *, act: Act) -> DocumentDraft:
    """The draft of the minutes of a session, by the office of the unit that led it."""
    unit = living(session.led_by_id, act.day)
    return make(unit, contents.minutes(session, unit, act.day), act)


def draft_plan(session: WorkingSession, unit: int, *, act: Act) -> DocumentDraft:
    """The draft of a unit's plan that remedies what was criticised of it in the session. Refused where nothing was."""
    content = contents.plan(session, unit, act.day)
    if content is None:
        raise Refused("drafting.nothing_criticised", INVALID)
    return make(unit, content, act)


def draft_invitation(meeting: Meeting, *, act: Act) -> DocumentDraft:
    """The draft of the invitation to a meeting that is still to be held; issuing it notes that those invited were told."""
    if meeting.held_on is not None:
        raise Refused("drafting.meeting_was_held")
    unit = living(meeting.unit_id, act.day)
    return make(unit, convened.invitation(meeting, unit, act.day), act)


def draft_meeting_minutes(meeting: Meeting, *, act: Act) -> DocumentDraft:
    """The draft of the minutes of a meeting, as they were adopted. Refused before that."""
    return _after(meeting, act, convened.minutes)


def draft_ending(meeting: Meeting, *, resolution: bool, act: Act) -> DocumentDraft:
    """The draft of the notice of conclusion of a meeting, or of its resolution. Refused before the minutes are adopted."""
    return _after(meeting, act, partial(convened.ending, resolution=resolution))


def _after(meeting: Meeting, act: Act, content: Callable[[Meeting, int, date], Content]) -> DocumentDraft:
    if meeting.minutes_on is None:
        raise Refused("drafting.minutes_not_adopted")
    unit = living(meeting.unit_id, act.day)
    return make(unit, content(meeting, unit, act.day), act)


def draft_report(found: Report, *, act: Act) -> DocumentDraft:
    """The draft of the document of a report, as it was sent last. Refused where it was not sent yet."""
    content = reported.report(found, act.day)
    if content is None:
        raise Refused("drafting.report_not_sent")
    return make(found.filler_id, content, act)


def make(unit: int, content: Content, act: Act) -> DocumentDraft:
    """The unit's living draft of this form about this record, else a new one."""
    assert act.person is not None
    with writing(act):
        # Two people may press the button at the same moment: the unit's row is their lock.
        Unit.objects.select_for_update(no_key=True).get(pk=unit)
        known = DocumentDraft.objects.filter(
            unit=unit,
            template=content.template,
            subject_kind=content.kind,
            subject_key=content.key,
            receiver=content.receiver,
            state__in=[one.value for one in rules.LIVING],
        ).first()
        if known is not None:
            return known
        draft = DocumentDraft.objects.create(
            unit_id=unit,
            template=content.template,
            subject_kind=content.kind,
            subject_key=content.key,
            subject_label=content.label[:300],
            receiver_id=content.receiver,
            made_on=act.day,
            made_by_id=act.person,
        )
        draft.sent_to.set(content.sent_to)
        head = [Clause(name=LINE + name, made=rules.Made.HEAD, text=text) for name, text in content.head.items()]
        pieces = [
            Clause(
                name=one.name,
                made=one.made,
                record=one.record,
                text=one.text,
                heading=one.heading,
                row=one.row,
                field=one.field,
            )
            for one in content.pieces
        ]
        for ordinal, clause in enumerate([*head, *pieces], 1):
            clause.draft, clause.ordinal = draft, ordinal
        Clause.objects.bulk_create([*head, *pieces])
        record("drafting.made", draft, unit=unit, data={"record": content.key})
    return draft


def urge(assignments: Sequence[Assignment], *, act: Act) -> list[DocumentDraft]:
    """A draft of an urging letter to each receiver of these assignments, from the unit that follows them. What is not overdue is left out.

    Refused where none is overdue, and where an assignment has no receiver or follower at present.
    """
    cards = [one for one in directives.cards(assignments, act.day) if one.standing == "overdue"]
    if not cards:
        raise Refused("drafting.nothing_overdue", INVALID)
    groups: dict[tuple[int, int], list[Card]] = {}
    for card in cards:
        receiver = card.receiver.unit if card.receiver else None
        follower = card.follower.unit if card.follower else None
        if receiver is None or follower is None:
            raise Refused("directives.holder_undecided", INVALID)
        groups.setdefault((follower.unit, receiver.unit), []).append(card)
    posts = heads({unit for unit, _receiver in groups}, act.day)
    with writing(act):
        drafts = []
        for (unit, _to), several in groups.items():
            receiver = several[0].receiver.unit if several[0].receiver else None
            assert receiver is not None
            title = posts[unit].title if unit in posts else ""
            drafts.append(_letter(unit, contents.urging(several, receiver, unit, title, act.day), act))
    return drafts


def _letter(unit: int, content: Content, act: Act) -> DocumentDraft:
    """The letter; one that is being drafted to the same receiver gets the lines that it lacks."""
    draft = make(unit, content, act)
    there = set(draft.clauses.filter(made=rules.Made.ASSIGNMENT).values_list("record", flat=True))
    new = [one for one in content.pieces if one.made == rules.Made.ASSIGNMENT and one.record not in there]
    if not new:
        return draft
    if draft.state != rules.State.OPEN:
        raise Refused("drafting.letter_is_approved", INVALID)
    last = draft.clauses.filter(made=rules.Made.ASSIGNMENT).last()
    assert last is not None
    draft.version += 1
    draft.save(update_fields=["version"])
    Clause.objects.bulk_create(
        Clause(
            draft=draft,
            name=one.name,
            ordinal=last.ordinal,
            made=one.made,
            record=one.record,
            text=one.text,
            counter=draft.version,
            since=draft.version,
        )
        for one in new
    )
    return draft
