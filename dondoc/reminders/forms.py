"""What a person types about their reminders."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChoiceForm(forms.Form):
    """Where digests go."""

    address = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    by_mail = forms.BooleanField(label=_("Send me the digest by e-mail as well"), required=False)
