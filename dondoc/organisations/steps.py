"""The seven kinds of reorganisation as values. A unit is given as itself, its key, or its code (also of one established in the same go)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .models import Change, Reorganisation, Unit

Ref = Unit | int | str
Parts = (
    Mapping[Unit, Sequence[Ref]]
    | Mapping[int, Sequence[Ref]]
    | Mapping[str, Sequence[Ref]]
    | Sequence[tuple[Ref, Sequence[Ref]]]
)
Resolve = Callable[[Ref], int]
A = Change.Attribute
K = Reorganisation.Kind


@dataclass(frozen=True, slots=True)
class Establish:
    """A new unit. `parent` None: it stands at the top. `short_name` is how it is called where its kind is clear (default: the name)."""

    code: str
    kind: str
    name: str
    parent: Ref | None
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name for the same unit."""

    unit: Ref
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """Another kind, and with it another level, for the same unit."""

    unit: Ref
    kind: str


@dataclass(frozen=True, slots=True)
class Move:
    """Another direct superior."""

    unit: Ref
    to: Ref


@dataclass(frozen=True, slots=True)
class Merge:
    """Units that end and go whole into another, which lives on or is established the same day."""

    units: Sequence[Ref]
    into: Ref


@dataclass(frozen=True, slots=True)
class Split:
    """A unit that ends and goes by parts to several: heir → the sub-units that go to it (an heir may get none)."""

    unit: Ref
    parts: Parts

    def pairs(self) -> list[tuple[Ref, Sequence[Ref]]]:
        """(heir, sub-units), however the parts were given."""
        return [*self.parts.items()] if isinstance(self.parts, Mapping) else [*self.parts]


@dataclass(frozen=True, slots=True)
class Dissolve:
    """A unit that ends without a successor: its superior of the last day takes over."""

    unit: Ref


Step = Establish | Rename | ChangeKind | Move | Merge | Split | Dissolve

KINDS: dict[type[Step], Reorganisation.Kind] = {
    Establish: K.ESTABLISH,
    Rename: K.RENAME,
    ChangeKind: K.CHANGE_KIND,
    Move: K.MOVE,
    Merge: K.MERGE,
    Split: K.SPLIT,
    Dissolve: K.DISSOLVE,
}


def refs(step: Step) -> list[Ref]:
    """The units that a step speaks of, without the one it establishes."""
    match step:
        case Establish(parent=parent):
            return [] if parent is None else [parent]
        case Move(unit=unit, to=to):
            return [unit, to]
        case Merge(units=units, into=into):
            return [*units, into]
        case Split(unit=unit):
            return [unit, *(ref for heir, parts in step.pairs() for ref in (heir, *parts))]
        case _:
            return [step.unit]


def changes(step: Step, reorganisation: Reorganisation, of: Resolve) -> list[Change]:
    """What a step says of each unit, as rows not yet stored."""
    return list(_changes(step, reorganisation, reorganisation.effective_on, of))


def _changes(step: Step, record: Reorganisation, day: date, of: Resolve) -> Iterable[Change]:
    def change(unit: Ref, attribute: A, text: str = "", short: str = "", other: Ref | None = None) -> Change:
        return Change(
            reorganisation=record,
            unit_id=of(unit),
            attribute=attribute,
            effective_on=day,
            text=text,
            short_text=short,
            other_id=None if other is None else of(other),
        )

    match step:
        case Establish():
            yield change(step.code, A.BEGIN)
            yield change(step.code, A.NAME, step.name, step.short_name or step.name[:120])
            yield change(step.code, A.KIND, step.kind)
            yield change(step.code, A.PARENT, other=step.parent)
        case Rename():
            yield change(step.unit, A.NAME, step.name, step.short_name or step.name[:120])
        case ChangeKind():
            yield change(step.unit, A.KIND, step.kind)
        case Move():
            yield change(step.unit, A.PARENT, other=step.to)
        case Merge():
            for unit in step.units:
                yield change(unit, A.END)
                yield change(unit, A.HEIR, other=step.into)
        case Split():
            yield change(step.unit, A.END)
            for heir, parts in step.pairs():
                yield change(step.unit, A.HEIR, other=heir)
                for part in parts:
                    yield change(part, A.PARENT, other=heir)
        case Dissolve():
            yield change(step.unit, A.END)
