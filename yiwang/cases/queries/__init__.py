"""What can be asked of the loop: lists and searches, and one case with all that belongs to it."""

from yiwang.cases.queries.listing import FIRST, Filter, Page, inbox, listed, visible_to
from yiwang.cases.queries.search import search

__all__ = ["FIRST", "Filter", "Page", "inbox", "listed", "search", "visible_to"]
