"""Every write of this folder, one function per verb. Each is one act: `seen` is the version that the person saw, `act` who does it.

Rights are checked in the doors (`queries.access_…`); that nobody judges their own report also here.
"""

from .asking import ask
from .difficulties import answer, pass_up
from .ending import let_go, pass_on
from .filling import Kept, choose_late, fill_zeros, save_field, save_fields
from .sending import accept, accept_many, correct, send_back, submit
from .urging import urge

__all__ = [
    "Kept",
    "accept",
    "accept_many",
    "answer",
    "ask",
    "choose_late",
    "correct",
    "fill_zeros",
    "let_go",
    "pass_on",
    "pass_up",
    "save_field",
    "save_fields",
    "send_back",
    "submit",
    "urge",
]
