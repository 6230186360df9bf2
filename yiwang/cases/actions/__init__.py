"""Everything that can be done with a case, one function each."""

from yiwang.cases.actions.dispatch import assign_firmly, dispatch, hand_back, recall, sign_for
from yiwang.cases.actions.helping import call_in, finish_part, release_part, sign_part
from yiwang.cases.actions.intake import Key, Received, Report, report
from yiwang.cases.actions.spot import appraise, report_in, whistle
from yiwang.cases.actions.time import (
    ask_more_time,
    ask_pause,
    grant_more_time,
    grant_pause,
    refuse_more_time,
    refuse_pause,
    resume,
    wake,
)
from yiwang.cases.actions.tracks import grant_track, propose_track, refuse_track
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
    "appraise",
    "ask_more_time",
    "ask_pause",
    "assign_firmly",
    "call_in",
    "decline",
    "dispatch",
    "finish_part",
    "grant_more_time",
    "grant_pause",
    "grant_track",
    "hand_back",
    "join_up",
    "merge",
    "pass_down",
    "pass_up",
    "propose_track",
    "recall",
    "reclassify",
    "refuse_more_time",
    "refuse_pause",
    "refuse_track",
    "release_part",
    "report",
    "report_in",
    "resume",
    "separate",
    "sign_for",
    "sign_part",
    "split",
    "wake",
    "whistle",
]
