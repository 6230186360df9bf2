"""The first page: for whoever is not signed in, what a resident can do; others go on to their work."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import first_page
from yiwang.people.models import Person


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Three doors: report, find one's reports, sign in."""
    if isinstance(request.user, Person):
        return redirect(first_page(request))
    return render(request, "resident/start.html")
