"""What a step says of a changed calendar."""

from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.rules import Stage

SAID = _("The working calendar was changed (%(days)s). %(limits)s")
DAY_OFF = _("%(day)s is a day off")
DAY_WORKED = _("%(day)s is worked, %(hours)s")
AND_MORE = _("%(n)s more days")
LIMIT = _("%(what)s: %(was)s → %(now)s.")
PROMISE = _("Promise to the reporter")
PART = _("%(post)s, to deal with it")
SIGNING = _("%(post)s, to sign for it")
STAGES = {
    Stage.SIGN_FOR: _("Limit to sign for"),
    Stage.HANDLE: _("Limit to deal with"),
    Stage.CHECK: _("Limit to look whether it is done"),
    Stage.CALL_BACK: _("Limit to ask the reporter"),
}
