"""The administrator's forms."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from dondoc.lib.days import read_day

from .models import Account, PostKind


class DayField(forms.CharField):
    """A day as people type it: 28/04/2023, 28-4-2023, 28/4."""

    def __init__(self, *, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today
        self.widget.attrs |= {"class": "input-day", "inputmode": "numeric", "autocomplete": "off", "data-day": True}

    def clean(self, value: Any) -> date | None:
        """The day; a sentence where the text is none."""
        text = super().clean(value)
        if not text:
            return None
        day = read_day(text, self.today or date(1, 1, 1))
        if day is None:
            raise forms.ValidationError(_("Write a day such as 28/04/2023."))
        return day


class _DatedForm(forms.Form):
    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today


class GiveForm(_DatedForm):
    """Who gets a post, from which day on."""

    account = forms.CharField(
        label=_("Account name"), max_length=150, widget=forms.TextInput({"autocomplete": "off", "list": "accounts"})
    )
    since = DayField(label=_("From"))
    until = DayField(
        label=_("Up to, and without"), required=False, help_text=_("Leave empty where the end is not known.")
    )
    deputising = forms.BooleanField(label=_("Deputises for the holder"), required=False)

    def clean_account(self) -> Account:
        """The account of that name."""
        account = Account.objects.filter(username__iexact=self.cleaned_data["account"].strip()).first()
        if account is None:
            raise forms.ValidationError(_("There is no account of this name. Make it first."))
        return account


class EndForm(_DatedForm):
    """From which day on something no longer holds."""

    on = DayField(label=_("First day without it"))


class AccountForm(forms.Form):
    """A new account."""

    label = forms.CharField(label=_("Name shown"), max_length=120)
    username = forms.CharField(
        label=_("Account name"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        help_text=_("What the person types to sign in: letters, digits, dots and hyphens, without spaces."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class PostForm(_DatedForm):
    """A new post of a unit."""

    unit = forms.ChoiceField(label=_("Unit"))
    kind = forms.ChoiceField(label=_("Kind of post"), choices=PostKind.choices)
    title = forms.CharField(label=_("Title, as documents name it"), max_length=200)
    since = DayField(label=_("From"))
