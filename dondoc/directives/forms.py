"""What a person types on the pages of directives, read into values; the services decide whether it may happen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dondoc.documents.forms import FilesField
from dondoc.documents.nearby import Named, each_line
from dondoc.documents.symbols import is_term
from dondoc.lib.days import read_day
from dondoc.lib.vietnamese import folded
from dondoc.organisations.queries import Label

LONGEST_TEXT = 20_000


class DayField(forms.CharField):
    """A day as people type it; without a year it is a day of today's year. `today` is set by the form."""

    today: date | None = None

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput(
            attrs={"class": "input-day", "data-day": "", "inputmode": "numeric", "autocomplete": "off"}
        )
        given.setdefault("help_text", _("Day, month, year, such as 30/06/2023."))
        super().__init__(widget=widget, **given)

    def clean(self, value: str | None) -> date | None:
        """The day, None where nothing was typed and nothing must be."""
        text = super().clean(value)
        if not text:
            return None
        assert self.today is not None
        day = read_day(text, self.today)
        if day is None:
            raise forms.ValidationError(_("“%(text)s” is not a day. Write it as 30/06/2023."), params={"text": text})
        return day


class UnitField(forms.CharField):
    """A unit by its name, with or without marks, among `choices`; what fits several is asked again, never guessed."""

    choices: Sequence[Label] = ()

    def clean(self, value: str | None) -> int | None:
        """The unit's key."""
        text = super().clean(value)
        if not text:
            return None
        wanted = folded(text)
        # The whole name wins over the short one, and that over a part of the name: "Xã A2" is also short for its Front.
        fits = [one for one in self.choices if wanted in {folded(one.name), one.code}]
        fits = fits or [one for one in self.choices if wanted == folded(one.short_name)]
        fits = fits or [one for one in self.choices if wanted in folded(one.name)]
        if len(fits) == 1:
            return fits[0].unit
        if not fits:
            raise forms.ValidationError(
                _("No unit is called “%(text)s” here. Choose one from the list."), params={"text": text}
            )
        names = "; ".join(one.name for one in fits[:6])
        raise forms.ValidationError(
            _("“%(text)s” may be several units. Write the whole name: %(names)s."),
            params={"text": text, "names": names},
        )


def _long(label: Any, *, required: bool = True, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ActForm(forms.Form):
    """A small form of one action. `verb` keeps the identifiers of several forms on a page apart."""

    verb = "act"

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.auto_id = f"{self.verb}-%s"
        self.label_suffix = ""
        self.today = today
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today


class PlainForm(ActForm):
    """Nothing to type: one button."""


def _one(verb: str, name: str, label: Any, **given: Any) -> type[ActForm]:
    """The form of a verb that asks for some words and nothing else."""
    return type("WordsForm", (ActForm,), {"verb": verb, name: _long(label, **given)})


ObjectForm = _one(
    "object",
    "reason",
    _("Why it is not your unit's responsibility"),
    help_text=_("Name the unit that is responsible, if you know it."),
)
UpholdForm = _one("uphold", "reason", _("Answer to the objection"), rows=3)
AcceptForm = _one("accept", "remark", _("Remark"), rows=2, required=False)
ReturnForm = _one("return", "reason", _("What must be completed"), rows=3)
ReopenForm = _one("reopen", "reason", _("Reason"), rows=3)
CancelForm = _one("cancel", "reason", _("Reason"), rows=3)
ChaseForm = _one("chase", "text", _("What you ask of the unit"), rows=3)
SendBackForm = _one("send-back", "reason", _("What must be corrected"), rows=2)


class PassDownForm(ActForm):
    """Which units below do which part, and by when."""

    verb = "pass-down"
    units = forms.TypedMultipleChoiceField(
        label=_("Units"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit.")},
    )
    task = _long(_("Task"), rows=3)
    product = forms.CharField(label=_("Product"), max_length=300)
    due_on = DayField(label=_("Deadline"))

    def __init__(self, *args: Any, units: Iterable[Label], before: date | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.before = before
        choices = [(one.unit, one.name) for one in units]
        self.fields["units"].choices = choices  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        """Earlier than one's own deadline."""
        day: date | None = self.cleaned_data["due_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("This day has passed already. Write a later one."))
        if day and self.before and day >= self.before:
            raise forms.ValidationError(
                _("Write a day before your own deadline, so that time is left to put the parts together.")
            )
        return day


class ReportForm(ActForm):
    """How far it has come."""

    verb = "report-progress"
    text = _long(_("What has been done"), rows=4)
    evidence = FilesField(
        label=_("Files"), required=False, help_text=_("Documents, minutes, photographs; at most 20 MB each.")
    )


class ResultForm(ActForm):
    """What was done, with evidence: text, files, or both."""

    verb = "report-result"
    text = _long(
        _("Result"), rows=5, required=False, help_text=_("What was done, with figures and the numbers of documents.")
    )
    evidence = FilesField(
        label=_("Evidence"),
        required=False,
        help_text=_("Documents, minutes, photographs; at most 20 MB each. Write the result, attach a file, or both."),
    )
    open_children_reason = _long(
        _("Why you report although parts are still open"),
        rows=2,
        help_text=_("Some parts that you passed down are not completed yet."),
    )

    def __init__(self, *args: Any, open_children: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        # Neither is called optional: one of the two is needed.
        for name in ("text", "evidence"):
            self.fields[name].one_of_several = True  # type: ignore[attr-defined]
        if not open_children:
            del self.fields["open_children_reason"]

    def clean(self) -> dict[str, Any]:
        """Words or a file: an empty report proves nothing."""
        data = super().clean() or self.cleaned_data
        if not data.get("text") and not data.get("evidence") and "evidence" not in self.errors:
            self.add_error("text", _("Write what was done, or attach a file that shows it."))
        return data


class OnBehalfForm(ResultForm):
    """A report that came on paper, entered by the office with that paper."""

    verb = "on-behalf"
    is_result = forms.TypedChoiceField(
        label=_("What the unit reports"),
        choices=[("0", _("Progress")), ("1", _("Result"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
    field_order = ("is_result", "text", "evidence", "open_children_reason")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["evidence"].required = True
        self.fields["evidence"].label = _("The unit's paper")
        self.fields["evidence"].help_text = _("A scan or photograph of the paper that the unit sent.")
        self.fields["evidence"].error_messages["required"] = _("Attach the paper that the unit sent.")
        self.fields["text"].required = True
        if "open_children_reason" in self.fields:
            self.fields["open_children_reason"].required = False


class ExtensionForm(ActForm):
    """A later deadline, and why."""

    verb = "ask-extension"
    new_due_on = DayField(label=_("New deadline"))
    reason = _long(_("Reason"), rows=3)


class AnswerForm(ActForm):
    """Granted or refused."""

    verb = "answer-extension"
    granted = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("1", _("Grant")), ("0", _("Refuse"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to grant or to refuse.")},
    )
    answer = _long(_("Remark"), rows=2, required=False, help_text=_("When you refuse, say why."))

    def clean(self) -> dict[str, Any]:
        """A refusal has a reason."""
        data = super().clean() or self.cleaned_data
        if data.get("granted") is False and not data.get("answer"):
            self.add_error("answer", _("Say why the extension is refused."))
        return data


class _UnitForm(ActForm):
    unit = UnitField(label=_("Unit"), max_length=200)
    reason = _long(_("Reason"), rows=2)

    def __init__(self, *args: Any, choices: Sequence[Label], **given: Any) -> None:
        super().__init__(*args, **given)
        self.choices = choices
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.choices = choices
        field.widget.attrs.update({"list": f"{self.verb}-units", "autocomplete": "off"})


class HandOverForm(_UnitForm):
    """A role goes to another unit."""

    verb = "hand-over"
    role = forms.ChoiceField(label=_("Role"))
    field_order = ("role", "unit", "reason")

    def __init__(self, *args: Any, roles: Sequence[tuple[str, Any]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class DecideForm(_UnitForm):
    """Who takes a role that waits after a reorganisation."""

    verb = "decide"
    role_id = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("role_id", "unit", "reason")

    def __init__(self, *args: Any, waiting: Sequence[int], **given: Any) -> None:
        super().__init__(*args, **given)
        self.waiting = waiting

    def clean_role_id(self) -> int:
        """A role of this very assignment that waits."""
        role: int = self.cleaned_data["role_id"]
        if role not in self.waiting:
            raise forms.ValidationError(_("This role has been decided meanwhile. Look at the page again."))
        return role


class ReceiverForm(ActForm):
    """One more unit that has to do this directive."""

    verb = "receiver"
    unit = UnitField(label=_("Add a unit"), max_length=200)

    def __init__(self, *args: Any, choices: Sequence[Label], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.choices = choices


class FromDocumentForm(ActForm):
    """One sentence of a document that came in, and the units that have to do it; None: an empty form."""

    verb = "from-document"
    text = _long(_("What has to be done"), rows=4, help_text=_("In the words of the document."))
    receivers = _long(_("By which units"), rows=4, help_text=_("One on each line, with or without marks."))
    due_on = DayField(label=_("Deadline"), required=False)

    def __init__(self, *args: Any, units: Named | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.units = units

    def clean(self) -> dict[str, Any]:
        """Every line names a unit below."""
        data = super().clean() or self.cleaned_data
        if not data.get("receivers") or self.units is None:
            return data
        try:
            lines = each_line(data["receivers"], self.units)
        except forms.ValidationError as wrong:
            self.add_error("receivers", wrong)
            return data
        unknown = [words for unit, words in lines if unit is None]
        if unknown:
            said = _("These are no units below yours: %(names)s. Write each as it is called in the tree.")
            self.add_error("receivers", said % {"names": "; ".join(unknown)})
        data["units"] = list(dict.fromkeys(unit for unit, _words in lines if unit is not None))
        return data


class IssueForm(ActForm):
    """The document with which the assignments go out, or by word of mouth."""

    verb = "issue"
    of_document = ("symbol", "term", "dated_on")
    use_required_attribute = False
    way = forms.ChoiceField(
        label=_("How it is issued"),
        choices=[("document", _("By a document")), ("oral", _("By word of mouth, at the session"))],
        widget=forms.RadioSelect,
        initial="document",
        help_text=_("A document needs its symbol, term and day; by word of mouth nothing more is needed."),
    )
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=99_999,
        required=False,
        help_text=_("Leave empty for the next number of the register."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-number"}),
    )
    symbol = forms.CharField(label=_("Symbol"), max_length=40, help_text=_("Such as TB/TU."))
    term = forms.CharField(label=_("Term"), max_length=9, help_text=_("Such as 2020-2025."))
    dated_on = DayField(label=_("Day of the document"))
    abstract = forms.CharField(label=_("Abstract"), max_length=500, required=False)

    def __init__(self, *args: Any, received: str = "", **given: Any) -> None:
        super().__init__(*args, **given)
        if received:
            # What the document in demands goes out with that document.
            field = self.fields["way"]
            field.choices = [("received", received), *field.choices]  # type: ignore[attr-defined]
            field.initial = "received"
        # Required by the choice: without script the browser cannot know it, so it is said in words and judged here.
        by_document = self["way"].value() not in ("oral", "received")
        for name in self.of_document:
            self.fields[name].required = by_document
            self.fields[name].error_messages["required"] = _("A document needs this.")

    def clean(self) -> dict[str, Any]:
        """The term is one in which a document of the day can have been issued; by word of mouth nothing typed of a document counts."""
        data = super().clean() or self.cleaned_data
        if data.get("way") in ("oral", "received"):
            # Its fields are out of sight then, and so would be what is wrong with them.
            for name in (*self.of_document, "number", "abstract"):
                self.errors.pop(name, None)
        term, day = data.get("term"), data.get("dated_on")
        if data.get("way") == "document" and term and day and not is_term(term, day):
            self.add_error("term", _("Write the term of the day of the document as two years, such as 2020-2025."))
        return data
