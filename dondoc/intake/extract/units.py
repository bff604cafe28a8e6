"""Units as texts know them: how high each type stands, and one mention of a unit. `mentions.py` finds them."""

from functools import cache
from itertools import chain
from typing import NamedTuple

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.reading import UnitName

PARTY = UnitName("toàn Đảng", "toàn Đảng")

# From the top down; a unit's parent stands higher.
_LEVELS = {
    "toàn Đảng": 0, "tỉnh": 1, "thành phố": 2, "huyện": 3, "quận": 3, "thị xã": 3, "đặc khu": 4, "xã": 4, "phường": 4,
    "thị trấn": 4, "khối": 3, "cơ quan": 4, "đoàn thể": 4, "chi bộ": 6,
}  # fmt: skip
TERRITORIAL = frozenset(["tỉnh", "thành phố", "huyện", "quận", "thị xã", "đặc khu", "xã", "phường", "thị trấn"])


class Hit(NamedTuple):
    """One mention: tokens first..after. `type` or `name` is "" where the text does not say it.

    `body` is true for a Party body ("Đảng ủy …"), `post` where the mention is part of somebody's post, `parent` where it only
    says where another unit lies, `aside` where it is only what a unit was made of or where somebody lives, `whole` for "toàn huyện", `plural` for "bốn xã biên giới" without names,
    `cell` for a chi bộ.
    """

    first: int
    after: int
    type: str
    name: str
    body: bool = False
    above: UnitName | None = None
    post: bool = False
    parent: bool = False
    whole: bool = False
    group: int = -1
    committee: bool = False
    plural: bool = False
    cell: bool = False
    aside: bool = False


class Mentioned(NamedTuple):
    """The mentions of a text in order, the tokens at which they begin, each by that token, and all tokens inside of one."""

    hits: list[Hit]
    firsts: list[int]
    at: dict[int, Hit]
    inside: frozenset[int]


def mentioned(hits: list[Hit]) -> Mentioned:
    """The mentions, found once by their tokens for all who ask."""
    firsts = [hit.first for hit in hits]
    inside = chain.from_iterable([range(hit.first, hit.after) for hit in hits])
    return Mentioned(hits, firsts, dict(zip(firsts, hits, strict=True)), frozenset(inside))


@cache
def surnames() -> frozenset[str]:
    """Family names, lower case, older tone spelling."""
    return frozenset(lexicon("people")["surnames"])


def level(unit_type: str) -> int:
    """How high a type of unit stands; smaller is higher."""
    return _LEVELS.get(unit_type, 5)
