"""A model outside, on loopback, that answers as a test says: well, slowly, brokenly, or not at all."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Stranger:
    """What it answers, and what it was asked."""

    says: str = "LAMP"
    raw: bytes | None = None
    status: int = 200
    drips: bool = False
    to: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    address: str = ""

    @property
    def heard(self) -> str:
        """All that ever reached it, as one text."""
        return json.dumps(self.asked, ensure_ascii=False)


@contextmanager
def listening(stranger: Stranger) -> Iterator[Stranger]:
    """It listens as long as the block runs."""
    over = threading.Event()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stranger.keys.append(self.headers["Authorization"])
            stranger.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            said = {"model": "stranger-7b-2026", "choices": [{"message": {"content": stranger.says}}]}
            content = json.dumps(said).encode() if stranger.raw is None else stranger.raw
            self.send_response(stranger.status)
            if stranger.to:
                self.send_header("Location", stranger.to)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if stranger.drips:
                self._drip(content)
            else:
                self.wfile.write(content)

        def _drip(self, content: bytes) -> None:
            for byte in content:
                if over.wait(0.05):
                    return
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    return

        def log_message(self, *_said: Any) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    stranger.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield stranger
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
