"""Yearly targets: what a unit plans for itself, and what its superior assigns to it. Two figures, never one.

Two axes of time. `Decision.holds_from` is the day from which its numbers hold: an adjustment is a later decision, and the earlier one
still tells what held before. `superseded_at` ends a decision that was wrong, with the reason on the one that replaces it: as it was
known until then it can still be read (`queries.as_known_on`). Nothing is ever overwritten.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account
from dondoc.documents.models import OfficialDocument
from dondoc.organisations.models import Reorganisation, Unit


class Kind(models.TextChoices):
    """Whose number it is: the unit's own plan, or the target that was assigned to it."""

    PLAN = "plan", _("Plan")
    ASSIGNED = "assigned", _("Assigned target")


class Sheet(models.Model):
    """A unit's year of one indicator: its own plan, and what it assigns to the units directly below.

    `version` counts everything that happens to it, drafts too. `draft` holds what was typed and is not decided yet, as it was typed:
    it may be incomplete and need not add up. `indicator` is a key of `content/targets/indicators.yaml`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="target_sheets")
    indicator = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    draft = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    drafted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "indicator", "year"], name="one_sheet_per_unit_indicator_and_year")
        ]


class Decision(models.Model):
    """One decision about the numbers of a sheet: whose, from which day, on what basis, by whom.

    `totals` are the headlines (indicator → number) to which the lines of an allotment add up. `authority` is the unit that decided.
    """

    class Way(models.TextChoices):
        FIRST = "first", _("Set")
        ADJUSTED = "adjusted", _("Adjusted")
        CORRECTED = "corrected", _("Corrected")
        CARRIED = "carried", _("Taken over from a unit that ended")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    way = models.CharField(max_length=9, choices=Way.choices)
    totals = models.JSONField(default=dict)
    holds_from = models.DateField()
    legal_basis = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")
    authority = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    superseded_because = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        indexes = [models.Index(fields=["sheet", "superseded_at", "holds_from"])]


class Target(models.Model):
    """One unit's number by one decision. `base`: the members (or what else it is measured by) on `base_on`, from the ledger or,
    where `base_source` says so, typed from there."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    indicator = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveBigIntegerField()
    base = models.PositiveBigIntegerField(null=True)
    base_on = models.DateField(null=True)
    base_source = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "year", "indicator"])]
        constraints = [
            models.UniqueConstraint(fields=["decision", "unit", "indicator"], name="one_number_per_unit_and_decision")
        ]


class Remainder(models.Model):
    """What is left of the assigned target of a unit that ended `on` a day in the year: it waits with a superior for a decision.

    Derived from the targets and the successions of the units; only what a person decided stays as it is. `rest` is what was left when
    they decided, `let_go` the part of it that nobody took over. LAPSED: the reorganisation was revoked after the decision.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be assigned")
        DECIDED = "decided", _("decided")
        LAPSED = "lapsed", _("no longer due")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="target_remainders")
    indicator = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    keeper = models.ForeignKey(Unit, models.PROTECT, related_name="remainders_kept")
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    rest = models.PositiveBigIntegerField(null=True)
    let_go = models.PositiveBigIntegerField(default=0)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="settles")
    decided_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["keeper", "year"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "year"], name="one_remainder_per_unit_indicator_and_year"
            )
        ]
