"""A "no" to a program as a problem document (RFC 9457), the same at every door that programs use."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from django.http import HttpResponse, JsonResponse

from yiwang.plumbing.logs import request_id

MEDIA_TYPE = "application/problem+json"


def problem(status: int, code: str, detail: object, *, fields: Iterable[Mapping[str, str]] = ()) -> HttpResponse:
    """The document: a stable `code`, a sentence for the reader, the fields that were wrong, the request's id."""
    said = {
        # RFC 9457, 4.2.1: with this type the title is the status's own phrase. What tells kinds apart is `code`.
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": str(detail),
        "fields": [dict(field) for field in fields],
        "request_id": request_id.get(),
    }
    return JsonResponse(said, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def is_problem(response: object) -> bool:
    """Whether an answer is such a document already."""
    return isinstance(response, HttpResponse) and response.get("Content-Type", "") == MEDIA_TYPE
