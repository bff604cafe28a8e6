"""The clock's step: the digests of the day. Days that were missed have none of their own; what fell on them stands in today's."""

from datetime import date

from django.utils import timezone

from dondoc.clock.queries import working_day

from .services import write_digests


def step(day: date) -> int:
    """Write the digests of the day, if it is the latest one; returns how many."""
    return write_digests(day, timezone.now()) if day >= working_day() else 0
