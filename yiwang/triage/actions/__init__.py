"""The acts of triage: learn and go back, trust, propose for what waits, and keep what became of it."""

from yiwang.triage.actions.counting import count_handled
from yiwang.triage.actions.learning import Trained, go_back, train
from yiwang.triage.actions.proposing import Swept, keep_fates, propose_waiting
from yiwang.triage.actions.trusting import no_longer_trust, trust

__all__ = [
    "Swept",
    "Trained",
    "count_handled",
    "go_back",
    "keep_fates",
    "no_longer_trust",
    "propose_waiting",
    "train",
    "trust",
]
