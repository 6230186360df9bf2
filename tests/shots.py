"""Photograph every page of the demonstration in Chinese, on the phone and on the desk, into `docs/shots`.

    python -m tests.shots                            a demonstration of its own, all pages
    python -m tests.shots --data F --port N [NAME…]  one that runs already, all pages or those named

Pages and seats stand in `tests.shown`. Any answer but 200, and any error in the console, ends it.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.chromium import DESK, MISSING, PHONE, QUIET, found
from tests.shown import SHOWN, Shown

FOLDER = Path(__file__).parents[1] / "docs" / "shots"
SIZES: dict[str, ViewportSize] = {"phone": PHONE, "desk": DESK}
LARGEST = 120_000
ALL_TOGETHER = 6_000_000
_COLOURS = (128, 64, 32)
_PATIENCE_SECONDS = 180.0
_WIDTHS = {"phone": 195, "desk": 720}


def main() -> None:
    """Take them all, or say in one line what is wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.shots")
    asked.add_argument("--data", type=Path)
    asked.add_argument("--port", type=int, default=8000)
    asked.add_argument("names", nargs="*")
    given = asked.parse_args()
    if found() is None:
        sys.exit(MISSING)
    chosen = [one for one in SHOWN if not given.names or one.name in given.names]
    with _running(given.data, given.port) as (folder, port):
        _take(chosen, f"http://127.0.0.1:{port}", _found_in(folder))
    _write_index()


@contextmanager
def _running(data: Path | None, port: int) -> Iterator[tuple[Path, int]]:
    """The folder and port of a demonstration: the one named, or one for this run alone."""
    if data is not None:
        yield data, port
        return
    from yiwang.project.tests.installation import Installation

    with tempfile.TemporaryDirectory(prefix="yiwang-shots-") as folder:
        own = Installation(Path(folder) / "data", YIWANG_DEMONSTRATION_CASES="20000")
        try:
            own.up(within=_PATIENCE_SECONDS)
            yield own.home.folder, own.port
        finally:
            own.down()


def _found_in(folder: Path) -> dict[str, str]:
    """What addresses name: cases that show something, the same ones in the same demonstration."""
    from yiwang.project.cli.access import database

    with database(folder):
        from tests.shown_cases import found_in_the_demonstration

        _wait_for_bulletins()
        return found_in_the_demonstration()


def _wait_for_bulletins() -> None:
    """What the demonstration publishes of its past comes after it has opened."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    waiting = ProcrastinateJob.objects.filter(task_name="demo.jobs.publish", status__in=("todo", "doing"))
    until = time.monotonic() + _PATIENCE_SECONDS
    while waiting.exists():
        if time.monotonic() > until:
            sys.exit("the bulletins of the demonstration’s past are not published")
        time.sleep(1)


def _take(chosen: list[Shown], server: str, named: dict[str, str]) -> None:
    with sync_playwright() as playwright:
        # The browser's own words (a date not chosen yet, a file not chosen yet) come by the environment only.
        own: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
        browser = playwright.chromium.launch(executable_path=found(), args=QUIET, env=own)
        for size in SIZES:
            # One page for each seat: a page with a map may be long in closing.
            pages: dict[str, _Seated] = {}
            for one in chosen:
                if one.seat not in pages:
                    pages[one.seat] = _seated(browser, server, one.seat, size)
                _photograph(pages[one.seat], one, server + one.address.format(**named), size)
        browser.close()


class _Seated(NamedTuple):
    """The page of somebody in a seat, and what its console complained of."""

    page: Page
    wrong: list[str]


def _seated(browser: Browser, server: str, seat: str, size: str) -> _Seated:
    """A page in a browser of its own in which somebody has taken this seat."""
    context = browser.new_context(
        viewport=SIZES[size], locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=size == "phone",
        color_scheme="light", reduced_motion="reduce",
    )  # fmt: skip
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    if seat:
        page.goto(f"{server}/try")
        page.locator(f"button[name=seat][value={seat}]").click()
        page.wait_for_load_state("networkidle")
    return _Seated(page, wrong)


def _photograph(seated: _Seated, one: Shown, address: str, size: str) -> None:
    page, wrong = seated
    answer = page.goto(address)
    if answer is None or answer.status != 200 or wrong:
        sys.exit(f"{one.name} ({address}, {one.seat or 'nobody'}): {answer and answer.status} {wrong}")
    page.wait_for_load_state("networkidle")
    if one.at:
        page.locator(one.at).first.scroll_into_view_if_needed()
    if page.locator("canvas").count():
        # A map or a chart fades in.
        page.wait_for_timeout(1200)
    picture = _small(page.screenshot())
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{one.name}-{size}.png"
    path.write_bytes(picture)
    sys.stdout.write(f"{path.name} {len(picture) // 1000} KB\n")


def _small(taken: bytes) -> bytes:
    """The picture in as many colours as keep it small."""
    image = Image.open(BytesIO(taken)).convert("RGB")
    for colours in _COLOURS:
        written = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


def _write_index() -> None:
    """`docs/shots/README.md`: all pictures, each pair side by side."""
    lines = [
        "# 截图 Screenshots", "",
        f"Written by `make shots` on {time.strftime('%Y-%m-%d')}: the demonstration county, 390 × 844 and 1440 × 900.",
    ]  # fmt: skip
    for one in SHOWN:
        if all((FOLDER / f"{one.name}-{size}.png").exists() for size in SIZES):
            seat = f" · {one.seat}" if one.seat else ""
            lines += ["", f"## {one.what} `{one.name}`{seat}", ""]
            lines += [f'<img src="{one.name}-{size}.png" width="{wide}" alt="">' for size, wide in _WIDTHS.items()]
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sizes = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    sys.stdout.write(f"{sizes / 1e6:.1f} MB together\n")
    if sizes > ALL_TOGETHER:
        sys.exit(f"more than {ALL_TOGETHER / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
