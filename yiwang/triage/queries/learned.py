"""What this installation has learned of its own decided cases, in memory: asked without a query."""

from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.triage.models import Trust, Version
from yiwang.triage.rules import Model, Words, from_bytes

TOPIC = "triage"
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Learned:
    """The version in use; 0 and no model where nothing has been learned, or another version of the platform did it."""

    version: int
    model: Model | None
    items: frozenset[int]

    def likeliest(self, text: str) -> Sequence[tuple[int, float]]:
        """The five likeliest items and how likely each is."""
        if self.model is None:
            return ()
        return [(int(guess.kind), guess.likely) for guess in self.model.guesses(Words(text), most=_FIRST)]

    def knows(self, item: int) -> bool:
        """Whether the item was among what was learned."""
        return item in self.items

    def words_for(self, text: str, item: int) -> list[str]:
        """Which pieces of the text spoke for an item."""
        return self.model.spoken_for(Words(text), str(item)) if self.model and self.knows(item) else []


def _load() -> Learned:
    kept = Version.objects.filter(in_use=True).values_list("pk", "content").first()
    model = from_bytes(bytes(kept[1])) if kept else None
    return Learned(kept[0] if kept and model else 0, model, frozenset(map(int, model.kinds)) if model else frozenset())


_learned = Snapshot(TOPIC, _load)
_trust = Snapshot(TOPIC, lambda: dict(Trust.objects.values_list("place", "likely")))


def learned() -> Learned:
    """What is in use now."""
    return _learned.get()


def trust_at(place: str) -> float | None:
    """From which likelihood on proposals go by themselves at a place: its town's word, else its county's, or None."""
    said = _trust.get()
    return said.get(place[:9], said.get(place[:6]))
