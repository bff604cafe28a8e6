"""Doubts about the records on which verdicts rest: raised by what contradicts itself, settled by somebody above who asked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.obligations.doubts import Suspicion
from dondoc.obligations.models import Doubt, Obligation

from .wording import said


def doubt(units: Collection[int], rows: Sequence[Obligation], day: date) -> int:
    """Raise what is doubtful now of the records that serve these obligations; what agrees again is settled. Returns how many are new.

    A fixed number of queries. Nobody's answer is touched: what a person settled stays settled.
    """
    served = [one for one in rows if one.proof]
    if not served:
        return 0
    since = min(one.begins_on for one in served)
    found: dict[tuple[int, str], list[Suspicion]] = defaultdict(list)
    for name in settings.DOUBTS:
        for one in import_string(name)(units, since, day):
            found[one.unit, one.key].append(one)
    wanted = {(owed.pk, one.code): one for owed in served for one in found.get((owed.unit_id, owed.proof), ())}
    there = {(one.obligation_id, one.code): one for one in Doubt.objects.filter(obligation__in=served)}
    made = [
        Doubt(obligation_id=owed, code=code, data=dict(one.data), on=day)
        for (owed, code), one in wanted.items()
        if (owed, code) not in there
    ]
    changed = []
    for place, row in there.items():
        if row.settled_by_id is not None:
            continue
        gone = None if place in wanted else row.settled_on or day
        data = dict(wanted[place].data) if place in wanted else row.data
        if (row.settled_on, row.data) != (gone, data):
            row.settled_on, row.data = gone, data
            changed.append(row)
    Doubt.objects.bulk_update(changed, ["settled_on", "data"], batch_size=200)
    if made:
        Doubt.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
        record("obligations.doubted", served[0], data={"count": len(made)})
    return len(made)


def settle_doubt(pk: int, words: str, *, act: Act) -> Doubt:
    """Somebody above looked at it and says what is to be thought of it. Refused: one's own unit (422), settled already (409)."""
    with writing(act):
        found = Doubt.objects.select_for_update(of=("self",)).select_related("obligation").get(pk=pk)
        if found.settled_on is not None:
            raise Refused("obligations.settled_already")
        if act.unit == found.obligation.unit_id:
            raise Refused("obligations.own_doubt", INVALID)
        found.words, found.settled_on, found.settled_by_id = said(words), act.day, act.post
        found.save()
        data = {"obligation": found.obligation_id, "code": found.code}
        record("obligations.doubt_settled", found, unit=found.obligation.unit_id, data=data)
        return found
