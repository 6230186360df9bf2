"""How far a long command is: a bar with rows, rate and time left on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# What a room's long act calls: rows done, and of how many if that is known.
Progress = Callable[[int, int | None], None]
_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def showing(title: str) -> Iterator[Progress]:
    """Give a `Progress` for the length of a `with`; everything is written to standard error."""
    with _bar(title) if sys.stderr.isatty() else _lines(title) as progress:
        yield progress


@contextmanager
def _bar(title: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    begun = time.monotonic()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None, rate="")

        def show(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total, rate=_rate(done, begun))

        yield show


@contextmanager
def _lines(title: str) -> Iterator[Progress]:
    begun = last = time.monotonic()
    latest: tuple[int, int | None] | None = None

    def show(done: int, total: int | None) -> None:
        nonlocal last, latest
        latest = (done, total)
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            _line(title, done, total, begun)

    yield show
    if latest:
        _line(title, *latest, begun)


def _line(title: str, done: int, total: int | None, begun: float) -> None:
    rate = _rate(done, begun)
    counted = f"{done}/{total}" if total is not None else str(done)
    left = ""
    if total and done:
        left = f", {(total - done) * (time.monotonic() - begun) / done:.0f} s"
    print(f"{title}: {counted} ({rate}{left})", file=sys.stderr, flush=True)


def _rate(done: int, begun: float) -> str:
    return f"{done / max(time.monotonic() - begun, 0.001):.0f}/s"
