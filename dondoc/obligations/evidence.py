"""Evidence that finds itself in what lies below this folder: issued documents, the regulation itself, and what was declared with proof."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from dondoc.documents.models import OfficialDocument
from dondoc.lib.evidence import Evidence, Proof
from dondoc.lib.periods import Interval
from dondoc.lib.vietnamese import folded
from dondoc.regulations.models import Version

from .content import documents
from .models import Declaration
from .rules import itself

_YEAR = re.compile(r"\bnam (20\d\d)\b")


def found(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    """What documents, regulations and declarations of these units show. Three queries, however many units."""
    yield from _documents(units, since, until)
    for pk, unit, holds, approved in Version.objects.filter(unit__in=units).values_list(
        "pk", "unit", "holds_from", "approved_on"
    ):
        start = max(holds, approved)
        yield Proof(Evidence.DOCUMENT, unit, f"regulation:{pk}", approved if approved >= start else start)
    declared = Declaration.objects.filter(
        obligation__unit__in=units, withdrawn_on=None, done_on__gte=since, done_on__lt=until
    )
    for pk, owed, unit, kind, done, file in declared.values_list(
        "pk", "obligation", "obligation__unit", "obligation__duty__evidence", "done_on", "file"
    ):
        key = f"declaration:{pk}"
        yield Proof(Evidence(kind), unit, key, done, complete=file is not None, event=itself(owed))


def _documents(units: Collection[int], since: date, until: date) -> Iterator[Proof]:
    rows = OfficialDocument.objects.filter(issuer__in=units, dated_on__gte=since, dated_on__lt=until)
    for pk, unit, on, type_name, abstract in rows.values_list("pk", "issuer", "dated_on", "type_name", "abstract"):
        words, name = folded(abstract), folded(type_name)
        for rule in documents():
            if not rule.holds(name, words):
                continue
            year = _YEAR.search(words) if rule.yearly else None
            start = date(int(year[1]), 1, 1) if year else None
            period = Interval(start, date(start.year + 1, 1, 1)) if start else None
            yield Proof(rule.evidence, unit, f"document:{pk}", on, period=period)
            if rule.evidence is Evidence.INSPECTION_PROGRAMME:
                # A programme is the plan of every inspection of its year: what is not carried out then was planned.
                of = start.year if start else on.year
                for month in range(1, 13):
                    yield Proof(Evidence.INSPECTION, unit, f"document:{pk}", None, planned_on=date(of, month, 15))
