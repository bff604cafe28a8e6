"""How a regulation is approved: with the number of its document, or without one."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.forms import DayField
from dondoc.documents.symbols import is_term

from .numbers import Number


class ApproveForm(forms.Form):
    """The document by which it is issued; all of it is left empty where it has no number."""

    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=99_999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-number"}),
    )
    symbol = forms.CharField(label=_("Symbol"), max_length=40, required=False, help_text=_("Such as QC/ĐU."))
    term = forms.CharField(label=_("Term"), max_length=9, required=False, help_text=_("Such as 2020-2025."))
    dated_on = DayField(label=_("Day of the document"), required=False)

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        day = self.fields["dated_on"]
        assert isinstance(day, DayField)
        day.today = today

    def clean(self) -> dict[str, Any]:
        """All four, or none."""
        data = super().clean() or self.cleaned_data
        if any(data.values()):
            for name in self.fields:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A document needs this."))
            term, day = data.get("term"), data.get("dated_on")
            if term and day and not is_term(term, day):
                self.add_error("term", _("Write the term of the day of the document as two years, such as 2020-2025."))
        return data

    @property
    def document(self) -> Number | None:
        """What was typed; None where nothing was."""
        data = self.cleaned_data
        if not data.get("number"):
            return None
        return Number(data["term"], data["symbol"], data["number"], data["dated_on"])
