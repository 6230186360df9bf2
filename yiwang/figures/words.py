"""Figures in words."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "figures_of_no_county": _("Such figures are a county’s, or hold for every county."),
}
