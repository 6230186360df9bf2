"""Everything that can be done with the catalogue: items added, changed, retired, and given to posts; lists in and out.

Each act asks whether `by` administers the ground in question, leaves a line in the trail, and tells every process.
"""

from yiwang.catalogue.actions.boards import change_board, define_board
from yiwang.catalogue.actions.defaults import load_default
from yiwang.catalogue.actions.exports import export_items, export_responsibilities
from yiwang.catalogue.actions.imports import import_items
from yiwang.catalogue.actions.items import add_item, change_item, retire_item
from yiwang.catalogue.actions.redrawing import follow_post, follow_redrawing
from yiwang.catalogue.actions.responsibilities import end_responsibility, set_responsibility
from yiwang.catalogue.actions.responsibility_lists import import_responsibilities

__all__ = [
    "add_item",
    "change_board",
    "change_item",
    "define_board",
    "end_responsibility",
    "export_items",
    "export_responsibilities",
    "follow_post",
    "follow_redrawing",
    "import_items",
    "import_responsibilities",
    "load_default",
    "retire_item",
    "set_responsibility",
]
