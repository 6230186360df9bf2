"""Figures of a room, kept in memory: asked for all the time, changed a few times a year."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import models

from yiwang.figures import rules
from yiwang.plumbing.freshness.snapshots import Snapshot

R = TypeVar("R")
M = TypeVar("M", bound=models.Model)
COUNTY, TOWN = 6, 9
"""How many digits the code of such a ground has."""


@dataclass(eq=False)
class Figures(Generic[R, M]):
    """What a room lets a ground set: the rows of `table`, each read as one value of `rule` (a dataclass).

    `topic`: under which every process hears of a change. `fault`: what is wrong with a rule, as a refusal's code.
    `twice`: the refusal of a second setting for the same ground. `ground`: the column of the ground, which is of one
    of these `levels`, else `unfit` is refused. `columns`: those that are called otherwise than in the rule.
    """

    topic: str
    table: type[M]
    rule: type[R]
    fault: Callable[[R], str]
    twice: str
    ground: str = "county"
    levels: Collection[int] = frozenset({COUNTY})
    unfit: str = "figures_of_no_county"
    columns: Mapping[str, str] = field(default_factory=dict)
    _memory: Snapshot[Mapping[str, R]] = field(init=False)

    def __post_init__(self) -> None:
        self._memory = Snapshot(self.topic, self._load)

    @property
    def kept(self) -> Mapping[str, R]:
        """What was set, by the code of its ground, "" for everywhere."""
        return self._memory.get()

    def nearest(self, place: str) -> R | None:
        """What holds in a place (its code): set for the nearest ground around it; None where nothing was set."""
        return rules.nearest(self.kept, place)

    @property
    def named(self) -> dict[str, str]:
        """The name of each figure in the rule, and its column."""
        names = [one.name for one in fields(self.rule)]  # type: ignore[arg-type]  # a dataclass
        return {name: self.columns.get(name, name) for name in names}

    def written(self, figures: R) -> dict[str, Any]:
        """A rule by its columns."""
        return {column: _written(getattr(figures, name)) for name, column in self.named.items()}

    def read(self, value_of: Callable[[str], Any]) -> R:
        """A rule out of the values of its columns."""
        return self.rule(**{name: _read(value_of(column)) for name, column in self.named.items()})

    def _load(self) -> Mapping[str, R]:
        rows: models.QuerySet[M] = models.QuerySet(self.table)
        return {getattr(row, f"{self.ground}_id") or "": self.read(partial(getattr, row)) for row in rows}


def _written(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _read(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
