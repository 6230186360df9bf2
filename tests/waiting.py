"""Wait for another process: ask again until it is so, or fail at a deadline."""

import time
from collections.abc import Callable

DEADLINE_SECONDS = 90.0


def until(happened: Callable[[], object], *, within: float = DEADLINE_SECONDS) -> None:
    deadline = time.monotonic() + within
    while not happened():
        assert time.monotonic() < deadline, f"did not happen within {within:.0f} s"
        time.sleep(0.02)
