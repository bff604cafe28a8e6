"""Reading working sessions: what one may see, and the door."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import scope
from dondoc.organisations.models import Unit

from . import rules
from .models import WorkingSession


def visible(actor: Actor) -> QuerySet[WorkingSession]:
    """The sessions in which one of the person's units took part or which one of them led, newest first; withdrawn ones left out."""
    mine = scope(actor).values("pk")
    through = WorkingSession.units.through.objects.filter(workingsession=OuterRef("pk"), unit__in=mine)
    led = Unit.objects.filter(pk=OuterRef("led_by"), pk__in=mine)
    return WorkingSession.objects.filter(Exists(through) | Exists(led), withdrawn_on=None).order_by("-on", "-pk")


def access_session(actor: Actor, pk: int) -> WorkingSession:
    """The session, for those who may see it; others get 404."""
    session = visible(actor).filter(pk=pk).select_related("leader_post").first()
    if session is None:
        raise Http404
    return session


def reads_whole(actor: Actor, session: WorkingSession) -> bool:
    """Whether the person may read restricted sources of the session in full: those in whose scope the leading unit is."""
    return scope(actor).filter(pk=session.led_by_id).exists()


def data_of(session: WorkingSession) -> rules.SessionData:
    """The session as the rules compare it."""
    return rules.SessionData(
        session.on,
        session.led_by_id,
        session.leader_post_id,
        session.leader_title,
        frozenset(unit.pk for unit in session.units.all()),
        session.topic,
        session.year_reviewed,
        session.year_planned,
    )


def same_session(data: rules.SessionData) -> WorkingSession | None:
    """The recorded session that this is, or None; of several the one with most units in common. Two queries."""
    that_day = WorkingSession.objects.filter(on=data.on, withdrawn_on=None).prefetch_related("units").order_by("pk")
    alike = [session for session in that_day if rules.same(data_of(session), data)]
    return max(alike, key=lambda session: len(data_of(session).units & data.units), default=None)
