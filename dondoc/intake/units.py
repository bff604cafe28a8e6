"""Names of a text against the tree on the day of the event: candidates, and the one that the text itself settles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dondoc.accounts.models import Post, PostKind
from dondoc.lib.vietnamese import folded
from dondoc.organisations.kinds import committees
from dondoc.organisations.models import Ancestry, Family, Unit, UnitKind, UnitName
from dondoc.organisations.queries import Label, labels, readable

from .rules import REPEATED_TYPES, Content, best_title, plain, split_unit

MOST = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that lives on the day, with the names of its superiors from the nearest up."""

    unit: int
    name: str
    above: tuple[Label, ...]

    @property
    def path(self) -> str:
        """Where it stands in the tree, nearest superior first; the country goes without saying."""
        return ", ".join(label.name for label in self.above if label.kind != "central")


def resolve(contents: Sequence[Content], day: date) -> None:
    """Fill `unit`, `how` and `candidates` of unit contents for the day, in a fixed number of queries.

    The only candidate under the superior that the text gives it is taken as matched; so is, where the text gives none, the only one under
    a larger unit that it names as well, and the only one of a type whose names do not repeat. Anything else is left to a person, and so is what a person has chosen while that unit lives on the day.
    """
    names = {folded(content["name"]) for content in contents} - {""}
    rows = UnitName.objects.on(day).filter(
        folded_short__in=names, unit__family=Family.PARTY, unit__in=Unit.objects.on(day)
    )
    found: dict[str, list[UnitName]] = {}
    for row in rows.order_by("unit"):
        found.setdefault(row.folded_short, []).append(row)
    hits = [
        [
            row
            for row in found.get(folded(content["name"]), ())
            if _is_called(row.folded, row.folded_short, content["type"])
        ]
        for content in contents
    ]
    chosen = {content["unit"] for content in contents if content["how"] == "chosen"}
    alive = set(Unit.objects.on(day).filter(pk__in=chosen).values_list("pk", flat=True)) if chosen else set()
    tree = candidates({row.unit_id for hit in hits for row in hit}, day)
    exact: list[list[Candidate]] = []
    for content, hit in zip(contents, hits, strict=True):
        # "Sơn Tân" and "Sơn Tấn" fold to the same letters and are two places: another spelling may be offered, never taken.
        exact.append([tree[row.unit_id] for row in hit if plain(row.short_name) == plain(content["name"])])
        if content["how"] != "chosen" or content["unit"] not in alive:
            content["unit"], content["how"] = None, ""
            if len(exact[-1]) == 1 and not content["parent"] and content["type"] not in REPEATED_TYPES:
                content["unit"], content["how"] = exact[-1][0].unit, "matched"
    settled = {content["unit"] for content in contents} - {None}
    for content, hit, called in zip(contents, hits, exact, strict=True):
        under = _under(called, content["parent"], settled)
        content["candidates"] = [one.unit for one in under or called] or [row.unit_id for row in hit]
        if content["unit"] is None and len(under) == 1:
            content["unit"], content["how"] = under[0].unit, "matched"


def _under(called: Sequence[Candidate], parent: str, settled: set[int]) -> list[Candidate]:
    """Those under the superior that the text gives the unit; without one, those under a larger unit that the text names as well."""
    if not parent:
        return [one for one in called if any(label.unit in settled for label in one.above)]
    kind, name = split_unit(parent)
    return [
        one
        for one in called
        if any(
            plain(label.short_name) == plain(name) and _is_called(folded(label.name), folded(label.short_name), kind)
            for label in one.above
        )
    ]


def _is_called(full: str, short: str, kind: str) -> bool:
    """Whether the full name says the type: "Đảng bộ xã Sơn Tân" is a "xã", "Huyện ủy Cam Lâm" a "huyện"; without a type any will do."""
    forms = [folded(form) for form in (kind, committees().get(kind, "")) if form]
    return not forms or any(f" {full} ".endswith(f" {form} {short} ") for form in forms)


def candidates(units: Iterable[int], day: date) -> dict[int, Candidate]:
    """Units with their names and superiors on a day, in five queries however many there are."""
    wanted = set(units)
    if not wanted:
        return {}
    pairs = list(Ancestry.objects.on(day).filter(descendant__in=wanted).values_list("descendant", "ancestor"))
    named = labels(wanted | {above for _, above in pairs}, day)
    levels = dict(UnitKind.objects.on(day).filter(unit__in={above for _, above in pairs}).values_list("unit", "level"))
    above: dict[int, list[int]] = {unit: [] for unit in wanted}
    for unit, ancestor in pairs:
        if ancestor != unit:
            above[unit].append(ancestor)
    return {
        unit: Candidate(
            unit,
            named[unit].name,
            tuple(named[one] for one in sorted(above[unit], key=lambda one: -levels.get(one, 0))),
        )
        for unit in wanted
        if unit in named
    }


def search(words: str, day: date) -> list[Candidate]:
    """Party units that live on the day and whose name holds the words, in the order of the alphabet; at most MOST."""
    said = folded(words)[:100]
    if len(said) < 2:
        return []
    rows = UnitName.objects.on(day).filter(
        folded__contains=said, unit__family=Family.PARTY, unit__in=Unit.objects.on(day)
    )
    found = list(dict.fromkeys(rows.order_by("sort_key").values_list("unit", flat=True)[:MOST]))
    tree = candidates(found, day)
    return [tree[unit] for unit in found]


def not_ours(units: Iterable[int], owner: int, leader_unit: int | None, day: date) -> set[int]:
    """Those that were not under the leader's unit on the day (while no leader is settled: under the office's own). One query."""
    wanted = set(units)
    top = owner if leader_unit is None else leader_unit
    return wanted - set(
        Ancestry.objects.on(day).filter(ancestor=top, descendant__in=wanted).values_list("descendant", flat=True)
    )


@dataclass(frozen=True, slots=True)
class LeaderPost:
    """A post that may have led the session."""

    post: int
    title: str
    unit: Label


def leader_posts(owner: int, named: Iterable[int | None], day: date, today: date) -> list[LeaderPost]:
    """The posts of leaders that existed on the day in the office's own unit, and, within its reach, in the units named and those above.

    A session led from further up or from elsewhere is recorded by the office of that leader. The own unit first. Five queries.
    """
    units = [unit for unit in named if unit is not None]
    line = list(Ancestry.objects.on(day).filter(descendant__in=units).values_list("ancestor", flat=True))
    reached = readable([owner], today).filter(pk__in=line).values("pk")
    found = list(
        Post.objects.on(day).filter(Q(unit=owner) | Q(unit__in=reached), kind=PostKind.LEADER).order_by("title", "pk")
    )
    named = labels({post.unit_id for post in found}, day) if found else {}
    posts = [LeaderPost(post.pk, post.title, named[post.unit_id]) for post in found]
    return sorted(posts, key=lambda one: (one.unit.unit != owner, one.unit.name, one.title))


def match_leader(content: Content, posts: Sequence[LeaderPost]) -> None:
    """Fill `post` of a leader content by its title, where exactly one post fits; a post that a person chose stays while it existed."""
    if content["how"] == "chosen" and any(one.post == content["post"] for one in posts):
        return
    post = best_title(content["said"], {one.post: one.title for one in posts}) if content["said"] else None
    content["post"], content["how"] = post, "matched" if post is not None else ""
