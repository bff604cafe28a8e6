"""Which units a draft's names mean, on its day and in reach of its board; what fits several is asked, never guessed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, Subquery

from dondoc.lib.vietnamese import folded
from dondoc.organisations.models import Ancestry, UnitKind, UnitName
from dondoc.organisations.queries import Label, labels

from .queries import reachable

MOST_GUESSED = 40
"""So many names that fit nothing exactly are looked for as parts of names; the rest is only said not to be found."""
MOST_CHOICES = 12
PARTY = folded("Đảng bộ")


@dataclass(frozen=True, slots=True)
class New:
    """A unit that the draft itself establishes: by which step, under which code, called what."""

    step: int
    code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that a name may mean: what to write so that it means this one, and its superiors."""

    value: str
    path: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name means: one unit (`ref`: its key, or the code of a new one), or the `choices` between several, or nothing.

    `ended` is the day on which the last unit of that name ended, where it is known of one.
    """

    ref: int | str | None = None
    name: str = ""
    choices: tuple[Choice, ...] = ()
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    ref: int | str
    code: str
    name: str
    full: str
    short: str


def meant(texts: Iterable[str], new: Collection[New], *, top: int, today: date, day: date) -> dict[str, Meant]:
    """For each text what it means; a fixed number of queries, however many there are.

    A unit lives on the eve of the day or on the day itself. The whole name wins over the short one, and that over a part of the name;
    "Chi bộ thôn 1, Đảng bộ xã Sơn Tân" means the one under that superior. A code means its unit.
    """
    wanted = {text for text in texts if text.strip()}
    eve = day - timedelta(days=1)
    known = [_Row(one.code, one.code, one.name, folded(one.name), folded(one.short_name)) for one in new]
    heads = {text: [part.strip() for part in text.split(", ")] for text in wanted}
    forms = {folded(text) for text in wanted} | {folded(parts[0]) for parts in heads.values()}
    forms |= {f"{PARTY} {form}" for form in forms}
    near = (
        UnitName.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=eve),
            valid_from__lte=day,
            unit__in=reachable(top, today, day).values("pk"),
        )
        .select_related("unit")
        .order_by("unit", "valid_from")
    )
    exact = near.filter(Q(folded__in=forms) | Q(folded_short__in=forms))
    rows = [*known, *_rows(exact)]
    coded = dict(near.filter(unit__code__in=wanted).values_list("unit__code", "unit"))
    found: dict[str, list[_Row]] = {}
    qualified: dict[str, list[str]] = {}
    for text, parts in heads.items():
        if text in coded or any(one.code == text for one in new):
            continue
        fits = _fitting(rows, folded(text))
        if not fits and len(parts) > 1:
            fits = _fitting(rows, folded(parts[0]))
            qualified[text] = [folded(part) for part in parts[1:] if part]
        found[text] = fits
    for text, fits in _parts_of_names(near, known, [text for text, fits in found.items() if not fits]).items():
        found[text] = fits
    ambiguous = {
        row.ref for text, fits in found.items() if len(fits) > 1 or text in qualified for row in fits if row.ref
    }
    above = _superiors({ref for ref in ambiguous if isinstance(ref, int)}, top, eve, day)
    ended = _ended([text for text, fits in found.items() if not fits], top, today)
    names = {ref: row.name for row in rows for ref in [row.ref]}
    names |= {pk: label.name for pk, label in labels(coded.values(), eve).items()}
    result: dict[str, Meant] = {}
    for text in wanted:
        if text in coded:
            result[text] = Meant(coded[text], names[coded[text]])
        elif text not in found:
            result[text] = Meant(text, names.get(text, text))
        else:
            fits = _under(found[text], qualified[text], above) if text in qualified else found[text]
            result[text] = _meant(fits, above, ended.get(folded(text)))
    return result


def _rows(names: Iterable[UnitName]) -> list[_Row]:
    return [_Row(one.unit_id, one.unit.code, one.name, one.folded, one.folded_short) for one in names]


def _fitting(rows: Iterable[_Row], wanted: str) -> list[_Row]:
    """The rows that fit best, one for each unit."""
    every = list(rows)
    fits = [row for row in every if row.full == wanted] or [row for row in every if row.short == wanted]
    # "Xã Sơn Tân" is the Party organisation of the commune, not one of those that have its name within their own.
    fits = fits or [row for row in every if row.full == f"{PARTY} {wanted}"]
    return list({row.ref: row for row in fits}.values())


def _parts_of_names(near: "Iterable[UnitName]", known: Collection[_Row], texts: list[str]) -> dict[str, list[_Row]]:
    """For names that fit nothing as a whole, the units that have them in their name."""
    asked = {text: folded(text) for text in sorted(texts)[:MOST_GUESSED] if len(folded(text)) > 2}
    if not asked:
        return {}
    anywhere = Q(pk=None)
    for form in asked.values():
        anywhere |= Q(folded__contains=form)
    rows = [*known, *_rows(near.filter(anywhere)[:500])]  # type: ignore[attr-defined]
    return {
        text: list({row.ref: row for row in rows if form in row.full}.values())[: MOST_CHOICES + 1]
        for text, form in asked.items()
    }


def _superiors(units: Collection[int], top: int, eve: date, day: date) -> Mapping[int | str, list[Label]]:
    """The superiors of each unit, nearest first, on the eve; of one that begins on the day, on the day."""
    level = UnitKind.objects.filter(unit=OuterRef("ancestor")).order_by("-valid_from").values("level")[:1]
    lived = Ancestry.objects.on(eve).filter(descendant=OuterRef("descendant"))
    rows = (
        Ancestry.objects.filter(Q(valid_to=None) | Q(valid_to__gt=eve), valid_from__lte=day, descendant__in=list(units))
        .exclude(ancestor=F("descendant"))
        .annotate(level=Subquery(level), lived=Exists(lived))
        .order_by("-level")
    )
    found: dict[int | str, list[int]] = defaultdict(list)
    for row in rows:
        if row.valid_from <= eve or not row.lived:
            found[row.descendant_id].append(row.ancestor_id)
    known = labels({pk for several in found.values() for pk in several}, eve)
    return {unit: [known[pk] for pk in _up_to(several, top)] for unit, several in found.items()}


def _up_to(superiors: list[int], top: int) -> list[int]:
    """The superiors up to the board's own unit, above which all paths are the same; of a unit right below it, that one."""
    return superiors[: max(1, superiors.index(top))] if top in superiors else superiors


def _ended(texts: Collection[str], top: int, today: date) -> dict[str, date]:
    """Of names that fit nothing that lives: until when a unit in reach was so called."""
    forms = {folded(text) for text in texts}
    if not forms:
        return {}
    names = UnitName.objects.filter(
        Q(folded__in=forms) | Q(folded_short__in=forms),
        unit__in=reachable(top, today, None).values("pk"),
        valid_to=F("unit__valid_to"),
    ).order_by("valid_to")
    found: dict[str, date] = {}
    for name in names:
        if name.valid_to is not None:
            found |= {form: name.valid_to for form in (name.folded, name.folded_short) if form in forms}
    return found


def _under(fits: list[_Row], superiors: list[str], above: Mapping[int | str, list[Label]]) -> list[_Row]:
    """Of namesakes those under the superiors that were named."""

    def stands(row: _Row) -> bool:
        names = {folded(name) for label in above.get(row.ref, ()) for name in (label.name, label.short_name)}
        return all(superior in names for superior in superiors)

    return [row for row in fits if stands(row)]


def _meant(fits: list[_Row], above: Mapping[int | str, list[Label]], ended: date | None) -> Meant:
    if len(fits) == 1:
        return Meant(fits[0].ref, fits[0].name)
    if not fits:
        return Meant(ended=ended)
    names = [row.name for row in fits]
    values = [
        f"{row.name}, {above[row.ref][0].name}" if names.count(row.name) > 1 and above.get(row.ref) else row.name
        for row in fits
    ]
    choices = [
        # Where even the superior does not tell them apart, the code does.
        Choice(value if values.count(value) == 1 else row.code, ", ".join(one.name for one in above.get(row.ref, ())))
        for row, value in zip(fits, values, strict=True)
    ]
    return Meant(choices=tuple(choices[:MOST_CHOICES]))
