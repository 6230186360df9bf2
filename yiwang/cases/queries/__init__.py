"""What can be asked of the loop: lists and searches, one's own reports, and what a reporter sees of theirs."""

from yiwang.cases.queries.listing import FIRST, Filter, Page, inbox, listed, visible_to
from yiwang.cases.queries.mine import Found, Mine, by_phone, found_by
from yiwang.cases.queries.reporting import Looked, Other, ReportView, ToldNote, ToldStep, told
from yiwang.cases.queries.search import search

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
    "by_phone",
    "found_by",
    "inbox",
    "listed",
    "search",
    "told",
    "visible_to",
]
