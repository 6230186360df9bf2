"""How cases went: the moves of one that went smoothly, and of those that did not."""

from dataclasses import dataclass

# Move, state it leads into, capacity, whose hand it is, why.
Move = tuple[str, str, str, str, str]

LIFE: tuple[Move, ...] = (
    ("accept", "accepted", "triager", "clerk", ""),
    ("dispatch", "dispatched", "dispatcher", "clerk", ""),
    ("sign_for", "in_hand", "lead", "lead", ""),
    ("finish", "finished", "lead", "lead", ""),
    ("confirm", "checked", "checker", "checker", ""),
    ("call_back", "called_back", "caller", "clerk", ""),
    ("close", "closed", "caller", "clerk", ""),
)
DECLINED: tuple[Move, ...] = (
    ("decline", "declined", "triager", "clerk", "不属于本平台受理范围，已告知反映人向有权单位反映"),
)
WITHDRAWN: tuple[Move, ...] = (("withdraw", "withdrawn", "reporter", "reporter", ""),)
_FIRST_TURN = (
    LIFE[0],
    ("dispatch", "dispatched", "dispatcher", "clerk_wrongly", ""),
    ("hand_back", "accepted", "lead", "checker", "不在本岗位职责范围内，请改派主管部门"),
)
_MORE_TIME = (
    ("ask_more_time", "in_hand", "lead", "lead", "需要采购材料，申请延长办理时限"),
    ("grant_more_time", "in_hand", "approver", "approver", ""),
)
_SENT_BACK = (LIFE[3], ("send_back", "in_hand", "checker", "checker", "现场查看，问题尚未完全解决"))
_NOT_SOLVED = ("call_back", "called_back", "caller", "clerk_unhappily", "群众反映问题又出现了")
_REOPENED = (*LIFE[3:5], _NOT_SOLVED, ("reopen", "in_hand", "caller", "clerk", "群众不满意，重新办理"))
# What a closed case went through that did not go smoothly.
STORIES: dict[str, tuple[Move, ...]] = {
    "smooth": LIFE,
    "handed_back": (*_FIRST_TURN, *LIFE[1:]),
    "extended": (*LIFE[:3], *_MORE_TIME, *LIFE[3:]),
    "sent_back": (*LIFE[:3], *_SENT_BACK, *LIFE[3:]),
    "reopened": (*LIFE[:3], *_REOPENED, *LIFE[3:]),
}
TROUBLES = {"handed_back": 40, "extended": 30, "sent_back": 15, "reopened": 15}


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of a case in one state. `path`: how it came there; `stage`: what is due next."""

    path: tuple[Move, ...]
    stage: str = ""
    is_signed: bool = False
    is_with_post: bool = False
    is_proven: bool = False
    is_asked: bool = False
    is_ended: bool = False
    has_lead: bool = True
    may_go_badly: bool = False  # whether other stories than the smooth one are told of it


STANDINGS = {
    "reported": Standing((), "sign_for"),
    "accepted": Standing(LIFE[:1], "sign_for"),
    "dispatched": Standing(LIFE[:2], "sign_for", is_with_post=True),
    "in_hand": Standing(LIFE[:3], "handle", is_signed=True, is_with_post=True),
    "finished": Standing(LIFE[:4], "check", is_signed=True, is_proven=True),
    "checked": Standing(LIFE[:5], "call_back", is_signed=True, is_proven=True),
    "called_back": Standing(LIFE[:6], "call_back", is_signed=True, is_proven=True, is_asked=True),
    "closed": Standing(LIFE, is_signed=True, is_proven=True, is_asked=True, is_ended=True, may_go_badly=True),
    "declined": Standing(DECLINED, is_ended=True, has_lead=False),
    "withdrawn": Standing(WITHDRAWN, is_ended=True, has_lead=False),
}


def path_of(state: str, story: str) -> tuple[Move, ...]:
    """The moves by which a case came to its state; `story`: what a closed one went through."""
    stands = STANDINGS[state]
    return STORIES[story] if stands.may_go_badly else stands.path
