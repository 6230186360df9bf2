"""Django's middlewares for pages, which programs pass by: these have no session, no form and no browser.

A program is whoever asks the API with a token, or with nothing at all; a page of ours that asks it has a session.
"""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

View = Callable[[HttpRequest], HttpResponseBase]
API = "/api/"
# A page for people, with a form and a policy of its own.
DOCUMENTATION = "/docs"


def serve_programs(get_response: View) -> View:
    """The middleware that does for programs what they need of those below."""

    def serve(request: HttpRequest) -> HttpResponseBase:
        if not _is_program(request):
            return get_response(request)
        request.by_program = True  # type: ignore[attr-defined]
        request.get_host()  # refuses hosts that are not ours
        request.user = AnonymousUser()
        language = translation.get_language_from_request(request)
        translation.activate(language)
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not response.streaming and "Content-Length" not in response:
            response.headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        return response

    return serve


def _is_program(request: HttpRequest) -> bool:
    if not request.path.startswith(API) or request.path.endswith(DOCUMENTATION):
        return False
    meta = request.META
    return not meta.get("HTTP_COOKIE") or meta.get("HTTP_AUTHORIZATION", "")[:7].lower() == "bearer "


class _OfPages:
    """Before a middleware: lets programs pass by."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        passed_by = hasattr(request, "by_program")
        answer: HttpResponseBase = self.get_response(request) if passed_by else super().__call__(request)  # type: ignore[misc]
        return answer


class Policy(_OfPages, CSPMiddleware):
    """What a page may load."""


class Sessions(_OfPages, SessionMiddleware):
    """Which browser it is."""


class Languages(_OfPages, LocaleMiddleware):
    """In which language a page is read."""


class Addresses(_OfPages, CommonMiddleware):
    """Which addresses are meant."""


class Forms(_OfPages, CsrfViewMiddleware):
    """Which forms are our own."""

    def process_view(self, request: HttpRequest, *view: Any) -> Any:
        return None if hasattr(request, "by_program") else super().process_view(request, *view)


class SignedIn(_OfPages, AuthenticationMiddleware):
    """Who is signed in."""


class Messages(_OfPages, MessageMiddleware):
    """What is said on the next page."""
