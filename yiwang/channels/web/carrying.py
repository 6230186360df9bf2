"""What was typed into a form that could not be taken because the session had ended, carried on to the form again.

While nobody is known it goes along, signed, in the page of signing in, so that nothing of it lies with us. Whoever
signs in from there has it in their session until the form's page shows it, once. Nothing is ever sent by itself.
"""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

MOST = 64 * 1024
"""Characters of names and values together; longer ones are not carried."""
GOOD_FOR = timedelta(hours=2)
_SALT = "what was typed"
_KEPT = "_typed"
# Neither secrets nor what the page itself writes anew.
_LEFT_BEHIND = re.compile("password|csrf|token", re.IGNORECASE)


def packed(request: HttpRequest) -> str:
    """What was sent with this request, signed; empty where there is nothing, or too much of it."""
    typed = _typed(request)
    return signing.dumps(typed, salt=_SALT, compress=True) if typed else ""


def keep(request: HttpRequest, typed: str = "") -> None:
    """Keep in the session what was packed; without it, what was sent with this request."""
    found = _unpacked(typed) if typed else _typed(request)
    if found:
        request.session[_KEPT] = found


def page_of(request: HttpRequest) -> str:
    """The address of the page whose form waits to be filled in again, or nothing."""
    return str(request.session.get(_KEPT, {}).get("page", ""))


def come_to(request: HttpRequest) -> dict[str, Any] | None:
    """What is to be filled in on the page that is being shown; from then on it is not kept any more."""
    if request.method != "GET" or "HX-Request" in request.headers or not hasattr(request, "session"):
        return None
    if not page_of(request) or urlsplit(page_of(request)).path != request.path:
        return None
    found: dict[str, Any] = request.session.pop(_KEPT)
    return found


def _typed(request: HttpRequest) -> dict[str, Any] | None:
    fields = [
        (name, value) for name, values in request.POST.lists() if not _LEFT_BEHIND.search(name) for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if not fields or size > MOST:
        return None
    return {"page": _page(request), "to": request.path, "fields": fields, "files": bool(request.FILES)}


def _page(request: HttpRequest) -> str:
    """The page on which the form stood. Some pages give no more away than their server: those send to themselves."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc == request.get_host() and came.path not in {"", "/"}:
        return f"{came.path}?{came.query}" if came.query else came.path
    return request.get_full_path()


def _unpacked(typed: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = signing.loads(typed, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return found
