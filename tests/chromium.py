"""Find Chromium for the browser tests; on Debian as root, `python -m tests.chromium` installs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium here; on Debian: apt-get install chromium chromium-l10n fonts-noto-cjk"
PHONE: "ViewportSize" = {"width": 390, "height": 844}
DESK: "ViewportSize" = {"width": 1440, "height": 900}
QUIET = [
    "--no-sandbox",
    "--lang=zh-CN",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=swiftshader",
    "--enable-unsafe-swiftshader",
]
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def found() -> str | None:
    """The path of a Chromium, or nothing."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    """Install it where that is ours to do; never a reason to fail: the tests say themselves what they skip."""
    if (found() and FONT.exists()) or not shutil.which("apt-get"):
        return
    if os.geteuid() != 0:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    sys.stdout.write("installing Chromium for the browser tests\n")
    for command in (["update", "-qq"], ["install", "-y", "-qq", "chromium", "chromium-l10n", "fonts-noto-cjk"]):
        done = subprocess.run(["apt-get", *command], env=quiet, check=False, stdout=subprocess.DEVNULL)
        if done.returncode:
            sys.stdout.write("apt-get could not; browser tests will be skipped\n")
            return


if __name__ == "__main__":
    main()
