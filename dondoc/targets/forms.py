"""What comes with the numbers of a decision, as a person types it; the numbers themselves stand in a table (`sheet.py`)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dondoc.directives.forms import ActForm, DayField
from dondoc.documents.symbols import is_symbol
from dondoc.lib.wording import day as written
from dondoc.organisations.queries import Label

from .models import Decision
from .services import Basis, Paper

Way = Decision.Way


class BasisForm(ActForm):
    """From which day, on what basis, by whose decision and by which document; why, once something held before."""

    verb = "basis"
    use_required_attribute = False
    of_document = ("number", "symbol", "dated_on")
    way = forms.ChoiceField(label=_("What this is"), widget=forms.RadioSelect)
    holds_from = DayField(label=_("Holds from"))
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, required=False, help_text=_("Such as the resolution for the year.")
    )
    number = forms.IntegerField(
        label=_("Number of the document"),
        min_value=1,
        max_value=99_999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-number"}),
    )
    symbol = forms.CharField(label=_("Symbol"), max_length=40, required=False, help_text=_("Such as QĐ/HU."))
    dated_on = DayField(label=_("Day of the document"), required=False)
    authority = forms.TypedChoiceField(label=_("Decided by"), coerce=int)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, year: int, authorities: Sequence[Label], held_from: date | None, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.year = year
        self.held_from = held_from
        held = held_from is not None
        if held_from:
            self.fields["holds_from"].help_text = _("A correction holds from the day of what it corrects: %(day)s.") % {
                "day": written(held_from)
            }
        ways = [
            (Way.ADJUSTED, _("Adjust: other numbers from a day on")),
            (Way.CORRECTED, _("Correct: it was written down wrongly")),
        ]
        self.fields["way"].choices = ways if held else [(Way.FIRST, _("First set"))]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [(one.unit, one.name) for one in authorities]  # type: ignore[attr-defined]
        self.fields["reason"].required = held
        if not held:
            self.fields["way"].widget = forms.HiddenInput()
            self.fields["reason"].widget = forms.HiddenInput()

    def clean_holds_from(self) -> date | None:
        """A day of the year, or of the one before, when it was decided in advance."""
        day: date | None = self.cleaned_data["holds_from"]
        if day and not date(self.year - 1, 1, 1) <= day <= date(self.year, 12, 31):
            raise forms.ValidationError(
                _("Write a day of %(year)s, or of the year before."), params={"year": self.year}
            )
        return day

    def clean(self) -> dict[str, Any]:
        """A document has number, symbol and day, or nothing of the three."""
        data = super().clean() or self.cleaned_data
        given = [name for name in self.of_document if data.get(name)]
        for name in self.of_document:
            if given and not data.get(name) and name not in self.errors:
                self.add_error(name, _("A document needs its number, its symbol and its day."))
        if (
            data.get("way") == Way.CORRECTED
            and self.held_from
            and (data.get("holds_from") or date.min) > self.held_from
        ):
            self.add_error(
                "holds_from",
                _("A correction holds from the day of what it corrects: %(day)s.") % {"day": written(self.held_from)},
            )
        if data.get("symbol") and not is_symbol(data["symbol"].strip()):
            self.add_error("symbol", _("This is not written like the symbol of a Party document."))
        return data

    @property
    def basis(self) -> Basis:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        paper = Paper(data["number"], data["symbol"].strip(), data["dated_on"]) if data.get("number") else None
        return Basis(data["holds_from"], data["authority"], data["legal_basis"], paper, data.get("reason", ""))


class SettleForm(ActForm):
    """Why what is left is given so."""

    verb = "settle"
    use_required_attribute = False
    holds_from = DayField(label=_("Holds from"))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
