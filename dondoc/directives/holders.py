"""The holders of roles in storage: what the rule needs of the tree, and rebuilding `Role` rows for many assignments at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.accounts import holders as posts
from dondoc.accounts.models import Post
from dondoc.lib.vietnamese import folded
from dondoc.organisations.models import Ancestry, Family, Succession, Unit, UnitParent

from . import rules
from .models import Assignment, Role, RoleDecision

Written = tuple[int | None, int | None, date | None, str, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a rebuild changed in one assignment: its roles before and after."""

    assignment: Assignment
    before: tuple[rules.Held, ...]
    after: tuple[rules.Held, ...]


def load_tree(units: Collection[int]) -> rules.Tree:
    """Successions, superiors and heads' posts of the units, of all who took over from them, and of everyone above.

    The number of queries depends on how often a unit was succeeded, not on how many units there are.
    """
    known: set[int] = set()
    frontier = set(units)
    successions: dict[int, list[rules.Succeeded]] = defaultdict(list)
    while frontier:
        known |= frontier
        above = set(Ancestry.objects.filter(descendant__in=frontier).values_list("ancestor", flat=True))
        for one in Succession.objects.filter(predecessor__in=frontier).order_by("predecessor", "heir"):
            named = one.how == Succession.How.SUCCESSOR
            successions[one.predecessor_id].append(
                rules.Succeeded(one.predecessor_id, one.heir_id, one.on, named, one.reorganisation_id)
            )
            above.add(one.heir_id)
        frontier = above - known
    parents: dict[int, list[tuple[date, date | None, int]]] = defaultdict(list)
    for row in UnitParent.objects.filter(unit__in=known):
        parents[row.unit_id].append((row.valid_from, row.valid_to, row.parent_id))
    committees = Unit.objects.filter(pk__in=known, family=Family.PARTY).values_list("pk", flat=True)
    return rules.Tree(dict(successions), dict(parents), head_posts(known), frozenset(committees))


def head_posts(units: Collection[int]) -> dict[int, list[tuple[date, date | None, int]]]:
    """The posts that answer for units, by unit, the foremost first."""
    found: dict[int, list[tuple[date, date | None, int]]] = defaultdict(list)
    for post in posts.head_posts(units):
        found[post.unit_id].append((post.valid_from, post.valid_to, post.pk))
    return dict(found)


def living(unit: int, day: date) -> int:
    """The unit, or who stands in its place on the day; of several heirs the nearest superior of all."""
    tree = load_tree([unit])
    present = unit
    while (heirs := tree.successions.get(present)) and heirs[0].on <= day:
        units = sorted(one.heir for one in heirs)
        following = units[0] if len(units) == 1 else tree.common_superior(units, day)
        assert following is not None
        present = following
    return present


def rebuild(assignments: Sequence[Assignment]) -> list[Moved]:
    """Derive the roles of these assignments anew and write what differs; returns what changed. A fixed number of queries per size of tree."""
    keys = [one.pk for one in assignments]
    decisions: dict[int, list[rules.Decision]] = defaultdict(list)
    # What answered a reorganisation that was revoked since is a decision of nothing.
    for row in RoleDecision.objects.filter(assignment__in=keys, answers__revoked_by=None):
        decisions[row.assignment_id].append(
            rules.Decision(rules.Part(row.role), row.unit_id, row.effective_on, row.post_id, row.pk)
        )
    stored: dict[int, list[Role]] = defaultdict(list)
    for role in Role.objects.filter(assignment__in=keys).order_by("valid_from"):
        stored[role.assignment_id].append(role)
    tree = load_tree({one.unit for several in decisions.values() for one in several})
    moved: list[Moved] = []
    gone: list[int] = []
    changed: list[Role] = []
    new: list[Role] = []
    for assignment in assignments:
        wanted = {(one.part.value, one.start): one for one in rules.hold(decisions[assignment.pk], tree)}
        rows = {(row.role, row.valid_from): row for row in stored[assignment.pk]}
        before = tuple(_held(row) for row in rows.values())
        count = len(gone) + len(changed) + len(new)
        gone.extend(row.pk for key, row in rows.items() if key not in wanted)
        for key, held in wanted.items():
            values = _values(held)
            if key not in rows:
                new.append(_write(Role(assignment=assignment, role=key[0], valid_from=key[1]), values))
            elif _values(_held(rows[key])) != values:
                changed.append(_write(rows[key], values))
        if len(gone) + len(changed) + len(new) > count:
            moved.append(Moved(assignment, before, tuple(wanted.values())))
    Role.objects.filter(pk__in=gone).delete()
    Role.objects.bulk_update(
        changed, ["unit", "post", "valid_to", "how", "parked_with", "proposed", "reorganisation"], batch_size=100
    )
    Role.objects.bulk_create(new)
    return moved


def _held(row: Role) -> rules.Held:
    return rules.Held(
        rules.Part(row.role),
        row.unit_id,
        row.valid_from,
        row.valid_to,
        rules.How(row.how),
        row.post_id,
        row.parked_with_id,
        row.proposed_id,
        row.reorganisation_id,
    )


def _values(held: rules.Held) -> Written:
    return (held.unit, held.post, held.end, held.how.value, held.parked_with, held.proposed, held.reorganisation)


def _write(row: Role, values: Written) -> Role:
    row.unit_id, row.post_id, row.valid_to, row.how, row.parked_with_id, row.proposed_id, row.reorganisation_id = values
    return row


def on(day: date, keys: Iterable[int]) -> dict[int, dict[str, Role]]:
    """The roles of assignments on a day: by assignment, by part. One query."""
    found: dict[int, dict[str, Role]] = defaultdict(dict)
    for role in Role.objects.on(day).filter(assignment__in=list(keys)).select_related("post"):
        found[role.assignment_id][role.role] = role
    return found


def answering(roles: Iterable[Role], day: date) -> dict[int, int]:
    """The post that answers on the day, by role: the one written while it exists, then who stands in for it, else the head's. At most two queries."""
    listed = [role for role in roles if role.role == rules.Part.ANSWERABLE.value and role.unit_id is not None]
    heads = rules.Tree(head_posts=head_posts({role.unit_id for role in listed if role.unit_id is not None}))
    ended = [role for role in listed if role.post and role.post.valid_to is not None and role.post.valid_to <= day]
    over = {role.post_id for role in ended}
    units = {role.unit_id for role in ended if role.unit_id is not None}
    others = reached(units, {role.post.kind for role in ended if role.post}, day) if ended else []
    others = [one for one in others if one.post not in over]
    found: dict[int, int] = {}
    for role in listed:
        assert role.unit_id is not None
        if role.post is not None and role not in ended:
            found[role.pk] = role.post.pk
        elif role.post is not None and (other := rules.stand_in(role.post.kind, [role.unit_id], others)) is not None:
            found[role.pk] = other.post
        elif (head := heads.head_post(role.unit_id, day)) is not None:
            found[role.pk] = head
    return found


def reached(units: Collection[int], kinds: Collection[str], day: date) -> list[rules.Reached]:
    """The posts that answer for these units, and those of these kinds, as far as somebody holds them on the day. One query."""
    order = [kind.value for kind in posts.ANSWERABLE]
    return [
        rules.Reached(
            one.post,
            one.unit,
            one.kind,
            order.index(one.kind) if one.kind in order else len(order),
            folded(one.title).startswith("pho "),
        )
        for one in posts.holders(units, {*order, *kinds}, day)
    ]


def stands_in(post: Post, day: date) -> Post | None:
    """The post that has what hung on this one when it is empty on the day (`rules.stand_in`); None where nobody is to be reached up to the top."""
    units = [post.unit_id, *load_tree([post.unit_id]).superiors(post.unit_id, day)]
    others = [
        one
        for one in reached(units, {post.kind}, day)
        if one.post != post.pk and (one.unit == post.unit_id or one.rank < len(posts.ANSWERABLE))
    ]
    chosen = rules.stand_in(post.kind, units, others)
    return Post.objects.get(pk=chosen.post) if chosen else None
