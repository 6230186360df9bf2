"""Words for lists that cannot be read."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "sheet_lacks_columns": _("The list has no column for: %(columns)s."),
    "sheet_unreadable": _("“%(file)s” cannot be read as a CSV or Excel list."),
}
