"""Who may open the wall: whoever looks after a ground and sees its numbers, or a screen with their token."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from yiwang.cases.access import OVERSEEING
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.queries import Bearer
from yiwang.people.rules import Duty, Grant
from yiwang.plumbing.walls.ground import outermost


def grounds_of(request: HttpRequest) -> tuple[str, ...]:
    """The grounds (outermost place codes, `WHOLE` among them) that the wall may show to whoever asks; none to others.

    A screen sees no more than its token's ground, and nothing once the token ends or its owner's post does. Of the
    token's duties only that of seeing numbers counts: one that has no other can do nothing but this.
    """
    today = timezone.localdate()
    if isinstance(request.user, Person):
        return _shown(access.present(request.user.pk, today))
    bearer: Bearer | None = getattr(request, "bearer", None)
    if bearer is None or Duty.SEE_NUMBERS not in bearer.duties:
        return ()
    owners = _shown(access.present(bearer.person.pk, today))
    return (bearer.ground,) if any(bearer.ground.startswith(ground) for ground in owners) else ()


def _shown(grants: Iterable[Grant]) -> tuple[str, ...]:
    able = (grant for grant in grants if Duty.SEE_NUMBERS in grant.duties)
    return outermost(grant.ground for grant in able if not OVERSEEING.isdisjoint(grant.duties))
