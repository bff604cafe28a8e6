"""What all verbs share: taking a draft in the version that the person saw."""

from django.utils.translation import gettext as _

from dondoc.drafting import rules
from dondoc.drafting.models import DocumentDraft
from dondoc.lib.refusals import Refused


def changed(draft: DocumentDraft) -> Refused:
    """The refusal of somebody who saw an older version, with the present one."""
    current = [(_("State"), str(DocumentDraft.State(draft.state).label))]
    last = draft.clauses.filter(counter=draft.version).first()
    if last is not None:
        current.append((_("Last change"), last.text[:300]))
    return Refused("drafting.changed_meanwhile", current=current)


def hold(pk: int) -> DocumentDraft:
    """The draft, locked until the commit. Its row is the lock of all of its pieces."""
    draft = DocumentDraft.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if draft is None:
        raise Refused("drafting.removed_meanwhile")
    return draft


def hold_open(pk: int) -> DocumentDraft:
    """The same, for a change of its words; refused once it is approved."""
    draft = hold(pk)
    if draft.state != rules.State.OPEN:
        raise Refused("drafting.no_draft_any_more", current=[(_("State"), str(DocumentDraft.State(draft.state).label))])
    return draft


def take(pk: int, seen: int, verb: str) -> tuple[DocumentDraft, rules.State]:
    """The draft, locked, in the version seen, and the state to which the verb leads; else a refusal."""
    draft = hold(pk)
    state = rules.move(draft.state, verb)
    if draft.version != seen:
        raise changed(draft)
    return draft, state
