"""The sentences of targets."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "targets.no_target_of_this": _("No yearly target is given for this number. Choose one of the list."),
    "targets.which_sheet": _(
        "It was not sent along which year and which target this is of. Open the sheet again and go on there."
    ),
    "targets.changed_meanwhile": _(
        "Somebody has changed this sheet meanwhile. Look at its present numbers, then repeat if still needed."
    ),
    "targets.set_already": _(
        "These numbers are set already. Adjust them from a day on, or correct what was written down wrongly."
    ),
    "targets.nothing_set_yet": _("Nothing is set yet, so there is nothing to adjust. Set the numbers first."),
    "targets.no_reason": _("Numbers that held are changed with a reason. Write the reason and save again."),
    "targets.adjusted_before_it_was_set": _(
        "The adjustment would hold from a day before the numbers that it adjusts. Choose a later day."
    ),
    "targets.under_carried": _(
        "From %(day)s units have more in their target because another one ended, so numbers that hold from an earlier day would not reach them. Adjust the numbers from %(day)s or a later day."
    ),
    "targets.corrected_later": _(
        "What is corrected held from %(day)s, so the right numbers hold from that day or an earlier one. Write that day, or adjust instead."
    ),
    "targets.not_in_its_year": _(
        "A target of %(year)s holds from a day of that year, or of the year before. Correct the day."
    ),
    "targets.not_directly_below": _(
        "The sheet names a unit that does not stand directly below on this day. Open the sheet again for the day from which it holds."
    ),
    "targets.not_a_count": _("A target is a whole number, 0 or more. Correct the number and save again."),
    "targets.line_missing": _(
        "%(unit)s has no number yet. Give every unit its number (0 where none is asked), or save the sheet as a draft."
    ),
    "targets.total_missing": _("The headline is missing. Write the number that is to be shared out."),
    "targets.adds_up_to_more": _(
        "%(indicator)s: the lines add up to %(sum)s, which is %(difference)s more than the headline of %(total)s. Correct the lines or the headline, or save the sheet as a draft."
    ),
    "targets.adds_up_to_less": _(
        "%(indicator)s: the lines add up to %(sum)s, which is %(difference)s less than the headline of %(total)s. Correct the lines or the headline, or save the sheet as a draft."
    ),
    "targets.part_over_whole": _(
        "%(unit)s: %(part)s (%(indicator)s) is more than the whole of %(whole)s. Correct one of the two."
    ),
    "targets.total_part_over_whole": _(
        "%(part)s (%(indicator)s) is more than the whole of %(whole)s. Correct one of the two."
    ),
    "targets.unit_not_alive": _("The unit does not exist on this day. Choose a day on which it exists."),
    "targets.settled_meanwhile": _(
        "This has been decided or has changed meanwhile. Open the list again to see how it stands."
    ),
    "targets.before_it_ended": _("The unit had not ended yet on this day. Choose a later day."),
    "targets.settled_before_other_numbers": _(
        "Other numbers hold from %(day)s, so what is given from an earlier day would be lost then. Choose %(day)s or a later day."
    ),
    "targets.settles_more": _(
        "%(sum)s is given, which is %(difference)s more than the %(rest)s that are left. Correct the numbers."
    ),
    "targets.settles_less": _(
        "%(sum)s is given, which is %(difference)s less than the %(rest)s that are left. Give the rest to somebody, or say how much is let go."
    ),
    "targets.not_an_heir": _(
        "One of these units neither took over from the unit that ended nor stands directly below. Open the list again."
    ),
}
PROBLEMS = {
    code: REFUSALS[code]
    for code in (
        "targets.line_missing",
        "targets.total_missing",
        "targets.adds_up_to_more",
        "targets.adds_up_to_less",
        "targets.part_over_whole",
        "targets.total_part_over_whole",
    )
}
ACTIONS = {
    "targets.planned": _("A plan for the year was set"),
    "targets.assigned": _("Targets were assigned to the units below"),
    "targets.received": _("A target was received"),
    "targets.remains": _("A unit ended before it reached its target; what is left is to be assigned"),
    "targets.remainder_lapsed": _("What was left of a target is no longer due, because a reorganisation was revoked"),
    "targets.settled": _("What was left of a target was decided on"),
    "targets.carried": _("What was left of a target was given to those who took over"),
}
