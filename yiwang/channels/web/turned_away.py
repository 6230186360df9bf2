"""Whoever may not go on: to the page of signing in, and with what they typed in their hands."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from yiwang.channels.web import carrying
from yiwang.channels.web.account import sign_in
from yiwang.plumbing.limiting import has_room

API = "/api/"
View = Callable[..., HttpResponseBase]


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs somebody signed in, unless it says otherwise; the API asks for itself."""

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if request.path.startswith(API):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # Django's own always sends on to another page
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        """A form is not thrown away because its session has ended."""
        return _asked_in(request) if request.method == "POST" else super().handle_no_permission(request, view_func)


@never_cache
def not_sent(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page is not known any more: of our own pages it comes back filled in, of others it is dropped."""
    if not _is_ours(request) or request.path.startswith(API):
        return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
    view = request.resolver_match.func if request.resolver_match else None
    if not request.user.is_authenticated and getattr(view, "login_required", True):
        return _asked_in(request)
    # A stranger's typing is kept with us too, so not without end.
    if request.user.is_authenticated or has_room(f"typed:{request.META.get('REMOTE_ADDR', '')}"):
        carrying.keep(request)
    page = carrying.page_of(request)
    return redirect(page) if page else render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


def _asked_in(request: HttpRequest) -> HttpResponse:
    page = sign_in.page(request, sign_in.SignInForm(request), carried=carrying.packed(request))
    if "HX-Request" in request.headers:
        # In place of the whole page, not of the part that was asked for.
        page["HX-Retarget"], page["HX-Reswap"] = "body", "innerHTML"
    else:
        page.status_code = HTTPStatus.UNAUTHORIZED
    return page


def _is_ours(request: HttpRequest) -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
