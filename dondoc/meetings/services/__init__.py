"""What is done to meetings, a verb each."""

from .directing import ORIGIN, direct_units
from .holding import CONCLUSION, Saved, adopt, attend, begin, choose, write
from .planning import Plan, cancel, invite, move, plan, put_in_charge
from .tasks import conclude, give_task, keep_roll, tell_task

__all__ = [
    "CONCLUSION",
    "ORIGIN",
    "Plan",
    "Saved",
    "adopt",
    "attend",
    "begin",
    "cancel",
    "choose",
    "conclude",
    "direct_units",
    "give_task",
    "invite",
    "keep_roll",
    "move",
    "plan",
    "put_in_charge",
    "tell_task",
    "write",
]
