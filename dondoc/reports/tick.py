"""What happens in reports by itself on a day: what can be filled from then on is opened, and what is taken over changes hands."""

from datetime import date

from dondoc.clock.services import system_act
from dondoc.history.services import writing

from .carry import bring, taken_over_on
from .services.opening import open_due


def step(day: date) -> int:
    """Open the reports whose first day has come, also after days that were skipped; returns how many."""
    if gone := taken_over_on(day):
        with writing(system_act(day)):
            bring(gone, day)
    return open_due(day)
