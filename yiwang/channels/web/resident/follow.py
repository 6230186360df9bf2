"""The reporter's own page: where their report stands, and what they may do about it."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from yiwang.cases.rules import written


def address_of(number: int, secret: str) -> str:
    """The address of a report's page: number and secret together open it."""
    return f"{reverse('follow', args=[written(number)])}?{urlencode({'secret': secret})}"


@login_not_required
@never_cache
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Later."""
    raise Http404
