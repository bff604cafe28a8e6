"""Drafts of official documents, made from records. A draft is no record: it is saved piece by piece, and its version counts the saves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account, Post
from dondoc.documents.models import OfficialDocument, StoredFile
from dondoc.organisations.models import Unit

from . import rules


class DocumentDraft(models.Model):
    """A document that a unit prepares, in the form `template`, about a record known as kind, key and label.

    `receiver` is the unit to which it is addressed, where it is one (an urging letter); `sent_to` are the units that get it. Once issued,
    `document` is what was numbered, with the Word file as it went out; `sent_back` is what the approver wants mended.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being drafted")
        APPROVED = "approved", _("Approved, to be issued")
        ISSUED = "issued", _("Issued")
        DROPPED = "dropped", _("Dropped")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="document_drafts")
    template = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.BigIntegerField()
    subject_label = models.CharField(max_length=300)
    receiver = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    sent_to = models.ManyToManyField(Unit, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    made_on = models.DateField()
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    approved_on = models.DateField(null=True)
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    sent_back = models.TextField(blank=True)
    document = models.OneToOneField(OfficialDocument, models.PROTECT, null=True, related_name="draft")
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) ^ ~Q(state="issued"), name="what_is_issued_has_a_number"
            )
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_key"]), models.Index(fields=["unit", "state"])]

    @property
    def gives_directives(self) -> bool:
        """Whether its directives go out with it: a notice or a resolution gives them, minutes and plans only tell of them."""
        return self.template in ("notice", "resolution")


class Clause(models.Model):
    """One piece of a draft: a line of its head or foot (`name` says which), or a paragraph of its text.

    `made` says from what it was made and `record` which one (a finding, a directive, an assignment, a line of a report). `counter` is the
    version of the draft in which it was last changed, `since` that in which it came in. `left_out`: it stays visible and can be taken back.
    Numbers before paragraphs are not stored: they follow from the order. A cell of a table is a piece too: its `row` and `field`.
    """

    class Made(models.TextChoices):
        HEAD = "head", _("The record")
        FINDING = "finding", _("Finding")
        DIRECTIVE = "directive", _("Directive")
        ASSIGNMENT = "assignment", _("Assignment")
        REPORT = "report", _("Report")
        FREE = "free", _("Own words")

    draft = models.ForeignKey(DocumentDraft, models.CASCADE, related_name="clauses")
    name = models.CharField(max_length=40)
    ordinal = models.PositiveIntegerField()
    made = models.CharField(max_length=10, choices=Made.choices)
    record = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)
    heading = models.BooleanField(default=False)
    row = models.PositiveSmallIntegerField(null=True)
    field = models.CharField(max_length=40, blank=True)
    counter = models.PositiveIntegerField(default=1)
    since = models.PositiveIntegerField(default=1)
    left_out = models.BooleanField(default=False)
    saved_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["ordinal", "pk"]


class LateText(models.Model):
    """A save of a piece that came after the piece had moved on: kept beside it until a person chooses."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="lates")
    text = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Return(models.Model):
    """A Word file that came back. `version` is that of the draft when the file was made, None where the file no longer says so."""

    draft = models.ForeignKey(DocumentDraft, models.CASCADE, related_name="returns")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(null=True)
    by_text = models.BooleanField(default=False)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Difference(models.Model):
    """One difference of a file that came back, until a person takes it or not. `outcome` is empty as long as nobody has.

    What stands outside of all pieces (`kind` outside) is only told.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Taken")
        LEFT = "left", _("Not taken")

    came = models.ForeignKey(Return, models.CASCADE, related_name="differences")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(one.value, one.name) for one in rules.Kind])
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, related_name="+")
    before = models.TextField(blank=True)
    there = models.TextField(blank=True)
    both = models.BooleanField(default=False)
    order = models.JSONField(default=list)
    outcome = models.CharField(max_length=5, choices=Outcome.choices, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
