"""The sentences of the clock."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "clock.not_a_move": _("The day moves forward by one day to one year at a time. Choose a day, a week or a month."),
    "clock.no_demonstration": _("Only a demonstration has a day that can be moved; this one counts real days."),
    "clock.moved_meanwhile": _(
        "Somebody else has moved the day to %(day)s meanwhile. Look at the new day, then move on if still needed."
    ),
}
ACTIONS = {"clock.moved": _("The day of the demonstration was moved")}
