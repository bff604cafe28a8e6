"""Drafts: what was read from a text, waiting for a person. A draft is not a record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account
from dondoc.documents.models import Source
from dondoc.organisations.models import Unit
from dondoc.working_sessions.models import WorkingSession


class Draft(models.Model):
    """A received text and what the reader found in it. `version` moves when the draft as a whole does (confirmed, withdrawn, dropped).

    Once confirmed, `source` and `session` are the records that it became; `further` says that the session was known before.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being checked")
        CONFIRMED = "confirmed", _("Confirmed")
        DROPPED = "dropped", _("Dropped")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    text = models.TextField()
    digest = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=8, choices=Source.Kind.choices)
    is_public = models.BooleanField(default=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    created_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    session = models.ForeignKey(WorkingSession, models.PROTECT, null=True, related_name="drafts")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    further = models.BooleanField(default=False)
    checks = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "digest"],
                condition=Q(state__in=["open", "confirmed"]),
                name="one_living_draft_per_text",
            )
        ]


class DraftValue(models.Model):
    """One value of a draft: a field of the session, a unit, a figure, a finding or a directive, with its span and the rule that found it.

    `content` holds the value in the shape of its kind (`intake/rules.py`); `found`, from `found_start` to `found_end`, what the reader said,
    so that a correction can be undone. `accepted`: a person looked at what is odd about it and leaves it as it is. `counter` moves with every change of this value; a save that saw an older one is kept in `LateValue`.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("Working session")
        UNIT = "unit", _("Unit")
        FIGURE = "figure", _("Figure")
        FINDING = "finding", _("Finding")
        DIRECTIVE = "directive", _("Directive")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="values")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField()
    content = models.JSONField()
    found = models.JSONField(null=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    found_start = models.PositiveIntegerField(null=True)
    found_end = models.PositiveIntegerField(null=True)
    rule = models.CharField(max_length=80, blank=True)
    derived = models.BooleanField(default=False)
    dropped = models.BooleanField(default=False)
    accepted = models.BooleanField(default=False)
    counter = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)

    @property
    def differs(self) -> bool:
        """Whether it is no longer what the reader found, in content or place; never for a value that a person added."""
        place = (self.span_start, self.span_end) != (self.found_start, self.found_end)
        return self.found is not None and (place or self.content != self.found)


class LateValue(models.Model):
    """A save that came after the value had moved on: kept beside it until a person chooses. Without content it wanted to drop the value."""

    value = models.ForeignKey(DraftValue, models.CASCADE, related_name="late")
    content = models.JSONField(null=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Step(models.Model):
    """One thing that a person did to an open draft, so that it can be taken back, the last one first.

    `changes` holds, for each value that it touched, its key and its state before and after (`content`, `span_start`, `span_end`, `dropped`,
    `accepted`); `late` the saves that it settled (`content`, `by`, `at`). Steps go with the checking: confirming or putting aside ends them.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="steps")
    value = models.ForeignKey(DraftValue, models.CASCADE, related_name="+")
    verb = models.CharField(max_length=10)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    changes = models.JSONField()
    late = models.JSONField(default=list)
