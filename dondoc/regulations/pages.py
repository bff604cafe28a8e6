"""A draft as its page shows it: its head, each article with its duties, what is missing beside the field, what came too late."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.accounts.models import PostKind
from dondoc.lib.wording import WEEKDAYS

from . import rules
from .content import WHO
from .evidence import NAMES
from .models import Draft, DraftPart, LateValue
from .rules import Kind, Turn
from .services.approving import as_parts
from .texts import PROBLEMS
from .told import events, rhythm

TURNS: dict[str, str | Promise] = {
    Turn.WEEKLY: gettext_lazy("Every week"),
    Turn.MONTHLY: gettext_lazy("Every month"),
    Turn.QUARTERLY: gettext_lazy("Every quarter"),
    Turn.HALF_YEARLY: gettext_lazy("Every half-year"),
    Turn.YEARLY: gettext_lazy("Every year"),
    Turn.AROUND: gettext_lazy("With each meeting"),
    Turn.ONCE: gettext_lazy("Once"),
}
LABELS: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "holds_from": gettext_lazy("Holds from"),
    "basis": gettext_lazy("Basis"),
    "reason": gettext_lazy("Reason for the change"),
    "number": gettext_lazy("Article number"),
    "heading": gettext_lazy("Heading"),
    "text": gettext_lazy("Text of the article"),
    "evidence": gettext_lazy("What shows that it was done"),
    "turn": gettext_lazy("How often"),
    "month": gettext_lazy("In which month of the period"),
    "day": gettext_lazy("By which day of the month"),
    "weekday": gettext_lazy("By which day of the week"),
    "event": gettext_lazy("Counted from"),
    "days": gettext_lazy("Days"),
    "working": gettext_lazy("Which days"),
    "grace": gettext_lazy("Days of grace"),
    "grace_working": gettext_lazy("Which days of grace"),
    "fixed": gettext_lazy("Where offices do not work on the last day"),
    "who": gettext_lazy("Who answers"),
}
DUTY_TITLE = gettext_lazy("What is to be done")
HELPS: dict[str, str | Promise] = {
    "month": gettext_lazy("1 is the first month of the period; one more than it has is the month after it."),
    "day": gettext_lazy("31 is the last day of every month."),
    "days": gettext_lazy("A minus sign means before: -1 is one day before the meeting."),
}
# Which fields belong to which way of coming back; the others are out of sight.
SHOWN: dict[str, tuple[str, ...]] = {
    Turn.WEEKLY: ("weekday",),
    Turn.MONTHLY: ("month", "day"),
    Turn.QUARTERLY: ("month", "day"),
    Turn.HALF_YEARLY: ("month", "day"),
    Turn.YEARLY: ("month", "day"),
    Turn.AROUND: ("event", "days", "working"),
    Turn.ONCE: ("days",),
}
MEASURES = ("month", "day", "weekday", "event", "days", "working")
OPTIONAL = {"basis", "month", "grace"}


@dataclass(frozen=True, slots=True)
class Late:
    """A value that came too late and waits for a choice; `was` is what stands in the field now."""

    pk: int
    who: str
    value: str
    was: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `widget`: text, lines, choice or day. `turns`: the ways of coming back to which it belongs."""

    name: str
    id: str
    label: str
    value: str
    widget: str = "text"
    help: str = ""
    optional: bool = False
    hidden: bool = False
    turns: str = ""
    options: Sequence[tuple[str, str]] = ()
    wrong: Sequence[str] = ()
    lates: Sequence[Late] = ()


@dataclass(frozen=True, slots=True)
class PartView:
    """An article or a duty with its line in words and its fields."""

    pk: int
    kind: Kind
    line: str
    rhythm: str
    basis: str
    verified: bool
    fields: list[Field]
    duties: list["PartView"] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The part's key as the identifiers of the page write it."""
        return str(self.pk)

    @property
    def wrong(self) -> bool:
        """Whether anything is wrong in it or under it."""
        return any(one.wrong or one.lates for one in self.fields) or any(duty.wrong for duty in self.duties)


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The whole draft."""

    head: list[Field]
    articles: list[PartView]
    problems: list[tuple[str, str]]
    sentence: str
    lates: list[Late]

    @property
    def parts(self) -> list[PartView]:
        """Articles and duties, each article before its duties."""
        return [one for article in self.articles for one in (article, *article.duties)]


def draft_page(draft: Draft) -> DraftPage:
    """The page of a draft; three queries."""
    rows = list(draft.parts.all())
    lates: dict[tuple[int | None, str], list[Late]] = defaultdict(list)
    content: dict[int | None, Mapping[str, str]] = {None: draft.content, **{row.pk: row.content for row in rows}}
    for late in LateValue.objects.filter(draft=draft).select_related("by").order_by("pk"):
        present = content[late.part_id].get(late.field, "")
        lates[late.part_id, late.field].append(Late(late.pk, late.by.label, late.value, present))
    found = rules.gaps(draft.content, as_parts(rows), amends=draft.amends_id is not None)
    wrong: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    for one in found:
        wrong[one.part, one.field].append(str(PROBLEMS[one.code]) % one.data)
    views = {row.pk: _view(row, wrong, lates) for row in rows}
    for row in rows:
        if row.under_id is not None:
            views[row.under_id].duties.append(views[row.pk])
    names = ("title", "holds_from", "basis", *(("reason",) if draft.amends_id is not None else ()))
    head = [_field(None, name, draft.content, wrong, lates) for name in names]
    return DraftPage(
        head,
        [views[row.pk] for row in rows if row.kind == Kind.ARTICLE],
        [_named(one, views) for one in found],
        _sentence(len(found), sum(row.kind == Kind.DUTY for row in rows)),
        [one for listed in lates.values() for one in listed],
    )


def _sentence(gaps: int, duties: int) -> str:
    if gaps:
        return ngettext("%(n)s thing is missing before it can be approved.", "%(n)s things are missing before it can be approved.", gaps) % {"n": gaps}  # fmt: skip
    return ngettext("%(n)s duty; it can be approved.", "%(n)s duties; it can be approved.", duties) % {"n": duties}


def _named(problem: rules.Problem, views: Mapping[int, PartView]) -> tuple[str, str]:
    text = str(PROBLEMS[problem.code]) % problem.data
    label = LABELS.get(problem.field, "")
    if problem.part is None:
        return f"#head-{problem.field}" if problem.field else "#articles", f"{label}: {text}" if label else text
    line = views[problem.part].line
    return f"#part-{problem.part}", f"{line} – {label}: {text}" if label else f"{line}: {text}"


def _view(
    row: DraftPart,
    wrong: Mapping[tuple[int | None, str], list[str]],
    lates: Mapping[tuple[int | None, str], list[Late]],
) -> PartView:
    kind, content = Kind(row.kind), row.content
    fields = [_field(row, name, content, wrong, lates) for name in rules.FIELDS[kind]]
    if kind is Kind.ARTICLE:
        line = _("Article %(number)s. %(heading)s") % {
            "number": content.get("number") or "…", "heading": content.get("heading") or "…",
        }  # fmt: skip
        return PartView(row.pk, kind, line, "", "", True, fields)
    line = content.get("title") or _("New duty")
    return PartView(
        row.pk, kind, line, rhythm(content), content.get("basis", ""), bool(content.get("verified")), fields
    )


def _field(
    row: DraftPart | None,
    name: str,
    content: Mapping[str, str],
    wrong: Mapping[tuple[int | None, str], list[str]],
    lates: Mapping[tuple[int | None, str], list[Late]],
) -> Field:
    pk = row.pk if row is not None else None
    duty = row is not None and row.kind == Kind.DUTY
    turn = content.get("turn", "")
    widget, options = _widget(name)
    return Field(
        name,
        f"part-{pk}-{name}" if pk is not None else f"head-{name}",
        str(DUTY_TITLE if duty and name == "title" else LABELS[name]),
        content.get(name, ""),
        widget,
        str(HELPS.get(name, "")) if duty else "",
        name in OPTIONAL,
        duty and name in MEASURES and name not in SHOWN.get(turn, ()),
        " ".join(turn for turn, names in SHOWN.items() if name in names) if duty and name in MEASURES else "",
        options,
        wrong.get((pk, name), ()),
        lates.get((pk, name), ()),
    )


def _widget(name: str) -> tuple[str, Sequence[tuple[str, str]]]:
    days = [("", _("calendar days")), ("1", _("working days"))]
    match name:
        case "text" | "reason":
            return "lines", ()
        case "holds_from":
            return "day", ()
        case "evidence":
            return "choice", [("", "–"), *((kind.value, str(label)) for kind, label in NAMES.items())]
        case "turn":
            return "choice", [(turn, str(label)) for turn, label in TURNS.items()]
        case "weekday":
            return "choice", [("", "–"), *((str(n), label) for n, label in enumerate(WEEKDAYS))]
        case "event":
            return "choice", [("", "–"), *((str(kind), label) for kind, label in events().items())]
        case "working" | "grace_working":
            return "choice", days
        case "fixed":
            return "choice", [("", _("the next working day counts")), ("1", _("the day stays"))]
        case "who":
            return "choice", [("", "–"), *((kind, str(PostKind(kind).label)) for kind in WHO)]
    return "text", ()
