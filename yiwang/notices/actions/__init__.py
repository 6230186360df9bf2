"""Everything that can be done with notices, one function each."""

from yiwang.notices.actions.choices import Wanted, choose, send_code
from yiwang.notices.actions.occurred import Occurred, Thing
from yiwang.notices.actions.reading import mark_all_read, mark_read, sweep, try_again
from yiwang.notices.actions.ruling import WantedRule, add_rule, change_rule, remove_rule
from yiwang.notices.actions.sending import HandedOut, deliver, hand_out
from yiwang.notices.actions.telling import tell

__all__ = [
    "HandedOut",
    "Occurred",
    "Thing",
    "Wanted",
    "WantedRule",
    "add_rule",
    "change_rule",
    "choose",
    "deliver",
    "hand_out",
    "mark_all_read",
    "mark_read",
    "remove_rule",
    "send_code",
    "sweep",
    "tell",
    "try_again",
]
