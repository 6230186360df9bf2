"""The law of the loop: in which state a case may be, and every move there is, one line each.

What a table cannot say (how often, how late, between whom) stands beside it in `handing`, `time` and `closing`.
Urging, comments and instructions are notes, not moves.
"""

from enum import StrEnum

from yiwang.plumbing.lifecycle import Life, move


class State(StrEnum):
    """Where a case stands."""

    REPORTED = "reported"  # waits for somebody to say what it is 待受理
    ACCEPTED = "accepted"  # waits to be given to a post 待派单
    DISPATCHED = "dispatched"  # waits for the post to sign 待签收
    IN_HAND = "in_hand"  # being dealt with 办理中
    PAUSED = "paused"  # the clock stands still 挂起
    FINISHED = "finished"  # the handler says it is done 待核查
    CHECKED = "checked"  # somebody else saw that it is 待回访
    CALLED_BACK = "called_back"  # the reporter was asked 待结案
    CLOSED = "closed"  # 结案
    DECLINED = "declined"  # not ours, with a reason 不予受理
    MERGED = "merged"  # the same as another 并案
    SPLIT = "split"  # goes on in its parts 拆分
    WITHDRAWN = "withdrawn"  # taken back by the reporter 撤回


class Capacity(StrEnum):
    """As whom somebody acts towards a case; `access` says who is what."""

    WORKER = "worker"  # may bring in matters on this ground, and settle small ones
    TRIAGER = "triager"
    DISPATCHER = "dispatcher"
    LEAD = "lead"  # holds the post that leads 主办
    ASSISTING = "assisting"  # holds a post that helps 协办
    WHISTLER = "whistler"
    SUMMONED = "summoned"  # holds a post that was whistled for
    CHECKER = "checker"
    CALLER = "caller"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    REPORTER = "reporter"  # whoever told it, known by the secret of their report
    CLOCK = "clock"  # the platform itself: time ran out, ground was redrawn, the parts are done


S, C = State, Capacity
WAITING = frozenset({S.REPORTED, S.ACCEPTED})  # on the centre's desk
WITH_A_POST = frozenset({S.DISPATCHED, S.IN_HAND, S.PAUSED})
BEING_PROVEN = frozenset({S.FINISHED, S.CHECKED, S.CALLED_BACK})
OPEN = WAITING | WITH_A_POST | BEING_PROVEN | {S.SPLIT}
ENDED = frozenset(S) - OPEN

_WORKING = frozenset({S.DISPATCHED, S.IN_HAND})

LIFE: Life[State, Capacity] = Life(
    S.REPORTED,
    # What is it, where is it, is it new? 受理分类
    move("accept", out_of={S.REPORTED}, into=S.ACCEPTED, by={C.TRIAGER, C.CLOCK}, needs={"item", "place"}),
    move("decline", out_of=WAITING, into=S.DECLINED, by={C.TRIAGER}, needs={"reason"}),
    move("merge", out_of=WAITING, into=S.MERGED, by={C.TRIAGER, C.CLOCK}, needs={"into"}),
    move("follow", out_of={S.REPORTED}, into=S.MERGED, by={C.REPORTER}, needs={"into"}),
    move("separate", out_of={S.MERGED}, into=S.REPORTED, by={C.TRIAGER}, needs={"reason"}),
    move("split", out_of=WAITING, into=S.SPLIT, by={C.TRIAGER}, needs={"parts"}),
    move("join_up", out_of={S.SPLIT}, into=S.CHECKED, by={C.CLOCK}),
    move("reclassify", out_of={S.ACCEPTED}, by={C.TRIAGER}, needs={"item", "place", "reason"}),
    move("pass_up", out_of=WAITING, by={C.TRIAGER}, needs={"reason"}),
    move("pass_down", out_of=WAITING, by={C.TRIAGER}, needs={"to", "reason"}),
    move("settle", out_of=WAITING, into=S.FINISHED, by={C.WORKER}, needs={"note"}),
    # Whose is it? 派单
    move("propose_track", out_of={S.ACCEPTED}, by={C.DISPATCHER}, needs={"track", "reason"}),
    move("grant_track", out_of={S.ACCEPTED}, by={C.APPROVER}),
    move("refuse_track", out_of={S.ACCEPTED}, by={C.APPROVER}, needs={"reason"}),
    move("dispatch", out_of={S.ACCEPTED}, into=S.DISPATCHED, by={C.DISPATCHER, C.CLOCK}, needs={"lead"}),
    move("assign_firmly", out_of={S.ACCEPTED}, into=S.DISPATCHED, by={C.DISPATCHER}, needs={"lead", "reason"}),
    move("sign_for", out_of={S.DISPATCHED}, into=S.IN_HAND, by={C.LEAD}),
    move("hand_back", out_of=_WORKING, into=S.ACCEPTED, by={C.LEAD}, needs={"reason"}),
    move("recall", out_of=WITH_A_POST, into=S.ACCEPTED, by={C.DISPATCHER, C.SUPERVISOR, C.CLOCK}, needs={"reason"}),
    move("delegate", out_of=_WORKING, by={C.LEAD, C.APPROVER}, needs={"post"}),
    # Help. 协办, 吹哨报到
    move("call_in", out_of=_WORKING, by={C.DISPATCHER}, needs={"post", "reason"}),
    move("ask_help", out_of=_WORKING, by={C.LEAD}, needs={"post", "reason"}),
    move("grant_help", out_of=_WORKING, by={C.DISPATCHER}),
    move("refuse_help", out_of=_WORKING, by={C.DISPATCHER}, needs={"reason"}),
    move("sign_part", out_of=_WORKING, by={C.ASSISTING}),
    move("finish_part", out_of=_WORKING, by={C.ASSISTING}, needs={"note"}),
    move("release_part", out_of=WITH_A_POST, by={C.LEAD, C.DISPATCHER}, needs={"post", "reason"}),
    move("whistle", out_of={S.ACCEPTED, *_WORKING}, by={C.WHISTLER}, needs={"posts", "reason"}),
    move("report_in", out_of={S.ACCEPTED, *WITH_A_POST, S.FINISHED}, by={C.SUMMONED}, needs={"position"}),
    move("appraise", out_of={*OPEN, S.CLOSED} - {S.REPORTED, S.SPLIT}, by={C.WHISTLER}, needs={"post", "score"}),
    # Time. 延期, 挂起
    move("ask_more_time", out_of=_WORKING, by={C.LEAD}, needs={"hours", "reason"}),
    move("grant_more_time", out_of=_WORKING, by={C.APPROVER}),
    move("refuse_more_time", out_of=_WORKING, by={C.APPROVER}, needs={"reason"}),
    move("ask_pause", out_of={S.IN_HAND}, by={C.LEAD}, needs={"until", "reason"}),
    move("grant_pause", out_of={S.IN_HAND}, into=S.PAUSED, by={C.APPROVER}),
    move("refuse_pause", out_of={S.IN_HAND}, by={C.APPROVER}, needs={"reason"}),
    move("resume", out_of={S.PAUSED}, into=S.IN_HAND, by={C.LEAD, C.SUPERVISOR, C.CLOCK}),
    # Is it done, and does the reporter say so? 办结, 核查, 回访, 结案
    move("finish", out_of={S.IN_HAND}, into=S.FINISHED, by={C.LEAD}, needs={"note"}),
    move("confirm", out_of={S.FINISHED}, into=S.CHECKED, by={C.CHECKER}),
    move("send_back", out_of={S.FINISHED}, into=S.IN_HAND, by={C.CHECKER}, needs={"reason"}),
    move(
        "call_back", out_of={S.CHECKED}, into=S.CALLED_BACK, by={C.CALLER, C.REPORTER}, needs={"solved", "satisfied"}
    ),
    move("close", out_of={S.CHECKED, S.CALLED_BACK}, into=S.CLOSED, by={C.CALLER, C.CLOCK}),
    move(
        "reopen", out_of={S.CALLED_BACK, S.CLOSED}, into=S.IN_HAND,
        by={C.CALLER, C.SUPERVISOR, C.REPORTER}, needs={"reason"},
    ),
    move("withdraw", out_of={*WAITING, S.DISPATCHED}, into=S.WITHDRAWN, by={C.REPORTER}),
    # The ground was drawn anew.
    move("relocate", out_of=OPEN, by={C.CLOCK}, needs={"place"}),
    # The calendar was changed after the fact (`retiming`).
    move("retime", out_of=OPEN, by={C.CLOCK}),
)  # fmt: skip


class Track(StrEnum):
    """The four ways of dealing with a case 四办."""

    AT_ONCE = "at_once"  # 即知即办: one post, done as soon as known
    JOINT = "joint"  # 平台协办: a lead and helpers on the platform
    SPECIAL = "special"  # 特事特办: an approved limit of its own
    TASK_FORCE = "task_force"  # 难题专办: approved, with helpers and a limit of its own


APPROVED_TRACKS = frozenset({Track.SPECIAL, Track.TASK_FORCE})
HELPED_TRACKS = frozenset({Track.JOINT, Track.TASK_FORCE})
LONELY_TRACKS = frozenset({Track.AT_ONCE})


class Told(StrEnum):
    """Through which hands a report came."""

    WORKER = "worker"
    RESIDENT = "resident"
    ANONYMOUS = "anonymous"
    ON_BEHALF = "on_behalf"
    QR_CODE = "qr_code"
    SYSTEM = "system"  # another system
    PLATFORM = "platform"  # another part of this platform


class Part(StrEnum):
    """What a post is asked for."""

    LEAD = "lead"
    ASSISTING = "assisting"


class Ending(StrEnum):
    """How a post's part came to its end."""

    DONE = "done"
    HANDED_BACK = "handed_back"
    RELEASED = "released"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"
    DELEGATED = "delegated"  # to another post of the same unit


class Asked(StrEnum):
    """What is asked of an approver."""

    MORE_TIME = "more_time"
    PAUSE = "pause"
    TRACK = "track"
    HELP = "help"


class NoteKind(StrEnum):
    """What is said beside the moves."""

    COMMENT = "comment"  # the reporter may read it
    QUESTION = "question"  # to the reporter, who answers with an addition
    INTERNAL = "internal"
    URGE = "urge"
    INSTRUCTION = "instruction"
    ADDITION = "addition"  # by the reporter
    REMINDER = "reminder"  # by the platform: a post was told that time runs out
    ATTEMPT = "attempt"  # to reach the reporter, in vain
    REVEAL = "reveal"  # the reporter's name or phone was uncovered, by whom and what for
