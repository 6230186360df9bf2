"""Reach the database from a command, wherever it is: a real server, the one `run` has started, or one of our own."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from yiwang.plumbing.embedded import lock
from yiwang.plumbing.embedded.home import Home
from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.version import claim_folder

_OLDEST = 15
_RUN_STARTS_WITHIN_SECONDS = 30.0


def load_django() -> None:
    """Load settings and rooms; costs about a second, so only commands that need them call it."""
    environment.use_settings()
    import django

    django.setup()


@contextmanager
def reachable(data: Path | None, *, port: int = 0) -> Iterator[str]:
    """A reachable database for the length of a `with`; gives its URL.

    `DATABASE_URL` if it is set; else the embedded one of a `yiwang run` at work on the folder; else the
    embedded one, started for this command and stopped after it. With a `port` this command is a server itself,
    and others may lean on its database.
    """
    folder = environment.choose_home(data)
    claim_folder(folder)
    if url := environment.text("DATABASE_URL"):
        check_server(url)
        yield url
    else:
        with _embedded(folder, port) as url:
            yield url


@contextmanager
def database(data: Path | None) -> Iterator[str]:
    """The same, with Django loaded."""
    with reachable(data) as url:
        load_django()
        yield url


@contextmanager
def _embedded(folder: Path, port: int) -> Iterator[str]:
    home = Home(folder)
    # The driver costs a tenth of a second, which `yiwang --help` need not pay.
    from yiwang.plumbing.embedded import cluster

    with ExitStack() as stack:
        try:
            stack.enter_context(lock.holding(home, port=port))
        except lock.Held as held:
            _wait_for(home, held)
            yield home.url
        else:
            yield stack.enter_context(cluster.running(home))


def _wait_for(home: Home, held: lock.Held) -> None:
    """The holder may be just starting; a holder whose database stays silent is none we can share."""

    from yiwang.plumbing.embedded import cluster

    # A short command takes its database with it when it ends: only `run`, which has a port, is leaned on.
    until = time.monotonic() + (_RUN_STARTS_WITHIN_SECONDS if held.holder.port else 0)
    while not (held.holder.port and cluster.answers(home)):
        if time.monotonic() >= until:
            raise held
        time.sleep(0.1)


def check_server(url: str) -> None:
    """Refuse at once, in one sentence, a server that cannot be reached or is too old."""
    import psycopg

    environment.database(url)
    try:
        with psycopg.connect(url, connect_timeout=10) as line:
            major = line.info.server_version // 10_000
    except psycopg.Error as broken:
        why = str(broken).strip().splitlines()[-1].removesuffix(".") if str(broken).strip() else type(broken).__name__
        raise CannotGoOn(
            gettext_noop("The database of DATABASE_URL cannot be reached (%(why)s): correct it, or start the server."),
            why=why,
        ) from broken
    if major < _OLDEST:
        raise CannotGoOn(
            gettext_noop("The server runs PostgreSQL %(theirs)s: Yiwang needs %(oldest)s or newer."),
            theirs=major,
            oldest=_OLDEST,
        )
