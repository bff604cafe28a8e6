"""The sentences of templates: what is wrong with one, and why a document cannot be made. They are part of `documents/texts.py`."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "documents.template_none": _(
        "There is no template “%(template)s” for this day. Choose another template, or another day."
    ),
    "documents.template_wrong": _(
        "The template “%(name)s” cannot be filled: %(count)s places in it are wrong. Open it among the templates, see which, and mend them in Word."
    ),
    "documents.values_missing": _("The document cannot be made yet. What is missing: %(names)s."),
    "documents.values_unknown": _(
        "The template does not know these values: %(names)s. Leave them out, or use a template that asks for them."
    ),
    "documents.template_no_word": _("This is no Word file. Save the template as .docx and bring that."),
    "documents.pdf_no_program": _(
        "There is no PDF because LibreOffice is not installed on this server. Take the Word file; or ask the administrator to install LibreOffice Writer."
    ),
    "documents.pdf_from_elsewhere": _(
        "There is no PDF because this Word file fetches pictures or templates from elsewhere. Put them into the file itself, then try again."
    ),
    "documents.pdf_too_slow": _(
        "There is no PDF because making it took longer than %(seconds)s seconds. Take the Word file, or try again later."
    ),
    "documents.pdf_failed": _(
        "There is no PDF because LibreOffice could not read this Word file. Open it in Word, save it once more and try again."
    ),
}
PROBLEMS = {
    "documents.template_syntax": _(
        "A placeholder is not written as it must be. Write {{ name }}, with two braces on each side; a loop begins with {%%p for … in … %%} and ends with {%%p endfor %%}."
    ),
    "documents.template_lacks": _("The placeholder “%(name)s” is missing, which every document of this kind needs."),
    "documents.template_unknown": _(
        "There is no placeholder “%(name)s”. Compare with the list of placeholders; small differences in spelling count."
    ),
    "documents.template_block": _(
        "The placeholder “%(name)s” stands for whole paragraphs. Write it as {{p %(name)s }}, alone in a paragraph."
    ),
    "documents.template_needs_loop": _(
        "“%(name)s” is a list. Write {%%p for one in %(name)s %%} before it and {%%p endfor %%} after it; in a table write tr in place of p."
    ),
    "documents.template_no_list": _("“%(name)s” is one text and no list. Write {{ %(name)s }} without a loop."),
    "documents.template_needs_field": _(
        "“%(name)s” is a row with several fields. Write which is meant: {{ %(name)s.field }}."
    ),
    "documents.template_command": _(
        "This place holds a command that templates do not have. Only placeholders, loops (for) and conditions (if) are allowed."
    ),
    "documents.template_too_large": _(
        "A part of this file holds more than %(most)s. A template is a page or two: leave out what is not needed."
    ),
    "documents.template_from_elsewhere": _(
        "The file fetches pictures or a template from elsewhere. Put them into the file itself."
    ),
    "documents.template_torn": _(
        "Filled in with the samples, this template gives no whole document. Begin and end a loop or condition in the same cell, or each in a row or paragraph of its own."
    ),
}
ACTIONS = {
    "documents.template_replaced": _("The office replaced a template by its own"),
    "documents.template_returned": _("The office went back to the template that ships"),
}
