"""On what and when something was measured, and an installation of its own for each measurement."""

import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent


def machine() -> str:
    """Cores, memory and Python of this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    info = Path("/proc/cpuinfo")
    models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    model = models[0] if models else platform.processor()
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Python {platform.python_version()}"


def today() -> str:
    """The date, in UTC."""
    return datetime.now(tz=UTC).date().isoformat()


def commit() -> str:
    """What was measured."""
    return subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()


def heading() -> str:
    """One line to stand above figures."""
    return f"{machine()}, {today()}, commit {commit()}"


@contextmanager
def database(data: Path | None = None, *, settings: Sequence[str] = ()) -> Iterator[Path]:
    """A database with Django loaded and all tables: the one of `DATABASE_URL` or of a data folder, else a new one.

    Full durability always. Gives the data folder; what is made here is gone afterwards. `settings`: "NAME=value".
    """
    from yiwang.plumbing.embedded import cluster  # noqa: PLC0415 - whoever only reads figures needs no database
    from yiwang.plumbing.embedded.home import Home  # noqa: PLC0415

    # Told to end, it still stops its database and sweeps its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yiwang-bench-")))
        url = os.environ.get("DATABASE_URL") or stack.enter_context(cluster.running(Home(folder)))
        chosen = dict(setting.split("=", 1) for setting in settings)
        os.environ |= {
            "DATABASE_URL": url, "YIWANG_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "yiwang.project.settings",
            "YIWANG_LOG_LEVEL": "WARNING", **chosen,
        }  # fmt: skip
        import django  # noqa: PLC0415 - its settings want the database's address

        django.setup()
        from django.db import connection  # noqa: PLC0415

        from yiwang.project.database import migrate  # noqa: PLC0415

        migrate()
        stack.callback(connection.close)
        yield folder


def demonstration() -> None:
    """The demonstration county with its catalogue, and everybody answering for something; once."""
    from yiwang import demo  # noqa: PLC0415 - needs loaded rooms

    if demo.is_empty():
        demo.load(lambda _done, _total: None)


def say(line: str) -> None:
    """Print at once, also into a file."""
    print(line, flush=True)


def there() -> dict[str, str]:
    """Where the database is, as PostgreSQL's own programs ask for it; the role is the tables' owner."""
    from django.conf import settings  # noqa: PLC0415 - needs settings

    known = settings.DATABASES["default"]
    names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    return {name: str(known[key]) for name, key in names.items() if known.get(key)}
