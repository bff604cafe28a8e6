"""The form in which a Word file is brought to be checked."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.lib.days import read_day

from .content import formats


class CheckForm(forms.Form):
    """A Word file; who issues it and by which day it is checked may be left to the document."""

    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"),
        help_text=gettext_lazy("It is looked at and not kept."),
        max_length=200,
        allow_empty_file=True,
    )
    level = forms.ChoiceField(label=gettext_lazy("Who issues it"), required=False)
    on = forms.CharField(
        label=gettext_lazy("Rules of the day"),
        required=False,
        help_text=gettext_lazy("Left empty: the day that the document bears."),
    )
    draft = forms.BooleanField(
        label=gettext_lazy("A draft: number, day and name of the signer may still be blank"), required=False
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        super().__init__(data, files, label_suffix="")
        self.today = today
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)
        known = formats()[-1].levels.values()
        level.choices = [("", _("As its head shows")), *((one.code, one.name) for one in known)]
        attrs = {"class": "input-day", "data-day": True, "inputmode": "numeric", "autocomplete": "off"}
        self.fields["on"].widget.attrs.update(attrs)
        self.fields["file"].widget.attrs["accept"] = ".docx"

    def clean_on(self) -> date | None:
        """The day, None where it is left to the document."""
        typed = self.cleaned_data["on"]
        found = read_day(typed, self.today) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Enter a day, such as 28/04/2023."))
        return found
