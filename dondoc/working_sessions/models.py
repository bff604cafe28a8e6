"""A leader's working session with committees below: neither an inspection nor supervision (`domain.md` 6)."""

from django.db import models

from dondoc.accounts.models import Post
from dondoc.documents.models import Source
from dondoc.organisations.models import Unit


class WorkingSession(models.Model):
    """Who led it, when, with which units, about what, over which year and for which. `withdrawn_on`: it was confirmed by mistake."""

    on = models.DateField(db_index=True)
    led_by = models.ForeignKey(Unit, models.PROTECT, related_name="sessions_led")
    leader_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="sessions_led")
    leader_title = models.CharField(max_length=200)
    topic = models.CharField(max_length=500, blank=True)
    year_reviewed = models.PositiveSmallIntegerField(null=True)
    year_planned = models.PositiveSmallIntegerField(null=True)
    units = models.ManyToManyField(Unit, related_name="sessions")
    sources = models.ManyToManyField(Source, related_name="sessions")
    version = models.PositiveIntegerField(default=1)
    withdrawn_on = models.DateField(null=True)
