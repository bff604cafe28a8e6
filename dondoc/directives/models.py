"""Findings, directives, and the assignments through which a directive is seen through."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account, Post
from dondoc.documents.models import OfficialDocument, Source, StoredFile
from dondoc.organisations.models import Dated, Reorganisation, Unit

from . import rules


class Origin(models.Model):
    """Where a finding or directive comes from: known only as kind, key and label, so that this folder needs not know its callers."""

    origin_kind = models.CharField(max_length=40)
    origin_key = models.BigIntegerField()
    origin_label = models.CharField(max_length=300)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    said_on = models.DateField()
    author_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    author_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    author_title = models.CharField(max_length=200)
    text = models.TextField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["origin_kind", "origin_key"])]


class Finding(Origin):
    """What was said of the work: praise, criticism or difficulty; of named units (`about`), or common to all units of the origin."""

    class Kind(models.TextChoices):
        PRAISE = "praise", _("Praise")
        CRITICISM = "criticism", _("Criticism")
        DIFFICULTY = "difficulty", _("Difficulty")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    common = models.BooleanField()
    about = models.ManyToManyField(Unit, related_name="findings")


class Directive(Origin):
    """A leader's sentence, verbatim. It has no state of its own: its progress is computed from its assignments.

    `units` are the units named; `due_on`, `cadence_months` and `planned_year` what the text itself says of the deadline. `folded` is the
    text as it is searched for.
    """

    folded = models.TextField(blank=True)
    addressee = models.CharField(max_length=300, blank=True)
    receivers = models.CharField(max_length=10, choices=rules.Receivers.choices())
    units = models.ManyToManyField(Unit, related_name="directives")
    due_on = models.DateField(null=True)
    cadence_months = models.PositiveSmallIntegerField(null=True)
    planned_year = models.PositiveSmallIntegerField(null=True)


class Assignment(models.Model):
    """One directive for one receiver: what is to be handed in, by when or how often, and how far it has come.

    Receiver, follower, verifier, answerable post and issuer are dated rows of `Role`. Exactly one of `due_on` and `cadence_months` is set
    once it is approved. Until it is approved it is a draft: `marks` says of each field whether its value comes from a rule ("default"),
    from the text ("text") or from a person ("person"), and at which version it was last saved. `met_to` is the last due day of a
    regular one that a report has answered. `document` is what it was issued with, `oral` where by word of mouth.
    `asked_anew_on` is the day on which it was handed to the present receiver in place of another, its objection was answered, or it was
    reopened: the acknowledgement and the steps of the deadline count from it. `next_step_on` is the next day on which something can happen by itself.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="assignments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    task = models.TextField()
    product = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    cadence_months = models.PositiveSmallIntegerField(null=True)
    review_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=rules.State.choices(), default=rules.State.DRAFTED.value)
    version = models.PositiveIntegerField(default=1)
    marks = models.JSONField(default=dict)
    document = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="assignments")
    oral = models.BooleanField(default=False)
    drafted_on = models.DateField()
    approved_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    asked_anew_on = models.DateField(null=True)
    acknowledged_on = models.DateField(null=True)
    objected_on = models.DateField(null=True)
    met_to = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    next_step_on = models.DateField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(cadence_months=None), name="a_deadline_or_a_cadence_not_both"
            ),
            models.CheckConstraint(
                condition=Q(cadence_months=None) | Q(cadence_months__gte=1), name="a_cadence_is_at_least_a_month"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "approved", "cancelled"]) | Q(issued_on__isnull=False),
                name="what_is_under_way_was_issued",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]


class LateField(models.Model):
    """A save of a drafted field that came after the field had moved on: kept beside it until a person chooses."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="late_fields")
    field = models.CharField(max_length=20)
    value = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Role(Dated):
    """Who held which part in an assignment, from when to when, and how it came to them.

    Derived from the person's decisions and the successions of the units (`rules.hold`), and rebuilt whenever either changes; `unit` is
    None while a role waits on the list of `parked_with`.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=10, choices=rules.Part.choices())
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="roles")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="roles")
    how = models.CharField(max_length=10, choices=rules.How.choices())
    parked_with = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="parked_roles")
    proposed = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["assignment", "role", "valid_from"], name="one_holder_from_a_day"),
            models.CheckConstraint(condition=Q(unit=None) ^ Q(parked_with=None), name="held_or_waiting"),
        ]
        indexes = [
            models.Index(fields=["unit", "role", "valid_from"]),
            models.Index(fields=["parked_with", "valid_from"]),
        ]


class RoleDecision(models.Model):
    """A person gave a role to a unit from a day on; the latest one of a day counts. The base from which `Role` is derived.

    `answers` is the reorganisation that had left the role waiting: once that is revoked there was nothing to decide, and it counts no more.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="role_decisions")
    role = models.CharField(max_length=10, choices=rules.Part.choices())
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField()
    decided_on = models.DateField()
    reason = models.TextField(blank=True)
    answers = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")


class Report(models.Model):
    """What a receiver says: progress, or the result with evidence. `entered_for` is set where an office entered it from paper."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    is_result = models.BooleanField()
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    entered_for = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    open_children_reason = models.TextField(blank=True)
    files = models.ManyToManyField(StoredFile, related_name="+")


class Remark(models.Model):
    """A reason given with a move: an objection, a return, an acceptance, a cancellation, a reopening."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="remarks")
    verb = models.CharField(max_length=20)
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")


class Extension(models.Model):
    """A later deadline that was asked for, and what was answered."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    reason = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(granted=None), name="one_open_extension_per_assignment"
            )
        ]


class Step(models.Model):
    """A step of the ladder that was taken: once per assignment, step, base and day; for one unit, and there for `audience`.

    `due_on` is the day it was due, `done_on` the working day it was taken. `on_paper`: nobody there looks into the product, so the
    office prints it.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=40)
    counted_from = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "step", "counted_from", "due_on", "unit", "audience"], name="a_step_is_taken_once"
            )
        ]
        indexes = [models.Index(fields=["unit", "done_on"])]
