"""The front door of intake: a plain report from nobody in particular, taken in before anything that it does not need.

On the day of the flood `POST /api/v1/reports` is all that comes. What is sent with neither session nor token, as plain
JSON, and is fit to be taken, is answered here by the endpoint's own words. Everything else, and whatever is refused,
goes on to the endpoint, which says why: there is one law and one wording, and two ways to it.
"""

import re
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone

from yiwang.channels.api import limiting
from yiwang.channels.api.asking import Reporter
from yiwang.channels.api.reading import StrictParser
from yiwang.channels.api.v1.reports import KEY_FORM, ReportIn, take_in
from yiwang.plumbing.refusals import Refused

View = Callable[[HttpRequest], HttpResponseBase]
ADDRESS = "/api/v1/reports"
LONGEST = 64 * 1024
_KEY = re.compile(KEY_FORM)
_parser = StrictParser()
_known = cache(resolve)


def take_reports(get_response: View) -> View:
    """The middleware; it stands behind those that say who the platform is, before those that ask who is there."""

    def take(request: HttpRequest) -> HttpResponseBase:
        if request.path == ADDRESS and _is_plain(request.META) and (taken := _taken(request)):
            return taken
        return get_response(request)

    return take


def _is_plain(meta: dict[str, str]) -> bool:
    return (
        meta["REQUEST_METHOD"] == "POST"
        and meta.get("CONTENT_TYPE") == "application/json"
        and not (meta.get("HTTP_COOKIE") or meta.get("HTTP_AUTHORIZATION") or meta.get("QUERY_STRING"))
        and _length(meta.get("CONTENT_LENGTH", "")) <= LONGEST
    )


def _length(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else LONGEST + 1


def _taken(request: HttpRequest) -> HttpResponse | None:
    """The answer, or nothing where the endpoint must say why not; nothing was written then."""
    try:
        sent = ReportIn.model_validate(_parser.parse_body(request))
        key = request.META.get("HTTP_IDEMPOTENCY_KEY")
        if (key is not None and not _KEY.fullmatch(key)) or not limiting.may_call(request):
            return None
        answer = take_in(request, sent, Reporter(), key, now=timezone.now())
    except (ValueError, Refused):
        return None
    request.resolver_match = _known(ADDRESS)
    return answer
