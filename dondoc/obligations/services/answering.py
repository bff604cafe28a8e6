"""What a unit and its superior say of an obligation: carried out, with proof; to be excused; excused or not."""

from datetime import date

from dondoc.documents.models import StoredFile
from dondoc.history.services import Act, record, writing
from dondoc.lib import wording
from dondoc.lib.refusals import INVALID, Refused
from dondoc.obligations.models import Declaration, Excuse, Obligation
from dondoc.obligations.rules import Verdict

from .judging import rejudge
from .wording import said


def _held(pk: int, seen: int) -> Obligation:
    one = Obligation.objects.select_for_update().get(pk=pk)
    if one.version != seen:
        raise Refused("obligations.changed_meanwhile")
    return one


def declare(pk: int, done_on: date, words: str, file: StoredFile | None, *, seen: int, act: Act) -> Declaration:
    """Say that it was carried out on a day; without a file it stays without evidence.

    Refused: met already (409), a day that has not come or lies before the time for which it is owed (422).
    """
    with writing(act):
        one = _held(pk, seen)
        if one.verdict == Verdict.DONE:
            raise Refused("obligations.met_already")
        if done_on > act.day:
            raise Refused("obligations.not_declared_before", INVALID)
        if done_on < one.begins_on and not one.event:
            raise Refused("obligations.too_early", INVALID, day=wording.day(one.begins_on))
        made = Declaration.objects.create(
            obligation=one, done_on=done_on, words=said(words), file=file, post_id=act.post, declared_on=act.day
        )
        record("obligations.declared", made, unit=one.unit_id, data={"obligation": one.pk, "done_on": done_on})
        _settle(one, act)
        return made


def withdraw(pk: int, *, act: Act) -> None:
    """Take a declaration back that was made by mistake, through the post that made it."""
    with writing(act):
        made = Declaration.objects.select_for_update().get(pk=pk)
        if made.withdrawn_on is not None:
            raise Refused("obligations.changed_meanwhile")
        if made.post_id != act.post:
            raise Refused("obligations.not_yours", INVALID)
        made.withdrawn_on = act.day
        made.save()
        one = Obligation.objects.get(pk=made.obligation_id)
        record("obligations.withdrawn", made, unit=one.unit_id, data={"obligation": one.pk})
        _settle(one, act)


def ask_excuse(pk: int, reason: str, *, seen: int, act: Act) -> Excuse:
    """Ask the superior to be excused, with the reason."""
    with writing(act):
        one = _held(pk, seen)
        if one.verdict == Verdict.DONE:
            raise Refused("obligations.met_already")
        if one.excuses.filter(granted=None).exists():
            raise Refused("obligations.asked_already")
        asked = Excuse.objects.create(obligation=one, reason=said(reason), asked_by_id=act.post, asked_on=act.day)
        record("obligations.excuse_asked", asked, unit=one.unit_id, data={"obligation": one.pk})
        _settle(one, act)
        return asked


def answer_excuse(pk: int, granted: bool, words: str, *, seen: int, act: Act) -> Excuse:
    """Excuse a unit below, asked or not, or refuse it. Nobody excuses their own unit."""
    with writing(act):
        one = _held(pk, seen)
        if act.unit == one.unit_id:
            raise Refused("obligations.own_unit", INVALID)
        asked = one.excuses.select_for_update().filter(granted=None).first()
        if asked is None:
            if not granted:
                raise Refused("obligations.answered_already")
            asked = Excuse(obligation=one, reason=said(words))
        asked.granted, asked.answer = granted, words if granted else said(words)
        asked.answered_by_id, asked.answered_on = act.post, act.day
        asked.save()
        action = "obligations.excused" if granted else "obligations.not_excused"
        record(action, asked, unit=one.unit_id, data={"obligation": one.pk})
        _settle(one, act)
        return asked


def revoke_excuse(pk: int, words: str, *, act: Act) -> Excuse:
    """An excuse was granted by mistake, or its reason fell away: it counts no more. Nobody does that for their own unit."""
    with writing(act):
        granted = Excuse.objects.select_for_update().get(pk=pk)
        one = Obligation.objects.select_for_update().get(pk=granted.obligation_id)
        if not granted.granted or granted.revoked_on is not None:
            raise Refused("obligations.changed_meanwhile")
        if act.unit == one.unit_id:
            raise Refused("obligations.own_unit", INVALID)
        granted.revoked_on, granted.answer = act.day, said(words)
        granted.save()
        record("obligations.excuse_revoked", granted, unit=one.unit_id, data={"obligation": one.pk})
        _settle(one, act)
        return granted


def _settle(one: Obligation, act: Act) -> None:
    """Judge anew what the unit owes; whoever saw it before has seen something else."""
    Obligation.objects.filter(pk=one.pk).update(version=one.version + 1)
    rejudge([one.unit_id], act, since=one.begins_on)
