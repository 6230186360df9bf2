"""Everything that can be done with meetings and their agendas, one function each."""

from yiwang.meetings.actions.bringing import bring
from yiwang.meetings.actions.items import Decision, decide, move
from yiwang.meetings.actions.meeting import call, call_off, close, give_out
from yiwang.meetings.actions.proposing import propose
from yiwang.meetings.actions.ruling import set_rule

__all__ = ["Decision", "bring", "call", "call_off", "close", "decide", "give_out", "move", "propose", "set_rule"]
