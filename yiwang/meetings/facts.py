"""What can be said to have happened before a committee. `case` is its number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemMoved:
    """Something became of an item on the agenda: `entry` is the line that tells of it, written by `author`.

    `owner` ("person:12") was named for it and answers in `post`; `chair` convenes the committee. Empty, or 0, where
    nobody is.
    """

    case: int
    county: str
    entry: int
    move: str
    author: str
    owner: str
    post: int
    chair: int
    due: str
