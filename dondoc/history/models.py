"""The append-only record: one entry per act, hash-chained, with the events of that act and a digest of the rows it wrote.

Entries hold references, never personal values in clear. Nothing here is ever updated or deleted except the heads and answered keys;
triggers on both databases refuse it (migration `0002_append_only`).
"""

from django.db import models


class Entry(models.Model):
    """One act. `person` and `post` are identifiers of `accounts` (None: the system); `day` is the working day, `at` the clock's time."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    day = models.DateField()
    person = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "entries"


class Event(models.Model):
    """One thing that the act did: `action` is "<folder>.<verb done>", the subject is model and key, `unit` the unit whose timeline shows it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.BigIntegerField()
    unit = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="one_event_per_position")]
        indexes = [models.Index(fields=["kind", "key"]), models.Index(fields=["unit", "entry"])]


class ReadingBatch(models.Model):
    """The persons whose data one page showed to one reader: who read which page, on which working day (`day`) and when (`at`).

    A chain of its own beside the entries, written after the page was made and outside its transaction.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    day = models.DateField()
    reader = models.BigIntegerField()
    post = models.BigIntegerField(null=True)
    page = models.CharField(max_length=100)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "reading batches"


class Reading(models.Model):
    """One person (an account) whose data were shown."""

    batch = models.ForeignKey(ReadingBatch, models.PROTECT, related_name="readings")
    subject = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "subject"], name="one_reading_per_person_and_page")]


class Head(models.Model):
    """How long a chain is and how it ends, kept apart so that a missing tail shows. One row per chain, which is also its lock."""

    class Chain(models.IntegerChoices):
        ENTRIES = 1
        READINGS = 2

    count = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)


class AnsweredKey(models.Model):
    """A form that was already answered: the same key gives the same answer for 30 days, with another body it is refused.

    `body` is a keyed digest of what was sent. `status` 0 is a form that is being answered now, or whose answer may not be kept.
    """

    person = models.BigIntegerField()
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "route", "key"], name="one_answer_per_key")]
