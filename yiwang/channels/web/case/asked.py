"""What a case says to whoever deals with it: what its item wants to be shown, how far away something was taken."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yiwang.cases.actions.evidence import Photo, content_of, metres_away
from yiwang.cases.models import Case
from yiwang.catalogue.rules import Content, Evidence, Secrecy
from yiwang.channels.web.case.page import Shown

_NOBODYS = UUID(int=0)


def wanted(evidence: Evidence) -> list[str]:
    """What must be shown to finish, in words; empty where a note is enough."""
    return list(_wanted(evidence))


def wanted_of(case: Case) -> list[str]:
    """The same, for a case; empty as long as nobody has said what it is."""
    return wanted(content_of(case).evidence) if case.version_id else []


def on_the_spot(content: Content) -> bool:
    """Whether somebody outside may settle it where they found it."""
    return content.on_the_spot and content.secrecy is not Secrecy.SEALED


def away(case: Case, shown: Shown) -> str:
    """How far from the case a photo was taken; empty where that cannot be told."""
    far = metres_away(case, Photo(_NOBODYS, shown.position)) if case.lon is not None else None
    if far is None:
        return ""
    return ngettext("%(n)s metre from the place", "%(n)s metres from the place", round(far)) % {"n": round(far)}


def _wanted(evidence: Evidence) -> Iterator[str]:
    if evidence.photos:
        yield ngettext("%(n)s photo", "%(n)s photos", evidence.photos) % {"n": evidence.photos}
    if evidence.before_and_after:
        yield _("before and after")
    if evidence.within_metres:
        near = evidence.within_metres
        yield ngettext("one taken within %(n)s metre", "one taken within %(n)s metres", near) % {"n": near}
