"""Measure the ground: lists and boundaries in, points located, a process started: `python -m bench.places`.

Runs `bench._ground` on a database of its own, with full durability, in a temporary folder. `--grids` and `--points`
make it smaller. Lists come from the real data where it is there.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from yiwang.plumbing.embedded import cluster
from yiwang.plumbing.embedded.home import Home


def main(arguments: list[str]) -> int:
    """Measure; gives the exit code of the measuring process."""
    with tempfile.TemporaryDirectory(prefix="yiwang-bench-") as folder:
        home = Home(Path(folder))
        with cluster.running(home):
            here = {"YIWANG_HOME": folder, "DATABASE_URL": home.url, "YIWANG_LOG_LEVEL": "WARNING"}
            command = [sys.executable, "-m", "bench._ground", *arguments]
            return subprocess.run(command, env={**os.environ, **here}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
