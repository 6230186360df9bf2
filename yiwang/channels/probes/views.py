"""The three answers."""

import secrets

import psutil
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from yiwang.channels.probes.queue import QueueCollector
from yiwang.plumbing.metrics import MEMORY

_LOOPBACK = {"127.0.0.1", "::1"}


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives. Nothing else is asked, so that a sick database does not get it restarted."""
    return _plain("ok")


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests can be served: the database answers and has the tables of this code."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _plain("the database does not answer", status=503)
    finally:
        connection.close()
    if waiting:
        return _plain(f"{len(waiting)} migrations are not applied", status=503)
    return _plain("ok")


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format, for this machine or for whoever bears the token; for others it does not exist."""
    if not _may_read(request):
        return _plain("not found", status=404)
    MEMORY.set(psutil.Process().memory_info().rss)
    registry: CollectorRegistry = REGISTRY
    if settings.METRICS_ARE_SHARED:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    queue = CollectorRegistry()
    queue.register(QueueCollector())
    return HttpResponse(generate_latest(registry) + generate_latest(queue), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token and secrets.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return True
    # Behind a proxy on this machine everybody comes from loopback.
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not forwarded and request.META.get("REMOTE_ADDR") in _LOOPBACK


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
