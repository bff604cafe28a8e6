"""Writing drafts of reorganisations, and turning one into a record."""

from .drafting import Saved, add, begin, choose, copy, drop, remove, revoking, save, save_step
from .recording import Trial, is_fresh, preview, record_draft, try_out

__all__ = [
    "Saved",
    "Trial",
    "add",
    "begin",
    "choose",
    "copy",
    "drop",
    "is_fresh",
    "preview",
    "record_draft",
    "remove",
    "revoking",
    "save",
    "save_step",
    "try_out",
]
