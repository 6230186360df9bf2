"""Run every measurement, one process each, and write the figures down: `make bench`.

In sizes that take minutes. With `--large` (`python -m bench --large`) in those of the promises: ten million cases, all
messages and requests; hours, and 40 GB in the folder of temporary files.
"""

import subprocess
import sys
from pathlib import Path

from bench._machine import commit, machine, today

HERE = Path(__file__).parent
README = HERE / "README.md"
HEAD = """# Measured

Each block is what one command printed; run it again to compare. Between machines compare ratios only.

`make bench` measures in small sizes; `python -m bench --large` in those of the promises. Each alone:

- `python -m bench.fill --cases 10000000 --data DIR` fills a data folder, with the same rows for the same `--seed`.
- `python -m bench.intake --seconds 20 --json`: reports a second over HTTP, beside pgbench with the same statement.
- `python -m bench.lives --cases 10000 1000000 10000000 --seconds 30 --json`: whole lives, inbox and search.
- `python -m bench.pages --cases 1000000 --json`: how long every page of every seat takes the server.
- `python -m bench.replay [--messages FILE] [--requests FILE] --json`: real input, with simulated workers.

Machine: {machine}. {date}, commit {commit}.
"""


# What takes too long in its own size for every day; and what the promises are about.
SMALL = {"replay": ["--most", "500"]}
LARGE = {
    "fill": ["--cases", "10000000"],
    "history": ["--rows", "1000000"],
    "intake": ["--seconds", "20"],
    "lives": ["--cases", "10000", "1000000", "10000000", "--seconds", "30"],
    "pages": ["--cases", "1000000"],
    "replay": [],
}


def main(arguments: list[str]) -> int:
    """Measure all modules of this folder, or those named."""
    names = [name for name in arguments if not name.startswith("-")]
    sizes = LARGE if "--large" in arguments else SMALL
    modules = sorted(path.stem for path in HERE.glob("[a-z]*.py"))
    blocks = []
    failed = 0
    for module in names or modules:
        words = [f"bench.{module}", *sizes.get(module, [])]
        command = f"python -m {' '.join(words)}"
        done = subprocess.run([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True, check=False)
        print(f"$ {command}\n{done.stdout}", flush=True)
        failed += bool(done.returncode)
        blocks.append(f"## {module}\n\n`{command}`\n\n```\n{done.stdout.strip()}\n```\n")
    if not names:
        README.write_text("\n".join([HEAD.format(machine=machine(), date=today(), commit=commit()), *blocks]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
