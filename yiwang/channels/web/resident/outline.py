"""The boundaries that a resident's map shows: which ground is whose is public."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yiwang.places import queries


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def outline(_request: HttpRequest, code: str) -> HttpResponse:
    """The boundary of a place and of the places one level below it; none where nothing is drawn."""
    return JsonResponse(queries.outline_of(code), content_type="application/geo+json")
