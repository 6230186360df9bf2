"""The job queue as metrics, counted when somebody asks."""

from collections.abc import Iterator

from django.db import DatabaseError, connection
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from yiwang.plumbing.upkeep.queries import queues


class QueueCollector(Collector):
    """Depth and lag of each queue; nothing at all while the database does not answer."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        depth = GaugeMetricFamily("yiwang_jobs_waiting", "Jobs that could run now", labels=["queue"])
        lag = GaugeMetricFamily("yiwang_jobs_lag_seconds", "How long the oldest of them waits", labels=["queue"])
        try:
            for queue in queues():
                depth.add_metric([queue.name], queue.waiting)
                lag.add_metric([queue.name], queue.lag_seconds)
        except DatabaseError:
            return
        finally:
            connection.close()
        yield depth
        yield lag
