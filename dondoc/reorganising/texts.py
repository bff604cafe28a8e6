"""The sentences of the pages of reorganisations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "reorganising.no_draft_any_more": _(
        "This draft was recorded or discarded meanwhile. Look at the list of decisions."
    ),
    "reorganising.draft_changed": _("The draft changed meanwhile. Look at it again before you go on."),
    "reorganising.step_gone": _("This step was taken out meanwhile. Look at the draft again."),
    "reorganising.late_settled": _("Somebody has chosen already which of the two holds. Look at the draft again."),
    "reorganising.step_changed": _("Somebody changed this step meanwhile. Look at it again before you take it out."),
    "reorganising.too_many_steps": _("A draft holds at most %(most)s steps. Divide the decision into several drafts."),
    "reorganising.too_many_lines": _("A list holds at most %(most)s units. Divide it into several steps."),
    "reorganising.too_long": _("This is longer than %(longest)s signs. Shorten it."),
    "reorganising.no_day": _("“%(typed)s” is not a day. Write it as 01/07/2025."),
    "reorganising.no_such_step": _("Choose the kind of step from the list."),
    "reorganising.revoked_already": _("This decision was revoked already. Look at the list of decisions."),
    "reorganising.incomplete": _("The draft is not complete yet. Look at what is marked in it."),
    "reorganising.preview_again": _(
        "The draft or the tree has changed since the preview. Look at the preview again, then record it."
    ),
    "reorganising.too_much_to_revoke": _(
        "The decision has more than %(most)s records. Ask the administrator to have it taken back from its file."
    ),
    "reorganising.not_all_yours": _(
        "The decision also speaks of units that you do not look after. Ask the board of their common superior to revoke it."
    ),
}
PROBLEMS: dict[str, Any] = {}
ACTIONS = {
    "reorganising.recorded": _("A decision on reorganisation was recorded"),
    "reorganising.revoked": _("A decision on reorganisation was revoked"),
}
