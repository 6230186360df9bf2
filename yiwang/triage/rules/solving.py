"""Who is likely to solve a matter: the table of responsibilities, corrected by who really did."""

from collections.abc import Mapping
from dataclasses import dataclass

TABLE_COUNTS = 3
"""As many solved cases as the table's word is worth: few cases do not overrule it, many do."""

_FEWEST = 3
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Solver:
    """The post that solved so many (`solved`) of all such cases (`of`) on a ground."""

    post: int
    solved: int
    of: int


def likely_solver(solved: Mapping[int, int], *, answers: int | None) -> Solver | None:
    """The post to propose instead of the one that answers by the table; None where the table is borne out.

    `solved`: cases solved by each post. `answers`: the post of the table, None where it has a gap. A post is proposed
    from three cases on, with more than half of them all after the table's own word was counted as three cases.
    """
    total = sum(solved.values())
    if not total:
        return None
    # Of two with as many, the older post; so that the same counts always give the same answer.
    post = min(solved, key=lambda one: (-solved[one], one))
    if post == answers or solved[post] < _FEWEST or solved[post] <= _HALF * (total + TABLE_COUNTS):
        return None
    return Solver(post, solved[post], total)
