"""Everything that can be done with a case, one function each."""

from yiwang.cases.actions.closing import Way, call_back, close, no_answer, reopen, withdraw
from yiwang.cases.actions.dispatch import assign_firmly, dispatch, hand_back, recall, sign_for
from yiwang.cases.actions.evidence import Brought, Moment, Photo
from yiwang.cases.actions.finishing import confirm, finish, send_back, settle
from yiwang.cases.actions.following import (
    answer_followers,
    follow_post,
    follow_redrawing,
    relocate,
    take_back_from_gone_posts,
)
from yiwang.cases.actions.intake import Key, Received, Report, place_of, report
from yiwang.cases.actions.notes import add, comment, instruct, internal, reveal, urge
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
    "Moment",
    "PartTold",
    "Photo",
    "Received",
    "Report",
    "Way",
    "accept",
    "add",
    "answer_followers",
    "assign_firmly",
    "call_back",
    "close",
    "comment",
    "confirm",
    "decline",
    "dispatch",
    "finish",
    "follow_post",
    "follow_redrawing",
    "hand_back",
    "instruct",
    "internal",
    "join_up",
    "merge",
    "no_answer",
    "pass_down",
    "pass_up",
    "place_of",
    "recall",
    "reclassify",
    "relocate",
    "reopen",
    "report",
    "reveal",
    "send_back",
    "separate",
    "settle",
    "sign_for",
    "split",
    "take_back_from_gone_posts",
    "urge",
    "withdraw",
]
