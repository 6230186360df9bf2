"""What can be asked of the loop: lists and searches, one case with all that belongs to it, what its reporter sees."""

from yiwang.cases.queries.carrying import Load, last_steps, loads
from yiwang.cases.queries.listing import (
    FIRST,
    MOST_COUNTED,
    ORDERS,
    PRESSING,
    Count,
    Cursor,
    Filter,
    Page,
    count_inbox,
    inbox,
    key_of,
    listed,
    visible_to,
)
from yiwang.cases.queries.live import Cell, Seen, hot_spots, live, newest
from yiwang.cases.queries.mine import Found, Mine, by_phone, found_by
from yiwang.cases.queries.reporting import Looked, Other, ReportView, ToldNote, ToldStep, is_received, told
from yiwang.cases.queries.search import count, search
from yiwang.cases.queries.waiting import MOST_TURNS, MineNow, Turn, count_calls, mine_now, to_call, to_decide
from yiwang.cases.queries.whole import Whole, case, moves_open_to, seen_in, seen_of, whole

__all__ = [
    "FIRST",
    "MOST_COUNTED",
    "MOST_TURNS",
    "ORDERS",
    "PRESSING",
    "Cell",
    "Count",
    "Cursor",
    "Filter",
    "Found",
    "Load",
    "Looked",
    "Mine",
    "MineNow",
    "Other",
    "Page",
    "ReportView",
    "Seen",
    "ToldNote",
    "ToldStep",
    "Turn",
    "Whole",
    "by_phone",
    "case",
    "count",
    "count_calls",
    "count_inbox",
    "found_by",
    "hot_spots",
    "inbox",
    "is_received",
    "key_of",
    "last_steps",
    "listed",
    "live",
    "loads",
    "mine_now",
    "moves_open_to",
    "newest",
    "search",
    "seen_in",
    "seen_of",
    "to_call",
    "to_decide",
    "told",
    "visible_to",
    "whole",
]
