"""The one ledger of values: unit, indicator, period or day, value, origin, version."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.documents.models import Source
from dondoc.organisations.models import Unit


class Figure(models.Model):
    """One value as it was known from `recorded_at` until `superseded_at`; a correction is a new row with a reason.

    `indicator` is a key of `content/figures/indicators.yaml`. `value` counts in the indicator's smallest unit. A stock holds on `on`,
    a flow for the days of `period` ("2022", "2022-H1", "2022-09 ytd", "2023-06-01..2023-06-14"), which are `starts_on` up to, and
    without, `ends_on`. `origin_key` is the key of the row that it was taken from (for a report the line that was submitted), which the
    folder of that origin explains.

    Two columns are derived, so that sums need not weigh origins: `standing` says whether it counts among the figures of its unit and
    indicator that share a day with it ("" once it is superseded), `month` is the first day of the calendar month that holds all its
    days, None where there is no such month. `standing.py` keeps both.
    """

    class Origin(models.TextChoices):
        ARTICLE = "article", _("Sentence of a source")
        REPORT = "report", _("Line of a report")
        EVENT = "event", _("Event")
        IMPORT = "import", _("Import")

    class Standing(models.TextChoices):
        COUNTS = "counts", _("Counts")
        AGREES = "agrees", _("Stands beside, with the same number")
        DIFFERS = "differs", _("Stands beside, with another number")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=24, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    on = models.DateField(null=True)
    value = models.BigIntegerField()
    qualifier = models.CharField(max_length=6, default="exact")
    derived = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    origin_key = models.BigIntegerField(null=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="figures")
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    standing = models.CharField(max_length=7, choices=Standing.choices, blank=True)
    month = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "indicator", "superseded_at"]),
            models.Index(
                fields=["unit", "indicator", "month"], condition=Q(superseded_at=None), name="current_figures_by_month"
            ),
            models.Index(
                fields=["month", "indicator"], condition=Q(superseded_at=None), name="current_figures_of_a_month"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(on__isnull=False, period="") | (Q(on=None) & ~Q(period="")), name="a_day_or_a_period"
            )
        ]


class MonthTotal(models.Model):
    """What the figures of a calendar month add to a unit from below: derived from the ledger and the tree, and rebuildable (`totals.py`).

    One row for each unit, indicator and month to which an entering unit strictly below adds a figure or one that stands beside. `value`
    is the sum that counts, of `figures` figures; `summed` is the sum without regard to what the unit has entered for itself, of
    `summed_figures`. `reported` is how many expected parts have a figure, `differing` how many figures stand beside with another number.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    indicator = models.CharField(max_length=60)
    month = models.DateField()
    value = models.BigIntegerField()
    figures = models.IntegerField()
    summed = models.BigIntegerField()
    summed_figures = models.IntegerField()
    reported = models.IntegerField()
    differing = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month", "indicator"], name="one_total_per_month")]


class MonthDue(models.Model):
    """How many figures are expected of a calendar month from strictly below a unit: derived from the tree, and rebuildable (`totals.py`).

    `parts` of units of this kind end in the month under the unit, `living` such units stand under it on the month's last day. The row
    without a unit says that the month is kept: other months are counted when they are asked for.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+", db_index=False)
    month = models.DateField()
    kind = models.CharField(max_length=40)
    parts = models.IntegerField()
    living = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month", "kind"], name="one_due_per_month_and_kind")]


class Share(models.Model):
    """What part of the past of a unit that was split an office gives to one successor when a series is restated (`restating.py`).

    The shares of an ended unit add up to one; stating them anew ends the ones before, which stay with their reason.
    """

    ended = models.ForeignKey(Unit, models.PROTECT, related_name="shares")
    heir = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    stated_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ended", "heir"], condition=Q(superseded_at=None), name="one_share_stated_per_heir"
            ),
            models.CheckConstraint(
                condition=Q(denominator__gte=1) & Q(numerator__lte=models.F("denominator")),
                name="a_share_is_at_most_all",
            ),
        ]
