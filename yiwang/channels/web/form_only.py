"""Addresses that only take a form: whoever comes to one without, by another language say, finds the form's page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponse]


def form_of(page: str, *named: str) -> Callable[[View], View]:
    """Takes what is posted; what is only looked at goes on to that page, with these parts of the address.

    What stands behind the question mark goes along: the page of a refused form has its filter, too.
    """

    def around(view: View) -> View:
        posted: View = require_POST(view)

        @wraps(view)
        def answer(request: HttpRequest, **given: Any) -> HttpResponse:
            if request.method in {"GET", "HEAD"}:
                address = reverse(page, kwargs={name: given[name] for name in named})
                asked = request.GET.urlencode()
                return redirect(f"{address}?{asked}" if asked else address)
            return posted(request, **given)

        return answer

    return around
