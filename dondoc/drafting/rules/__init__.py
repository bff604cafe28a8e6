"""Decisions on drafts of documents, apart from storage: states, tags of pieces, and what a file that comes back changes. Pure."""

from .comparing import Compared, Difference, Kind, Known, Piece, at_least, compare, whose
from .states import LIVING, MOVES, Made, State, goes_out, move
from .tags import Tag, digest, plain, read_bookmark, read_tag
from .wordings import Stretch, side_by_side

__all__ = [
    "LIVING",
    "MOVES",
    "Compared",
    "Difference",
    "Kind",
    "Known",
    "Made",
    "Piece",
    "State",
    "Stretch",
    "Tag",
    "at_least",
    "compare",
    "digest",
    "goes_out",
    "move",
    "plain",
    "read_bookmark",
    "read_tag",
    "side_by_side",
    "whose",
]
