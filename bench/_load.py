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
_LAST = b"0\r\n\r\n"


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

    __slots__ = ("_body", "_come", "_length", "_script", "_sent", "socket")

    def __init__(self, port: int, script: Script) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._script, self._come, self._body, self._sent = script, b"", 0, 0.0
        self._length: int | None = None

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
        if not self._body:
            end = self._come.find(_END)
            if end < 0:
                return None
            self._body = end + len(_END)
            self._length = _length(self._come[:end])
        body = self._whole()
        if body is None:
            return None
        answer = Answer(int(self._come[9:12]), body, time.perf_counter() - self._sent)
        self._come, self._body = b"", 0
        return answer

    def _whole(self) -> bytes | None:
        if self._length is None:
            # In pieces, as long as none of them says that it is the last.
            return _joined(self._come[self._body :]) if self._come.endswith(_LAST) else None
        return self._come[self._body :] if len(self._come) >= self._body + self._length else None


def _length(head: bytes) -> int | None:
    """How long the body is; None where it comes in pieces (RFC 9112, 7.1)."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
        if name.lower() == b"transfer-encoding":
            return None
    raise Unexpected(f"an answer without its length: {head.decode(errors='replace')}")


def _joined(pieces: bytes) -> bytes:
    body = b""
    while True:
        size, _, rest = pieces.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return body
        body, pieces = body + rest[:length], rest[length + 2 :]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of all lies; in milliseconds where seconds are given."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1e3
