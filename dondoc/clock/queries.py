"""Reading the working day. Only the edge calls this: middleware, commands and the tick pass the day on as an argument."""

from datetime import date

from django.utils import timezone

from .models import DemonstrationDay


def demonstration() -> DemonstrationDay | None:
    """The demonstration's clock, or None in an installation that is used for work."""
    return DemonstrationDay.objects.filter(pk=1).first()


def working_day() -> date:
    """The day that rules and pages count from: the demonstration's, else today in Vietnam."""
    clock = demonstration()
    return clock.day if clock else timezone.localdate()
