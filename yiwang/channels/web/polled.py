"""Parts of pages that are asked for again and again: the same answer is not sent twice."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response under a mark of its content; 304 and nothing more for a reader who has it already."""
    return marked(response, marks(response.content), request)


def marks(content: bytes) -> str:
    """The mark (ETag) of what an answer says."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def is_known(request: HttpRequest, mark: str) -> bool:
    """Whether the reader has already what this mark stands for: it need not even be put together."""
    return mark in request.headers.get("If-None-Match", "").split(", ")


def marked(response: HttpResponse, mark: str, request: HttpRequest) -> HttpResponse:
    """The response under its mark; 304 for whoever has it."""
    response["ETag"], response["Cache-Control"] = mark, "private, no-cache"
    answer = get_conditional_response(request, etag=mark, response=response)
    assert isinstance(answer, HttpResponse)
    return answer
