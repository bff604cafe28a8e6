"""A draft as its page shows it: the head, each step with its fields, what is wrong beside the field, what came too late."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import UnitName

from . import rules
from .composing import Composed, Wrong, compose
from .models import Draft, DraftStep, LateValue
from .queries import reachable
from .resolving import Meant
from .rules import Kind
from .services.drafting import value_of
from .told import late_words

KINDS: dict[Kind, str | Promise] = {
    Kind.ESTABLISH: gettext_lazy("Establish"),
    Kind.MERGE: gettext_lazy("Merge"),
    Kind.SPLIT: gettext_lazy("Split by parts"),
    Kind.MOVE: gettext_lazy("Move"),
    Kind.RENAME: gettext_lazy("Rename"),
    Kind.CHANGE_KIND: gettext_lazy("Change the kind"),
    Kind.DISSOLVE: gettext_lazy("Dissolve"),
}
LABELS: dict[tuple[Kind | None, str], str | Promise] = {
    (None, "number"): gettext_lazy("Number of the decision"),
    (None, "title"): gettext_lazy("What it is about"),
    (None, "effective_on"): gettext_lazy("In effect from"),
    (Kind.ESTABLISH, "unit_kind"): gettext_lazy("Kind of unit"),
    (Kind.ESTABLISH, "name"): gettext_lazy("Name of the new unit"),
    (Kind.ESTABLISH, "short_name"): gettext_lazy("Short name"),
    (Kind.ESTABLISH, "superior"): gettext_lazy("Direct superior"),
    (Kind.RENAME, "unit"): gettext_lazy("Unit, as it is called until then"),
    (Kind.RENAME, "name"): gettext_lazy("New name"),
    (Kind.RENAME, "short_name"): gettext_lazy("New short name"),
    (Kind.CHANGE_KIND, "unit"): gettext_lazy("Unit"),
    (Kind.CHANGE_KIND, "unit_kind"): gettext_lazy("New kind"),
    (Kind.MOVE, "units"): gettext_lazy("Units that move"),
    (Kind.MOVE, "to"): gettext_lazy("New direct superior"),
    (Kind.MERGE, "units"): gettext_lazy("Units that are merged and end"),
    (Kind.MERGE, "into"): gettext_lazy("Into which unit"),
    (Kind.SPLIT, "unit"): gettext_lazy("Unit that is split and ends"),
    (Kind.SPLIT, "heirs"): gettext_lazy("Units that take over"),
    (Kind.DISSOLVE, "units"): gettext_lazy("Units that are dissolved"),
}
HELPS: dict[tuple[Kind | None, str], str | Promise] = {
    (Kind.ESTABLISH, "short_name"): gettext_lazy("Left empty: what follows the word for its kind, such as “Cam Lâm”."),
    (Kind.RENAME, "short_name"): gettext_lazy("Left empty: what follows the word for its kind."),
}
ONE_A_LINE = gettext_lazy("One unit a line; a list can be pasted.")
ADD_LABELS: dict[tuple[Kind, str], str | Promise] = {
    (Kind.ESTABLISH, "name"): gettext_lazy("Names of the new units"),
    (Kind.RENAME, "unit"): gettext_lazy("Units with their new names"),
}
ADD_HELPS: dict[tuple[Kind, str], str | Promise] = {
    (Kind.ESTABLISH, "name"): gettext_lazy(
        "One unit a line, all of one kind and under one superior; each becomes a step."
    ),
    (Kind.RENAME, "unit"): gettext_lazy("One unit a line: present name → new name; each becomes a step."),
}
Options = list[tuple[str, str]]
MOST_LISTED = 400


@dataclass(frozen=True, slots=True)
class Late:
    """A value that came too late and waits for a choice."""

    pk: int
    who: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `widget`: text, unit, lines, kind, day or heir."""

    name: str
    id: str
    label: str
    value: str
    widget: str
    help: str = ""
    optional: bool = False
    options: Options = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    lates: list[Late] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many lines its box has."""
        return min(12, max(2, len(rules.lines(self.value)) + 1))


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: its line in words, its fields; of a split one field more for each sub-unit, and those that have a step of their own."""

    pk: int
    number: int
    kind: str
    label: str
    about: str
    to: str
    fields: list[Field]
    parts: list[Field]
    apart: list[str]
    wrong: list[Wrong]

    @property
    def whole(self) -> list[Wrong]:
        """What is wrong with the step as a whole."""
        return [one for one in self.wrong if one.field == "whole"]

    @property
    def hidden(self) -> str:
        """The identifier of what its form carries unseen."""
        return f"hidden-{self.pk}"

    @property
    def lates(self) -> list[Late]:
        """The values that wait for a choice."""
        return [late for one in [*self.fields, *self.parts] for late in one.lates]


@dataclass(slots=True)
class DraftPage:
    """Everything that the page shows."""

    draft: Draft
    head: list[Field]
    steps: list[StepView]
    composed: Composed
    sentence: str
    when: str
    names: list[str]
    adding: list[Field] = field(default_factory=list)
    add: str = ""

    @property
    def lates(self) -> list[Late]:
        """All values that wait for a choice."""
        return [late for one in self.head for late in one.lates] + [late for one in self.steps for late in one.lates]

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """All that is wrong: address on the page, sentence."""
        number = {one.pk: one.number for one in self.steps}
        return [
            (f"#step-{one.step}", f"{number[one.step]}. {one.text}")
            if one.step
            else ("#steps" if one.field in {"steps", "whole"} else f"#head-{one.field}", one.text)
            for one in self.composed.wrong
        ]


def draft_page(draft: Draft, today: date, add: str = "") -> DraftPage:
    """The page of a draft; a fixed number of queries, however many steps it has."""
    steps = list(draft.steps.all())
    composed = compose(draft, steps, today)
    composed.wrong += _in_the_way(draft, steps)
    lates: dict[tuple[int | None, str], list[Late]] = defaultdict(list)
    for late in LateValue.objects.filter(draft=draft).select_related("by").order_by("pk"):
        lates[late.step_id, late.field].append(Late(late.pk, late.by.label or late.by.username, late.value))
    names = rules.HEAD if draft.revokes_id is None else ("number", "title")
    head = [
        Field(
            name,
            f"head-{name}",
            str(_("Reason") if name == "title" and draft.revokes_id else LABELS[None, name]),
            value_of(draft, name),
            "day" if name == "effective_on" else "lines" if name == "title" else "text",
            wrong=composed.at(None, name),
            lates=lates[None, name],
        )
        for name in names
    ]
    offered = _kinds(draft.effective_on or today)
    views = [_view(step, number, composed, lates, offered) for number, step in enumerate(steps, 1)]
    page = DraftPage(draft, head, views, composed, _sentence(draft, composed, len(steps)), _when(draft, today), [])
    if draft.revokes_id is None:
        page.names = _names(draft, steps, today)
        if add in list(Kind):
            page.add, page.adding = add, _adding(Kind(add), offered)
    return page


def _in_the_way(draft: Draft, steps: Sequence[DraftStep]) -> list[Wrong]:
    """What the last trial of this very version found that cannot be, at the step that causes it."""
    if draft.previewed != draft.version:
        return []
    known = {step.pk for step in steps}
    found = (draft.preview or {}).get("refused", [])
    return [Wrong(one["step"] if one["step"] in known else None, "whole", one["text"]) for one in found]


def _sentence(draft: Draft, composed: Composed, count: int) -> str:
    places = len(composed.wrong)
    if places:
        return ngettext("%(n)s place still to be completed.", "%(n)s places still to be completed.", places) % {
            "n": places
        }
    if draft.revokes_id:
        return _("Complete: look at what the revocation would do.")
    said = ngettext(
        "%(n)s step, complete: look at what it would do.", "%(n)s steps, complete: look at what they would do.", count
    )
    return said % {"n": count}


def _when(draft: Draft, today: date) -> str:
    if draft.effective_on is None or draft.revokes_id is not None:
        return ""
    days = (draft.effective_on - today).days
    if days < 0:
        return late_words(-days)
    if days == 0:
        return _("takes effect today")
    return ngettext("takes effect in %(n)s day", "takes effect in %(n)s days", days) % {"n": days}


def _kinds(day: date) -> Options:
    """The kinds that a unit may be given on the day, by family and level."""
    return [(code, kind.name) for code, kind in kinds().items() if kind.in_force(day)]


def _names(draft: Draft, steps: Sequence[DraftStep], today: date) -> list[str]:
    """What the boxes for units suggest: new units, then those of the higher levels in reach; the rest is typed."""
    day = draft.effective_on or today
    near = UnitName.objects.on(day).filter(unit__in=reachable(draft.owner_id, today, day).values("pk"))
    high = near.filter(Q(unit__kinds__level__lte=5)).order_by("sort_key").values_list("name", flat=True).distinct()
    new = [step.content.get("name", "") for step in steps if step.kind == Kind.ESTABLISH]
    return [name for name in new if name] + sorted(set(high[:MOST_LISTED]), key=sort_key)


def _adding(kind: Kind, offered: Options) -> list[Field]:
    """The fields of the form that adds steps of a kind."""
    skipped = {"short_name"} | ({"name"} if kind is Kind.RENAME else set())
    return [
        Field(
            name,
            f"add-{name}",
            str(ADD_LABELS.get((kind, name), LABELS[kind, name])),
            "",
            "lines" if (kind, name) in ADD_LABELS or name in rules.LISTS else _widget(name),
            str(ADD_HELPS.get((kind, name), ONE_A_LINE if name in rules.LISTS else "")),
            options=offered,
        )
        for name in rules.FIELDS[kind]
        if name not in skipped
    ]


def _widget(name: str) -> str:
    if name in rules.LISTS:
        return "lines"
    if name in rules.UNITS:
        return "unit"
    return "kind" if name == "unit_kind" else "text"


def _view(
    step: DraftStep,
    number: int,
    composed: Composed,
    lates: dict[tuple[int | None, str], list[Late]],
    offered: Options,
) -> StepView:
    kind = Kind(step.kind)
    fields = []
    for name in rules.FIELDS[kind]:
        value = str(step.content.get(name, ""))
        options = offered
        if name == "unit_kind" and value in kinds() and value not in dict(offered):
            options = [(value, kinds()[value].name), *offered]
        fields.append(
            Field(
                name,
                f"step-{step.pk}-{name}",
                str(LABELS[kind, name]),
                value,
                _widget(name),
                str(HELPS.get((kind, name), ONE_A_LINE if name in rules.LISTS else "")),
                name in rules.OPTIONAL,
                options,
                composed.at(step.pk, name),
                lates[step.pk, name],
            )
        )
    parts, apart = _parts(step, composed, lates) if kind is Kind.SPLIT else ([], [])
    about, to = _line(step, composed)
    wrong = [one for one in composed.wrong if one.step == step.pk]
    return StepView(step.pk, number, step.kind, str(KINDS[kind]), about, to, fields, parts, apart, wrong)


def _parts(
    step: DraftStep, composed: Composed, lates: dict[tuple[int | None, str], list[Late]]
) -> tuple[list[Field], list[str]]:
    """A row for each sub-unit of the unit that is split, with the heirs to choose from."""
    ref = composed.meant.get(step.content.get("unit", "").strip(), Meant()).ref
    heirs = rules.lines(step.content.get("heirs", ""))
    options = [("", "–"), *((text, composed.meant[text].name or text) for text in heirs if text in composed.meant)]
    fields, apart = [], []
    for child, name in composed.children.get(ref if isinstance(ref, int) else 0, ()):
        key = f"{rules.PART}{child}"
        value = str(step.content.get(key, ""))
        if child in composed.own and not value:
            apart.append(name)
            continue
        shown = options if value in dict(options) else [*options, (value, value)]
        fields.append(
            Field(
                key,
                f"step-{step.pk}-{key}",
                name,
                value,
                "heir",
                options=shown,
                wrong=composed.at(step.pk, key),
                lates=lates[step.pk, key],
            )
        )
    return fields, apart


def _line(step: DraftStep, composed: Composed) -> tuple[str, str]:
    """The step in words: about whom, and to whom or what."""

    def name(text: Any) -> str:
        text = str(text).strip()
        found = composed.meant.get(text, Meant()).name
        # A name that was told apart by its superior stays as it was typed.
        return text if text.startswith(f"{found}, ") else found or text or "…"

    def names(text: Any) -> str:
        found = [name(one) for one in rules.lines(str(text))]
        if len(found) > 6:
            more = ngettext("%(n)s more", "%(n)s more", len(found) - 5) % {"n": len(found) - 5}
            found = [*found[:5], more]
        return ", ".join(found) or "…"

    content = step.content
    match Kind(step.kind):
        case Kind.ESTABLISH:
            return name(content.get("name", "")), _("under %(unit)s") % {"unit": name(content.get("superior", ""))}
        case Kind.RENAME:
            return name(content.get("unit", "")), f"→ {content.get('name') or '…'}"
        case Kind.CHANGE_KIND:
            kind = kinds().get(content.get("unit_kind", ""))
            return name(content.get("unit", "")), f"→ {kind.name if kind else '…'}"
        case Kind.MOVE:
            return names(content.get("units", "")), f"→ {name(content.get('to', ''))}"
        case Kind.MERGE:
            return names(content.get("units", "")), f"→ {name(content.get('into', ''))}"
        case Kind.SPLIT:
            return name(content.get("unit", "")), f"→ {names(content.get('heirs', ''))}"
        case Kind.DISSOLVE:
            return names(content.get("units", "")), ""
