"""Answer the probes before hosts, sessions and sign-ins are looked at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yiwang.channels.probes import views

PROBES = {"/healthz": views.healthz, "/readyz": views.readyz, "/metrics": views.metrics}


def answer_probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path)
        return probe(request) if probe else get_response(request)

    return answer
