"""The form of the desk, where texts come in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dondoc.documents.models import Source


class ReceiveForm(forms.Form):
    """A text to be read: pasted, or a file."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Text of the article, report or notice"),
        strip=False,
        error_messages={
            "required": _("There is no text yet. Paste the text of the article or report, or choose a file.")
        },
        widget=forms.Textarea(attrs={"class": "textarea-large", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Word (.docx), PDF made from Word, a saved web page (.html) or plain text (.txt), at most 10 MB. A scan cannot be read."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt"}),
    )
    kind = forms.ChoiceField(label=_("Kind of source"), choices=Source.Kind.choices)
    access = forms.ChoiceField(
        label=_("Who may read the source"),
        choices=[
            ("public", _("Public: everyone concerned may read all of it")),
            ("restricted", _("Restricted: a unit reads only the sentences about itself")),
        ],
        initial="public",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.files:
            self.fields["text"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # Which of the two was meant is not guessed; the text stays, the browser lets go of the file by itself.
        if cleaned.get("file") is not None and cleaned.get("text", "").strip():
            self.add_error(
                "file",
                _("There is a pasted text and a file as well. Empty the field of the text, or leave the file out."),
            )
        return cleaned
