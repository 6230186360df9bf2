"""All sampling rules, kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.callbacks import models
from yiwang.callbacks.rules import Sampling
from yiwang.plumbing.freshness.snapshots import Snapshot

TOPIC = "sampling"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules by the code of their place, "" for everywhere."""

    rules: Mapping[str, Sampling]

    def at(self, place: str) -> Sampling | None:
        """The rule of the nearest place around; None where there is none, and everybody is called."""
        around = (place[:length] for length in range(len(place), -1, -1))
        return next((self.rules[code] for code in around if code in self.rules), None)


def _load() -> Policy:
    return Policy({
        row.place_id or "": Sampling(row.percent, tuple(row.items), row.minutes, row.of_usual, row.of_limit)
        for row in models.Sampling.objects.all()
    })  # fmt: skip


_policy = Snapshot(TOPIC, _load)


def policy() -> Policy:
    """The rules as this process knows them."""
    return _policy.get()
