"""What can be asked of the loop: lists and searches, and one case with all that belongs to it."""

from yiwang.cases.queries.listing import FIRST, Filter, Page, inbox, listed, visible_to
from yiwang.cases.queries.search import search
from yiwang.cases.queries.whole import Whole, case, moves_open_to, whole

__all__ = [
    "FIRST",
    "Filter",
    "Page",
    "Whole",
    "case",
    "inbox",
    "listed",
    "moves_open_to",
    "search",
    "visible_to",
    "whole",
]
