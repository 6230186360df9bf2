"""Old code must not touch what newer code has written: in the data folder and in the database."""

import re
from pathlib import Path

import yiwang
from yiwang.plumbing.embedded.home import unusable
from yiwang.plumbing.stops import gettext_noop
from yiwang.project.environment import Misconfigured


def order(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared: 0.10.0 comes after 0.9.1."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def claim_folder(folder: Path) -> None:
    """Write our version into the data folder; refuse a folder that a newer Yiwang has used."""
    note = folder / "version"
    try:
        theirs = note.read_text(encoding="ascii").strip() if note.exists() else ""
        if order(theirs) > order(yiwang.__version__):
            raise Misconfigured(
                gettext_noop(
                    "The data folder %(folder)s was used by Yiwang %(theirs)s, and this is %(ours)s: "
                    "install that version or a newer one."
                ),
                folder=folder,
                theirs=theirs,
                ours=yiwang.__version__,
            )
        if theirs != yiwang.__version__:
            folder.mkdir(parents=True, exist_ok=True)
            note.write_text(f"{yiwang.__version__}\n", encoding="ascii")
    except OSError as broken:
        raise unusable(folder, broken) from broken
