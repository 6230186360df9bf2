"""Signs in words."""

from django.utils.translation import gettext_lazy as _

from yiwang.formalism.rules import Kind, Sameness

KINDS = {
    Kind.QUICK: _("Finished minutes after signing"),
    Kind.PHOTO: _("The same photo for two cases"),
    Kind.AGAIN: _("Closed again and again at the same place"),
    Kind.DEVICE: _("Satisfaction from the handler’s own device"),
}
RULES = {
    Kind.QUICK: _("finished at most %(minutes)s minutes after being signed for"),
    Kind.PHOTO: _(
        "a photo that shows it done differs in at most %(bits)s of 64 bits of its look from one of another case or "
        "another finishing within %(photo_days)s days"
    ),
    Kind.AGAIN: _(
        "the same item closed %(times)s times or more within %(metres)s metres (without a position: in the same "
        "community) in %(days)s days"
    ),
    Kind.DEVICE: _(
        "the reporter’s page was rated in a browser in which the handler was signed in, or from the same address with "
        "the same kind of browser"
    ),
}
SAMENESS = {
    Sameness.SIGNED_IN: _("the handler was signed in there"),
    Sameness.ADDRESS: _("same address, same kind of browser"),
}
REFUSALS = {
    "tolerances_unfit": _("One of these figures makes no sense."),
    "closed_once_is_no_sign": _("Closed once is no sign: two times at least, or 0."),
    "tolerances_twice": _("There are thresholds for this county already."),
}
