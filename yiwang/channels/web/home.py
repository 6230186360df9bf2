"""The first address: everybody goes on to the page of their seat."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import first_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To where one's work waits."""
    return redirect(first_page(request))
