"""Reports of units, what was filled in, what was sent, and the difficulties told in them."""

from django.db import models
from django.db.models import F, Q

from dondoc.accounts.models import Account, Post
from dondoc.organisations.models import Unit

from .rules.states import State


class Demand(models.Model):
    """A superior asks for a report once: of these days, by that day, about `title`."""

    form = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    on = models.DateField()


class Report(models.Model):
    """The report of one unit on one part of a period, in a form of `content/reports`.

    The part is `starts_on` up to, and without, `ends_on`; `period` is the whole one as the ledger writes it. `superior` was the direct
    superior on the part's last day. `filler` and `receiver` are who answers for the two today: the same units, or who took over from
    them (derived, `carry.py`). `since` says which version of the form it follows. `begun_on`: something was filled in from that day on.
    `sent_on` is the day on which it was first sent, `version` moves with whatever a person could want to have seen.

    A lapsed report is not due any more, since `lapsed_on`. `lapsed_why` is the reason where somebody decided it (empty: it follows
    from reorganisations, and is due again by itself where they are revoked). `instead_of` is the lapsed report of a unit that ended, for
    which this one of an heir is asked.
    """

    form = models.CharField(max_length=40)
    since = models.DateField()
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="reports")
    period = models.CharField(max_length=24)
    starts_on = models.DateField()
    ends_on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports")
    superior = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    filler = models.ForeignKey(Unit, models.PROTECT, related_name="reports_to_fill")
    receiver = models.ForeignKey(Unit, models.PROTECT, related_name="reports_received")
    opened_on = models.DateField()
    cut_off_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices(), default=State.OPEN.value)
    begun_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    sent_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    lapsed_on = models.DateField(null=True)
    lapsed_why = models.CharField(max_length=300, blank=True)
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="instead")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "unit", "starts_on"], condition=Q(demand=None), name="one_report_per_form_and_part"
            ),
            models.UniqueConstraint(fields=["demand", "unit"], name="one_report_per_demand_and_unit"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_report_is_of_a_day_at_least"),
        ]
        indexes = [
            models.Index(fields=["filler", "state", "due_on"]),
            models.Index(fields=["receiver", "form", "period"]),
            models.Index(fields=["unit", "form", "ends_on"]),
        ]

    @property
    def begun(self) -> bool:
        """Whether something was filled in."""
        return self.begun_on is not None


class Urging(models.Model):
    """A superior urges the unit that has a report to send; at most once on a day. `unit` is who urges, `to` who is urged."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="urgings")
    on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "on"], name="one_urging_per_report_and_day")]


class Value(models.Model):
    """A field of a report's form as it was typed; no record, so it may change without a trace. `counter` moves with every save.

    `name` is "line.<key>", "section.<code>" or "why.<line>" (the word of explanation).
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="values")
    name = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    counter = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="one_value_per_field")]


class LateValue(models.Model):
    """A save that came after the field had moved on: kept beside it until a person chooses."""

    value = models.ForeignKey(Value, models.CASCADE, related_name="late")
    text = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Submission(models.Model):
    """A report as it was sent: never changed. `paper` says from which paper an office entered it for the unit, `reason` why it was corrected,
    `why` is the word of explanation for the report as a whole, such as for a sum that is not complete."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    paper = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    why = models.TextField(blank=True)
    wrote = models.JSONField(default=list)
    accepted_on = models.DateField(null=True)
    accepted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    accepted_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_submission_per_number")]


class SentLine(models.Model):
    """A number as it was sent, with where it came from (`mode`) and, where it was summed, how complete it was then."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="lines")
    key = models.CharField(max_length=70)
    mode = models.CharField(max_length=8)
    value = models.BigIntegerField(null=True)
    reported = models.PositiveIntegerField(null=True)
    expected = models.PositiveIntegerField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "key"], name="one_sent_line_per_key")]


class SentSection(models.Model):
    """A narrative part as it was sent."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="sections")
    code = models.CharField(max_length=40)
    text = models.TextField()


class Remark(models.Model):
    """What the superior says of a report that it sends back or accepts: of one line, or of the whole (`line` empty)."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="remarks")
    verb = models.CharField(max_length=10)
    line = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")


class Difficulty(models.Model):
    """A difficulty told in a report. It lies with one unit until that answers it or passes it up; who raised it sees it throughout.

    `withdrawn_on`: the unit sent its report again without it, before anybody had answered.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="difficulties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="difficulties")
    text = models.TextField()
    raised_on = models.DateField()
    lies_with = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="difficulties_to_answer")
    lies_since = models.DateField()
    answered_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["lies_with", "answered_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(lies_with=None) | Q(answered_on=None, withdrawn_on=None), name="what_lies_somewhere_is_open"
            )
        ]


class DifficultyStep(models.Model):
    """What was done about a difficulty: answered, or passed up to `to`, with words."""

    difficulty = models.ForeignKey(Difficulty, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    on = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")


class Opened(models.Model):
    """Up to and with which day the reports of a form have been opened."""

    form = models.CharField(max_length=40, unique=True)
    to = models.DateField()
