"""Run every measurement, one process each, and write the figures down: `make bench`."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
README = HERE / "README.md"
HEAD = """# Measured

Each block is what one command printed; run it again to compare. Between machines compare ratios only.

Machine: {machine}. {date}, commit {commit}.
"""


def main(names: list[str]) -> int:
    """Measure all modules of this folder, or those named."""
    modules = sorted(path.stem for path in HERE.glob("[a-z]*.py"))
    blocks = []
    failed = 0
    for module in names or modules:
        command = f"python -m bench.{module}"
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{module}"], stdout=subprocess.PIPE, text=True, check=False
        )
        print(f"$ {command}\n{done.stdout}", flush=True)
        failed += bool(done.returncode)
        blocks.append(f"## {module}\n\n`{command}`\n\n```\n{done.stdout.strip()}\n```\n")
    if not names:
        README.write_text("\n".join([HEAD.format(machine=_machine(), date=_today(), commit=_commit()), *blocks]))
    return 1 if failed else 0


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    info = Path("/proc/cpuinfo")
    models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    model = models[0] if models else platform.processor()
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Python {platform.python_version()}"


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def _commit() -> str:
    return subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
