"""Writing targets: a plan, a draft of a sheet, an allotment with its adjustments and corrections, and what a unit that ended left."""

from .assigning import assign, save_draft
from .planning import plan
from .settling import settle
from .values import Base, Basis, Paper

__all__ = ["Base", "Basis", "Paper", "assign", "plan", "save_draft", "settle"]
