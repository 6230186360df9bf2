"""Logs as JSON lines, each with the id of the request (or of the request that asked for the job)."""

import sys
from contextvars import ContextVar
from typing import Any

import structlog
from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")

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


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(),
    without_request,
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
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
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
