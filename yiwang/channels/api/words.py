"""Sentences for what the API does not take, by the status of the answer and by what is wrong with a field."""

from django.utils.translation import gettext_lazy as _

ANSWERS = {
    400: ("unreadable", _("The request cannot be read.")),
    401: ("sign_in_needed", _("Send a valid token: “Authorization: Bearer …”.")),
    403: ("forbidden", _("This is not open to you.")),
    404: ("not_found", _("There is nothing here, or nothing for you.")),
    405: ("method_not_allowed", _("This address does not know that method.")),
    411: ("length_needed", _("Say in Content-Length how long the request is.")),
    413: ("too_large", _("The request is too large.")),
    415: ("media_type_not_taken", _("The body of the request is not in a form that is taken here.")),
    422: ("invalid", _("The request cannot be taken as it is.")),
    429: ("too_often", _("Too many requests came from your address. Try again a little later.")),
    500: ("fault", _("Something went wrong on our side. Give the number of the request when you report it.")),
}
CSRF_FAILED = _("Send the CSRF token of your session along, or sign in with a token.")

FIELDS = {
    "missing": _("This is missing."),
    "extra_forbidden": _("Nobody knows this field here."),
    "given_twice": _("This may be given once only."),
    "string_too_long": _("At most %(max_length)s characters."),
    "string_too_short": _("At least %(min_length)s characters."),
    "string_pattern_mismatch": _("This must match the pattern %(pattern)s."),
    "greater_than_equal": _("At least %(ge)s."),
    "less_than_equal": _("At most %(le)s."),
    "finite_number": _("This must be a finite number."),
    "int_parsing": _("This must be a whole number."),
    "int_parsing_size": _("This number is too large."),
    "float_parsing": _("This must be a number."),
    "literal_error": _("This must be one of %(expected)s."),
}
FIELD_NOT_TAKEN = _("This value cannot be taken.")
