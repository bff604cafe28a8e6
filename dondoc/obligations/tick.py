"""What becomes of duties by itself on a day: what begins is opened, what falls due is judged, and who must know is told."""

import logging
from collections.abc import Sequence
from datetime import date

from dondoc.clock.services import system_act

from .models import Obligation
from .services.judging import rejudge
from .services.opening import open_due

logger = logging.getLogger(__name__)

TOGETHER = 20
"""So many units are judged in one act: about a tenth of a second."""


def step(day: date) -> int:
    """Open and judge what the day brings, also after days that were skipped; returns how much. A killed run goes on where it was."""
    done = open_due(day)
    units = sorted(set(Obligation.objects.filter(judge_on__lte=day).values_list("unit", flat=True)))
    return done + sum(_tried(units[start : start + TOGETHER], day) for start in range(0, len(units), TOGETHER))


def _tried(units: Sequence[int], day: date) -> int:
    """`rejudge`; a unit that cannot be judged stops no other. It stays due, so the next run tries it again."""
    try:
        return rejudge(units, system_act(day), due_only=True)
    except Exception:
        if len(units) > 1:
            return sum(_tried([unit], day) for unit in units)
        logger.exception("What unit %s owes on %s was not judged", units[0], day)
        return 0
