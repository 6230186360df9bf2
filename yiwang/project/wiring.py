"""Where affairs meet: which fact wakes which job, and whose words the doors speak."""

from yiwang.people import words as people
from yiwang.plumbing import refusals
from yiwang.plumbing.sheets import words as sheets


def connect() -> None:
    """Called once, when all rooms are loaded."""
    refusals.register(sheets.REFUSALS)
    refusals.register(people.REFUSALS)
