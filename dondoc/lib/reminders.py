"""What a person is reminded of: one item per thing, whichever folder it lies in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that needs a person, with its highest step only.

    `key` names the thing ("obligation:12"), `code` the step. `since` is the day since when it is so, or on which it is due. `title` may hold words of
    people and is shown on pages only; `words` are the step's own sentence, `rests_on` says by what it is owed, `url` leads to the one
    thing to do, which `todo` names. The higher the rank, the graver.
    """

    key: str
    code: str
    rank: int
    since: date
    title: str
    words: str
    rests_on: str
    todo: str
    url: str
