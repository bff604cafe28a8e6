"""The sentences of reports."""

from django.utils.translation import gettext_lazy as _

from .excel import texts as excel

REFUSALS = {
    "reports.not_in_this_state": _("This is not possible in the report's present state. Look at it as it is now."),
    "reports.changed_meanwhile": _(
        "This report was changed meanwhile. Look at it as it is now, then do it again if still needed."
    ),
    "reports.not_being_filled": _(
        "The report has been sent, so it cannot be filled any more. Ask the level above to return it, or correct it once it is accepted."
    ),
    "reports.not_saved": _("Nothing was saved: some fields are not right. Correct them and save again."),
    "reports.problems": _("The report cannot be sent yet. Put right or explain what is named below, then send it."),
    "reports.late_waits": _(
        "Two people filled the same field differently. Choose which of the two holds, then send the report."
    ),
    "reports.too_early": _(
        "The period ends on %(day)s, so its report can be sent from that day on. What is filled in stays here."
    ),
    "reports.paper_missing": _(
        "You enter this report for another unit. Say from which paper: number, day, who signed."
    ),
    "reports.own_unit": _(
        "Nobody accepts the report of their own unit. Somebody else of the level above has to do it."
    ),
    "reports.own_entry": _("You entered or filled this report, so somebody else has to accept it."),
    "reports.remark_missing": _("A report is returned with a remark. Say what is to be put right, then return it."),
    "reports.remark_of_nothing": _(
        "A remark is of a line or part that this report does not have. Open the report again and write it there."
    ),
    "reports.reason_missing": _("A report is corrected with a reason. Write the reason and go on."),
    "reports.nothing_chosen": _("No report is ticked. Tick the reports, then accept them."),
    "reports.late_settled": _("Somebody has chosen already which of the two holds."),
    "reports.difficulty_changed": _("This difficulty was answered or passed on meanwhile. Look at it as it is now."),
    "reports.answer_missing": _("The answer is empty. Write it and send it again."),
    "reports.nobody_above": _("There is no level above to pass it to. Answer it here."),
    "reports.title_missing": _("Say what the report is about, then ask for it."),
    "reports.nobody_asked": _("No unit is ticked. Tick the units that have to report."),
    "reports.days_in_order": _(
        "The last day comes before the first, or the report would be due before today or before its last day. Correct the days."
    ),
    "reports.asked_already": _(
        "One of these units has been asked for this report of these days already. Look at the reports that you wait for."
    ),
    "reports.not_directly_below": _(
        "A report is asked of the units directly below. One of those ticked is not; look at the list again."
    ),
    "reports.reason_to_let_go_missing": _("Say why this report is no longer waited for, then confirm."),
    "reports.still_due": _(
        "This unit still exists and has to send its regular reports. Urge it, or enter the report from its paper."
    ),
    "reports.no_such_heir": _(
        "This cannot be asked of that unit: choose among the units that took over from the one that ended."
    ),
    "reports.urged_today": _("These units were urged today already. They are urged at most once a day."),
    "reports.nobody_to_urge": _(
        "There is nobody to urge: the reports are in, their period is not over, or the unit has ended without a successor."
    ),
}
PROBLEMS = {
    **excel.PROBLEMS,
    "reports.missing": _("“%(line)s” is empty. Enter the number; where there was none, enter 0."),
    "reports.section_missing": _("“%(section)s” is empty. Write it, if only briefly."),
    "reports.more_than_whole": _(
        "“%(part)s” (%(part_value)s) is more than “%(whole)s” (%(whole_value)s). Correct one of the two."
    ),
    "reports.over_hundred_percent": _(
        "“%(part)s” (%(part_value)s) is over 100 %% of “%(whole)s” (%(whole_value)s). Correct one of the two."
    ),
    "reports.does_not_add_up": _(
        "%(parts)s make %(total)s, and “%(whole)s” says %(whole_value)s. Correct one of them."
    ),
    "reports.not_continued": _(
        "At the beginning stands %(opening)s, and the last report closed with %(closing)s. Correct this one, or ask for the last report to be corrected."
    ),
    "reports.identity": _(
        "The beginning with what was added and taken off makes %(wanted)s members, and %(closing)s stand here. Look which of these numbers is wrong."
    ),
    "reports.identity_with_others": _(
        "The beginning with what was added and taken off makes %(wanted)s members, and %(closing)s stand here. Members came with a reorganisation; say how many, and from where."
    ),
    "reports.unlike_before": _(
        "%(value)s is unlike this unit's last periods (from %(low)s to %(high)s, usually %(usual)s). Correct it, or say why it is so."
    ),
    "reports.incomplete": _(
        "Of the reports that are summed up %(reported)s of %(expected)s are in. Wait for the rest, or say why it is sent now."
    ),
    "reports.negative": _("A number cannot be below 0: “%(typed)s”. Enter a whole number, 0 or more."),
    "reports.decimal": _("“%(typed)s” is not a whole number. Enter 1500 or 1.500, without a comma."),
    "reports.no_number": _("“%(typed)s” is not a number. Enter digits only, such as 12."),
    "reports.too_large": _("“%(typed)s” is too large for this line. Look whether a digit is too many."),
    "reports.no_such_field": _("This field does not belong to this report."),
}
ACTIONS = {
    "reports.asked": _("A report was asked for"),
    "reports.opened": _("Reports were opened"),
    "reports.days_changed": _("The days of reports follow a reorganisation"),
    "reports.not_due_any_more": _("A report is not due any more"),
    "reports.due_again": _("A report is due again"),
    "reports.let_go": _("A report is no longer waited for"),
    "reports.passed_on": _("A report is asked of whoever took over"),
    "reports.urged": _("The unit was urged to send a report"),
    "reports.carried": _("Reports lie with who took over"),
    "reports.submitted": _("A report was sent"),
    "reports.returned": _("A report was returned"),
    "reports.accepted": _("A report was accepted"),
    "reports.correcting": _("A report is being corrected"),
    "reports.difficulty_raised": _("A difficulty was raised"),
    "reports.difficulty_withdrawn": _("A difficulty was withdrawn"),
    "reports.difficulty_answered": _("A difficulty was answered"),
    "reports.difficulty_passed_up": _("A difficulty was passed up"),
    "reports.difficulty_carried": _("A difficulty lies with who took over"),
}
STANDINGS = {
    "overdue": _("Late, not in"),
    "due_soon": _("Due soon"),
    "returned": _("Returned for completion"),
    "not_started": _("Not begun"),
    "in_progress": _("Being filled in"),
    "reported": _("Waiting for acceptance"),
    "accepted": _("Accepted, on time"),
    "accepted_late": _("Accepted, sent late"),
    "cancelled": _("Not due any more"),
}
"""What the standings of reports are called where the words of `web/states.py` do not fit."""
