"""Everything that can be done with a form, one function each."""

from yiwang.forms.actions.asking import ask, look_at, open_rounds
from yiwang.forms.actions.ending import follow_places, follow_posts, give_out, remind, remind_of_due, stop, withdraw
from yiwang.forms.actions.filling import keep_draft, send_in
from yiwang.forms.actions.setting import set_likeness

__all__ = [
    "ask",
    "follow_places",
    "follow_posts",
    "give_out",
    "keep_draft",
    "look_at",
    "open_rounds",
    "remind",
    "remind_of_due",
    "send_in",
    "set_likeness",
    "stop",
    "withdraw",
]
