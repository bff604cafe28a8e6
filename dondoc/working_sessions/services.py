"""Writing working sessions: confirmed with their first source, given further ones, withdrawn."""

from django.db.models import F
from django.utils.translation import gettext as _

from dondoc.documents.models import Source
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.wording import day
from dondoc.organisations.models import Unit

from . import queries
from .models import WorkingSession
from .rules import SessionData


def label(data: SessionData) -> str:
    """What findings and directives call the session that they come from."""
    return _("Working session of %(day)s, led by: %(title)s") % {"day": day(data.on), "title": data.leader_title}


def confirm_session(data: SessionData, *, source: Source, act: Act, another: bool = False) -> WorkingSession:
    """Make the session a record with its first source. `another`: a person said that it is none of those recorded.

    Refused: a day ahead of the working day or no unit (422); the same session is already recorded (409), then `attach_source` is meant.
    """
    if data.on > act.day:
        raise Refused("working_sessions.ahead", INVALID)
    if not data.units:
        raise Refused("working_sessions.no_units", INVALID)
    with writing(act):
        # Two texts about one session may be confirmed at the same moment: the leading unit's row is their lock.
        Unit.objects.select_for_update(no_key=True).get(pk=data.led_by)
        if not another and queries.same_session(data) is not None:
            raise Refused("working_sessions.known")
        session = WorkingSession.objects.create(
            on=data.on,
            led_by_id=data.led_by,
            leader_post_id=data.leader_post,
            leader_title=data.leader_title[:200],
            topic=data.topic[:500],
            year_reviewed=data.year_reviewed,
            year_planned=data.year_planned,
        )
        session.units.set(data.units)
        session.sources.add(source)
        record(
            "working_sessions.confirmed",
            session,
            unit=data.led_by,
            data={"source": source.pk, "units": sorted(data.units)},
        )
    return session


def attach_source(session: WorkingSession, source: Source, *, act: Act) -> None:
    """Add a further text about the same session; one that is already there stays as it is.

    Refused (409) when the session was withdrawn meanwhile: nothing may hang on what is no record any more.
    """
    with writing(act):
        living = WorkingSession.objects.filter(pk=session.pk, withdrawn_on=None)
        if session.sources.filter(pk=source.pk).exists() and living.exists():
            return
        if not living.update(version=F("version") + 1):
            raise Refused("working_sessions.changed_meanwhile")
        session.sources.add(source)
        session.refresh_from_db()
        record("working_sessions.source_added", session, unit=session.led_by_id, data={"source": source.pk})


def detach_source(session: WorkingSession, source: Source, *, act: Act) -> None:
    """Take a further text away again. Refused for the only one: then the session itself is withdrawn."""
    with writing(act):
        if session.sources.count() < 2:
            raise Refused("working_sessions.only_source")
        session.sources.remove(source)
        WorkingSession.objects.filter(pk=session.pk).update(version=F("version") + 1)
        session.refresh_from_db()
        record("working_sessions.source_removed", session, unit=session.led_by_id, data={"source": source.pk})


def withdraw_session(session: WorkingSession, *, seen: int, act: Act) -> None:
    """Say that the session was confirmed by mistake; it stays, marked. Refused (409) when it changed or is withdrawn already."""
    with writing(act):
        taken = WorkingSession.objects.filter(pk=session.pk, version=seen, withdrawn_on=None).update(
            withdrawn_on=act.day, version=seen + 1
        )
        if not taken:
            raise Refused("working_sessions.changed_meanwhile")
        session.refresh_from_db()
        record("working_sessions.withdrawn", session, unit=session.led_by_id)
