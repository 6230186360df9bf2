"""The edge of the API: whatever answers for us under /api/, Django or a middleware, says no as a problem document.

It stands outside of everything that can fail (hosts, sessions, unknown addresses, faults of ours), so it asks for the
reader's language itself. It also lets whoever has an answer already ask only whether it still holds (RFC 9110, 13).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from yiwang.channels.api.problems import answer
from yiwang.plumbing.problems import is_problem

View = Callable[[HttpRequest], HttpResponseBase]
PREFIX = "/api/"
# What the first answer says about how to ask better.
_KEPT = ("Allow", "WWW-Authenticate", "Retry-After")


def speak_plainly(get_response: View) -> View:
    """The middleware."""
    if_changed = ConditionalGetMiddleware(get_response)

    def speak(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        response = get_response(request)
        if response.status_code >= 400 and not is_problem(response):
            response = _as_problem(request, response)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        return if_changed.process_response(request, response) if response.status_code == 200 else response

    return speak


def _as_problem(request: HttpRequest, said: HttpResponseBase) -> HttpResponse:
    language = translation.get_language_from_request(request)
    with translation.override(language):
        plain = answer(said.status_code)
    plain["Content-Language"] = language
    for header in _KEPT:
        if header in said:
            plain[header] = said[header]
    return plain
