"""What can be asked of a report before anybody decides: what it is about, and whether it is new."""

from yiwang.triage.queries.learned import TOPIC, Learned, learned, trust_at
from yiwang.triage.queries.likely import Likely, likely_same, told_before
from yiwang.triage.queries.nearby import Alike, alike
from yiwang.triage.queries.proposals import Proposal, Proposed, propose, propose_for

__all__ = [
    "TOPIC",
    "Alike",
    "Learned",
    "Likely",
    "Proposal",
    "Proposed",
    "alike",
    "learned",
    "likely_same",
    "propose",
    "propose_for",
    "told_before",
    "trust_at",
]
