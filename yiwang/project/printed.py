"""Print what documentation the code itself knows: `python -m yiwang.project.printed`, called by `make docs`.

Today that is `docs/states/`: one page for each life, found by walking the rooms' rules.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import yiwang
from yiwang.plumbing.lifecycle import Life, Move

STATES = Path(yiwang.__file__).resolve().parent.parent / "docs" / "states"


def lives() -> Iterator[tuple[str, Life]]:  # type: ignore[type-arg]  # of whatever states and hands
    """Every life, with the module of rules that owns it ("yiwang.places.rules.redrawing")."""
    for found in pkgutil.walk_packages(yiwang.__path__, "yiwang.", onerror=_raise):
        if ".rules" not in found.name or ".tests" in found.name:
            continue
        module = importlib.import_module(found.name)
        for life in vars(module).values():
            # A package of rules shows again what its modules own.
            if isinstance(life, Life) and type(life.first).__module__ == found.name:
                yield found.name, life


def page(owner: str, life: Life) -> str:  # type: ignore[type-arg]
    """One life as a page: its diagram, and the moves in words."""
    rows = "\n".join(_row(move) for move in life.moves.values())
    return (
        f"# {_name(owner).replace('_', ' ').capitalize()}\n\n"
        f"Printed from `{owner}` by `make docs`; edit it there.\n\n"
        f"```mermaid\n{life.diagram()}\n```\n\n"
        f"| move | out of | into | by | needs |\n|---|---|---|---|---|\n{rows}\n"
    )


def pages() -> dict[str, str]:
    """All pages, by file name."""
    return {f"{_name(owner)}.md": page(owner, life) for owner, life in lives()}


def _name(owner: str) -> str:
    """A room's only life is called after the room, others after what they are the life of."""
    *_above, room, last = owner.removesuffix(".rules").replace(".rules.", ".").split(".")
    return room if last == "life" else last


def _row(move: Move) -> str:  # type: ignore[type-arg]
    columns = (sorted(move.out_of), [move.into or "–"], sorted(move.by), sorted(move.needs))
    return " | ".join(["| " + move.name, *(", ".join(column) for column in columns)]) + " |"


def _raise(name: str) -> None:
    raise ImportError(name)


def main() -> None:
    STATES.mkdir(parents=True, exist_ok=True)
    printed = pages()
    for old in STATES.glob("*.md"):
        if old.name not in printed:
            old.unlink()
    for name, text in printed.items():
        (STATES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    from yiwang.project import environment

    environment.use_settings()
    import django

    django.setup()
    main()
