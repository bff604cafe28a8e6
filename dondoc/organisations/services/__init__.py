"""Writing the tree: one verb for each kind of reorganisation, several of one decision together, revoking, rebuilding, loading a file."""

from .load import WrongFile, load
from .reorganise import (
    change_kind,
    dissolve,
    establish,
    merge,
    move,
    queue,
    rebuild,
    rename,
    reorganise,
    reorganise_together,
    revoke,
    revoke_together,
    split,
)

__all__ = [
    "WrongFile",
    "change_kind",
    "dissolve",
    "establish",
    "load",
    "merge",
    "move",
    "queue",
    "rebuild",
    "rename",
    "reorganise",
    "reorganise_together",
    "revoke",
    "revoke_together",
    "split",
]
