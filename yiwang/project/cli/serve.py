import shutil
import socket
import time
from typing import Annotated

import typer

from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.cli.access import reachable
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data, Port

# Fewer than the pool's connections: a request never waits for one that no request will give back. Not many, because
# threads of one process take turns; as many as let the reports that come in the same moment be written together.
_THREADS = 8
_KILL_AFTER_SECONDS = 15


def serve(
    port: Port = 8000,
    host: Annotated[str, typer.Option(help=_("The address to listen on."))] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, max=64, help=_("How many web processes."))] = 2,
    data: Data = None,
) -> None:
    folder = environment.choose_home(data)
    refuse_taken(port, host)
    if workers > 1:
        metrics = folder / "metrics"
        # Counts of processes long gone would be added to those of today.
        shutil.rmtree(metrics, ignore_errors=True)
        metrics.mkdir(parents=True)
        environment.share_metrics(metrics)
    with reachable(data, port=port):
        _listen(port, host, workers)


def _listen(port: int, host: str, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    environment.share_heaps()
    Granian(
        "yiwang.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=_KILL_AFTER_SECONDS,
    ).serve()


def refuse_taken(port: int, host: str = "127.0.0.1", *, patience: float = 0.0) -> None:
    """Say in one sentence, before anything slow, that somebody else listens here, still after `patience` seconds."""
    until = time.monotonic() + patience
    while broken := _taken(port, host):
        if time.monotonic() >= until:
            raise CannotGoOn(
                gettext_noop("Nobody can listen on %(host)s port %(port)s (%(why)s): choose another with --port."),
                host=host,
                port=port,
                why=broken.strerror,
            )
        time.sleep(0.05)


def _taken(port: int, host: str) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as line:
        # Connections of a server just stopped linger; they take nothing from us.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host, port))
        except OSError as broken:
            return broken
    return None
