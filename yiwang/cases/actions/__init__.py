"""Everything that can be done with a case, one function each."""

from yiwang.cases.actions.dispatch import assign_firmly, dispatch, hand_back, recall, sign_for
from yiwang.cases.actions.intake import Key, Received, Report, place_of, report
from yiwang.cases.actions.triage import (
    PartTold,
    accept,
    decline,
    join_up,
    merge,
    pass_down,
    pass_up,
    reclassify,
    separate,
    split,
)

__all__ = [
    "Key",
    "PartTold",
    "Received",
    "Report",
    "accept",
    "assign_firmly",
    "decline",
    "dispatch",
    "hand_back",
    "join_up",
    "merge",
    "pass_down",
    "pass_up",
    "place_of",
    "recall",
    "reclassify",
    "report",
    "separate",
    "sign_for",
    "split",
]
