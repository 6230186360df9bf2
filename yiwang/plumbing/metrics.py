"""What is counted in every process, for Prometheus."""

from functools import cache

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("yiwang_requests", "Answered requests", ["route", "method", "status"])
SECONDS = Histogram(
    "yiwang_request_seconds",
    "Time to answer a request",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
LATE = Histogram(
    "yiwang_clock_late_seconds",
    "By how much what the clock had to do was late",
    buckets=(0.5, 1, 2, 5, 10, 30, 60, 300, 3600),
)
NOTICES = Counter("yiwang_notices", "Messages that were tried to be sent", ["channel", "outcome"])
MEMORY = Gauge("yiwang_process_memory_bytes", "Memory of each web process", multiprocess_mode="liveall")


def answered(route: str, method: str, status: int, seconds: float) -> None:
    """Count one request. `route` is the address's pattern, never the address: a number per case would never end."""
    counted, timed = _of(route, method, status)
    counted.inc()
    timed.observe(seconds)


def acted_late(seconds: float) -> None:
    """Count something the clock had to do, and by how much it was late."""
    LATE.observe(seconds)


def notice_went(channel: str, outcome: str) -> None:
    """Count one try to send a message, and what became of it."""
    NOTICES.labels(channel, outcome).inc()


@cache
def _of(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(route, method, str(status)), SECONDS.labels(route)
