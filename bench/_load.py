"""Ask a web server as many programs at once: keep-alive connections in one process, about 0.05 ms for each request.

Each connection follows a script: it yields a request and is given the answer, and decides from it what to ask next.
"""

import json
import selectors
import socket
import time
from collections.abc import Generator, Iterable, Sequence
from typing import Any, NamedTuple

PATIENCE = 60.0
_END = b"\r\n\r\n"


class Answer(NamedTuple):
    """What came back, and after how many seconds."""

    status: int
    body: bytes
    seconds: float

    def json(self) -> Any:
        """The body, understood."""
        return json.loads(self.body)

    def expect(self, status: int) -> "Answer":
        """Itself; stops the measurement where something else was answered than what is measured."""
        if self.status != status:
            raise Unexpected(f"{self.status} instead of {status}: {self.body[:500].decode(errors='replace')}")
        return self


class Unexpected(Exception):  # noqa: N818 - what one finds
    """The server answered what no measurement can be made of."""


Script = Generator[bytes, Answer, None]


def request(method: str, path: str, body: Any = None, *, token: str = "", key: str = "") -> bytes:
    """A request as it goes over the line; `body` becomes JSON."""
    content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(content)}\r\n"
    if content:
        head += "Content-Type: application/json\r\n"
    if token:
        head += f"Authorization: Bearer {token}\r\n"
    if key:
        head += f"Idempotency-Key: {key}\r\n"
    return f"{head}\r\n".encode() + content


def drive(port: int, scripts: Iterable[Script]) -> float:
    """Follow all scripts to their end, each on a connection of its own; gives how many seconds it took."""
    with selectors.DefaultSelector() as waiting:
        begun = time.perf_counter()
        for script in scripts:
            line = _Line(port, script)
            if line.go_on(None):
                waiting.register(line.socket, selectors.EVENT_READ, line)
        while waiting.get_map():
            ready = waiting.select(PATIENCE)
            if not ready:
                raise Unexpected(f"no answer within {PATIENCE:.0f} s")
            for key, _ in ready:
                line = key.data
                answer = line.read()
                if answer is not None and not line.go_on(answer):
                    waiting.unregister(line.socket)
                    line.socket.close()
        return time.perf_counter() - begun


class _Line:
    """One connection and the script it follows."""

    __slots__ = ("_come", "_needed", "_script", "_sent", "socket")

    def __init__(self, port: int, script: Script) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._script, self._come, self._needed, self._sent = script, b"", 0, 0.0

    def go_on(self, answer: Answer | None) -> bool:
        """Send what the script asks next; False at its end."""
        try:
            asked = self._script.send(answer) if answer else next(self._script)
        except StopIteration:
            return False
        self._sent = time.perf_counter()
        self.socket.sendall(asked)
        return True

    def read(self) -> Answer | None:
        """The answer when all of it is there."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise Unexpected("the server closed the connection")
        self._come += piece
        if not self._needed:
            end = self._come.find(_END)
            if end < 0:
                return None
            self._needed = end + len(_END) + _length(self._come[:end])
        if len(self._come) < self._needed:
            return None
        head = self._come.find(_END) + len(_END)
        answer = Answer(int(self._come[9:12]), self._come[head:], time.perf_counter() - self._sent)
        self._come, self._needed = b"", 0
        return answer


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise Unexpected(f"an answer without its length: {head[:200].decode(errors='replace')}")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of all lies; in milliseconds where seconds are given."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1e3
