"""The sentences of the record."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "history.entries_missing": _("Entries %(first)s to %(last)s are missing."),
    "history.entry_cut_off": _("Entry %(number)s does not follow from the one before it."),
    "history.entry_changed": _("Entry %(number)s is not as it was written."),
    "history.entries_without_head": _(
        "The record's own count is missing, so it cannot be known whether its end is whole."
    ),
    "history.entries_tail_missing": _("The record was %(count)s entries long; now its last is number %(found)s."),
    "history.entries_end_changed": _("The last entry, number %(number)s, is not the one that was written last."),
    "history.readings_missing": _("Readings %(first)s to %(last)s are missing."),
    "history.reading_changed": _(
        "Reading %(number)s is not as it was written, or does not follow from the one before it."
    ),
    "history.readings_without_head": _(
        "The readings' own count is missing, so it cannot be known whether their end is whole."
    ),
    "history.readings_tail_missing": _("There were %(count)s readings; now the last is number %(found)s."),
    "history.readings_end_changed": _("The last reading, number %(number)s, is not the one that was written last."),
    "history.not_the_noted_end": _("Entry %(number)s is not the one that was noted."),
}
