"""The sentences of reminders."""

from django.utils.translation import gettext_lazy as _

# What an e-mail calls a thing: never by its own words, which may name persons or be restricted.
KINDS = {
    "assignment": _("An assigned task"),
    "obligation": _("A duty of the working regulation"),
    "report": _("A report"),
    "meeting": _("A meeting"),
}
FAILURES = {
    "away": _("The mail server did not answer"),
    "refused": _("The mail server refused the address"),
    "uncertain": _("It may have been sent, but the mail server did not confirm it"),
}
REFUSALS = {
    "reminders.changed_meanwhile": _("Your choice was changed meanwhile. Look at it again, then decide."),
    "reminders.no_address": _("Give an address to which the e-mail goes, or leave the e-mail off."),
    "reminders.not_yours": _("This item no longer stands on your list, so there is nothing to put off or to hand on."),
    "reminders.no_day": _("Choose a day after today and at most fourteen days away."),
    "reminders.no_end": _("The hand-over ends on a day after today; leave the day empty where it has no end."),
    "reminders.no_post": _("Hand it to another post of the same unit that somebody holds."),
    "reminders.no_words": _("Say in a sentence why."),
}
ACTIONS = {
    "reminders.digests_written": _("Digests of reminders were written"),
    "reminders.chosen": _("It was chosen where reminders go"),
    "reminders.calendar_made": _("A secret address of a calendar was made"),
    "reminders.calendar_revoked": _("The secret address of a calendar was revoked"),
    "reminders.put_off": _("A reminder was put off"),
    "reminders.taken_back": _("A reminder that was put off or handed on was taken back"),
    "reminders.handed_on": _("A reminder was handed to another post"),
}
