"""Everything that can be done in supervision, one function each."""

from yiwang.supervision.actions.acting import Acted, act
from yiwang.supervision.actions.appeals import appeal, approve, refuse
from yiwang.supervision.actions.following import Followed, follow, look_again
from yiwang.supervision.actions.guidance import Visit, note_guidance
from yiwang.supervision.actions.ladder import Wanted, add_rung, change_rung, remove_rung, set_shares
from yiwang.supervision.actions.orders import Wanted as WantedOrder
from yiwang.supervision.actions.orders import give, list_case, move
from yiwang.supervision.actions.reminders import acknowledge

__all__ = [
    "Acted",
    "Followed",
    "Visit",
    "Wanted",
    "WantedOrder",
    "acknowledge",
    "act",
    "add_rung",
    "appeal",
    "approve",
    "change_rung",
    "follow",
    "give",
    "list_case",
    "look_again",
    "move",
    "note_guidance",
    "refuse",
    "remove_rung",
    "set_shares",
]
