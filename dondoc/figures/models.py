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
    """

    class Origin(models.TextChoices):
        ARTICLE = "article", _("Sentence of a source")
        REPORT = "report", _("Line of a report")
        EVENT = "event", _("Event")
        IMPORT = "import", _("Import")

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

    class Meta:
        indexes = [models.Index(fields=["unit", "indicator", "superseded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(on__isnull=False, period="") | (Q(on=None) & ~Q(period="")), name="a_day_or_a_period"
            )
        ]
