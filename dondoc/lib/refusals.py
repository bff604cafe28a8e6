"""Two kinds of no: one action refused, and a list of problems found in many records."""

from dataclasses import dataclass, field
from typing import Any

CONFLICT = 409
INVALID = 422
UNSEEN = 428
FORBIDDEN = 403


class Refused(Exception):
    """An action that may not happen now.

    `code` is "<folder>.<what>"; its sentence (what, why, what next) stands in `dondoc/<folder>/texts.py` under REFUSALS and may
    use the values of `data`. `status` is the HTTP status that the page gets: 409 when the record has changed or is in another
    state, 422 when the input is wrong, 428 when the person cannot have seen the record, 403 when a right is missing.
    """

    def __init__(self, code: str, status: int = CONFLICT, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.data = data


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one of many records: where it is, what it is, and the values that its sentence needs."""

    source: str
    code: str
    data: dict[str, Any] = field(default_factory=dict)
