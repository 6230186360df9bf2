"""What the pages of meetings share: whoever is named on them."""

from collections.abc import Iterable

from yiwang.channels.web.naming import names_behind
from yiwang.meetings.queries import Point


def names_of(points: Iterable[Point]) -> dict[str, str]:
    """By subject the names of those who answer for these points or did something about them, in one question."""
    found = list(points)
    given = {str(entry.given["owner"]) for point in found for entry in point.entries if "owner" in entry.given}
    authors = {entry.author for point in found for entry in point.entries}
    return names_behind({point.item.owner for point in found} | given | authors)
