"""Logs as JSON lines, each with the id of the request (or of the request that asked for the job)."""

import logging
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import structlog
from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")

TICKS: set[str] = set()
"""Jobs that run every few seconds: that one came and went well is not told, it would be most of the log."""

_GIVEN = frozenset({"call_string", "task_kwargs"})
# Names in addresses (`files/<signed>`) for words that open something by themselves.
_OPENING = frozenset({"signed"})


def shown_path(request: HttpRequest) -> str:
    """The address as a log may keep it: no query (people search for names), no word that opens something."""
    shown = request.path
    for name, word in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in _OPENING:
            shown = shown.replace(word, "…")
    return shown


def without_request(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """What Django says of a request: it prints the whole address, with the query."""
    if isinstance(request := event.pop("request", None), HttpRequest):
        event["event"] = str(event["event"]).replace(request.path, shown_path(request))
    return event


def without_arguments(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """What a job was given lies with it in the database; procrastinate would tell it three times in each line."""
    if isinstance(job := event.get("job"), dict) and (call := job.get("call_string")):
        event["job"] = {name: said for name, said in job.items() if name not in _GIVEN}
        event["event"] = str(event["event"]).replace(call, call.partition("(")[0])
    return event


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whether a record is to be told: whatever is wrong, and all but the coming and going of ticks."""
    job = getattr(record, "job", None)
    return record.levelno > logging.INFO or not isinstance(job, dict) or job.get("task_name") not in TICKS


def _without_ticks() -> Callable[[logging.LogRecord], bool]:
    return is_worth_a_line


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(),
    without_request,
    without_arguments,
    structlog.processors.format_exc_info,
]


def dict_config(level: str, *, for_people: bool) -> dict[str, Any]:
    """The `LOGGING` setting: one line of JSON an event, or coloured lines on a developer's terminal."""
    last: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if for_people
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
                "foreign_pre_chain": _SHARED,
            }
        },
        "filters": {"without_ticks": {"()": _without_ticks}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_ticks"]}},
        # At each start they recite all tasks.
        "loggers": {f"procrastinate.{name}": {"level": "WARNING"} for name in ("blueprints", "periodic")},
        "root": {"handlers": ["stderr"], "level": level},
    }


def configure_structlog() -> None:
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
