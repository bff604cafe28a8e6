"""Meetings (sinh hoạt, hội nghị) of cells and committees: calendar, agenda, invitation, attendance, minutes, tasks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.models import Account, Post
from dondoc.documents.models import OfficialDocument, StoredFile
from dondoc.lib.evidence import EVENTS
from dondoc.organisations.models import Dated, Unit
from dondoc.regulations.evidence import NAMES


class Meeting(models.Model):
    """One meeting of a unit. `kind` is one of the events of `lib.evidence`; `thematic`: a regular cell meeting that is also a thematic one.

    `held_on` is the day on which it was held, `minutes_on` the working day on which its minutes were read back and adopted; a meeting
    that was held and has no minutes is carried out without evidence. `invited_on`: the day on which those invited were told of this day, with
    time, place, content and papers. `conclusion` is what was issued of it (notice, conclusion or resolution). `ended_with_unit`: it was
    cancelled since the unit ends before its day, and is planned again where that is revoked.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        INVITED = "invited", _("Invitation sent")
        OPEN = "open", _("Under way")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Meeting cancelled")

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
    ended_with_unit = models.BooleanField(default=False)
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
    """A post of the superior that is in charge of a unit and attends its meetings; one at a time. `ended_with_unit`: as of a meeting."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="charges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges")
    ended_with_unit = models.BooleanField(default=False)


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
    """One item of the agenda, from the form in force (`content/meetings/agendas.yaml`). `code` names its field of the
    minutes; what is not `written` has none."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    written = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="one_item_per_code")]


class Minutes(models.Model):
    """The minutes being written: `content` by field (an item's code, or "conclusion"), `marks` of each the version and who saved it.

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
    """Work given in a meeting to someone on the roll. While it is open it stands at the beginning of the next meeting's agenda."""

    class State(models.TextChoices):
        OPEN = "open", _("Not done yet")
        DONE = "done", _("Carried out")
        NOT_DONE = "not_done", _("Not done")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=500)
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="tasks")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    told_in = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=500, blank=True)
