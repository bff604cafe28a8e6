"""The form in which a superior asks for a report."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.lib.days import read_day
from dondoc.lib.wording import day as day_text
from dondoc.organisations.queries import Label


class AskForm(forms.Form):
    """What about, of which days, by when, from whom: all units offered are ticked."""

    title = forms.CharField(label=gettext_lazy("What the report is about"), max_length=300)
    first = forms.CharField(label=gettext_lazy("From"))
    last = forms.CharField(label=gettext_lazy("To"))
    due_on = forms.CharField(label=gettext_lazy("To be sent by"))
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("From which units"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, today: date, offered: Sequence[Label]) -> None:
        start = {"first": day_text(today), "last": day_text(today), "units": [one.unit for one in offered]}
        super().__init__(data, initial=start, label_suffix="")
        self.today = today
        for name in ("first", "last", "due_on"):
            attrs = {"class": "input-day", "data-day": True, "inputmode": "numeric", "autocomplete": "off"}
            self.fields[name].widget.attrs.update(attrs)
        choices = self.fields["units"]
        assert isinstance(choices, forms.TypedMultipleChoiceField)
        choices.choices = [(one.unit, one.name) for one in offered]

    def _day(self, name: str) -> date:
        found = read_day(self.cleaned_data[name], self.today)
        if found is None:
            raise forms.ValidationError(_("Enter a day, such as 28/04/2023."))
        return found

    def clean_first(self) -> date:
        """The first day."""
        return self._day("first")

    def clean_last(self) -> date:
        """The last day, which is in."""
        return self._day("last")

    def clean_due_on(self) -> date:
        """The day by which it is sent."""
        return self._day("due_on")
