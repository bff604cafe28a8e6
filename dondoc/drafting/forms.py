"""What a person types on the pages of drafts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dondoc.directives.forms import DayField
from dondoc.documents.queries import next_number, term_of
from dondoc.documents.symbols import is_symbol, is_term
from dondoc.lib import wording

from .models import DocumentDraft
from .values import Numbering


class NumberForm(forms.Form):
    """The number with which a document goes out: the next of its series where none is written."""

    use_required_attribute = False
    number = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-number", "autocomplete": "off"}),
    )
    symbol = forms.CharField(label=_("Symbol"), max_length=40)
    term = forms.CharField(label=_("Term"), max_length=9)
    dated_on = DayField(label=_("Day of the document"))
    despite = forms.BooleanField(label=_("Issue it all the same"), required=False)

    def __init__(self, *args: Any, draft: DocumentDraft, symbol: str, today: date, faults: bool, **given: Any) -> None:
        term = term_of(today)
        given.setdefault("initial", {"symbol": symbol, "term": term, "dated_on": wording.day(today)})
        super().__init__(*args, **{"prefix": "issue", **given})
        if not faults:
            del self.fields["despite"]
        self.fields["dated_on"].today = today  # type: ignore[attr-defined]
        following = next_number(draft.unit_id, term, symbol) if symbol else 1
        self.fields["number"].help_text = _(
            "Leave it empty to take the next one of the register: %(number)s. A number that you have reserved may be written here."
        ) % {"number": f"{following:02d}"}

    def clean(self) -> dict[str, Any]:
        """The symbol is one of Party documents, the term one of the day."""
        data = super().clean() or self.cleaned_data
        term, day, symbol = data.get("term"), data.get("dated_on"), data.get("symbol")
        if term and day and not is_term(term, day):
            self.add_error("term", _("Write the term of the day of the document as two years, such as 2020-2025."))
        if symbol and not is_symbol(symbol.strip()):
            self.add_error("symbol", _("Write it such as TB/TU or KH/ĐU."))
        return data

    @property
    def numbering(self) -> Numbering:
        """What the service is given."""
        data = self.cleaned_data
        return Numbering(data["term"], data["symbol"], data["dated_on"], data["number"])
