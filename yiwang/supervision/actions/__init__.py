"""Everything that can be done in supervision, one function each."""

from yiwang.supervision.actions.acting import Acted, act
from yiwang.supervision.actions.following import Followed, follow, look_again
from yiwang.supervision.actions.ladder import Wanted, add_rung, change_rung, remove_rung, set_shares
from yiwang.supervision.actions.reminders import acknowledge

__all__ = [
    "Acted",
    "Followed",
    "Wanted",
    "acknowledge",
    "act",
    "add_rung",
    "change_rung",
    "follow",
    "look_again",
    "remove_rung",
    "set_shares",
]
