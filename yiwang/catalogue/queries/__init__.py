"""What can be asked of the catalogue: items, limits, who answers for them, and where nobody does."""

from yiwang.catalogue.queries.answers import (
    Answer,
    answers_at,
    answers_for,
    centre_at,
    responsibilities_on_ground_of,
    serves,
)
from yiwang.catalogue.queries.catalogue import TOPIC, Catalogue, ItemLine, catalogue, promise
from yiwang.catalogue.queries.gaps import Gap, gaps
from yiwang.catalogue.queries.listing import TreeLine, Wanted, boards_for, editable_by, listed, search, tree
from yiwang.catalogue.queries.recognition import Learned, Recognised, learn_from, recognise, said_by_words

__all__ = [
    "TOPIC",
    "Answer",
    "Catalogue",
    "Gap",
    "ItemLine",
    "Learned",
    "Recognised",
    "TreeLine",
    "Wanted",
    "answers_at",
    "answers_for",
    "boards_for",
    "catalogue",
    "centre_at",
    "editable_by",
    "gaps",
    "learn_from",
    "listed",
    "promise",
    "recognise",
    "responsibilities_on_ground_of",
    "said_by_words",
    "search",
    "serves",
    "tree",
]
