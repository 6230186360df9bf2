"""What can be asked of a report before anybody decides: what it is about, and whether it is new."""

from yiwang.triage.queries.learned import TOPIC, Learned, learned, trust_at
from yiwang.triage.queries.likely import Likely, likely_same, told_before
from yiwang.triage.queries.nearby import Alike, alike
from yiwang.triage.queries.proposals import Proposal, Proposed, propose, propose_for
from yiwang.triage.queries.solving import Conflict, conflicts, solved_at, solver_of

__all__ = [
    "TOPIC",
    "Alike",
    "Conflict",
    "Learned",
    "Likely",
    "Proposal",
    "Proposed",
    "alike",
    "conflicts",
    "learned",
    "likely_same",
    "propose",
    "propose_for",
    "solved_at",
    "solver_of",
    "told_before",
    "trust_at",
]
