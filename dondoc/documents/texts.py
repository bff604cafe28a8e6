"""The sentences of the door for texts and files, and of document numbers."""

from django.utils.translation import gettext_lazy as _

from .patterns import texts as patterns

REFUSALS = {
    **patterns.REFUSALS,
    "documents.text_empty": _("There is no text. Paste the text of the article or document, then continue."),
    "documents.text_too_large": _(
        "The text is larger than %(most)s, more than any article or document. Paste only the part that is needed."
    ),
    "documents.not_a_text": _(
        "This is not a text but something else, such as a picture or a program. Open it, copy its text and paste that."
    ),
    "documents.text_garbled": _(
        "The letters of this text cannot be read: it was written with another character set. Open it in its own program, copy the text there and paste it."
    ),
    "documents.secret": _(
        "The text bears the mark “%(mark)s”. Documents with a mark of secrecy may not be entered here; nothing was stored. Handle it as the rules on protecting State secrets demand."
    ),
    "documents.words_too_long": _("These words are longer than %(most)s letters. Shorten them."),
    "documents.file_empty": _("The file is empty. Choose another file."),
    "documents.file_too_large": _(
        "The file is larger than %(most)s. Attach a smaller one, for example with smaller pictures."
    ),
    "documents.file_type": _(
        "Files of this kind are not taken. Attach PDF, Word (.docx), Excel (.xlsx), a picture (.png, .jpg) or plain text (.txt)."
    ),
    "documents.file_old_office": _(
        "This is a file in the old Word or Excel format. Open it, save it as .docx, .xlsx or PDF, and attach that."
    ),
    "documents.file_active": _(
        "The file contains commands or other files that could run by themselves. Save it as PDF without them and attach that."
    ),
    "documents.file_locked": _("The file is locked with a password. Attach it without the password."),
    "documents.file_broken": _("The file cannot be opened; it may be damaged. Save it once more and attach it again."),
    "documents.file_unpacks_too_far": _("The file unfolds to far more than its size. Save it as PDF and attach that."),
    "documents.file_name_and_content": _(
        "The name of the file does not agree with its content. Name it with the ending .%(ending)s and attach it again."
    ),
    "documents.source_empty": _("The file is empty. Choose another file."),
    "documents.source_too_large": _(
        "The file is larger than %(most)s, more than any article or report. Leave out its pictures, or copy the text and paste it."
    ),
    "documents.source_too_long": _(
        "The file has more pages or text than any article or report. Keep the part that is needed in a file of its own, or copy and paste it."
    ),
    "documents.source_letters": _(
        "It was not recognised in which character set this file is written. Open it in its own program, save it in Unicode, or copy the text and paste it."
    ),
    "documents.source_scanned": _(
        "The pages of this file are pictures (a scan), so there is no text in it to read. Ask the sender for the Word file or a PDF made from Word; or have the letters recognised by another program, then paste the text."
    ),
    "documents.source_unreadable": _(
        "The letters of this PDF cannot be read, because its fonts do not say which letters they are. Ask the sender for the Word file, or have the letters recognised by another program, then paste the text."
    ),
    "documents.source_locked": _(
        "The file is locked with a password. Remove the password and choose it again, or copy the text and paste it."
    ),
    "documents.source_broken": _(
        "The file cannot be opened; it may be damaged. Open it in its own program, save it once more and choose it again."
    ),
    "documents.source_old_office": _(
        "This is a file in an old Word format (.doc or .rtf). Open it in Word, save it as .docx and choose that."
    ),
    "documents.source_picture": _(
        "This is a picture; there is no text in it to read. Ask the sender for the Word file, or have the letters recognised by another program, then paste the text."
    ),
    "documents.source_kind": _(
        "Files of this kind are not read. Choose Word (.docx), PDF, a saved web page (.html) or plain text (.txt); of a spreadsheet, copy the cells and paste them."
    ),
    "documents.source_not_text": _(
        "This is not a text but something else, such as a program or a packed file. Choose the article or report itself."
    ),
    "documents.source_unavailable": _(
        "PDF cannot be read on this machine at present. Open the file, copy the text and paste it."
    ),
    "documents.number_given": _(
        "Number %(number)s was already given on %(day)s: %(abstract)s. Choose the next free number, %(next)s; "
        "to issue more with that document, write its day and abstract."
    ),
    "documents.term_unknown": _(
        "“%(term)s” is no term of the day of the document. Write it as two years, such as 2020-2025."
    ),
    "documents.symbol_unknown": _(
        "The symbol “%(symbol)s” is not written like those of Party documents. Write it such as TB/TU or KH/ĐU."
    ),
    "documents.number_reserved": _(
        "Number %(number)s is reserved by %(post)s: %(reason)s. Take the next free number, %(next)s, or open the reservation and use it there."
    ),
    "documents.number_given_up": _(
        "Number %(number)s was given up on %(day)s: %(explanation)s. A number is not given again; take the next free one, %(next)s."
    ),
    "documents.reservation_of_another_series": _(
        "The reserved number belongs to another symbol or term. Choose one that was reserved for this document."
    ),
    "documents.original_kept": _(
        "Document %(number)s has its original already. What was issued is not exchanged; attach a scan beside it if something is missing."
    ),
    "documents.no_gap": _(
        "Number %(number)s is explained already, or is not below the last number of the series. Look at the register again."
    ),
    "documents.no_file": _("No file was chosen. Choose one, then attach it."),
    "documents.abstract_missing": _("Write what the document is about, as its abstract says."),
    "documents.sender_missing": _("Write who sent the document."),
    "documents.arrived_ahead": _(
        "A document comes in on the day it bears or later, and not after today. Look at the two days again."
    ),
    "documents.entered_already": _(
        "Document %(number)s was entered already, under arrival number %(arrival)s on %(day)s. Open it there."
    ),
    "documents.of_another_day": _(
        "Document %(number)s of the sender bears the day %(day)s here. Look at number and day on the paper; if the paper is right, ask the sender's office."
    ),
    "documents.post_of_another_unit": _("Choose a post of the unit to which the document came."),
    "documents.outcome_missing": _("Write how the document was dealt with, such as the number of the answer."),
    "documents.reason_missing": _("Write the reason: it stands in the register beside the number."),
    "documents.changed_meanwhile": _(
        "Somebody changed this meanwhile. Look at the page again, then repeat what is still needed."
    ),
}
PROBLEMS = {**patterns.PROBLEMS}
ACTIONS = {
    **patterns.ACTIONS,
    "documents.source_taken": _("A source was taken in"),
    "documents.numbered": _("A document was given its number"),
    "documents.sent_to_more": _("A document was sent to further receivers"),
    "documents.original_kept": _("The original of a document was kept"),
    "documents.reserved": _("A number was reserved"),
    "documents.given_up": _("A reserved number was given up"),
    "documents.taken_over": _("A document recorded by another unit was taken over by its issuer"),
    "documents.scans_attached": _("Scans of a document were attached"),
    "documents.entered": _("A document in was entered into the register"),
    "documents.handed_on": _("A document in was given to a post to deal with"),
    "documents.dealt_with": _("A document in was dealt with"),
    "documents.files_attached": _("Files were attached to a document in"),
    "documents.gap_explained": _("A number without a document was explained"),
}
