"""The sentences about Excel sheets: each names the cell, where there is one, and says what to do."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "reports.excel_empty": _("The file is empty. Choose the sheet that was filled in."),
    "reports.excel_too_large": _(
        "The file is larger than 5 MB, or unfolds to far more than a report. Download the sheet again and fill in that one."
    ),
    "reports.excel_old": _("This is an old Excel file (.xls). Open it, save it as .xlsx and bring that."),
    "reports.excel_locked": _("A password is needed to open the file. Save it without one and bring that."),
    "reports.excel_macros": _("The file carries macros (.xlsm). Save it as an Excel file without macros (.xlsx)."),
    "reports.excel_kind": _(
        "This is no Excel file (.xlsx), whatever its name says. Open the sheet that was filled in, save it as .xlsx and bring that."
    ),
    "reports.excel_broken": _("The file cannot be opened. Open it in Excel, save it again as .xlsx and bring that."),
    "reports.excel_no_such_sheet": _(
        "This is not the sheet that was downloaded from here, or part of it was taken out. Download the sheet of this report and fill in that one."
    ),
    "reports.excel_other_layout": _(
        "The sheet was downloaded before sheets were laid out anew. Download it again and copy the numbers over."
    ),
    "reports.excel_too_many_rows": _(
        "Cell %(cell)s: something stands below row 5,000. Delete what is not of the report and bring the sheet again."
    ),
    "reports.excel_too_wide": _(
        "Cell %(cell)s: something stands far to the right of the report. Delete it and bring the sheet again."
    ),
    "reports.excel_moved": _(
        "Cell %(cell)s should say “%(wanted)s” and says “%(found)s”: rows or columns were added, moved or changed. Download the sheet again and copy the numbers over."
    ),
    "reports.excel_computed": _(
        "Cell %(cell)s (%(label)s) is added up from other reports and cannot be changed here. Correct those reports, and download the sheet again."
    ),
    "reports.excel_closed": _(
        "Cell %(cell)s (%(label)s) is not filled in by this unit any more. Download the sheet again and copy the other numbers over."
    ),
    "reports.excel_formula": _(
        "Cell %(cell)s (%(label)s) holds a formula. Enter what it makes: the number or the text itself."
    ),
    "reports.excel_error": _("Cell %(cell)s (%(label)s) shows an error of Excel. Enter the number or the text itself."),
    "reports.excel_hidden_row": _(
        "Cell %(cell)s (%(label)s) is in a hidden row. Show the row, look at what stands there and bring the sheet again."
    ),
    "reports.excel_hidden_column": _(
        "Cell %(cell)s (%(label)s) is in a hidden column. Show the column, look at what stands there and bring the sheet again."
    ),
    "reports.excel_merged": _("Cell %(cell)s (%(label)s) was merged with others. Unmerge them and enter it again."),
    "reports.excel_no_number": _(
        "Cell %(cell)s (%(label)s): “%(typed)s” is not a number. Enter digits only, such as 12."
    ),
    "reports.excel_date": _("Cell %(cell)s (%(label)s) holds a date. Format the cell as a number and enter it again."),
    "reports.excel_decimal": _(
        "Cell %(cell)s (%(label)s): “%(typed)s” can be read in two ways. Enter digits only: 1500, without point and comma."
    ),
    "reports.excel_percent": _(
        "Cell %(cell)s (%(label)s) is shown as a percentage. Enter how many there are, in a cell shown as an ordinary number."
    ),
    "reports.excel_fraction": _(
        "Cell %(cell)s (%(label)s): %(typed)s is not a whole number. Enter digits only, such as 1500; Excel may have taken a point or a comma for decimals."
    ),
    "reports.excel_negative": _("Cell %(cell)s (%(label)s): a number cannot be below 0 (%(typed)s). Enter 0 or more."),
    "reports.excel_too_large_number": _(
        "Cell %(cell)s (%(label)s): “%(typed)s” is too large. Look whether a digit is too many."
    ),
    "reports.excel_too_long": _("Cell %(cell)s (%(label)s): the text is too long. Shorten it to 10,000 letters."),
    "reports.excel_words": _("Cell %(cell)s (%(label)s): %(said)s"),
    "reports.excel_impossible": _("Cell %(cell)s: %(said)s"),
    "reports.excel_other_form": _(
        "Cell %(cell)s: this is the sheet of another form. Here belongs “%(wanted)s”; download its sheet from this page."
    ),
    "reports.excel_older_form": _(
        "Cell %(cell)s: the sheet follows the form of %(found)s, and the report now follows that of %(wanted)s. Download the sheet again and copy the numbers over."
    ),
    "reports.excel_other_unit": _(
        "Cell %(cell)s: this is the sheet of another unit (code %(found)s); here belongs that of %(wanted)s. Open the report of that unit, or download the sheet of this one."
    ),
    "reports.excel_no_such_unit": _(
        "Cell %(cell)s: there is no unit with the code %(found)s; here belongs the sheet of %(wanted)s. Download it from this page."
    ),
    "reports.excel_other_period": _(
        "Cell %(cell)s: this is the sheet of %(first)s to %(last)s, and the report is of %(wanted)s. Open the report of those days, or download the sheet of this one."
    ),
}
"""Every code that `read` and `compare` give."""
