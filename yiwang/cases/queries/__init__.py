"""What can be asked of the loop: lists and searches, one case with all that belongs to it, what its reporter sees."""

from yiwang.cases.queries.listing import FIRST, Filter, Page, inbox, listed, visible_to
from yiwang.cases.queries.mine import Found, Mine, by_phone, found_by
from yiwang.cases.queries.reporting import Looked, Other, ReportView, ToldNote, ToldStep, told
from yiwang.cases.queries.search import search
from yiwang.cases.queries.whole import Whole, case, moves_open_to, whole

__all__ = [
    "FIRST",
    "Filter",
    "Found",
    "Looked",
    "Mine",
    "Other",
    "Page",
    "ReportView",
    "ToldNote",
    "ToldStep",
    "Whole",
    "by_phone",
    "case",
    "found_by",
    "inbox",
    "listed",
    "moves_open_to",
    "search",
    "told",
    "visible_to",
    "whole",
]
