"""Reading working sessions: what one may see, and the door."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse

from dondoc.accounts.actors import Actor
from dondoc.accounts.queries import scope
from dondoc.documents.models import Source
from dondoc.figures.models import Figure
from dondoc.figures.origins import Place
from dondoc.lib import wording
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


def where_figures_stand(actor: Actor, figures: Sequence[Figure]) -> dict[int, Place]:
    """The source of each figure taken from a text, with its place on the session's page where this person may open it. Two queries."""
    keys = {figure.source_id for figure in figures if figure.source_id is not None}
    sources = {one.pk: one for one in Source.objects.filter(pk__in=keys).defer("text")}
    through = WorkingSession.sources.through.objects.filter(
        source__in=keys, workingsession__in=visible(actor).order_by().values("pk")
    )
    sessions = dict(through.values_list("source", "workingsession"))
    found = {}
    for figure in figures:
        if figure.source_id is None:
            continue
        source, session = sources[figure.source_id], sessions.get(figure.source_id)
        day = f", {wording.day(source.published_on)}" if source.published_on else ""
        url = f"{reverse('working_sessions:page', args=[session])}#figure-{figure.pk}" if session else ""
        found[figure.pk] = Place(f"{source.title}{day}", url)
    return found


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
