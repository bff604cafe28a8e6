"""The sentences of drafts of documents: refusals, problems, actions of the history."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "drafting.not_in_this_state": _(
        "The draft is not in a state that allows this. Open its page to see how it stands."
    ),
    "drafting.changed_meanwhile": _(
        "Somebody has changed this draft since you opened it, so nothing was done. Look at the present draft, then repeat if it is still needed."
    ),
    "drafting.removed_meanwhile": _("This was removed meanwhile. Open the page again to see what is there now."),
    "drafting.no_draft_any_more": _(
        "This draft has been approved or settled meanwhile, so its words stand. Ask for it to be sent back if it must be changed."
    ),
    "drafting.words_missing": _("There are no words. Write them, or leave the paragraph out of the document."),
    "drafting.line_of_the_form": _("This line belongs to the form of the document and cannot be left out."),
    "drafting.too_many_clauses": _(
        "A draft has at most %(most)s paragraphs. Put what belongs together into one paragraph."
    ),
    "drafting.assignment_is_issued": _(
        "This task was issued and keeps its words; a letter only urges it. Leave the line out, or change what stands around the table."
    ),
    "drafting.directive_is_issued": _(
        "This directive went out with %(number)s, so its words stand. Leave the draft as it is; other words need a new directive."
    ),
    "drafting.directive_is_given": _(
        "This directive was given by word of mouth and its receivers work on it, so its words stand. Leave the draft as it is; other words need a new directive."
    ),
    "drafting.directive_is_approved": _(
        "The assignments of this directive are approved, so their words stand. Send them back for correction first, then repeat."
    ),
    "drafting.directive_went_out": _(
        "A directive leaves once: “%(text)s” went out with %(number)s already. Leave this paragraph out of the draft, then repeat."
    ),
    "drafting.directive_waits": _(
        "An assignment of this document is not approved yet. Have it approved on its page, or leave its directive out, then issue."
    ),
    "drafting.incomplete": _(
        "The document is not complete yet, so nothing was approved or issued. Complete what is listed, then repeat."
    ),
    "drafting.not_in_form": _(
        "The document does not keep to the prescribed form, so no number was given. Mend what is listed, or tick that it is to be issued all the same."
    ),
    "drafting.nothing_overdue": _(
        "None of the tasks chosen is overdue, so there is nothing to urge by letter. Choose overdue tasks that your unit follows."
    ),
    "drafting.nothing_criticised": _(
        "In this session nothing of your unit was criticised, so there is no fault for which a plan would be drafted."
    ),
    "drafting.report_not_sent": _(
        "The report has not been sent yet. Send it first; its document is then made from what was sent."
    ),
    "drafting.meeting_was_held": _("The meeting was held already, so nobody is invited to it any more."),
    "drafting.minutes_not_adopted": _(
        "The minutes of the meeting are not adopted yet. Adopt them first; its documents are then made from them."
    ),
    "drafting.letter_is_approved": _(
        "A letter to this unit is approved already and waits to be issued. Issue it first, or send it back to add to it."
    ),
    "drafting.file_missing": _("No file was chosen. Choose the Word file that was edited."),
    "drafting.file_not_word": _("This is no Word file. Bring back the .docx file that was downloaded here and edited."),
    "drafting.file_broken": _(
        "The Word file cannot be read; it may be damaged. Open it in Word, save it once more and bring it back again."
    ),
    "drafting.file_too_long": _(
        "The file is far longer than a document (more than %(most)s paragraphs). Bring back the file that was downloaded here and edited."
    ),
    "drafting.file_of_another": _(
        "This file was made from another draft (No. %(number)s), not from this one. Open that draft and bring the file back there."
    ),
    "drafting.file_of_none": _(
        "Too little of this draft is found in the file, so it is taken for another document and nothing was changed. Bring back the file that was downloaded here and edited."
    ),
    "drafting.file_differs_everywhere": _(
        "The file differs in %(count)s places; more than %(most)s cannot be looked at one by one. Download the draft anew and carry the changes over."
    ),
    "drafting.difference_settled": _("This difference is settled already, or can only be read."),
}
PROBLEMS = {
    "drafting.lacks_issuer": _("The body that issues the document is missing."),
    "drafting.lacks_symbol": _("The symbol is missing, such as TB/TU."),
    "drafting.lacks_place": _("The place is missing."),
    "drafting.lacks_abstract": _("The abstract is missing."),
    "drafting.lacks_post": _("The post of the person who signs is missing."),
    "drafting.lacks_name": _("The name of the person who signs is missing."),
    "drafting.lacks_recipients": _("The recipients are missing."),
    "drafting.record_withdrawn": _("A paragraph is made from something that was withdrawn since: leave it out."),
    "drafting.unit_has_ended": _(
        "The unit that was to issue this has ended. Drop the draft; whoever took over from it drafts the document anew."
    ),
    "drafting.lacks_part": _("Still without words: %(name)s."),
}
ACTIONS = {
    "drafting.made": _("A document was drafted"),
    "drafting.came_back": _("A Word file of a draft was brought back"),
    "drafting.approved": _("A document was approved"),
    "drafting.sent_back": _("A document was sent back for correction"),
    "drafting.dropped": _("A draft of a document was dropped"),
    "drafting.issued": _("A document was issued"),
}
LINES = {
    "superior": _("Superior body"),
    "issuer": _("Issuing body"),
    "symbol": _("Symbol"),
    "place": _("Place of issue"),
    "abstract": _("Abstract"),
    "mode": _("Signed as (T/M, K/T, T/L)"),
    "behalf": _("In the name of"),
    "post": _("Post of the signer"),
    "name": _("Name of the signer"),
    "recorder": _("Name of the recorder of the minutes"),
    "recipients": _("Recipients, one a line"),
}
FATES = {
    "issue": _("goes out with this document"),
    "waits": _("assignments still to be approved"),
    "went_out": _("went out already"),
    "quote": _("already given, told here"),
}
DIFFERENCES = {
    "changed": _("Other words"),
    "removed": _("Taken out in the file"),
    "added": _("New in the file"),
    "order": _("Another order"),
    "outside": _("Outside of the text"),
}
