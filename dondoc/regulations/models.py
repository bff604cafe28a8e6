"""Working regulations (quy chế làm việc): drafts, and the versions that a unit approved, with their articles and duties.

Two axes of time as for targets: `Version.holds_from` is the day from which a version holds, the next one ends it; one that was approved
wrongly is superseded with a reason and stays readable. A draft is no record: it is saved field by field until its unit's head approves it.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account, Post, PostKind
from dondoc.documents.models import OfficialDocument
from dondoc.organisations.models import Unit

from . import rules
from .evidence import NAMES

if TYPE_CHECKING:
    from datetime import date


class Version(models.Model):
    """One approved wording of a unit's regulation. `model` is the model (content) that it began from, empty where it began from nothing."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="regulations")
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    model = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    holds_from = models.DateField()
    approved_on = models.DateField()
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "ordinal"], name="one_version_per_unit_and_ordinal"),
            models.UniqueConstraint(fields=["unit", "holds_from"], name="one_version_per_unit_and_day"),
        ]


class Article(models.Model):
    """An article of a version, in our words or the unit's."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_article_per_number")]


class Duty(models.Model):
    """What an article asks for again and again. `code` is its name through all versions of the unit's regulation.

    `content` holds its fields as `rules.FIELDS` names them: how it comes back and how long it may be late. `basis` says where that is
    from; `verified` is False where it is a default that nobody has compared with a text.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="duties")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    evidence = models.CharField(max_length=24, choices=[(kind.value, name) for kind, name in NAMES.items()])
    content = models.JSONField(default=dict)
    who = models.CharField(max_length=13, choices=PostKind.choices)
    basis = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["article__number", "position"]
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="one_duty_per_place")]


class Draft(models.Model):
    """A regulation being written. `version` grows with everything saved in it, `marks` says of each field in which version and by whom.

    `amends` is the version that was in force when it was begun.
    """

    class State(models.TextChoices):
        OPEN = "open", _("being prepared")
        APPROVED = "approved", _("approved")
        DROPPED = "dropped", _("discarded")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    model = models.CharField(max_length=40, blank=True)
    amends = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    content = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made_on = models.DateField()
    saved_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    saved_on = models.DateField()
    approved = models.OneToOneField(Version, models.PROTECT, null=True, related_name="draft")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=models.Q(state="open"), name="one_open_draft_per_unit")
        ]


class DraftPart(models.Model):
    """An article or a duty of a draft: `content` as it was typed (`rules.FIELDS`), for a duty also its `code`, `model_basis` and `verified`.

    `under` is the article of a duty.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="parts")
    under = models.ForeignKey("self", models.CASCADE, null=True, related_name="duties")
    kind = models.CharField(max_length=7, choices=[(kind.value, kind.value) for kind in rules.Kind])
    position = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "pk"]


class LateValue(models.Model):
    """A save that came after its field had moved on: kept beside it until a person chooses. `part` None: a field of the draft itself."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="late_values")
    part = models.ForeignKey(DraftPart, models.CASCADE, null=True, related_name="late_values")
    field = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()


def holds_on(versions: "list[Version]", day: "date") -> "Version | None":
    """Of one unit's versions the one that holds on a day: the latest that has begun."""
    begun = [one for one in versions if one.holds_from <= day]
    return max(begun, key=lambda one: one.holds_from, default=None)
