"""Everything that can be done with a case, one function each."""

from yiwang.cases.actions.closing import Way, call_back, close, no_answer, reopen, withdraw
from yiwang.cases.actions.delegating import delegate
from yiwang.cases.actions.desk import accept_and_dispatch, accept_and_whistle
from yiwang.cases.actions.digests import make_digests
from yiwang.cases.actions.dispatch import assign_firmly, dispatch, hand_back, recall, sign_for
from yiwang.cases.actions.evidence import Brought, Moment, Photo
from yiwang.cases.actions.exports import export_cases, export_turns
from yiwang.cases.actions.finishing import confirm, finish, send_back, settle
from yiwang.cases.actions.following import (
    answer_followers,
    follow_post,
    follow_redrawing,
    relocate,
    take_back_from_gone_posts,
)
from yiwang.cases.actions.helping import (
    ask_help,
    call_in,
    finish_part,
    grant_help,
    refuse_help,
    release_part,
    sign_part,
)
from yiwang.cases.actions.intake import Key, Received, Report, place_of, report
from yiwang.cases.actions.notes import add, ask, comment, instruct, internal, reveal, urge
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
    report_same,
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
    "accept_and_dispatch",
    "accept_and_whistle",
    "add",
    "answer_followers",
    "appraise",
    "ask",
    "ask_help",
    "ask_more_time",
    "ask_pause",
    "assign_firmly",
    "call_back",
    "call_in",
    "close",
    "comment",
    "confirm",
    "decline",
    "delegate",
    "dispatch",
    "export_cases",
    "export_turns",
    "finish",
    "finish_part",
    "follow_post",
    "follow_redrawing",
    "grant_help",
    "grant_more_time",
    "grant_pause",
    "grant_track",
    "hand_back",
    "instruct",
    "internal",
    "join_up",
    "make_digests",
    "merge",
    "no_answer",
    "pass_down",
    "pass_up",
    "place_of",
    "propose_track",
    "recall",
    "reclassify",
    "refuse_help",
    "refuse_more_time",
    "refuse_pause",
    "refuse_track",
    "release_part",
    "relocate",
    "reopen",
    "report",
    "report_in",
    "report_same",
    "resume",
    "reveal",
    "send_back",
    "separate",
    "settle",
    "sign_for",
    "sign_part",
    "split",
    "take_back_from_gone_posts",
    "urge",
    "wake",
    "whistle",
    "withdraw",
]
