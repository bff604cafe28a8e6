"""The forms of the review page: one per kind of value; each turns what was typed into the content of that kind."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dondoc.directives.models import Finding
from dondoc.documents.rules import examine_words
from dondoc.figures.indicators import indicators, shown_only
from dondoc.figures.rules import days_of
from dondoc.figures.words import period_words, read_period
from dondoc.lib import texts
from dondoc.lib.days import LATEST, read_day
from dondoc.lib.refusals import Refused
from dondoc.lib.segments import find_words
from dondoc.lib.wording import day as day_words

from . import rules
from .services.values import MOST_WORDS
from .units import chosen as chosen_unit

EXACTNESS = [
    ("exact", _("exactly")),
    ("over", _("more than")),
    ("under", _("nearly")),
    ("about", _("about")),
]
RECEIVERS = [
    ("none", _("not settled yet")),
    ("unit", _("one named unit")),
    ("localities", _("each unit of the session")),
    ("heads", _("the head of each unit")),
    ("fronts", _("the Front and mass organisations of each unit")),
]
TODAY = date(2000, 1, 1)
PLACE = "place-"


class ValueForm(forms.Form):
    """A value as a person corrects or adds it. `draft_text` is the text in which words are looked up, `units` those of the draft."""

    needs_words = False

    def __init__(
        self,
        *args: Any,
        content: rules.Content,
        draft_text: str,
        units: Sequence[tuple[int, str]] = (),
        posts: Sequence[tuple[int, str]] = (),
        candidates: Sequence[tuple[int | str, str]] = (),
        near: int | None = None,
        today: date | None = None,
        **kwargs: Any,
    ) -> None:
        self.content = content
        self.draft_text = draft_text
        self.units = units
        self.posts = posts
        self.candidates = candidates
        self.near = near
        self.today = today or TODAY
        self.span: tuple[int, int] | None = None
        kwargs["initial"] = {**self.initial_of(content), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the draft."""

    def initial_of(self, content: rules.Content) -> dict[str, Any]:
        """What the fields show at first."""
        return dict(content)

    def changed_content(self) -> rules.Content:
        """The content that the valid form makes."""
        return {**self.content, **{name: self.cleaned_data[name] for name in self.content if name in self.cleaned_data}}

    def clean(self) -> dict[str, Any]:
        """Typed words go through the door of all texts; those that stand in the text have been through it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, typed in list(cleaned.items()):
            if not isinstance(typed, str) or (name == "words" and self.span is not None):
                continue
            try:
                examine_words(typed, MOST_WORDS)
            except Refused as refused:
                self.add_error(name, texts.refusal(refused))
        return cleaned

    def clean_words(self) -> str:
        """The words must stand in the text; where they stand more than once, the place nearest to the former one is meant."""
        words: str = self.cleaned_data["words"]
        if words.strip():
            self.span = find_words(self.draft_text, words, self.near)
            if self.span is None:
                raise forms.ValidationError(
                    _(
                        "These words do not stand in the text exactly once. Copy them from the text, a little longer if need be."
                    )
                )
        return words


class DayForm(ValueForm):
    """A day."""

    day = forms.CharField(
        label=_("Day"),
        required=False,
        help_text=_("Day, month, year, such as 28/04/2023."),
        widget=forms.TextInput(
            attrs={"class": "input-day", "inputmode": "numeric", "data-day": "", "autocomplete": "off"}
        ),
    )

    def initial_of(self, content: rules.Content) -> dict[str, Any]:
        return {"day": day_words(date.fromisoformat(content["day"])) if content.get("day") else ""}

    def clean_day(self) -> str | None:
        typed: str = self.cleaned_data["day"]
        found = read_day(typed, self.today)
        if typed.strip() and found is None:
            raise forms.ValidationError(_("This is no day. Write day, month and year, such as 28/04/2023."))
        return found.isoformat() if found else None


class LeaderForm(ValueForm):
    """The post that led the session."""

    post = forms.TypedChoiceField(
        label=_("Post that led the session"), coerce=int, empty_value=None, widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        self.fields["post"].choices = self.posts  # type: ignore[attr-defined]

    def changed_content(self) -> rules.Content:
        return {**self.content, "post": self.cleaned_data["post"], "how": "chosen"}


class TextForm(ValueForm):
    """A few words."""

    text = forms.CharField(label=_("Text"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class YearForm(ValueForm):
    """A year."""

    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1930,
        max_value=2200,
        widget=forms.TextInput(attrs={"class": "input-number", "inputmode": "numeric"}),
    )


class UnitForm(ValueForm):
    """Which unit of the tree a name means, and whether the session was with it."""

    # A unit of the tree by its key, a place outside it by its key with PLACE before it.
    unit = forms.ChoiceField(label=_("Unit meant"), required=False, widget=forms.RadioSelect)
    in_session = forms.BooleanField(label=_("The session was held with this unit"), required=False)

    def prepare(self) -> None:
        self.fields["unit"].choices = self.candidates  # type: ignore[attr-defined]

    def changed_content(self) -> rules.Content:
        token: str = self.cleaned_data["unit"]
        if not token or token == self.initial_of(self.content)["unit"]:
            chosen: rules.Content = {}
        elif token.startswith(PLACE):
            chosen = chosen_unit(place=token.removeprefix(PLACE))
        else:
            chosen = chosen_unit(unit=int(token))
        return {**self.content, **chosen, "in_session": self.cleaned_data["in_session"]}

    def initial_of(self, content: rules.Content) -> dict[str, Any]:
        place = content.get("place")
        return {**content, "unit": f"{PLACE}{place}" if place else str(content["unit"] or "")}


class NewUnitForm(ValueForm):
    """A unit that the reader missed, as the text names it."""

    words = forms.CharField(label=_("Unit as the text names it"), max_length=200)
    in_session = forms.BooleanField(label=_("The session was held with this unit"), required=False)

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        self.span = find_words(self.draft_text, words, self.near)
        return words

    def changed_content(self) -> rules.Content:
        kind, name = rules.split_unit(self.cleaned_data["words"])
        return {**self.content, "type": kind, "name": name, "in_session": self.cleaned_data["in_session"]}


class FigureForm(ValueForm):
    """A number: of which unit, of what, how much, for when."""

    value = forms.CharField(
        label=_("Figure"), max_length=30, widget=forms.TextInput(attrs={"class": "input-number", "autocomplete": "off"})
    )
    qualifier = forms.ChoiceField(label=_("Exactness"), choices=EXACTNESS)
    indicator = forms.ChoiceField(label=_("Indicator"))
    of = forms.TypedChoiceField(label=_("Unit"), coerce=int, empty_value=None, required=False)
    period = forms.CharField(
        label=_("Period"),
        required=False,
        max_length=60,
        help_text=_(
            "Such as: năm 2022, quý III/2022, 6 tháng đầu năm 2022. Empty for what holds on the day of the session."
        ),
    )
    words = forms.CharField(label=_("Words in the text"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        self.fields["of"].choices = [("", _("not settled yet")), *self.units]  # type: ignore[attr-defined]
        known = [(one.key, one.name) for one in indicators().values()]
        only = [(one.key, one.name) for one in shown_only().values()]
        self.fields["indicator"].choices = [*known, (_("Shown only, not recorded"), only)]  # type: ignore[attr-defined]

    def initial_of(self, content: rules.Content) -> dict[str, Any]:
        shown = str(content["value"]).replace(".", ",")
        return {**content, "value": shown, "period": period_words(content["period"])}

    def clean_value(self) -> str:
        found = rules.typed_number(self.cleaned_data["value"])
        if found is None:
            raise forms.ValidationError(_("This is no number. Write digits, such as 78, 1.500 or 69,2."))
        return found

    def clean_period(self) -> str | None:
        typed: str = self.cleaned_data["period"].strip()
        if not typed or typed == period_words(self.content["period"]):
            return self.content["period"] if typed else None
        found = read_period(typed)
        # "năm 9999" has the form of a period and lies in no time of the field.
        if found is not None and days_of(found, date(LATEST, 12, 31)) is None:
            found = None
        if found is None:
            raise forms.ValidationError(
                _("This period is not understood. Write for example: năm 2022, quý III/2022, 6 tháng đầu năm 2022.")
            )
        return found


class FindingForm(ValueForm):
    """A judgement: of which kind, about whom, in which words."""

    finding = forms.ChoiceField(label=_("Kind of finding"), choices=Finding.Kind.choices)
    of = forms.TypedChoiceField(label=_("About"), coerce=int, empty_value=None, required=False)
    words = forms.CharField(label=_("Words in the text"), widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        self.fields["of"].choices = [("", _("all units of the session")), *self.units]  # type: ignore[attr-defined]


class DirectiveForm(ValueForm):
    """What is asked: of whom, by when, in which words."""

    receivers = forms.ChoiceField(label=_("Given to"), choices=RECEIVERS)
    of = forms.TypedChoiceField(
        label=_("Named unit"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only where it is given to one named unit."),
    )
    to = forms.CharField(label=_("Receiver in the words of the text"), required=False, max_length=300)
    deadline = forms.CharField(
        label=_("Deadline, where the text says one"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input-day", "data-day": "", "autocomplete": "off"}),
    )
    words = forms.CharField(label=_("Words in the text"), widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        self.fields["of"].choices = [("", "–"), *self.units]  # type: ignore[attr-defined]

    def initial_of(self, content: rules.Content) -> dict[str, Any]:
        return {**content, "deadline": deadline_words(content["deadline"])}

    def clean_deadline(self) -> str | None:
        typed: str = self.cleaned_data["deadline"].strip()
        if not typed or typed == deadline_words(self.content["deadline"]):
            return self.content["deadline"] if typed else None
        found = read_day(typed, self.today)
        if found is None:
            raise forms.ValidationError(_("This is no day. Write day, month and year, such as 28/04/2023."))
        return found.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("receivers") == "unit" and cleaned.get("of") is None:
            self.add_error("of", _("Choose the unit to which it is given."))
        return cleaned


def deadline_words(deadline: str | None) -> str:
    """A deadline as said: a whole day in the usual form, anything else as it stands."""
    try:
        return day_words(date.fromisoformat(deadline or ""))
    except ValueError:
        return (deadline or "").replace("XXXX-", "")


EVENT_FORMS: Mapping[str, type[ValueForm]] = {
    "date": DayForm,
    "published": DayForm,
    "leader": LeaderForm,
    "topic": TextForm,
    "title": TextForm,
    "publisher": TextForm,
    "year_reviewed": YearForm,
    "year_planned": YearForm,
}
KIND_FORMS: Mapping[str, type[ValueForm]] = {
    "unit": UnitForm,
    "figure": FigureForm,
    "finding": FindingForm,
    "directive": DirectiveForm,
}
ADD_FORMS: Mapping[str, type[ValueForm]] = {**KIND_FORMS, "unit": NewUnitForm}
EMPTY: Mapping[str, rules.Content] = {
    "unit": {"type": "", "name": "", "parent": "", "in_session": True, "unit": None, "place": None, "how": ""},
    "figure": {
        "of": None,
        "indicator": "members",
        "value": "",
        "qualifier": "exact",
        "period": None,
        "label": None,
        "explanation": None,
    },
    "finding": {"finding": "praise", "of": None, "new": True},
    "directive": {
        "receivers": "localities",
        "to": "",
        "of": None,
        "deadline": None,
        "regular": False,
        "cadence": None,
        "new": True,
    },
}


def form_class(kind: str, name: str) -> type[ValueForm]:
    """The form of a value."""
    return EVENT_FORMS[name] if kind == "event" else KIND_FORMS[kind]
