"""Notices for tests: what a room announced is heard at once, as the worker would; servers on loopback."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from tests.jobs import asked_for
from yiwang.notices import actions, jobs
from yiwang.notices.models import Notice, OwnChoices
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget

COUNTY = "990101"
_HEARS = (
    "dispatched", "delegated", "handed_back", "whistled", "finished", "ended", "followed_ended", "reopened", "asked",
    "reminded", "order_moved", "appeal_moved", "item_moved",
)  # fmt: skip


def hear() -> None:
    """Let everything that was announced in this test be heard."""
    forget()  # a test never commits, and is not told that something changed
    for name in _HEARS:
        for waiting in asked_for(f"notices.jobs.{name}"):
            getattr(jobs, name).func(**{key: value for key, value in waiting.args.items() if key == "fact"})


def told(person: Person, channel: str = "page") -> list[str]:
    """Of what a person was told by a channel, the oldest first."""
    found = Notice.objects.filter(recipient=f"person:{person.pk}", channel=channel)
    return list(found.order_by("pk").values_list("occasion", flat=True))


def has_address(person: Person, email: str = "wen@example.cn", **chosen: Any) -> OwnChoices:
    """Somebody has given an address; no quiet hours unless they are named."""
    midnight = datetime.min.time()
    given = {"quiet_since": midnight, "quiet_until": midnight} | chosen
    choices, _new = OwnChoices.objects.update_or_create(
        person=person, defaults={"email": email, "confirmed": True, **given}
    )
    return choices


def goes_out(now: datetime) -> list[str | None]:
    """What is due goes out; what became of each message."""
    return [actions.deliver(message, now=now) for message in actions.hand_out(COUNTY, now=now).messages]


@dataclass
class Mailbox:
    """A mail server on loopback: what it took, and what it answers to a recipient."""

    port: int = 0
    answer: str = "250 OK"
    taken: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += [(address, envelope.content) for address in envelope.rcpt_tos]
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A real SMTP server on loopback."""
    from aiosmtpd.controller import Controller

    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    box = Mailbox(port)
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Gateway:
    """An SMS gateway on loopback: what it was asked, and what it answers."""

    url: str = ""
    answer: int = 200
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    """A real HTTP server on loopback that speaks as `docs/notices.md` says."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.asked.append((dict(self.headers.items()), json.loads(body)))
            self.send_response(gateway.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    gateway.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
