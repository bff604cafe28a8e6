"""The sentences of the ledger."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "figures.unknown_indicator": _(
        "This number has no column in the list of indicators. Choose an indicator of the list."
    ),
    "figures.not_a_count": _("A figure is a whole number, 0 or more. Correct the number and save again."),
    "figures.no_period": _(
        "“%(indicator)s” counts over a period, and none is given. Say the period, such as: năm 2022."
    ),
    "figures.no_reason": _("A figure is corrected with a reason. Write the reason and save again."),
    "figures.of_a_report": _(
        "What a report says is corrected in the report: its unit sends it again with the right number. Open the report from this page."
    ),
    "figures.changed_meanwhile": _(
        "This figure was corrected meanwhile. Look at the present one, then correct it if still needed."
    ),
    "figures.not_its_heirs": _(
        "Only the units that took over from this one can have a share of its past. Look at the page again."
    ),
    "figures.no_share": _(
        "The share of “%(unit)s” cannot be read. Write a percentage such as 40 or 66,5, or a fraction such as 2/3."
    ),
    "figures.shares_not_whole": _("The shares do not add up to the whole. Correct them until they add up to 100 %%."),
    "figures.shares_changed_meanwhile": _(
        "Other shares were stated meanwhile. Look at them, then state yours if still needed."
    ),
}
ACTIONS = {
    "figures.recorded": _("A figure was recorded"),
    "figures.corrected": _("A figure was corrected"),
    "figures.superseded": _("A figure was withdrawn"),
    "figures.taken_over": _("The figures of a report were taken over"),
    "figures.shares_stated": _("The shares of a unit that was split were stated"),
}
