"""Names of a text against the tree on the day of the event, and against the gazetteer of that day: what may be meant, and what is settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from dondoc.accounts.models import Post, PostKind
from dondoc.lib.vietnamese import folded, plain
from dondoc.organisations.kinds import committees
from dondoc.organisations.models import Ancestry, Family, Unit, UnitKind, UnitName
from dondoc.organisations.queries import Label, labels, readable

from . import remembered
from .gazetteer import queries as gazetteer
from .gazetteer.rules import DISTRICT_TYPES, PROVINCE_TYPES, TYPES, Place, choose, is_called, is_in, key_of, spelling
from .rules import REPEATED_TYPES, Content, best_title, split_unit

MOST = 30
MOST_EXPLAINED = 3
"""Places of another time by which a name is explained."""


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


@dataclass(slots=True)
class Meant:
    """What the name of a content may mean on the day. `hits` also hold other spellings, which may be offered, never taken.

    `called` are units of the tree, `outside` places that the tree does not have, `under` how many of both lie where the text says;
    `followers` are the units that followed places which bore the name before.
    """

    content: Content
    places: Sequence[Place]
    hits: list[UnitName] = field(default_factory=list)
    called: list[Candidate] = field(default_factory=list)
    outside: list[Place] = field(default_factory=list)
    followers: list[Candidate] = field(default_factory=list)
    under: int = 0

    @property
    def is_open(self) -> bool:
        """Whether neither a unit nor a place is settled."""
        return self.content["unit"] is None and self.content["place"] is None

    def settle(self, units: Sequence[Candidate], places: Sequence[Place], how: str) -> bool:
        """Take the only one of these, where there is only one."""
        if len(units) + len(places) == 1:
            self.content["unit"] = units[0].unit if units else None
            self.content["place"] = places[0].key if places else None
            self.content["how"] = how
        return not self.is_open


def look_up(contents: Sequence[Content], leader: Content | None, owner: int, day: date, today: date) -> None:
    """Fill unit contents and the leader's for the day: what the names settle, then who led, then what the leader's area settles."""
    names = resolve(contents, day)
    if leader is not None:
        posts = leader_posts(owner, [content["unit"] for content in contents], day, today)
        match_leader(leader, posts)
        led_by = next((one.unit.unit for one in posts if one.post == leader["post"]), None)
        if led_by is not None:
            settle_by_leader(names, led_by, day)
    remembered.offer(contents, owner, day)


def resolve(contents: Sequence[Content], day: date) -> list[Meant]:
    """Fill what the names of unit contents mean on the day, in a fixed number of queries.

    `unit` is a unit of the tree, `place` a place outside it, `how` the reason: the only one under the superior that the text gives it, or,
    where the text gives none, under a larger unit that it names as well, or the only one of a type whose names do not repeat ("matched");
    a place that is the only one of its name in the country and not in the tree ("country"). `candidates` and `places` are what else may be
    meant, `elsewhen` the places of this name that do not live on the day; the units that followed those are candidates. Anything else is
    left to a person, and so is what a person has chosen while it lives on the day.
    """
    known = gazetteer.named(content["name"] for content in contents)
    names = [Meant(content, known.get(key_of(content["name"]), ())) for content in contents]
    tree = _Tree({one.content["name"] for one in names} | {h.name for one in names for h in _heirs(one, day)}, day)
    alive = _alive(contents, day)
    for one in names:
        content = one.content
        one.hits = tree.hits(content["type"], content["name"])
        one.called = tree.called(content["type"], content["name"])
        living = choose(one.places, content["type"], content["name"], day)
        one.outside = [place for place in living if not tree.has(place)]
        content |= {"place": content.get("place"), "elsewhen": [], "candidates": [], "places": []}
        if content["how"] != "chosen" or (content["unit"], content["place"]) not in alive:
            content |= {"unit": None, "place": None, "how": ""}
            if not content["parent"] and content["type"] not in REPEATED_TYPES and not one.outside:
                one.settle(one.called, [], "matched")
    settled = {content["unit"] for content in contents} - {None}
    larger = {
        (content["type"], spelling(content["name"]))
        for content in contents
        if content["type"] in PROVINCE_TYPES | DISTRICT_TYPES
    }
    for one in names:
        _place(one, tree, settled, larger, day)
    return names


def _place(one: Meant, tree: "_Tree", settled: set[int], larger: set[tuple[str, str]], day: date) -> None:
    """Settle what the text itself settles, and list what else may be meant."""
    content, parent = one.content, one.content["parent"]
    units = _under(one.called, parent, settled)
    places = [
        place
        for place in one.outside
        if (is_in(place, parent) if parent else any((a.type, spelling(a.name)) in larger for a in place.above))
    ]
    one.under = len(units) + len(places)
    if one.is_open and not one.settle(units, places, "matched") and not parent and not one.hits and content["type"]:
        one.settle([], one.outside, "country")
    if one.under:
        content["candidates"], content["places"] = [u.unit for u in units], [place.key for place in places]
    else:
        content["candidates"] = [u.unit for u in one.called] or [row.unit_id for row in one.hits]
        content["places"] = [place.key for place in one.outside][:MOST]
    if not content["candidates"] and not content["places"]:
        _explain(one, tree, day)


def _explain(one: Meant, tree: "_Tree", day: date) -> None:
    """For a name that nothing bears on the day: who bore it before, or will later. Those who followed the former are offered."""
    content = one.content
    former = _former(one, day)
    ours = {place.key: [unit for heir in place.heirs for unit in tree.of(heir)] for place in former}
    # Of namesakes from all over the country those are explained whose area is now in the tree.
    former = [place for place in former if ours[place.key]] or former
    one.followers = list(dict.fromkeys(unit for place in former for unit in ours[place.key]))
    content["candidates"] = [unit.unit for unit in one.followers]
    if len(former) == 1:
        content["places"] = [heir.key for heir in former[0].heirs if not tree.has(heir)]
    later = [] if former else _called(one, [place for place in one.places if place.since and day < place.since])
    content["elsewhen"] = [place.key for place in (*former, *later)][:MOST_EXPLAINED]


def _former(one: Meant, day: date) -> list[Place]:
    return _called(one, [place for place in one.places if place.until and place.until <= day])


def _called(one: Meant, places: Iterable[Place]) -> list[Place]:
    """Those of the name and type, and, where any are, those in the larger place that the text gives."""
    found = [place for place in places if is_called(place, one.content["type"], one.content["name"])]
    parent = one.content["parent"]
    return [place for place in found if parent and is_in(place, parent)] or found


def _heirs(one: Meant, day: date) -> list[Place]:
    return [heir for place in _former(one, day) for heir in place.heirs]


def _alive(contents: Sequence[Content], day: date) -> set[tuple[int | None, str | None]]:
    """Of what people have chosen, what lives on the day."""
    chosen = [content for content in contents if content["how"] == "chosen"]
    units = {content["unit"] for content in chosen} - {None}
    keys = {key for content in chosen if (key := content.get("place"))}
    living = set(Unit.objects.on(day).filter(pk__in=units).values_list("pk", flat=True)) if units else set()
    return {(unit, None) for unit in living} | {
        (None, key) for key, place in gazetteer.keyed(keys).items() if place.lives(day)
    }


class _Tree:
    """The Party units of the tree that bear some names on a day."""

    def __init__(self, names: Iterable[str], day: date) -> None:
        wanted = {folded(name) for name in names} - {""}
        rows = UnitName.objects.on(day).filter(
            folded_short__in=wanted, unit__family=Family.PARTY, unit__in=Unit.objects.on(day)
        )
        self.rows: dict[str, list[UnitName]] = {}
        for row in rows.order_by("unit"):
            self.rows.setdefault(row.folded_short, []).append(row)
        self.units = candidates({row.unit_id for found in self.rows.values() for row in found}, day)

    def hits(self, kind: str, name: str) -> list[UnitName]:
        """Those of the type whose names fold to the same letters: "Sơn Tân" and "Sơn Tấn"."""
        found = self.rows.get(folded(name), ())
        return [row for row in found if _is_called(row.folded, row.folded_short, kind)]

    def called(self, kind: str, name: str) -> list[Candidate]:
        """Those of the type and the very name."""
        return [self.units[row.unit_id] for row in self.hits(kind, name) if plain(row.short_name) == plain(name)]

    def of(self, place: Place) -> list[Candidate]:
        """The units of a place: of its type and name, and nothing that holds the two says otherwise."""
        return [one for one in self.called(place.type, place.name) if not _apart(place, one.above)]

    def has(self, place: Place) -> bool:
        """Whether the place has a unit."""
        return bool(self.of(place))


def _apart(place: Place, above: Sequence[Label]) -> bool:
    """Whether a unit under these lies in another province or district than the place."""
    said = {label.kind: plain(label.short_name) for label in above}
    holders = {"province": place.above[-1:], "district": place.above[:-1]}
    return any(
        not said[level].endswith(plain(holder[0].name)) for level, holder in holders.items() if holder and level in said
    )


def _lies_in(place: Place, areas: Sequence[Label]) -> bool:
    """Whether a place of a lower level lies in the first of the areas, a district with its province, or a province."""
    return len(place.above) >= len(areas) and not _apart(place, areas)


def settle_by_leader(names: Sequence[Meant], led_by: int, day: date) -> None:
    """Take the only one of a name in the district of the leader's unit, or else in its province, and offer those of its province first.

    Only for names of which the text itself says nothing, and of types that the gazetteer lists: of villages nobody knows how many there are.
    Four queries, none where everything is settled.
    """
    waiting = [
        one
        for one in names
        if one.is_open and not one.under and not one.content["parent"] and one.content["type"] in TYPES
    ]
    if not any(one.called or one.outside or one.followers for one in waiting):
        return
    line = labels(Ancestry.objects.on(day).filter(descendant=led_by).values_list("ancestor", flat=True), day).values()
    areas = [label for kind in ("district", "province") for label in line if label.kind == kind]
    for one in waiting:
        near = {unit.unit for unit in one.followers for label in unit.above if label.unit in {a.unit for a in areas}}
        one.content["candidates"].sort(key=lambda unit, near=near: unit not in near)
        for at, area in enumerate(areas):
            units = [unit for unit in one.called if any(label.unit == area.unit for label in unit.above)]
            places = [place for place in one.outside if _lies_in(place, areas[at:])]
            if units or places:
                one.settle(units, places, "leader")
                first = {place.key for place in places}
                one.content["places"].sort(key=lambda key, first=first: key not in first)
                break


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


def only_choice(content: Content) -> Content | None:
    """The content of an open unit once the only unit that it can mean is taken; None where there is none, or anything else it can mean."""
    units = content["candidates"]
    if content["unit"] is not None or content.get("place") or content.get("places") or len(units) != 1:
        return None
    return {**content, **chosen(unit=units[0])}


def chosen(*, unit: int | None = None, place: str | None = None) -> Content:
    """What a content says of the unit, or the place outside the tree, that a person chose."""
    return {"unit": unit, "place": place, "how": "chosen"}


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
