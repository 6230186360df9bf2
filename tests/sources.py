"""The project's own source, parsed once: what the house's tests and budgets read."""

import ast
import functools
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "yiwang"
# Packages that hold rooms; every other package of the house is a room itself. Pages are grouped by who sits there.
HALLS: tuple[tuple[str, ...], ...] = (("plumbing",), ("channels",), ("channels", "web"))


@dataclass(frozen=True)
class Source:
    """One Python file, by its path inside the project ("yiwang/cases/rules.py")."""

    path: str
    text: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def room(self) -> str:
        """The room it belongs to, such as "cases" or "plumbing.audit"."""
        inside = tuple(self.path.split("/")[1:-1])
        hall = max((hall for hall in HALLS if inside[: len(hall)] == hall), key=len, default=())
        return ".".join(inside[: len(hall) + 1])

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def at(self, node: ast.expr | ast.stmt) -> str:
        return f"{self.path}:{node.lineno}"


def is_file_of(path: str, *names: str) -> bool:
    """Whether the path is `name.py`, or lies in a package of that name."""
    parts = path.removesuffix(".py").split("/")
    return not set(names).isdisjoint(parts[2:])


@functools.cache
def all_sources() -> tuple[Source, ...]:
    """All of the house's own Python without tests and migrations."""
    files = (file.relative_to(ROOT).as_posix() for file in sorted(PACKAGE.rglob("*.py")))
    return tuple(
        Source(path, (ROOT / path).read_text(encoding="utf-8"))
        for path in files
        if not {"tests", "migrations", "static"} & set(path.split("/"))
    )


def rooms() -> list[Path]:
    """The folders that are rooms: packages of the house, and in its halls the packages inside as well."""
    return sorted(
        init.parent
        for hall in ((), *HALLS)
        for init in PACKAGE.joinpath(*hall).glob("*/__init__.py")
        if init.parent.name != "tests"
    )


@functools.cache
def committed() -> tuple[str, ...]:
    """Paths of all files that git keeps or would keep; empty outside a git checkout."""
    listing = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        found = subprocess.run(listing, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(path for path in found.split("\0") if path and (ROOT / path).is_file())


def name_of(node: ast.expr) -> str:
    """The last part of what is called or named: "objects" of `Case.objects`, "" for anything else."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def as_list(lines: Iterable[str]) -> str:
    return "\n".join(["", *lines])
