"""Run every measurement, one process each, and write the figures down: `make bench`."""

import subprocess
import sys
from pathlib import Path

from bench._machine import commit, machine, today

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
        README.write_text("\n".join([HEAD.format(machine=machine(), date=today(), commit=commit()), *blocks]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
