"""The working day: of a demonstration, a stored one that only moves forward; and how far the tick has come."""

from django.db import models


class DemonstrationDay(models.Model):
    """The one working day of a demonstration. The row exists only in a database made by `make demo`."""

    day = models.DateField()
    version = models.PositiveIntegerField(default=1)


class Tick(models.Model):
    """The last working day whose tick is done (one row), and who may run the next one until when."""

    done_to = models.DateField()
    holder = models.CharField(max_length=80, blank=True)
    held_until = models.DateTimeField(null=True)
