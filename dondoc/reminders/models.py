"""Reminders of a person: the digests, where they go by e-mail, the calendar's secret address, and what was put off or handed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account, Post


class Digest(models.Model):
    """What one person was told on one working day. `items` hold references only: key, code, rank and day of each.

    `message_id` stays the same however often it is sent. `uncertain`: one attempt may have gone out without our knowing; a second such attempt
    is the last. `try_at` is when it may be sent, counted in real time; `claimed_at` when a run took it.
    """

    class State(models.TextChoices):
        QUIET = "quiet", _("Only here")
        READY = "ready", _("Waits to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent by e-mail")
        FAILED = "failed", _("Could not be sent")

    account = models.ForeignKey(Account, models.PROTECT, related_name="digests")
    day = models.DateField()
    items = models.JSONField(default=list)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUIET)
    attempts = models.PositiveSmallIntegerField(default=0)
    uncertain = models.BooleanField(default=False)
    try_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day"], name="one_digest_per_person_and_day")]
        indexes = [models.Index(fields=["state", "try_at"])]


class Choice(models.Model):
    """Where a person's digests go, and the digest of the secret in their calendar's address ("": none)."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="reminders")
    address = models.EmailField(blank=True)
    by_mail = models.BooleanField(default=False)
    calendar = models.CharField(max_length=64, blank=True, db_index=True)
    calendar_made_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)


class Deferral(models.Model):
    """A person put an item off until a day, or handed it to another post of their unit (`post`), for good or until a day.

    A step of a higher rank shows it anew. `ended_on`: they took it back.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()
    on = models.DateField()
    until = models.DateField(null=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "key"])]
