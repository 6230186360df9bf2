"""Words for lists that cannot be read."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "sheet_lacks_columns": _("The list has no column for: %(columns)s."),
    "sheet_unreadable": _("“%(file)s” cannot be read as a CSV or Excel list."),
    "sheet_of_old_excel": _("“%(file)s” is of an old Excel: open it there, and save it anew as .xlsx."),
    "sheet_unreadable_behind": _("“%(file)s” cannot be read behind line %(line)s: is a quotation mark left open?"),
    "sheet_heading_twice": _("The list has this heading more than once: %(columns)s."),
    "sheet_number_rounded": _(
        "Line %(line)d: Excel has rounded the long number %(number)s. Format the column as text and enter it again."
    ),
}
