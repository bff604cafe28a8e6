"""Taking back what was confirmed by mistake, until something of it is issued."""

from dondoc.directives.models import Directive, Finding
from dondoc.directives.services import withdraw_origin
from dondoc.documents.rules import examine_words
from dondoc.figures.queries import of_source
from dondoc.figures.services import supersede
from dondoc.history.services import Act, record, writing
from dondoc.intake.models import Draft
from dondoc.lib.refusals import CONFLICT, INVALID, Refused
from dondoc.working_sessions import services as sessions
from dondoc.working_sessions.rules import KIND

from .values import MOST_WORDS


def withdraw(draft_pk: int, *, reason: str, seen: int, act: Act) -> Draft:
    """Mark all that the draft became as withdrawn, figures with the reason.

    A draft that was a further source takes back its figures and its source, the session stays. Refused: without a reason (422); when
    the draft changed, when something of the session is issued, or while further sources hang on it (409).
    """
    if not reason.strip():
        raise Refused("intake.no_reason", INVALID)
    examine_words(reason, MOST_WORDS)
    with writing(act):
        if not Draft.objects.filter(pk=draft_pk, state=Draft.State.CONFIRMED, version=seen).update(
            state=Draft.State.WITHDRAWN, version=seen + 1
        ):
            raise Refused("intake.draft_changed", CONFLICT)
        draft = Draft.objects.select_related("session", "source").get(pk=draft_pk)
        if draft.session is None or draft.source is None:
            raise Refused("intake.draft_changed", CONFLICT)
        if draft.further:
            _leave(draft, act)
        else:
            if Draft.objects.filter(session=draft.session, further=True, state=Draft.State.CONFIRMED).exists():
                raise Refused("intake.further_sources", CONFLICT)
            withdraw_origin(KIND, draft.session.pk, act=act)
            sessions.withdraw_session(draft.session, seen=draft.session.version, act=act)
        for figure in of_source(draft.source.pk):
            supersede(figure.pk, reason=reason, act=act)
        record("intake.withdrawn", draft, unit=draft.owner_id, data={"session": draft.session.pk})
    return draft


def _leave(draft: Draft, act: Act) -> None:
    """A further source goes; what it added as new cannot be told apart for withdrawal once it is in the session's work."""
    assert draft.session is not None
    assert draft.source is not None
    for added in (Finding, Directive):
        of_this = added.objects.filter(origin_kind=KIND, origin_key=draft.session.pk, source=draft.source)
        if of_this.filter(withdrawn_on=None).exists():
            raise Refused("intake.further_added", CONFLICT)
    sessions.detach_source(draft.session, draft.source, act=act)
