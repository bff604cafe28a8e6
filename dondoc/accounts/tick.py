"""What the accounts do by themselves once a day."""

from datetime import date, timedelta

from django.utils import timezone

from dondoc.history.models import AnsweredKey

KEPT_DAYS = 30


def forget_answered(day: date) -> int:
    """Delete the answers to forms that are older than 30 days by the clock of the server; they are no records. Returns how many.

    The working day does not matter here: in a demonstration it runs ahead, while forms are sent by the real clock.
    """
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    return AnsweredKey.objects.filter(at__lt=before).delete()[0]
