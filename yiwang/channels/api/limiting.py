"""How often one client may call the API where nobody signs in."""

from django.http import HttpRequest

from yiwang.channels.api.problems import CannotTake
from yiwang.plumbing.limiting import has_room, seconds_to_wait


def may_call(request: HttpRequest) -> bool:
    """Count one call of this client where there is room for it; what is too often is left to be refused."""
    return has_room(str(request.META.get("REMOTE_ADDR", "")))


def count_call(request: HttpRequest) -> None:
    """Count one call of this client (its address); refuse with 429 and `Retry-After` (seconds) what is too often."""
    if wait := seconds_to_wait(str(request.META.get("REMOTE_ADDR", ""))):
        raise CannotTake(429, retry_after=wait)
