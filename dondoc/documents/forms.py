"""What a person types into the registers, read into values; the services decide whether it may happen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dondoc.accounts.forms import DayField
from dondoc.accounts.models import Post, PostKind
from dondoc.lib.wording import day as written

from .models import IncomingDocument, Reservation
from .nearby import Named, each_line, several
from .queries import term_of
from .symbols import is_symbol, is_term, kinds, symbol

SIGN = (PostKind.LEADER, PostKind.HEAD)
DEAL = (*SIGN, PostKind.CLERK, PostKind.BOARD, PostKind.INSPECTION, PostKind.OFFICER)


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> "list[UploadedFile[Any]]":
        """All files of the field."""
        return files.getlist(name) if hasattr(files, "getlist") else list(files.get(name) or [])


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """The files that were chosen, in the order of the form."""
        if not data and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class _Form(forms.Form):
    verb = "form"
    use_required_attribute = False

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.auto_id = f"{self.verb}-%s"
        self.label_suffix = ""
        self.today = today
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today


def _words(label: Any, most: int, rows: int = 2, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **given)


class _SeriesForm(_Form):
    """Of which series: the type says the symbol where the unit's kind has one."""

    type_name = forms.ChoiceField(label=_("Type"))
    symbol = forms.CharField(
        label=_("Symbol"),
        max_length=40,
        required=False,
        help_text=_("Leave empty to take it from the type, such as TB/TU."),
    )
    term = forms.CharField(label=_("Term"), max_length=9, help_text=_("Such as 2020-2025."))

    def __init__(self, *args: Any, today: date, unit_kind: str, **given: Any) -> None:
        super().__init__(*args, today=today, **given)
        self.unit_kind = unit_kind
        self.codes = {kind.name: kind.code for kind in kinds(today)}
        self.fields["type_name"].choices = [("", _("choose…")), *((n, f"{n} ({c})") for n, c in self.codes.items())]  # type: ignore[attr-defined]
        self.fields["term"].initial = term_of(today)

    def clean(self) -> dict[str, Any]:
        """The symbol follows from the type where none was typed; the term is one of the day."""
        data = super().clean() or self.cleaned_data
        typed, name = data.get("symbol", "").strip(), data.get("type_name", "")
        made = typed or (symbol(self.codes[name], self.unit_kind) if name else "")
        if name and not made:
            self.add_error("symbol", _("The symbol does not follow from the type here. Write it, such as TB/MTTQ."))
        elif made and not is_symbol(made):
            self.add_error("symbol", _("This is not written like the symbol of a Party document."))
        elif made and name and made.partition("/")[0] != self.codes[name]:
            self.add_error(
                "symbol", _("The symbol begins with the letters of the type: %(code)s.") % {"code": self.codes[name]}
            )
        data["symbol"] = made
        day = data.get("dated_on") or self.today
        if data.get("term") and not is_term(data["term"], day):
            self.add_error("term", _("Write the term of the day of the document as two years, such as 2020-2025."))
        return data


class ReserveForm(_SeriesForm):
    """The next number of a series, for a document that is to come."""

    verb = "reserve"
    reason = _words(_("For which document, and why now"), 300)


class ExplainForm(_Form):
    """Why a number bears no document."""

    verb = "explain"
    explanation = _words(_("Explanation"), 300)


class OutForm(_SeriesForm):
    """A document that goes out: the number that it gets, and what the register says of it."""

    verb = "out"
    way = forms.ChoiceField(label=_("Number"), widget=forms.RadioSelect, initial="next")
    number = forms.IntegerField(
        label=_("Number on the paper"),
        min_value=1,
        max_value=99_999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-number"}),
        help_text=_("Only for a document that was numbered on paper already."),
    )
    dated_on = DayField(label=_("Day of the document"))
    abstract = _words(_("Abstract"), 500)
    signed_by = forms.ModelChoiceField(
        Post.objects.none(), label=_("Signed by"), required=False, empty_label=_("choose…")
    )
    recipients = forms.CharField(
        label=_("Receivers"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One on each line, with or without marks. A unit that is named finds the document among its documents in; anything else stays as it is written."
        ),
    )
    file = forms.FileField(
        label=_("Original"),
        required=False,
        widget=forms.FileInput,
        help_text=_("The Word or PDF file as it was issued, at most 20 MB."),
    )
    scans = FilesField(
        label=_("Scans"), required=False, help_text=_("The signed and sealed document, at most 20 MB each.")
    )
    field_order = (
        "type_name",
        "way",
        "number",
        "symbol",
        "term",
        "dated_on",
        "abstract",
        "signed_by",
        "recipients",
        "file",
        "scans",
    )

    def __init__(self, *args: Any, unit: int, reserved: Sequence[Reservation], units: Named, **given: Any) -> None:
        super().__init__(*args, **given)
        self.reserved = {f"reserved-{one.pk}": one for one in reserved}
        self.units = units
        self.fields["dated_on"].initial = written(self.today)
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            ("next", _("The next number of the register")),
            *(
                (name, _("Reserved number %(number)s: %(reason)s") % {"number": one, "reason": one.reason})
                for name, one in self.reserved.items()
            ),
            ("paper", _("A number that was given on paper")),
        ]
        self.fields["signed_by"].queryset = Post.objects.on(self.today).filter(unit=unit, kind__in=SIGN)  # type: ignore[attr-defined]

    def clean_dated_on(self) -> date:
        """Not after today."""
        day: date = self.cleaned_data["dated_on"]
        if day > self.today:
            raise forms.ValidationError(_("A document is not dated after today."))
        return day

    def clean_recipients(self) -> list[tuple[int | None, str]]:
        """A line each: the unit that it names, or its words."""
        return each_line(self.cleaned_data["recipients"], self.units)

    def clean(self) -> dict[str, Any]:
        """A reserved number brings its series with it; one given on paper is written."""
        reserved = self.reserved.get(self.cleaned_data.get("way", ""))
        if reserved is not None:
            self.cleaned_data["symbol"], self.cleaned_data["term"] = reserved.symbol, reserved.term
            self.errors.pop("term", None)
        data = super().clean()
        if data.get("way") == "paper" and not data.get("number") and "number" not in self.errors:
            self.add_error("number", _("Write the number that stands on the paper."))
        data["reservation"] = reserved.pk if reserved else None
        return data


class InForm(_Form):
    """A document that came in."""

    verb = "in"
    arrived_on = DayField(label=_("Day of arrival"))
    sender = forms.CharField(
        label=_("Sender"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "senders"}),
        help_text=_("Choose a unit of the Party, or write the name of any other sender."),
    )
    number = forms.CharField(
        label=_("Number"), max_length=20, required=False, widget=forms.TextInput(attrs={"class": "input-number"})
    )
    symbol = forms.CharField(label=_("Symbol"), max_length=40, required=False, help_text=_("Such as CV/TU."))
    dated_on = DayField(label=_("Day of the document"))
    abstract = _words(_("Abstract"), 500)
    due_on = DayField(label=_("To be dealt with by"), required=False)
    handled_by = forms.ModelChoiceField(
        Post.objects.none(), label=_("Dealt with by"), required=False, empty_label=_("nobody yet")
    )
    scans = FilesField(label=_("Scans"), required=False, help_text=_("PDF, pictures or Word, at most 20 MB each."))

    def __init__(self, *args: Any, unit: int, units: Named, **given: Any) -> None:
        super().__init__(*args, **given)
        self.units = units
        self.fields["arrived_on"].initial = written(self.today)
        self.fields["handled_by"].queryset = Post.objects.on(self.today).filter(unit=unit, kind__in=DEAL)  # type: ignore[attr-defined]

    def clean_sender(self) -> tuple[int | None, str]:
        """The unit that is named, or words."""
        words = self.cleaned_data["sender"].strip()
        unit = self.units(words)
        if isinstance(unit, list):
            raise several(words, unit)
        return unit, "" if unit else words

    def clean(self) -> dict[str, Any]:
        """It comes on its day or later, not after today; "12-CV/TU" in one field is the number and the symbol."""
        data = super().clean() or self.cleaned_data
        number, dash, rest = data.get("number", "").partition("-")
        if dash and not data.get("symbol"):
            data["number"], data["symbol"] = number.strip(), rest.strip()
        arrived, dated = data.get("arrived_on"), data.get("dated_on")
        if arrived and arrived > self.today:
            self.add_error("arrived_on", _("The day of arrival is not after today."))
        elif arrived and dated and dated > arrived:
            self.add_error("dated_on", _("A document does not come in before its own day."))
        return data


class HandleForm(_Form):
    """Who deals with a document in, until when."""

    verb = "handle"
    handled_by = forms.ModelChoiceField(
        Post.objects.none(), label=_("Dealt with by"), required=False, empty_label=_("nobody yet")
    )
    due_on = DayField(label=_("To be dealt with by"), required=False)

    def __init__(self, *args: Any, document: IncomingDocument, unit: int, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["handled_by"].queryset = Post.objects.on(self.today).filter(unit=unit, kind__in=DEAL)  # type: ignore[attr-defined]
        self.fields["handled_by"].initial = document.handled_by_id
        self.fields["due_on"].initial = written(document.due_on) if document.due_on else ""


class FinishForm(_Form):
    """How it was dealt with."""

    verb = "finish"
    words = _words(_("How it was dealt with"), 500, help_text=_("Such as the number and day of the answer."))


class FilesForm(_Form):
    """Further files."""

    verb = "files"
    scans = FilesField(label=_("Files"), help_text=_("PDF, pictures or Word, at most 20 MB each."))
