"""Drafts of decisions on reorganisation: saved field by field, no record until they are recorded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account
from dondoc.organisations.models import Reorganisation, Unit

from .rules import Kind


class Draft(models.Model):
    """A decision being prepared by the board of `owner`; with `revokes`, the revocation of a recorded one, which has no steps.

    `number` and `title` are those of the decision, of a revocation its number and its reason. `version` grows with everything saved in
    it; `marks` says of each field in which version and by whom it was saved last. `preview` is what recording it would do, as tried
    in version `previewed` while `tried_at` was the last reorganisation; after recording it is what was done.
    """

    class State(models.TextChoices):
        OPEN = "open", _("being prepared")
        RECORDED = "recorded", _("recorded")
        DROPPED = "dropped", _("discarded")

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=400, blank=True)
    effective_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    marks = models.JSONField(default=dict)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_on = models.DateField()
    saved_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    saved_on = models.DateField()
    revokes = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    recorded = models.OneToOneField(Reorganisation, models.PROTECT, null=True, related_name="draft")
    preview = models.JSONField(null=True)
    previewed = models.PositiveIntegerField(null=True)
    tried_at = models.BigIntegerField(null=True)


class DraftStep(models.Model):
    """One step of a draft: `content` holds its fields as they were typed (`rules.FIELDS`), `marks` as in the draft."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    content = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "pk"]


class LateValue(models.Model):
    """A save that came after its field had moved on: kept beside it until a person chooses. `step` None: a field of the draft itself."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="late_values")
    step = models.ForeignKey(DraftStep, models.CASCADE, null=True, related_name="late_values")
    field = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()
