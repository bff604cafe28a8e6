"""The sentences of working sessions."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "working_sessions.ahead": _(
        "A working session can be recorded only once it has been held. Correct the day and confirm again."
    ),
    "working_sessions.no_units": _(
        "No unit of the session is known yet. Choose at least one unit, then confirm again."
    ),
    "working_sessions.known": _(
        "This working session was recorded meanwhile. Open the draft again to add your text to it as a further source."
    ),
    "working_sessions.only_source": _("This is the only source of the session. Withdraw the session itself instead."),
    "working_sessions.changed_meanwhile": _(
        "The working session changed meanwhile. Open it again, then withdraw it if still needed."
    ),
}
ACTIONS = {
    "working_sessions.confirmed": _("A working session was recorded"),
    "working_sessions.source_added": _("A further source was added to a working session"),
    "working_sessions.source_removed": _("A source was taken from a working session"),
    "working_sessions.withdrawn": _("A working session was withdrawn"),
}
