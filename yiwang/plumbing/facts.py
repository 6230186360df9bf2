"""Facts: what can be said to have happened, told inside the act's own transaction.

`listen` is called on one page only, `project/wiring.py`. `announce` writes one job for each listener on the act's
own connection: act and jobs are committed together or not at all. A listener that fails is tried again and
never undoes the act.
"""

from collections import defaultdict
from typing import Any, TypeVar, cast

import orjson
from django.db import connection
from procrastinate.jobs import Job
from pydantic import TypeAdapter

from yiwang.plumbing.jobs import AnyTask
from yiwang.plumbing.logs import request_id
from yiwang.plumbing.prepared import run

F = TypeVar("F")

_DEFER = """SELECT procrastinate_defer_jobs_v1(
    ARRAY(SELECT jobs FROM jsonb_populate_recordset(NULL::procrastinate_job_to_defer_v1, %s::text::jsonb) AS jobs)
)"""

_adapters: dict[type, TypeAdapter[Any]] = {}
_listeners: dict[type, list[AnyTask]] = defaultdict(list)


def listen(fact: type, listener: AnyTask) -> None:
    """From now on this job runs after every fact of this kind; it is given the fact as `fact=`."""
    if listener not in _listeners[fact]:
        _listeners[fact].append(listener)


def announce(fact: object) -> None:
    """Say inside a transaction that something happened."""
    assert connection.in_atomic_block, "a fact is announced inside its act's transaction"
    if jobs := announced(fact):
        run(_DEFER, orjson.dumps(jobs).decode())


def announced(fact: object) -> list[dict[str, Any]]:
    """The same as rows of `procrastinate_job_to_defer_v1`, for an act that writes all it has in one statement."""
    return [
        {
            "queue_name": job.queue,
            "task_name": job.task_name,
            "priority": job.priority,
            "lock": job.lock,
            "queueing_lock": job.queueing_lock,
            "args": job.task_kwargs,
            "scheduled_at": job.scheduled_at.isoformat() if job.scheduled_at else None,
        }
        for job in _jobs_of(fact)
    ]


def _jobs_of(fact: object) -> list[Job]:
    listeners = _listeners.get(type(fact))
    if not listeners:
        return []
    said = {"fact": _adapter(type(fact)).dump_python(fact, mode="json"), "_request": request_id.get()}
    return [listener.configure().make_new_job(**said) for listener in listeners]


def heard(kind: type[F], said: dict[str, Any]) -> F:
    """A listener's way back from what the job carries to the fact."""
    return cast("F", _adapter(kind).validate_python(said))


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
