"""The one call that leaves the house. Whoever is outside may be slow, broken, or say anything."""

import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from django.conf import settings

_MOST_BYTES = 64 * 1024


class NoAnswer(Exception):  # noqa: N818 - nothing is wrong here: who is outside gave none
    """There was no answer; its text says why, in a word."""


@dataclass(frozen=True, slots=True)
class Outside:
    """An OpenAI-compatible address (up to `/v1`), its key, the model, and how long it is waited for, in seconds."""

    address: str
    key: str
    model: str
    seconds: float


def outside() -> Outside | None:
    """The model outside that the operator named; None where there is none, as by default."""
    given: dict[str, Any] = settings.OUTSIDE_MODEL
    return Outside(**given) if given["address"] and given["model"] else None


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """What is asked of one address goes to no other."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


# No proxy out of the environment: the operator named the address.
_opener = urllib.request.build_opener(_NoDetours, urllib.request.ProxyHandler({}))


def ask(where: Outside, question: dict[str, Any]) -> bytes:
    """The answer as it came. Raises NoAnswer where none came in time, whole and well."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {where.key}"} if where.key else {})
    request = urllib.request.Request(  # noqa: S310 - settings allow http and https alone
        f"{where.address.rstrip('/')}/chat/completions", json.dumps(question).encode(), headers
    )
    end = time.monotonic() + where.seconds
    try:
        with _opener.open(request, timeout=where.seconds) as answer:
            return _read(answer, end)
    except urllib.error.HTTPError as refused:
        raise NoAnswer(f"status_{refused.code}") from refused
    except TimeoutError as slow:
        raise NoAnswer("too_slow") from slow
    except (OSError, http.client.HTTPException) as broken:
        in_vain = isinstance(getattr(broken, "reason", None), TimeoutError)
        raise NoAnswer("too_slow" if in_vain else "no_connection") from broken


def _read(answer: Any, end: float) -> bytes:
    """Piece by piece, so that whoever drips bytes is not waited for either."""
    content = b""
    while piece := answer.read1(8192):
        content += piece
        if len(content) > _MOST_BYTES:
            raise NoAnswer("too_long")
        if time.monotonic() > end:
            raise NoAnswer("too_slow")
    return content
