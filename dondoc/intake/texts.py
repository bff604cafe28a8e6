"""The sentences of intake."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "intake.no_text_in_files": _(
        "None of the files of this document has text to be read. Attach the Word file, a PDF made from Word, or plain text; or paste the text at Intake."
    ),
    "intake.secret": _(
        "This text carries the mark of secrecy “%(mark)s”, so it was not taken in and nothing of it was kept. Handle it in the way prescribed for secret documents."
    ),
    "intake.other_subject": _(
        "This text does not seem to be about Party-building work, so nothing was kept. Check whether the right text was pasted."
    ),
    "intake.nothing_found": _(
        "No figure, finding or directive was found in this text, so nothing was kept. Check whether the whole text was pasted."
    ),
    "intake.no_person": _("Drafts are checked by people. Sign in and repeat."),
    "intake.not_open": _(
        "This draft is no longer being checked, so it cannot be changed. Open it to see what became of it."
    ),
    "intake.value_changed": _("This value was changed meanwhile. Look at it again, then repeat."),
    "intake.no_such_unit": _("This unit does not belong to the draft. Choose a unit of the list."),
    "intake.late_settled": _("Somebody has already decided between the two values. Look at the present one."),
    "intake.step_gone": _(
        "This step was already taken back, or somebody has changed the value since. Look at the draft as it is now, then repeat."
    ),
    "intake.draft_changed": _("The draft changed meanwhile. Open it again to see what became of it."),
    "intake.already_confirmed": _(
        "This draft was already confirmed; nothing was recorded twice. Open it to go to the working session."
    ),
    "intake.values_changed": _(
        "Somebody changed a value of this draft after you opened it, so it was not confirmed. Open it again, look at what changed, then confirm."
    ),
    "intake.not_ready": _(
        "Some points must be settled before this draft can be confirmed. They stand at the top of the page."
    ),
    "intake.no_reason": _("Say why the draft is withdrawn: the reason stays with the figures."),
    "intake.further_sources": _(
        "Further sources have been added to this working session. Withdraw those first, then this one."
    ),
    "intake.further_added": _(
        "This source added findings or directives of its own to the session, so it cannot be withdrawn alone."
    ),
}
PROBLEMS = {
    "intake.no_day": _("The day of the working session is missing. Enter it."),
    "intake.day_ahead": _("The day of the working session lies in the future. Correct it."),
    "intake.no_leader": _("It is not settled which post led the session. Choose it."),
    "intake.leader_outside": _(
        "This leader belongs neither to your committee nor to a unit below it. Such a session is confirmed by the leader's own office."
    ),
    "intake.unit_outside": _(
        "“%(name)s” was not under the leader's committee on the day of the session. Choose the right unit, or leave it out with its figures and sentences."
    ),
    "intake.no_unit": _("No unit of the session was found. Add at least one."),
    "intake.unit_unknown": _("“%(name)s” was not found in the tree of that day. Look it up."),
    "intake.unit_not_ours": _(
        "“%(name)s” is outside the organisation tree, so nothing can be recorded of it. Leave it out with its figures and sentences, or choose another unit."
    ),
    "intake.unit_former": _(
        "“%(name)s” was no more on the day of the session. Choose the unit that followed it, or correct the day."
    ),
    "intake.unit_unplaced": _(
        "It does not follow from the text where “%(name)s” belongs. Check that this unit is meant."
    ),
    "intake.unit_ambiguous": _("“%(name)s” may be one of several units. Choose the right one."),
    "intake.figure_without_unit": _("It is not settled which unit this figure is of. Choose the unit."),
    "intake.figure_not_whole": _("This figure must be a whole number. Correct it."),
    "intake.figure_without_period": _("The period of this figure is missing. Enter it, such as: năm 2022."),
    "intake.figure_twice": _("The same figure is also given as %(other)s. Drop one of the two."),
    "intake.rate_differs": _(
        "The text says %(stated)s %%, but %(numerator)s/%(denominator)s = %(computed)s %%. Correct it, or leave it as the text has it."
    ),
    "intake.sum_differs": _(
        "The text says %(stated)s, but its parts give %(parts)s = %(computed)s. Correct it, or leave it as the text has it."
    ),
    "intake.directive_without_receiver": _("It is not settled to whom this directive is given. Choose the receiver."),
    "intake.late": _("Two people changed this value at the same time. Choose which one holds."),
}
ACTIONS = {
    "intake.received": _("A text was taken in"),
    "intake.discarded": _("A draft was put aside"),
    "intake.confirmed": _("A draft was confirmed"),
    "intake.withdrawn": _("A confirmed draft was withdrawn"),
}
