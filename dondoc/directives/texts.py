"""The sentences of directives: refusals, problems, actions of the history, steps of the ladder, words of roles."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "directives.document_says_nothing": _(
        "Write the sentence of the document that has to be carried out, and at least one unit that has to do it."
    ),
    "directives.changed_meanwhile": _(
        "Somebody has changed this assignment since you opened it, so nothing was saved. Look at the present state, then repeat if it is still needed."
    ),
    "directives.removed_meanwhile": _("This row was removed meanwhile. Open the page again to see what is there now."),
    "directives.not_in_this_state": _(
        "The assignment is not in a state that allows this. Open its page to see how it stands."
    ),
    "directives.no_draft_any_more": _(
        "This row has been approved meanwhile and is no draft any more. Ask for it to be sent back if it must be changed."
    ),
    "directives.nothing_chosen": _("Nothing was chosen. Choose at least one row, then repeat."),
    "directives.incomplete": _(
        "Not everything is complete yet, so nothing was approved or issued. Complete what is listed, then repeat."
    ),
    "directives.reason_missing": _("A reason is needed here. Write it in a few words, then repeat."),
    "directives.document_or_oral": _(
        "Give the document's number, symbol and date, or say that it was issued by word of mouth."
    ),
    "directives.dated_ahead": _("The document's date lies after today. Correct the date, then repeat."),
    "directives.already_issued": _(
        "Something of this has been issued, so it can no longer be withdrawn as a whole. Cancel the single assignments instead."
    ),
    "directives.receives_it_already": _("This unit has this directive already."),
    "directives.unit_has_ended": _("This unit does not exist on that day. Choose the unit that took over from it."),
    "directives.not_below_the_issuer": _(
        "This unit is not below the unit that gives the directive, so it cannot be asked to do this. Choose a unit below it."
    ),
    "directives.cannot_watch_this": _(
        "This unit can neither follow nor verify this work. Choose a superior of the unit that does it, or a unit below the one that gives the directive."
    ),
    "directives.only_committees_verify": _("Only a Party committee can verify a result. Choose one."),
    "directives.no_such_field": _("This field cannot be changed here."),
    "directives.task_missing": _("Say in words what is to be done."),
    "directives.product_too_long": _("The product has more than 300 letters. Shorten it, then save again."),
    "directives.no_day": _("“%(typed)s” is no day. Write it as 30/09/2023."),
    "directives.no_number": _("“%(typed)s” cannot be read. Choose from the list, or write a whole number."),
    "directives.no_cadence": _("A reporting cadence is between 1 and %(longest)s months."),
    "directives.receiver_missing": _("An assignment needs a receiver. Choose a unit, or remove the row."),
    "directives.not_a_post_of_the_receiver": _(
        "This post does not belong to the receiver on that day. Choose one of the receiver's posts."
    ),
    "directives.receiver_undecided": _(
        "It is not decided yet which unit continues this assignment. The superior committee decides it on its list of open roles."
    ),
    "directives.holder_undecided": _(
        "It is not decided yet which unit holds this part. The superior committee decides it on its list of open roles."
    ),
    "directives.not_below_the_receiver": _("Parts can be passed only to units that are below yours today."),
    "directives.deadline_or_cadence": _("Give either a deadline or a reporting cadence, not both."),
    "directives.report_empty": _("The report says nothing yet. Write what was done or attach a file."),
    "directives.paper_missing": _(
        "Whoever enters a report for another unit attaches the paper that the unit handed in."
    ),
    "directives.parts_are_open": _(
        "%(open)s parts that were passed down are still open. Wait for them, or give the reason why the result is reported all the same."
    ),
    "directives.no_later_day": _("The new deadline must be later than the present one and later than today."),
    "directives.extension_is_open": _("An extension has been asked for already and waits for its answer."),
    "directives.no_extension_asked": _("There is no request for an extension that waits for an answer."),
    "directives.later_than_the_whole": _(
        "This part would end after the whole of which it is a part. Extend the whole first."
    ),
    "directives.watches_itself": _("A unit cannot follow or verify its own work. Choose another unit."),
    "directives.objection_is_open": _(
        "The receiver has objected. Answer the objection first: hand it to another unit, stay with it, or cancel it."
    ),
    "directives.result_is_reported": _(
        "The receiver has reported its result. Confirm or return it first, then hand the assignment to another unit."
    ),
    "directives.role_is_decided": _("This has been decided meanwhile. Open the list again."),
    "directives.own_report": _(
        "You reported this result yourself, or entered it for the unit, so somebody else must judge it. Nobody closes their own duty."
    ),
    "directives.own_duty_of_the_person": _(
        "You hold the post that answers for this, so somebody else must judge it. Nobody closes their own duty."
    ),
    "directives.own_duty_of_a_post": _(
        "You also hold a post of the unit that does the work, so somebody else must judge it. Nobody closes their own duty."
    ),
    "directives.own_duty_of_the_unit": _("The unit that does the work cannot judge it. The verifying unit must do so."),
}

PROBLEMS = {
    "directives.no_product": _("The product is missing: say what is to be handed in."),
    "directives.no_deadline": _("The deadline is missing: give a day, or a reporting cadence with a review day."),
    "directives.deadline_passed": _("The deadline lies in the past."),
    "directives.no_review_day": _("The review day is missing: say when the result is judged."),
    "directives.review_day_passed": _("The review day lies in the past."),
    "directives.later_than_the_parent": _("It would end after the whole of which it is a part."),
    "directives.no_receiver": _("The receiver is missing or not decided yet."),
    "directives.no_answerable_post": _("The answerable post is missing: choose a post of the receiver."),
    "directives.no_follower": _("The follower is missing or not decided yet."),
    "directives.no_verifier": _("The verifier is missing or not decided yet."),
    "directives.verifies_itself": _("The receiver cannot verify its own work: choose a superior committee."),
    "directives.follows_itself": _("The receiver cannot follow its own work: choose a superior committee."),
}

ACTIONS = {
    "directives.finding_recorded": _("A finding was recorded"),
    "directives.directive_recorded": _("A directive was recorded"),
    "directives.withdrawn": _("A finding or directive was withdrawn"),
    "directives.drafted": _("Assignments were drafted"),
    "directives.draft_removed": _("A drafted assignment was removed"),
    "directives.approve": _("Approved"),
    "directives.send_back": _("Sent back for completion"),
    "directives.issue": _("Issued"),
    "directives.uphold": _("The objection was answered: the assignment stands"),
    "directives.cancel": _("Cancelled"),
    "directives.acknowledge": _("Acknowledged"),
    "directives.object_to": _("Objected: not this unit's task"),
    "directives.pass_down": _("Parts were passed down"),
    "directives.part_received": _("A part was received from the superior"),
    "directives.report_progress": _("Progress was reported"),
    "directives.report_result": _("The result was reported"),
    "directives.ask_extension": _("An extension was asked for"),
    "directives.answer_extension": _("The request for an extension was answered"),
    "directives.accept": _("The result was accepted"),
    "directives.return_result": _("The result was returned for completion"),
    "directives.reopen": _("Reopened"),
    "directives.chase": _("Urged"),
    "directives.hand_over": _("Handed over"),
    "directives.hand_on": _("Handed to another receiver"),
    "directives.decide_role": _("It was decided who continues"),
    "directives.role_carried": _("Passed on through a reorganisation"),
    "directives.step_taken": _("Reminder by the ladder"),
}

STEPS = {
    "due_in_7": _("Due in 7 days"),
    "due_in_1": _("Due tomorrow"),
    "due_today": _("Due today"),
    "overdue_3": _("3 days overdue: notice to the head"),
    "overdue_7": _("7 days overdue: letter of urging"),
    "overdue_15": _("15 days or more overdue: on the list for the Standing Committee's briefing"),
    "not_acknowledged": _("Not acknowledged yet"),
    "not_verified": _("The result waits for verification"),
    "objection_open": _("The objection waits for an answer"),
    "not_approved": _("The draft waits to be completed and approved"),
    "not_issued": _("Approved, waits to be issued"),
    "extension_open": _("The request for an extension waits for an answer"),
    "role_undecided": _("It is not decided who continues"),
}

PARTS = {
    "receiver": _("Receiver"),
    "answerable": _("Answerable post"),
    "follower": _("Follower"),
    "verifier": _("Verifier"),
    "issuer": _("Issuer"),
}

HOWS = {
    "decided": _("By decision"),
    "succeeded": _("As successor organisation"),
    "parked": _("Waits for a decision"),
}


def step_text(code: str) -> str:
    """What a step of the ladder says: our sentence, or for a step that an office added the words of its content."""
    if code in STEPS:
        return str(STEPS[code])
    from . import content  # content knows which steps have a sentence here

    rung = content.ladders().rung(code)
    return rung.text if rung else code
