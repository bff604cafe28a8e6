"""What a trial or a recording found, made ready for its page: names of persons, tasks and indicators are looked up when it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Account
from dondoc.directives.queries import visible
from dondoc.directives.texts import PARTS
from dondoc.figures.indicators import indicators
from dondoc.lib import wording
from dondoc.lib.wording import number

from .told import late_words


@dataclass(frozen=True, slots=True)
class Post:
    """A post that ends or is back, and who holds it."""

    title: str
    people: str


@dataclass(frozen=True, slots=True)
class Passed:
    """So many parts in open work that pass from one unit to another."""

    part: str | Promise
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """A part that waits for a decision; `task` "" where the person may not see it."""

    assignment: int
    task: str
    part: str | Promise
    before: str
    parked_with: str
    proposed: str


@dataclass(slots=True)
class Effects:
    """Everything that the page tells. `found` holds the units that end, begin, move, are renamed or become another kind."""

    found: Mapping[str, Any]
    sentence: str
    posts: list[Post] = field(default_factory=list)
    posts_back: list[Post] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    remainders: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    meanwhile: list[str] = field(default_factory=list)


def effects(found: Mapping[str, Any], actor: Actor) -> Effects:
    """Two queries, however much it is."""
    people = Account.objects.in_bulk({pk for one in [*found["posts"], *found["posts_back"]] for pk in one["people"]})
    tasks = dict(
        visible(actor).filter(pk__in=[one["assignment"] for one in found["undecided"]]).values_list("pk", "task")
    )
    names = indicators()

    def posts(which: str) -> list[Post]:
        return [
            Post(
                one["title"], ", ".join(people[pk].label or people[pk].username for pk in one["people"] if pk in people)
            )
            for one in found[which]
        ]

    return Effects(
        found,
        _sentence(found["counts"], bool(found.get("revokes"))),
        posts("posts"),
        posts("posts_back"),
        [Passed(PARTS[one["role"]], one["before"], one["after"], one["count"]) for one in found["passed"]],
        [
            Undecided(
                one["assignment"],
                tasks.get(one["assignment"], ""),
                PARTS[one["role"]],
                one["before"],
                one["with"],
                one["proposed"],
            )
            for one in found["undecided"]
        ],
        [_remainder(one, names) for one in found["remainders"]],
        _reports(found["reports"]),
        _meanwhile(found["meanwhile"]),
    )


def _remainder(one: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    known = names.get(one["indicator"])
    return f"{one['unit']}: {known.name if known else one['indicator']}, {one['year']}"


def _sentence(counts: Mapping[str, int], revokes: bool) -> str:
    """What changes in the tree, in one line."""
    n = {name: number(count) for name, count in counts.items()}
    ends, begins = counts["ends"], counts["begins"]
    if revokes:
        said = {
            "begins": ngettext("%(n)s unit is back", "%(n)s units are back", begins),
            "ends": ngettext("%(n)s unit is no longer there", "%(n)s units are no longer there", ends),
        }
    else:
        said = {
            "ends": ngettext("%(n)s unit ends", "%(n)s units end", ends),
            "begins": ngettext("%(n)s begins", "%(n)s begin", begins),
        }
    said |= {
        "moves": ngettext("%(n)s goes to another superior", "%(n)s go to another superior", counts["moves"]),
        "renames": ngettext("%(n)s is renamed", "%(n)s are renamed", counts["renames"]),
        "kinds": ngettext("%(n)s becomes another kind", "%(n)s become another kind", counts["kinds"]),
    }
    shown = [text % {"n": n[name]} for name, text in said.items() if counts[name]]
    text = ", ".join(shown) or _("Nothing changes in the tree")
    return text[:1].upper() + text[1:] + "."


def _reports(counts: Mapping[str, int]) -> list[str]:
    said = []
    if counts["all"]:
        text = ngettext(
            "%(n)s periodic report of a unit that ends reaches past its last day: its part is cut there.",
            "%(n)s periodic reports of units that end reach past their last day: their parts are cut there.",
            counts["all"],
        )
        said.append(text % {"n": number(counts["all"])})
    if counts["accepted"]:
        text = ngettext(
            "%(n)s of them is accepted already and stays as it is.",
            "%(n)s of them are accepted already and stay as they are.",
            counts["accepted"],
        )
        said.append(text % {"n": number(counts["accepted"])})
    return said


def _meanwhile(counts: Mapping[str, int]) -> list[str]:
    texts = {
        "done": ngettext("%(n)s report on assigned work", "%(n)s reports on assigned work", counts.get("done", 0)),
        "figures": ngettext("%(n)s figure", "%(n)s figures", counts.get("figures", 0)),
        "reports": ngettext("%(n)s periodic report sent", "%(n)s periodic reports sent", counts.get("reports", 0)),
        "terms": ngettext("%(n)s appointment to a post", "%(n)s appointments to posts", counts.get("terms", 0)),
    }
    return [texts[name] % {"n": number(counts[name])} for name in texts if counts.get(name)]


def when(effective_on: date, today: date, revokes: bool) -> str:
    """Late or ahead, in a sentence."""
    days = (effective_on - today).days
    day = wording.day(effective_on)
    if revokes and days < 0:
        return _("The tree changes back from %(day)s on, also for the days gone by.") % {"day": day}
    if days < 0:
        late = late_words(-days)
        return _("%(late)s: the tree changes from %(day)s on, also for the days gone by.") % {
            "late": late[:1].upper() + late[1:],
            "day": day,
        }
    if days == 0:
        return _("Takes effect today, %(day)s.") % {"day": day}
    said = ngettext(
        "Takes effect on %(day)s, in %(n)s day; until then everything stays as it is.",
        "Takes effect on %(day)s, in %(n)s days; until then everything stays as it is.",
        days,
    )
    return said % {"day": day, "n": number(days)}
