"""Meetings (sinh hoạt, hội nghị) of cells and committees: calendar, agenda, invitation, attendance, minutes, tasks, score."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account, Post
from dondoc.directives.models import Assignment
from dondoc.documents.models import OfficialDocument, StoredFile
from dondoc.lib.evidence import EVENTS
from dondoc.organisations.models import Dated, Unit
from dondoc.regulations.evidence import NAMES


class Meeting(models.Model):
    """One meeting of a unit. `kind` is one of the events of `lib.evidence`; `thematic`: a regular cell meeting that is also a thematic one.

    `held_on` is the day on which it was held, `minutes_on` the working day on which its minutes were read back and adopted; a meeting
    that was held and has no minutes is carried out without evidence. `invited_on`: the day on which those invited were told, with
    time, place, content and papers. `conclusion` is what was issued of it (notice, conclusion or resolution).
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        INVITED = "invited", _("Invitation sent")
        OPEN = "open", _("Under way")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=24, choices=[(kind.value, NAMES[kind]) for kind in EVENTS])
    thematic = models.BooleanField(default=False)
    topic = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    planned_on = models.DateField()
    starts_at = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    online = models.BooleanField(default=False)
    chaired_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField()
    invited_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    began_at = models.TimeField(null=True)
    ended_at = models.TimeField(null=True)
    minutes_on = models.DateField(null=True)
    conclusion = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")
    cancelled_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "planned_on"],
                condition=~Q(state="cancelled"),
                name="one_meeting_of_a_kind_per_unit_and_day",
            )
        ]
        indexes = [models.Index(fields=["unit", "planned_on"]), models.Index(fields=["unit", "held_on"])]


class Move(models.Model):
    """A meeting was put off or brought forward: from which day to which, why, and on which working day that was decided."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=300)
    decided_on = models.DateField()


class Participant(Dated):
    """Someone on a unit's roll for its meetings: by post, or as the unit calls them. Read by the unit and by those who attend from above only."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participants")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField()
    probationary = models.BooleanField(default=False)


class Attendance(models.Model):
    """How someone on the roll stood to one meeting (`domain.md` 4.5)."""

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        EXCUSED = "excused", _("Absent with reason")
        UNEXCUSED = "unexcused", _("Absent without reason")
        EXEMPT = "exempt", _("Exempt from work and meetings")
        PAUSED = "paused", _("Exempt for a time")
        ELSEWHERE = "elsewhere", _("Meets elsewhere for a time")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="attendances")
    status = models.CharField(max_length=9, choices=Status.choices)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "participant"], name="one_attendance_per_meeting")]


class Charge(Dated):
    """A member of the superior committee (by post) who is in charge of a cell and attends its meetings."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="charges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges")


class Guest(models.Model):
    """Who was there from above, by post."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="guests")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "post"], name="one_guest_per_meeting")]


class Paper(models.Model):
    """A file for those invited, and the working day on which they had it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sent_on = models.DateField(null=True)


class AgendaItem(models.Model):
    """One item of the agenda, from the form in force (`content/meetings/agendas.yaml`) or the unit's own. `task`: what it takes up again."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    discussed = models.BooleanField(default=False)
    task = models.ForeignKey("Task", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]


class Minutes(models.Model):
    """The minutes being written: `content` by field ("item.7", "conclusion", "votes"), `marks` of each the version and who saved it.

    No record until they are adopted (`Meeting.minutes_on`).
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    content = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)


class LateValue(models.Model):
    """A save that came after its field had moved on (a connection that was lost): kept beside it until a person chooses."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="late_values")
    field = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Task(models.Model):
    """Work given in a meeting: to a unit (then an assignment says how it stands) or to someone on the roll. It opens the next agenda while open."""

    class State(models.TextChoices):
        OPEN = "open", _("To be done")
        DONE = "done", _("Done")
        NOT_DONE = "not_done", _("Not done")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    told_in = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=500, blank=True)


class SheetChoice(Dated):
    """The score sheet (`content/meetings/score_sheets.yaml`) that a unit chose for the cells below it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=40)


class Score(models.Model):
    """The quality of a meeting by a sheet: `points` by criterion as the cell proposes them, `confirmed_points` as the superior attending confirms."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="score")
    sheet = models.CharField(max_length=40)
    points = models.JSONField(default=dict)
    band = models.CharField(max_length=20)
    proposed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()
    confirmed_points = models.JSONField(null=True)
    confirmed_band = models.CharField(max_length=20, blank=True)
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
