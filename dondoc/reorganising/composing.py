"""From a draft to what is recorded: its steps as values of `organisations.steps`, or what is wrong beside the step and field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dondoc.lib import wording
from dondoc.lib.vietnamese import sort_key
from dondoc.organisations.kinds import kinds
from dondoc.organisations.models import UnitParent
from dondoc.organisations.queries import labels
from dondoc.organisations.services.load import slug
from dondoc.organisations.steps import ChangeKind, Dissolve, Establish, Merge, Move, Ref, Rename, Split, Step

from . import codes, rules
from .models import Draft, DraftStep
from .resolving import Choice, Meant, New, meant
from .rules import Kind


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field: at which step (None: the draft itself), in words; `choices` where a name fits several units.

    `named` is the name that is meant, where the field holds several.
    """

    step: int | None
    field: str
    text: str
    choices: tuple[Choice, ...] = ()
    named: str = ""


@dataclass(slots=True)
class Composed:
    """A draft as it is understood: the steps with the draft's step that each comes from, what is wrong, what each name means.

    `children` are the direct sub-units of each unit that is split (its key), with their names; `own` those of them that have a
    step of their own.
    """

    steps: list[tuple[int, Step]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    meant: Mapping[str, Meant] = field(default_factory=dict)
    children: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)

    def at(self, step: int | None, name: str) -> list[Wrong]:
        """What is wrong with one field."""
        return [one for one in self.wrong if one.step == step and one.field == name]


def compose(draft: Draft, steps: Sequence[DraftStep], today: date) -> Composed:
    """Read the whole draft; a fixed number of queries, however many steps it has. Without a day names are looked for today."""
    day = draft.effective_on or today
    made = Composed(wrong=list(_head(draft, steps)))
    new = _new(steps, draft.owner_id, today, day)
    texts = [text for step in steps for text in _texts(step)]
    made.meant = meant(texts, list(new.values()), top=draft.owner_id, today=today, day=day)
    made.children = _children(steps, made, day - timedelta(days=1))
    reader = _Reader(made, draft, new)
    for step in steps:
        reader.read(step)
    _refuse_twice(made, draft, steps)
    return made


def _head(draft: Draft, steps: Sequence[DraftStep]) -> Iterable[Wrong]:
    if not rules.decision(draft.number, draft.title):
        yield Wrong(None, "number", _("Enter the number of the decision, or say in its title why there is none."))
    elif len(rules.decision(draft.number, draft.title)) > rules.LONGEST_DECISION:
        said = _("Number and title are longer than %(n)s signs together. Shorten the title.")
        yield Wrong(None, "title", said % {"n": rules.LONGEST_DECISION})
    if draft.revokes_id is None:
        if draft.effective_on is None:
            yield Wrong(None, "effective_on", _("Enter the day from which the decision holds."))
        if not steps:
            yield Wrong(None, "steps", _("Add at least one step."))


def _texts(step: DraftStep) -> Iterable[str]:
    for name, value in step.content.items():
        if name in rules.UNITS or name.startswith(rules.PART):
            yield value.strip()
        elif name in rules.LISTS:
            yield from rules.lines(value)


def _new(steps: Sequence[DraftStep], top: int, today: date, day: date) -> dict[int, New]:
    """The units that the draft establishes, by step, with their codes."""
    wanted: list[codes.Wanted] = []
    for step in steps:
        name = step.content.get("name", "").strip()
        if step.kind == Kind.ESTABLISH and name:
            kind = kinds().get(step.content.get("unit_kind", ""))
            short = step.content.get("short_name", "").strip() or rules.short_name(name, kind.words if kind else ())
            base = slug(name.removeprefix("Đảng bộ ")) or "don-vi"
            wanted.append(codes.Wanted(step.pk, step.content.get("code", ""), base, name, short))
    given = codes.given(wanted, top, today, day)
    return {one.step: New(one.step, given[one.step], one.name, one.short_name) for one in wanted}


def _children(steps: Sequence[DraftStep], made: Composed, eve: date) -> dict[int, list[tuple[int, str]]]:
    """The direct sub-units of all units that are split, on the eve, by the alphabet."""
    split = {
        ref
        for step in steps
        if step.kind == Kind.SPLIT
        for ref in [made.meant.get(step.content.get("unit", "").strip(), Meant()).ref]
        if isinstance(ref, int)
    }
    rows = list(UnitParent.objects.on(eve).filter(parent__in=split).values_list("parent", "unit"))
    known = labels({unit for _parent, unit in rows}, eve)
    found: dict[int, list[tuple[int, str]]] = {unit: [] for unit in split}
    for parent, unit in rows:
        found[parent].append((unit, known[unit].name))
    return {unit: sorted(several, key=lambda one: sort_key(one[1])) for unit, several in found.items()}


class _Reader:
    """Reads one step after the other into `made`."""

    def __init__(self, made: Composed, draft: Draft, new: Mapping[int, New]) -> None:
        self.made, self.draft, self.new = made, draft, new
        self.ok = True
        self.step = DraftStep()

    def read(self, step: DraftStep) -> None:
        """Add what the step says, or what is wrong with it."""
        self.step, self.ok = step, True
        found = list(getattr(self, f"_{step.kind}")(step.content))
        if self.ok:
            self.made.steps += [(step.pk, one) for one in found]

    def _wrong(self, name: str, text: str, choices: tuple[Choice, ...] = (), named: str = "") -> None:
        self.ok = False
        self.made.wrong.append(Wrong(self.step.pk, name, text, choices, named))

    def _text(self, content: Mapping[str, str], name: str, missing: str) -> str:
        value = content.get(name, "").strip()
        if not value:
            self._wrong(name, missing)
        elif len(value) > rules.LONGEST[name]:
            self._wrong(name, _("This is longer than %(n)s signs. Shorten it.") % {"n": rules.LONGEST[name]})
        return value

    def _kind(self, content: Mapping[str, str]) -> str:
        value = content.get("unit_kind", "")
        if value not in kinds():
            self._wrong("unit_kind", _("Choose the kind of unit."))
        return value

    def _unit(self, content: Mapping[str, str], name: str, missing: str) -> Ref:
        text = content.get(name, "").strip()
        if not text:
            self._wrong(name, missing)
            return 0
        return self._resolved(name, text)

    def _units(self, content: Mapping[str, str], name: str, missing: str) -> list[Ref]:
        texts = rules.lines(content.get(name, ""))
        if not texts:
            self._wrong(name, missing)
        refs: list[Ref] = []
        for text in texts:
            ref = self._resolved(name, text)
            if ref and ref in refs:
                self._wrong(name, _("“%(text)s” stands here twice. Keep one.") % {"text": text})
            refs.append(ref)
        return refs

    def _resolved(self, name: str, text: str) -> Ref:
        found = self.made.meant.get(text, Meant())
        if found.ref is not None:
            return found.ref
        if found.choices:
            said = _("“%(text)s” may be several units. Choose which one is meant.") % {"text": text}
        elif found.ended:
            said = _("“%(text)s” ended on %(day)s. Name the unit that took over from it.") % {
                "text": text,
                "day": wording.day(found.ended),
            }
        else:
            said = _("No unit of your scope is called “%(text)s” on that day. Look it up in the tree.") % {"text": text}
        self._wrong(name, said, found.choices, text)
        return 0

    def _own(self, name: str, refs: Iterable[Ref]) -> None:
        if self.draft.owner_id in refs:
            self._wrong(name, _("The end, kind or superior of your own unit is decided and recorded by its superior."))

    # One method for each kind of step

    def _establish(self, content: Mapping[str, str]) -> Iterable[Step]:
        kind, name = self._kind(content), self._text(content, "name", _("Enter the name of the new unit."))
        above = self._unit(content, "superior", _("Enter the direct superior."))
        made = self.new.get(self.step.pk)
        if len(made.short_name if made else "") > rules.LONGEST["short_name"]:
            self._wrong("short_name", _("This is longer than %(n)s signs. Shorten it.") % {"n": 120})
        if made and self.ok:
            yield Establish(made.code, kind, name, above, made.short_name)

    def _rename(self, content: Mapping[str, str]) -> Iterable[Step]:
        unit = self._unit(content, "unit", _("Enter the unit that gets another name."))
        name = self._text(content, "name", _("Enter the new name."))
        short = content.get("short_name", "").strip()
        if len(short) > rules.LONGEST["short_name"]:
            self._wrong("short_name", _("This is longer than %(n)s signs. Shorten it.") % {"n": 120})
        words = [word for kind in kinds().values() for word in kind.words]
        yield Rename(unit, name, short or rules.short_name(name, words))

    def _change_kind(self, content: Mapping[str, str]) -> Iterable[Step]:
        unit = self._unit(content, "unit", _("Enter the unit that becomes another kind."))
        self._own("unit", [unit])
        yield ChangeKind(unit, self._kind(content))

    def _move(self, content: Mapping[str, str]) -> Iterable[Step]:
        units = self._units(content, "units", _("Enter the units that move, one a line."))
        self._own("units", units)
        to = self._unit(content, "to", _("Enter the new superior."))
        yield from (Move(unit, to) for unit in units)

    def _merge(self, content: Mapping[str, str]) -> Iterable[Step]:
        units = self._units(content, "units", _("Enter the units that are merged, one a line."))
        self._own("units", units)
        into = self._unit(content, "into", _("Enter the unit into which they go."))
        if into and into in units:
            self._wrong("into", _("A unit cannot be merged into itself. Leave it out of the list above."))
        yield Merge(units, into)

    def _split(self, content: Mapping[str, str]) -> Iterable[Step]:
        unit = self._unit(content, "unit", _("Enter the unit that is split."))
        self._own("unit", [unit])
        heirs = self._units(content, "heirs", _("Enter the units that take over, one a line."))
        if len(heirs) == 1:
            self._wrong("heirs", _("A split has at least two heirs. Where all goes to one unit, add a merger instead."))
        parts: dict[Ref, list[Ref]] = {heir: [] for heir in heirs}
        chosen = rules.parts_of(content)
        for child, name in self.made.children.get(unit if isinstance(unit, int) else 0, ()):
            if child not in chosen:
                continue
            heir = self.made.meant.get(chosen[child].strip(), Meant()).ref
            if heir in parts and heir is not None:
                parts[heir].append(child)
            else:
                said = _("%(heir)s is no heir any more. Choose again to whom %(unit)s goes.")
                self._wrong(f"{rules.PART}{child}", said % {"heir": chosen[child], "unit": name})
        yield Split(unit, list(parts.items()))

    def _dissolve(self, content: Mapping[str, str]) -> Iterable[Step]:
        units = self._units(content, "units", _("Enter the units that end, one a line."))
        self._own("units", units)
        yield from (Dissolve(unit) for unit in units)


def _said(step: Step) -> Iterable[tuple[Ref, str]]:
    """Of which unit a step says what; a unit can have one of each on a day."""
    match step:
        case Establish():
            yield step.code, "parent"
            yield step.code, "name"
            yield step.code, "kind"
        case Rename():
            yield _key(step.unit), "name"
        case ChangeKind():
            yield _key(step.unit), "kind"
        case Move():
            yield _key(step.unit), "parent"
        case Merge():
            yield from ((_key(unit), "end") for unit in step.units)
        case Split():
            yield _key(step.unit), "end"
            yield from ((_key(part), "parent") for _heir, parts in step.pairs() for part in parts)
        case Dissolve():
            yield _key(step.unit), "end"


def _key(ref: Ref) -> int | str:
    return ref if isinstance(ref, int | str) else ref.pk


def _refuse_twice(made: Composed, draft: Draft, steps: Sequence[DraftStep]) -> None:
    """Two steps that say the same thing of one unit; and which sub-units of a split have a step of their own."""
    number = {step.pk: place for place, step in enumerate(steps, 1)}
    field_of = {Kind.RENAME: "unit", Kind.CHANGE_KIND: "unit", Kind.SPLIT: "unit", Kind.ESTABLISH: "name"}
    kind_of = {step.pk: Kind(step.kind) for step in steps}
    first: dict[tuple[Ref, str], int] = {}
    names = {one.ref: one.name for one in made.meant.values() if one.ref is not None}
    for pk, step in made.steps:
        for said in _said(step):
            if (isinstance(said[0], int) and said[1] in {"end", "parent"} and not isinstance(step, Split)) or (
                isinstance(step, Split) and said == (_key(step.unit), "end") and isinstance(said[0], int)
            ):
                made.own.add(said[0])
            if said in first:
                text = _("%(unit)s: step %(n)s says this already. Keep one of the two.")
                unit = names.get(_key(said[0]), str(said[0]))
                made.wrong.append(
                    Wrong(pk, field_of.get(kind_of[pk], "units"), text % {"unit": unit, "n": number[first[said]]})
                )
            first.setdefault(said, pk)
