"""What every decision on a sheet does: claim the sheet as it was seen, find what held before, write the decision down."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from dondoc.documents.queries import term_of
from dondoc.documents.rules import examine_words
from dondoc.documents.services import number_document
from dondoc.history.services import Act
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.wording import day as written
from dondoc.lib.wording import number
from dondoc.targets.content import Aim, aims
from dondoc.targets.models import Decision, Kind, Sheet

from .values import Basis

LONGEST, LONGEST_SOURCE = 300, 200
"""Letters of a legal basis, and of where members were taken from."""
Way = Decision.Way


def aim_of(indicator: str) -> Aim:
    """The indicator as a target. Refused where it is none."""
    aim = aims().get(indicator)
    if aim is None:
        raise Refused("targets.no_target_of_this", INVALID)
    return aim


def claim(unit: int, indicator: str, year: int, seen: int, **fields: Any) -> Sheet:
    """The sheet, one version on, with these fields set; `seen` 0 makes it. Refused (409) with the present numbers where it has moved on."""
    if seen == 0:
        try:
            with transaction.atomic():
                return Sheet.objects.create(unit_id=unit, indicator=indicator, year=year, **fields)
        except IntegrityError:
            raise _changed(unit, indicator, year) from None
    mine = Sheet.objects.filter(unit=unit, indicator=indicator, year=year)
    if not mine.filter(version=seen).update(version=seen + 1, **fields):
        raise _changed(unit, indicator, year)
    return mine.get()


def touch(unit: int, indicator: str, year: int) -> Sheet:
    """The sheet, one version on whatever it was, so that forms opened before are stale."""
    sheet, made = Sheet.objects.get_or_create(unit_id=unit, indicator=indicator, year=year)
    if not made:
        Sheet.objects.filter(pk=sheet.pk).update(version=F("version") + 1)
    return Sheet.objects.get(pk=sheet.pk)


def _changed(unit: int, indicator: str, year: int) -> Refused:
    sheet = Sheet.objects.filter(unit=unit, indicator=indicator, year=year).first()
    current = []
    for kind in Kind:
        last = latest(sheet, kind) if sheet else None
        total = last.totals.get(indicator) if last else None
        current.append((f"{aims()[indicator].indicator.name} {year}, {kind.label.lower()}", number(total)))
    return Refused("targets.changed_meanwhile", current=current)


def latest(sheet: Sheet, kind: str) -> Decision | None:
    """The decision that the next one follows on; what was taken over from a unit that ended is none of the sheet as a whole."""
    found = sheet.decisions.filter(kind=kind, superseded_at=None).exclude(way=Way.CARRIED)
    return found.order_by("holds_from", "pk").last()


def _refuse_under_carried(sheet: Sheet, kind: str, way: str, from_day: date) -> None:
    """What was carried holds a heir's whole number, so numbers from an earlier day would end under it unseen."""
    carried = sheet.decisions.filter(kind=kind, superseded_at=None, way=Way.CARRIED, holds_from__gte=from_day)
    if way == Way.ADJUSTED:
        carried = carried.filter(holds_from__gt=from_day)
    if (last := carried.order_by("holds_from").last()) is not None:
        raise Refused("targets.under_carried", INVALID, day=written(last.holds_from))


def decide(
    sheet: Sheet, kind: str, way: str, totals: Mapping[str, int], basis: Basis, act: Act
) -> tuple[Decision, list[Any]]:
    """The decision as a row, and the further rows written with it. What it corrects is superseded; refused where it cannot follow."""
    reason, legal_basis = basis.reason.strip(), basis.legal_basis.strip()
    for words, most in ((reason, 500), (legal_basis, LONGEST)):
        examine_words(words, most)
    _require_year(sheet.year, basis.holds_from)
    before = latest(sheet, kind)
    if way == Way.FIRST and before is not None:
        raise Refused("targets.set_already")
    if way in (Way.ADJUSTED, Way.CORRECTED):
        if before is None:
            raise Refused("targets.nothing_set_yet")
        if not reason:
            raise Refused("targets.no_reason", INVALID)
        # Else the days in between would have no number at all.
        if way == Way.CORRECTED and basis.holds_from > before.holds_from:
            raise Refused("targets.corrected_later", INVALID, day=written(before.holds_from))
        if way == Way.ADJUSTED and basis.holds_from < before.holds_from:
            raise Refused("targets.adjusted_before_it_was_set", INVALID)
        _refuse_under_carried(sheet, kind, way, before.holds_from if way == Way.CORRECTED else basis.holds_from)
    rows: list[Any] = [sheet]
    replaced = before if way == Way.CORRECTED else None
    if replaced is not None:
        replaced.superseded_at, replaced.superseded_because = act.at, reason
        replaced.save(update_fields=["superseded_at", "superseded_because"])
        rows.append(replaced)
    made = Decision.objects.create(
        sheet=sheet,
        kind=kind,
        way=way,
        totals=dict(totals),
        holds_from=basis.holds_from,
        legal_basis=legal_basis,
        document=_document(basis, act),
        authority_id=basis.authority,
        reason=reason,
        decided_on=act.day,
        recorded_at=act.at,
        replaces=replaced,
    )
    return made, rows


def _require_year(year: int, holds_from: date) -> None:
    # A target is decided in its year, or at the end of the year before.
    if not date(year - 1, 1, 1) <= holds_from <= date(year, 12, 31):
        raise Refused("targets.not_in_its_year", INVALID, year=year)


def _document(basis: Basis, act: Act) -> Any:
    paper = basis.paper
    if paper is None:
        return None
    term = term_of(paper.dated_on)
    return number_document(basis.authority, term, paper.symbol, paper.number, paper.dated_on, "", act, further=True)
