"""Background work, on procrastinate: kept in PostgreSQL, committed with the act that asked for it.

A job takes ids, loads, and calls one action; running it twice must be harmless. It sees the whole ground and
carries the request id of whoever asked, so that one line of thought can be followed through the logs.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from yiwang.plumbing.logs import TICKS, request_id
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

AnyTask = Task[Any, Any, Any]
P = ParamSpec("P")
R = TypeVar("R")

# A listener that fails is tried again after 4, 16, 64 … seconds, in plain sight, about a day long.
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=4)


def job(*, queue: str = "default", lock: str | None = None) -> Callable[[Callable[P, R]], AnyTask]:
    """Make a function a job of this queue; with `lock`, one at a time over all workers."""

    def register(function: Callable[P, R]) -> AnyTask:
        @functools.wraps(function)
        def run(*args: Any, _request: str = "", **kwargs: Any) -> R:
            with structlog.contextvars.bound_contextvars(request_id=_request, job=function.__qualname__):
                request_id.set(_request)
                with standing_on(EVERYWHERE):
                    return function(*args, **kwargs)

        name = f"{function.__module__.removeprefix('yiwang.')}.{function.__name__}"
        make: Callable[[Callable[..., R]], AnyTask] = app.task(name=name, queue=queue, lock=lock, retry=PATIENCE)
        return make(run)

    return register


def tick(cron: str, task: AnyTask, *, named: str) -> None:
    """Let a job run every few seconds; the sixth field of `cron` is seconds.

    A tick that finds the one before still waiting is dropped, and that it came and went well is not logged.
    """
    TICKS.add(task.name)
    app.periodic(cron=cron, periodic_id=named, queueing_lock=named)(task)
