"""What is typed about meetings."""

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.forms import DayField
from dondoc.lib.evidence import Evidence
from dondoc.regulations.evidence import NAMES

from .rules import MONTHS


class TimeField(forms.CharField):
    """A time of the day as people type it: 19:30, 19h30, 7h."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.widget.attrs |= {"class": "input-number", "autocomplete": "off"}

    def clean(self, value: Any) -> time | None:
        """The time; a sentence where the text is none."""
        text = super().clean(value).strip().lower().replace("h", ":").replace(".", ":").rstrip(":")
        if not text:
            return None
        hour, _colon, minute = text.partition(":")
        whole = hour.isascii() and hour.isdigit() and (not minute or (minute.isascii() and minute.isdigit()))
        if not whole or len(hour) > 2 or len(minute) > 2 or int(hour) > 23 or int(minute or 0) > 59:
            raise forms.ValidationError(_("Write a time such as 19:30."))
        return time(int(hour), int(minute or 0))


class _DatedForm(forms.Form):
    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today


class _KindForm(_DatedForm):
    kind = forms.ChoiceField(label=_("Kind of meeting"))

    def __init__(self, *args: Any, kinds: tuple[Evidence, ...], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, _MEETINGS.get(kind, NAMES[kind])) for kind in kinds]
        if Evidence.CELL_MEETING not in kinds:
            del self.fields["thematic"]


class PlanForm(_KindForm):
    """A meeting, or the calendar of the rest of a year, to look at before it is planned."""

    use_required_attribute = False
    # Not "on": in an address that is the day on which pages are looked at.
    since = DayField(label=_("Day"), help_text=_("For a whole year: the first day, such as 03/01/2026."))
    repeat = forms.ChoiceField(
        label=_("How often"),
        choices=[
            ("once", _("Only this once")),
            ("1", _("Every month until the end of the year")),
            ("3", _("Every quarter until the end of the year")),
            ("6", _("Every half-year until the end of the year")),
        ],
    )
    working = forms.BooleanField(label=_("Move days off to the next working day"), required=False)
    thematic = forms.BooleanField(
        label=_("In the last month of each quarter also the thematic meeting"), required=False
    )
    starts_at = TimeField(label=_("Begins at"), required=False)
    place = forms.CharField(label=_("Where it is held"), max_length=200, required=False)


class CalendarForm(_KindForm):
    """The days that were looked at: those left empty are left out. `days` are those that could be read, in order."""

    thematic = forms.BooleanField(required=False)
    starts_at = TimeField(required=False)
    place = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.today: date = given["today"]
        self.days: list[date] = []

    def clean(self) -> dict[str, Any]:
        """Every day that is not empty is one, at most a year ago, and there is one at least."""
        data = super().clean() or self.cleaned_data
        reads = DayField(today=self.today, required=False)
        assert isinstance(self.data, QueryDict)
        for typed in self.data.getlist("day")[:MONTHS]:
            try:
                day = reads.clean(typed)
            except forms.ValidationError:
                self.add_error(
                    None, _("“%(typed)s” is no day. Write a day such as 28/04/2023.") % {"typed": typed[:20]}
                )
                continue
            if day is not None and day >= self.today - timedelta(days=366):
                self.days.append(day)
        if not self.days and not self.errors:
            self.add_error(None, _("No day is left: keep one at least."))
        return data

    @property
    def sentences(self) -> list[str]:
        """All that is wrong."""
        return [str(one) for errors in self.errors.values() for one in errors]


_MEETINGS = {
    Evidence.COMMITTEE_MEETING: _("Committee meeting"),
    Evidence.STANDING_MEETING: _("Meeting of the standing committee"),
    Evidence.BRIEFING: _("Briefing"),
    Evidence.CONFERENCE: _("Conference of all members"),
    Evidence.CELL_MEETING: _("Regular cell meeting"),
    Evidence.THEMATIC_MEETING: _("Thematic cell meeting"),
}


def name_of(kind: str) -> Any:
    """What a kind of meeting is called."""
    return _MEETINGS[Evidence(kind)]


class MoveForm(_DatedForm):
    """To which day, and why."""

    to = DayField(label=_("To the day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CancelForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class InviteForm(forms.Form):
    """What it will be about; the papers come beside it."""

    topic = forms.CharField(label=_("Content"), max_length=300, required=False)


class BeginForm(_DatedForm):
    """On which day it is held."""

    on = DayField(label=_("Held on"))
    began_at = TimeField(label=_("Began at"), required=False)


class AdoptForm(forms.Form):
    """From when to when."""

    began_at = TimeField(label=_("Began at"))
    ended_at = TimeField(label=_("Ended at"))


class TaskForm(_DatedForm):
    """What, who, by when."""

    title = forms.CharField(label=_("What is to be done"), max_length=500)
    participant = forms.ChoiceField(label=_("By whom"), required=False)
    due_on = DayField(label=_("By the day"), required=False)

    def __init__(self, *args: Any, roll: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["participant"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("all of us")), *roll]


class DirectForm(_DatedForm):
    """What the meeting demands, and of which units below."""

    text = forms.CharField(
        label=_("What has to be done"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In the words of the conclusion."),
    )
    units = forms.MultipleChoiceField(label=_("By which units"), widget=forms.CheckboxSelectMultiple)
    due_on = DayField(label=_("By the day"), required=False)

    def __init__(self, *args: Any, below: list[tuple[int, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = below


class RollForm(forms.Form):
    """One name or post on each line."""

    names = forms.CharField(
        label=_("Who meets"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "One name or post on each line, in the order of the roll call. Read only by the unit and by who attends from above."
        ),
    )
