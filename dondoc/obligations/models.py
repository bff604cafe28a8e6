"""What a unit owes by its working regulation, time after time, and what became of it.

An `Obligation` is one time that one duty is due. Its verdict is derived from the evidence that is found (`evidence.py` of the folders that hold
it), from declarations and excuses; `Judgement` rows keep every verdict with the day since which it was known, so that any day can be shown.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Post
from dondoc.documents.models import StoredFile
from dondoc.organisations.models import Unit
from dondoc.regulations.models import Duty, Version

from .rules import Verdict

VERDICTS: dict[Verdict, Promise] = {
    Verdict.OPEN: _("Not yet due"),
    Verdict.DONE: _("Carried out"),
    Verdict.LATE: _("Carried out late"),
    Verdict.NO_PLAN: _("No plan"),
    Verdict.NOT_CARRIED_OUT: _("Planned, not carried out"),
    Verdict.WITHOUT_EVIDENCE: _("Carried out, without evidence"),
    Verdict.EXCUSED: _("Excused"),
    Verdict.ENDED: _("Ended before it was due"),
}
_CHOICES = [(verdict.value, name) for verdict, name in VERDICTS.items()]


class Obligation(models.Model):
    """One time that a unit owes a duty: for the days from `begins_on` up to and without `ends_on`, due on `due_on`, in time until `last_day`.

    `code` is the duty's name through all versions, `article` the number of its article. `event` names the meeting that it is counted
    from ("meeting:12"), else it is empty. `verdict` is the latest `Judgement`; `done_on` and `proof` ("meeting:12") say on what it rests.
    `judge_on` is the next day on which time alone changes the verdict, None where only evidence can.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="obligations")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="obligations")
    code = models.CharField(max_length=40)
    article = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=40, blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    last_day = models.DateField()
    verdict = models.CharField(max_length=12, choices=_CHOICES, default=Verdict.OPEN.value)
    done_on = models.DateField(null=True)
    proof = models.CharField(max_length=60, blank=True)
    judge_on = models.DateField(null=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code", "begins_on", "event"], name="an_obligation_is_owed_once")
        ]
        indexes = [models.Index(fields=["unit", "due_on"])]


class Opening(models.Model):
    """How far the obligations of a version are opened: all whose period began on `done_to` or before; `next_on` is the next day to look."""

    version = models.OneToOneField(Version, models.CASCADE, related_name="opening")
    done_to = models.DateField(null=True)
    next_on = models.DateField(null=True, db_index=True)


class Judgement(models.Model):
    """A verdict and the working day since which it was known."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=12, choices=_CHOICES)
    on = models.DateField()
    done_on = models.DateField(null=True)
    proof = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["obligation", "on"])]


class Declaration(models.Model):
    """Somebody of the unit says that it was carried out on `done_on`; with a file or a document beside it, else it is without evidence.

    `withdrawn_on`: it was declared by mistake.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="declarations")
    done_on = models.DateField()
    words = models.CharField(max_length=1000)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    declared_on = models.DateField()
    withdrawn_on = models.DateField(null=True)


class Excuse(models.Model):
    """A unit asks to be excused, and somebody above it answers. `granted` None: not answered yet. Nobody excuses their own unit."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="excuses")
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField(null=True)
    granted = models.BooleanField(null=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    revoked_on = models.DateField(null=True)


class Step(models.Model):
    """A step of the ladder that was taken for an obligation: once per step and day due; for one unit, and there for `audience`.

    `on_paper`: nobody there looks into the product, so the office prints it.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=40)
    due_on = models.DateField()
    done_on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "step", "due_on", "unit", "audience"],
                name="a_step_of_an_obligation_is_taken_once",
            )
        ]
        indexes = [models.Index(fields=["unit", "done_on"])]


class Doubt(models.Model):
    """Records that cannot all be true (a meeting of ten minutes with thirty speakers): shown to the superior, never a lapse by itself.

    `code` is a rule of `doubts.py`, `data` what it compared, as numbers, days and references. `settled_on`: somebody looked and said why.
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="doubts")
    code = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["obligation", "code"], name="a_doubt_is_raised_once")]
