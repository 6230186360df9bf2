"""What is wrong with a history, in words."""

from django.utils.translation import gettext_lazy as _

from yiwang.proof.rules import DigestFlaw, Flaw

FLAWS = {
    Flaw.CHANGED: _("This step was changed after it was written."),
    Flaw.BROKEN: _("This step does not follow the one before it: one was removed, put in between, or moved."),
    Flaw.CUT: _("From here on steps are missing, or there are more than the case knows of."),
    Flaw.ORPHANED: _("The case to which these steps belong is gone."),
}
DIGEST_FLAWS = {
    DigestFlaw.DIFFERS: _(
        "The steps of this day are not those that were published: %(then)d then, %(now)d now. "
        "Something was changed, removed or put in."
    ),
    DigestFlaw.UNCHAINED: _("The digest of the day before is missing, or is not the one that was published."),
    DigestFlaw.UNSIGNED: _("The signature is wrong, or by a key that is none of this installation’s."),
}
