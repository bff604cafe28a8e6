"""What is done to obligations, a verb each."""

from .answering import answer_excuse, ask_excuse, declare, revoke_excuse, withdraw
from .doubting import settle_doubt
from .judging import evidence_changed, rejudge
from .opening import open_due

__all__ = [
    "answer_excuse",
    "ask_excuse",
    "declare",
    "evidence_changed",
    "open_due",
    "rejudge",
    "revoke_excuse",
    "settle_doubt",
    "withdraw",
]
