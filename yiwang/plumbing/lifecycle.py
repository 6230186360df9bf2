"""The engine under everything that has states: a life is a table of moves.

Pure: no database, no clock, no text for people. A life answers what may happen next, decides one move,
and draws itself.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)
D = TypeVar("D", bound=StrEnum)


class NotAllowed(Exception):  # noqa: N818 - a verdict, worded by the room that asked
    """The life's verdict against a move: `code` is no_such_move, wrong_state, not_your_duty or missing."""

    def __init__(self, code: str, move: str, *, lacks: Collection[str] = ()) -> None:
        self.code = code
        self.move = move
        self.lacks = tuple(sorted(lacks))
        super().__init__(f"{code}: {move}")


@dataclass(frozen=True, slots=True)
class Move(Generic[S, D]):
    """One line of the table: from which states, into which (None: it stays), by whom, and what must be given."""

    name: str
    out_of: frozenset[S]
    into: S | None
    by: frozenset[D]
    needs: frozenset[str] = field(default_factory=frozenset)


def move(
    name: str, *, out_of: Collection[S], into: S | None = None, by: Collection[D], needs: Collection[str] = ()
) -> Move[S, D]:
    """Write a line of the table with plain sets; without `into` the thing stays in the state it is in."""
    return Move(name, frozenset(out_of), into, frozenset(by), frozenset(needs))


class Life(Generic[S, D]):
    """All moves of one kind of thing."""

    def __init__(self, first: S, *moves: Move[S, D]) -> None:
        self.first = first
        self.moves = {m.name: m for m in moves}
        assert len(self.moves) == len(moves), "a move is named twice"

    def decide(self, name: str, state: S, *, duties: Collection[D], given: Collection[str] = ()) -> S:
        """The state after the move; raises `NotAllowed` and changes nothing otherwise."""
        found = self.moves.get(name)
        if found is None:
            raise NotAllowed("no_such_move", name)
        if state not in found.out_of:
            raise NotAllowed("wrong_state", name)
        if found.by.isdisjoint(duties):
            raise NotAllowed("not_your_duty", name)
        if lacks := found.needs - set(given):
            raise NotAllowed("missing", name, lacks=lacks)
        return state if found.into is None else found.into

    def open_moves(self, state: S, *, duties: Collection[D]) -> Iterator[Move[S, D]]:
        """What somebody with these duties may do now."""
        return (m for m in self.moves.values() if state in m.out_of and not m.by.isdisjoint(duties))

    def ends(self, states: Collection[S]) -> set[S]:
        """The states that no move leaves."""
        left = {state for m in self.moves.values() if m.into for state in m.out_of}
        return set(states) - left

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for `docs/states/`."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.first}"]
        lines += [
            f"    {state} --> {m.into or state}: {m.name}" for m in self.moves.values() for state in sorted(m.out_of)
        ]
        return "\n".join(lines)
