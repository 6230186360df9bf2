"""Many counts in one number: adding two such numbers adds all their counts at once.

Each count has 64 bits of its own and may be less than nothing. A backlog of cases adds to millions of sums, and adding
count by count was most of the work.
"""

from collections.abc import Iterable, Mapping
from struct import Struct

_BITS = 64


class Abacus:
    """Counts of these names, always in this order."""

    def __init__(self, names: Iterable[str]) -> None:
        self._ones = {name: 1 << _BITS * n for n, name in enumerate(names)}
        self._halves = sum(one << _BITS - 1 for one in self._ones.values())
        self._columns = Struct(f"<{len(self._ones)}q")

    def packed(self, counts: Mapping[str, int]) -> int:
        """These counts as one number; whatever is not named is nothing."""
        ones = self._ones
        packed = 0
        for name, n in counts.items():
            packed += ones[name] * n
        return packed

    def unpacked(self, packed: int) -> tuple[int, ...]:
        """The counts of a number, one for each name."""
        # A count below nothing has borrowed from the one above it: with a half added to each, nobody borrows.
        apart = (packed + self._halves) ^ self._halves
        return self._columns.unpack(apart.to_bytes(self._columns.size, "little"))

    def counts(self, packed: int) -> dict[str, int]:
        """The counts of a number by name, without those that are nothing."""
        return {name: n for name, n in zip(self._ones, self.unpacked(packed), strict=True) if n}
