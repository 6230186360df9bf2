"""Everything that can be done with a case, one function each."""

from yiwang.cases.actions.digests import make_digests
from yiwang.cases.actions.dispatch import assign_firmly, dispatch, hand_back, recall, sign_for
from yiwang.cases.actions.history import Brought, import_history
from yiwang.cases.actions.intake import Key, Received, Report, report
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
    "Brought",
    "Key",
    "PartTold",
    "Received",
    "Report",
    "accept",
    "assign_firmly",
    "decline",
    "dispatch",
    "hand_back",
    "import_history",
    "join_up",
    "make_digests",
    "merge",
    "pass_down",
    "pass_up",
    "recall",
    "reclassify",
    "report",
    "separate",
    "sign_for",
    "split",
]
