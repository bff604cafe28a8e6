"""What is typed about an obligation: that it was carried out, why not, and the superior's answer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.forms import DayField


def _words(label: Any, *, required: bool = True, longest: int = 500) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": 2}))


class DeclareForm(forms.Form):
    """On which day, what was done, and the file that shows it."""

    done_on = DayField(label=_("Carried out on"))
    words = _words(_("What was done"), longest=1000)
    file = forms.FileField(
        label=_("Proof"),
        required=False,
        help_text=_("Minutes, a document, a photograph; at most 20 MB. Without it the duty stays without evidence."),
    )

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        day = self.fields["done_on"]
        assert isinstance(day, DayField)
        day.today = today


class AskForm(forms.Form):
    """Why a unit asks to be excused."""

    reason = _words(_("Reason"))


class SettleForm(forms.Form):
    """What is to be thought of a doubt, or why an excuse counts no more."""

    words = _words(_("What is to be thought of it"))


class AnswerForm(forms.Form):
    """What the superior says."""

    words = _words(_("Reason"), required=False)
