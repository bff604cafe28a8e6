"""The sentences of the format's check: what is wrong, and what to do. What is there and what is due stand beside them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .faces import Problem

PLACES = {
    "sheet": _("Page"),
    "title": _("Title"),
    "superior": _("Superior body"),
    "issuer": _("Issuing body"),
    "number": _("Number and symbol"),
    "place_date": _("Place and date"),
    "type": _("Type of document"),
    "abstract": _("Abstract"),
    "letter_abstract": _("Abstract of the letter"),
    "addressee": _("To whom it is addressed"),
    "body": _("Body of the text"),
    "mark": _("Signature"),
    "post": _("Post of the signer"),
    "signer": _("Name of the signer"),
    "recipients": _("Heading of the recipients"),
    "recipient": _("List of recipients"),
}
# What is wrong with the letters of a part; the code is the part's name, an underscore and this.
LETTERS = {
    "size": _("The letters are not of the right size (in points)."),
    "capitals": _("Write it in capital letters."),
    "not_capitals": _("Write it in small letters, not in capitals."),
    "bold": _("Set it in bold."),
    "not_bold": _("Set it without bold."),
    "italic": _("Set it in italics."),
    "not_italic": _("Set it upright, not in italics."),
    "underlined": _("Underline it."),
    "not_underlined": _("Set it without an underline."),
}
SENTENCES = {
    "paper": _("The paper is not A4 (in mm). Change it under page layout."),
    "margin_top": _("The top margin is not right (in mm)."),
    "margin_bottom": _("The bottom margin is not right (in mm)."),
    "margin_left": _("The left margin is not right (in mm)."),
    "margin_right": _("The right margin is not right (in mm)."),
    "font": _("Some letters are set in another font. Set the whole document in one."),
    "font_before_unicode": _(
        "The document is written with a font from before Unicode; elsewhere its letters come out wrong. Convert it to Unicode and set it in another font."
    ),
    "page_number_missing": _(
        "The document has several pages, but they are not numbered. Number them from the second page."
    ),
    "page_number_elsewhere": _("The page numbers stand at the foot of the page. Put them at its head, in the middle."),
    "nothing_written": _("There is no text in this document."),
    "title_missing": _("The title of Party documents is missing. Write it in the first line on the right."),
    "state_form": _("The head is that of a State document. A Party document bears the Party's title instead."),
    "title_on_the_left": _("The title stands on the left. Put it in the first line on the right."),
    "title_without_line": _("There is no line below the title. Draw one, unbroken and as long as the title."),
    "superior_missing": _("The body above the issuer is missing. Write it in the first line on the left."),
    "superior_wrong": _("The line above the issuer does not name the organisation directly above as it should."),
    "superior_not_due": _("An issuer of this level has no body above it in the head. Leave the line out."),
    "issuer_missing": _("The body that issues the document is missing. Write it on the left, above the star."),
    "issuer_of_another_level": _(
        "The issuer is not of the level that was asked for. Choose another level, or correct the issuer."
    ),
    "level_ended": _(
        "There was no issuer of this level on the day of the document. Look at the date and at the issuer."
    ),
    "star_missing": _("The star below the issuer is missing."),
    "number_missing": _("The line with number and symbol is missing. Write it below the star."),
    "number_blank": _("The document has no number yet. Have it numbered before it goes out."),
    "number_with_colon": _("There is a colon after the word for number. Leave it out."),
    "number_without_zero": _("A number below ten is written with a zero before it."),
    "number_impossible": _("This cannot be a number of a document. A number is counted from 01 without further zeros."),
    "number_with_spaces": _("There are spaces inside number and symbol. Write them without."),
    "number_of_the_state": _(
        "Number and symbol are written as the State writes them. In a Party document a hyphen stands after the number and a slash before the body."
    ),
    "symbol_missing": _("The symbol after the number is missing. It names the type and the body that issues."),
    "symbol_wrong": _("The symbol is not written as it should be: hyphen, type, slash, body."),
    "symbol_letters": _("The symbol is written with other letters, large or small, than it should be."),
    "symbol_type_unknown": _("No type of Party document has this abbreviation."),
    "symbol_of_another_type": _("The symbol is that of another type than the heading says. One of the two is wrong."),
    "symbol_of_another_issuer": _(
        "The symbol is not one of this issuer: what stands after the slash belongs to another level."
    ),
    "place_date_missing": _("Place and date are missing. Write them on the right, below the title."),
    "place_missing": _("The place before the date is missing."),
    "date_blank": _("The date is not complete. Fill it in before the document goes out."),
    "date_in_figures": _("The date is written in figures. Write day, month and year with their words."),
    "date_impossible": _("There is no such day in the calendar."),
    "date_without_zero": _("A day below ten, and January and February, are written with a zero before them."),
    "type_missing": _(
        "The type of the document is missing. Write it in the middle above the text, in capital letters."
    ),
    "abstract_missing": _("Below the type, the abstract is missing that says what the document is about."),
    "letter_abstract_missing": _(
        "The abstract of the letter is missing. Write it on the left, below number and symbol."
    ),
    "addressee_missing": _("The letter does not say to whom it is addressed."),
    "body_missing": _("There is no text between the head and the signature."),
    "body_indent": _("The first lines of the paragraphs are not indented as they should be (in mm)."),
    "signature_missing": _("The signature is missing: in whose name, with which post, by whom."),
    "mark_missing": _("A committee signs as a collective; the mark of signing on its behalf is missing."),
    "mark_with_dot": _(
        "The mark of signing is written as the State writes it. In a Party document it has a slash and no dot."
    ),
    "on_behalf_not_due": _(
        "An office or board is no collective, so nobody signs on its behalf. Its head signs without a mark, the deputy in the head's place."
    ),
    "in_place_not_due": _(
        "In a committee nobody signs in place of the secretary; a deputy too signs on behalf of the committee."
    ),
    "on_behalf_of_another": _("It is signed in the name of a body that is not the issuer."),
    "on_behalf_of_nobody": _("The mark does not say in whose name it is signed."),
    "deputy_without_mark": _("A deputy signs in place of the head; the mark that says so is missing."),
    "deputy_missing": _("Signed in place of the head, but the post below is not that of a deputy."),
    "post_missing": _("The post of the signer is missing."),
    "signer_missing": _("The name of the signer is missing."),
    "recipients_missing": _("The list of recipients is missing. Write it below the text on the left."),
    "recipients_empty": _("No recipient stands below the heading."),
    "archive_missing": _("The recipients do not say where the document is kept."),
}
UNREADABLE = {
    "empty": _("The file is empty. Choose another file."),
    "too_large": _("The file is too large to be checked. Choose a smaller one, for example with smaller pictures."),
    "too_long": _("The file unfolds to more than any document. Save its text as a new Word file and check that."),
    "locked": _("The file is locked with a password. Remove the password and choose it again."),
    "kind": _("This is no Word file. Choose one with the ending .docx."),
    "old_office": _("This is a file in an old Word format. Open it in Word, save it as .docx and choose that."),
    "broken": _(
        "The file cannot be opened; it may be damaged. Open it in Word, save it once more and choose it again."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words: which part, what to do, what is there and what is due ("" where there is nothing to say)."""

    place: str
    sentence: str
    found: str
    due: str
    verified: bool


def told(problem: Problem) -> Told:
    """A problem in words."""
    sentence = SENTENCES.get(problem.code) or LETTERS[problem.code.removeprefix(f"{problem.place}_")]
    return Told(str(PLACES[problem.place]), str(sentence), problem.found, problem.due, problem.verified)
