"""Every write of working regulations, one for each verb."""

from .approving import approve
from .drafting import Saved, add, amend, begin, choose, drop, remove, save, save_part

__all__ = ["Saved", "add", "amend", "approve", "begin", "choose", "drop", "remove", "save", "save_part"]
