"""An item chosen from a list, under the outermost branch of each."""

from django.utils import timezone
from django.utils.translation import get_language

from yiwang.catalogue.queries import ItemLine, catalogue


def items_at(place: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The items (code, name) that can be chosen at a place today, under the names of their outermost branches."""
    return [(board, [(line.code, name_of(line)) for line in lines]) for board, lines in lines_at(place)]


def lines_at(place: str) -> list[tuple[str, list[ItemLine]]]:
    """The same with all that the catalogue says of each item."""
    whole, today = catalogue(), timezone.localdate()
    boards: dict[int, list[ItemLine]] = {}
    for line in whole:
        if not line.is_branch and line.is_open(today) and whole.by_code(line.code, place) is line:
            boards.setdefault(line.path[-1], []).append(line)
    return [(name_of(top), lines) for root, lines in boards.items() if (top := whole.get(root))]


def name_of(line: ItemLine) -> str:
    """The item's name in the reader's language."""
    english = (get_language() or "").startswith("en")
    return line.content.name_en if english and line.content.name_en else line.name
