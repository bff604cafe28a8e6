"""The sentences of documents."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "documents.empty": _("There is no text. Paste the article, notice or report, then send again."),
    "documents.text_too_large": _("The text is larger than 2 MB. Send the part that concerns the session."),
    "documents.not_text": _("This is not a text. Open the file in the program that made it and paste its words."),
    "documents.not_unicode": _("The text is in an old encoding. Save it as Unicode (UTF-8), then send it again."),
    "documents.secret": _("The text bears the mark “%(mark)s”. Secret papers do not belong into this system: nothing was stored. Send it the way secret papers go."),
    "documents.empty_file": _("The file is empty. Choose the right file."),
    "documents.file_too_large": _("The file is larger than 20 MB. Send a smaller one, or only the pages that are needed."),
    "documents.kind_not_allowed": _("Files of this kind are not taken. Send PDF, Word (.docx), Excel (.xlsx), text (.txt) or a picture (PNG, JPEG)."),
    "documents.name_does_not_fit": _("The content is a .%(ending)s file but the name says otherwise. Rename it, or choose the right file."),
    "documents.unfolds_too_large": _("The file unfolds to far more than a document. Save it anew in the program that made it."),
    "documents.macros": _("The file contains macros. Save it without macros, then send it again."),
    "documents.number_given": _("This number is given already: %(name)s of %(day)s (%(abstract)s). Choose the next free number."),
}
ACTIONS = {
    "documents.source_taken": _("A source was received"),
    "documents.numbered": _("A document was given its number"),
}
