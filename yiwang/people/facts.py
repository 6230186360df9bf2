"""What can be said to have happened to posts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PostFollowed:
    """A post was closed on old ground and opened on new: from the day `effective` on `now` stands for `was`."""

    was: int
    now: int
    effective: date
