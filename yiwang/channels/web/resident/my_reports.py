"""One's reports by phone number and the code of one of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def my_reports(request: HttpRequest) -> HttpResponse:
    """Later."""
    raise Http404
