"""The law of the catalogue: levels, urgencies, time limits, evidence, and who answers for an item at a place."""

from yiwang.catalogue.rules.alarms import Alarm, alarm_in
from yiwang.catalogue.rules.answering import Claim, Claims
from yiwang.catalogue.rules.content import (
    Content,
    Evidence,
    Level,
    Secrecy,
    Shown,
    Stage,
    Urgency,
    missing,
)
from yiwang.catalogue.rules.limits import LIMIT_FORM, Limit, NotALimit, read_limit, usual_limits, write_limit
from yiwang.catalogue.rules.recognition import Candidate, WordIndex, clear_share
from yiwang.catalogue.rules.suspicion import Heard, heard_in

__all__ = [
    "LIMIT_FORM",
    "Alarm",
    "Candidate",
    "Claim",
    "Claims",
    "Content",
    "Evidence",
    "Heard",
    "Level",
    "Limit",
    "NotALimit",
    "Secrecy",
    "Shown",
    "Stage",
    "Urgency",
    "WordIndex",
    "alarm_in",
    "clear_share",
    "heard_in",
    "missing",
    "read_limit",
    "usual_limits",
    "write_limit",
]
