"""Follow each request: an id for its logs, jobs and audit lines, one access line, its time for the metrics."""

import random
import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from yiwang.plumbing.logs import request_id, shown_path
from yiwang.plumbing.metrics import answered

# What a proxy may have given it; anything else could forge lines in the logs.
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
log = structlog.get_logger("yiwang.access")


def follow_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def follow(request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        # Nothing is opened with it: it need not be beyond guessing.
        followed = given if _SANE.fullmatch(given) else f"{random.getrandbits(64):016x}"
        token = request_id.set(followed)
        begun = time.perf_counter()
        try:
            with structlog.contextvars.bound_contextvars(request_id=followed):
                response = get_response(request)
                _tell(request, response, time.perf_counter() - begun)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = followed
        return response

    return follow


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    route = match.route if match else "-"
    # A stranger may invent methods without end; a metric must not grow with them.
    method = request.method if request.method in _METHODS else "other"
    answered(route, str(method), response.status_code, seconds)
    log.info(
        "answered",
        method=request.method,
        path=shown_path(request),
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
    )
