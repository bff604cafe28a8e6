"""The sentences of the frame in which everything is written."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "web.unseen": _(
        "This form does not say which version you saw, so nothing was saved. Open the page again and repeat."
    ),
    "web.key_missing": _("This form carries no mark of its own, so nothing was saved. Open the page again and repeat."),
    "web.key_used": _("This form was already sent with other content. Open the page again to send a new one."),
}
