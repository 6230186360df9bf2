"""What can be asked of the loop: lists and searches, one case with all that belongs to it, what its reporter sees."""

from yiwang.cases.queries.listing import FIRST, Filter, Page, inbox, listed, visible_to
from yiwang.cases.queries.live import Cell, Seen, hot_spots, live, newest
from yiwang.cases.queries.mine import Found, Mine, by_phone, found_by
from yiwang.cases.queries.nearby import Alike, alike
from yiwang.cases.queries.reporting import Looked, Other, ReportView, ToldNote, ToldStep, is_received, told
from yiwang.cases.queries.search import search
from yiwang.cases.queries.waiting import MOST_TURNS, MineNow, Turn, mine_now, to_call, to_decide
from yiwang.cases.queries.whole import Whole, case, moves_open_to, whole

__all__ = [
    "FIRST",
    "MOST_TURNS",
    "Alike",
    "Cell",
    "Filter",
    "Found",
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
    "alike",
    "by_phone",
    "case",
    "found_by",
    "hot_spots",
    "inbox",
    "is_received",
    "listed",
    "live",
    "mine_now",
    "moves_open_to",
    "newest",
    "search",
    "to_call",
    "to_decide",
    "told",
    "visible_to",
    "whole",
]
