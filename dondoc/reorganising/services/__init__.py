"""Writing drafts of reorganisations, and turning one into a record."""

from .drafting import Saved, add, begin, choose, copy, drop, remove, revoking, save, save_step

__all__ = ["Saved", "add", "begin", "choose", "copy", "drop", "remove", "revoking", "save", "save_step"]
