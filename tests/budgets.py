"""The budgets of house.md, section 9, measured on the house's own Python: `python -m tests.budgets`.

Counted as the anchors were: tests and migrations excluded, one-line files left out, a function from `def` to its last
line. Ends with 1 when a hard stop is passed, and names the place.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from tests.house import comments, unfinished
from tests.sources import Source, all_sources

_BRANCHES = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match,
)  # fmt: skip
_TO_A_TOOL = re.compile(r"#\s*(noqa|fmt|type|ruff|pragma|mypy)\b")
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Measured:
    """A size and where it was found."""

    size: int
    place: str


@dataclass(frozen=True)
class Budget:
    """One line of the table: what was measured, what is aimed at, and the size that must not be passed."""

    name: str
    found: tuple[Measured, ...]
    aim: str
    stop: int | None

    def passed(self) -> list[Measured]:
        """What lies beyond the hard stop, the worst first."""
        over = [one for one in self.found if self.stop is not None and one.size > self.stop]
        return sorted(over, key=lambda one: -one.size)

    def row(self) -> tuple[str, ...]:
        """Name, median, 95th percentile, greatest, aim, hard stop, and where the greatest stands."""
        if not self.found:
            return (self.name, "–", "–", "–", self.aim, str(self.stop), "")
        sizes = sorted(one.size for one in self.found)
        most = max(self.found, key=lambda one: one.size)
        figures = (f"{median(sizes):g}", str(sizes[round(0.95 * (len(sizes) - 1))]), str(most.size))
        return (self.name, *figures, self.aim, "–" if self.stop is None else str(self.stop), most.place)


def file_lines(sources: Iterable[Source]) -> tuple[Measured, ...]:
    """Lines of each file that has more than one."""
    sizes = ((len(source.text.splitlines()), source.path) for source in sources)
    return tuple(Measured(size, path) for size, path in sizes if size > 1)


def function_lines(sources: Iterable[Source]) -> tuple[Measured, ...]:
    """Lines of each function and method, docstring included, decorators not."""
    return tuple(
        Measured((node.end_lineno or node.lineno) - node.lineno + 1, f"{source.at(node)} {node.name}")
        for source, node in _functions(sources)
    )


def nesting(sources: Iterable[Source]) -> tuple[Measured, ...]:
    """How deep each function's branches, loops, `with` and `try` stand in one another; `elif` goes no deeper."""
    return tuple(Measured(_depth(node.body), f"{source.at(node)} {node.name}") for source, node in _functions(sources))


def room_lines(sources: Iterable[Source]) -> tuple[Measured, ...]:
    """Lines of each room."""
    lines: Counter[str] = Counter()
    for source in sources:
        lines[source.room] += len(source.text.splitlines())
    return tuple(Measured(size, room) for room, size in lines.items() if room)


def comment_share(sources: Iterable[Source]) -> float:
    """Lines with a comment in a hundred lines that are not blank; what only speaks to a tool is no comment."""
    texts = [source.text for source in sources]
    written = sum(1 for text in texts for line in text.splitlines() if line.strip())
    commented = sum(1 for text in texts for _, comment in comments(text) if not _TO_A_TOOL.match(comment))
    return 100 * commented / max(written, 1)


def _functions(sources: Iterable[Source]) -> Iterator[tuple[Source, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield source, node


def _depth(body: list[ast.stmt]) -> int:
    return max((_depth_of(statement) for statement in body), default=0)


def _depth_of(node: ast.AST) -> int:
    # A function or class inside another begins anew.
    inside = () if isinstance(node, _SCOPES) else ast.iter_child_nodes(node)
    deepest = 0
    for child in inside:
        is_elif = isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)
        deepest = max(deepest, _depth_of(child) - is_elif)
    return deepest + isinstance(node, _BRANCHES)


def measured(sources: tuple[Source, ...]) -> list[Budget]:
    """The table of house.md, section 9, for these sources."""
    notes = tuple(Measured(1, place) for source in sources for place in unfinished(source.path, source.text))
    return [
        Budget("file, lines", file_lines(sources), "median 40–80, p95 ≤ 300", 500),
        Budget("function, lines", function_lines(sources), "median ≤ 8, p95 ≤ 35", 60),
        Budget("nesting", nesting(sources), "≤ 2", 3),
        Budget("room, lines", room_lines(sources), "800–4,000", 6000),
        Budget("unfinished notes", notes, "none", 0),
    ]


def main() -> int:
    """Print the table; 1 when a hard stop is passed."""
    sources = all_sources()
    budgets = measured(sources)
    heading = ("", "median", "p95", "most", "aim", "hard stop", "where the most is")
    rows = [heading, *(budget.row() for budget in budgets)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.append(f"comments: {comment_share(sources):.1f} % of lines (aim: 4–6 %, all of them why)")
    for budget in budgets:
        lines += [f"PASSED {budget.name} {budget.stop}: {one.size} at {one.place}" for one in budget.passed()]
    sys.stdout.write("\n".join([*lines, ""]))
    return int(any(budget.passed() for budget in budgets))


if __name__ == "__main__":
    sys.exit(main())
