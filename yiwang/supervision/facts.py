"""What can be said to have happened in supervision. `case` is its number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostReminded:
    """A rung told a post: at so many percent, or because the level `silent` has not answered; `key` names it."""

    case: int
    post: int
    percent: int
    level: str
    silent: str
    key: str
    due: str


@dataclass(frozen=True, slots=True)
class PostsReminded:
    """What one batch of the clock told."""

    county: str
    told: tuple[PostReminded, ...]


@dataclass(frozen=True, slots=True)
class OrderMoved:
    """Something became of an order: `entry` is the line that tells of it, `owner` a person ("person:12") by name.

    `author` has done it.
    """

    case: int
    county: str
    order: str
    entry: int
    move: str
    owner: str
    post: int
    given_in: int
    due: str
    author: str


@dataclass(frozen=True, slots=True)
class AppealMoved:
    """Something became of an appeal: it waits for these posts, or was decided and they asked; `author` has done it.

    Who holds one of the `barred` posts does not decide about it, in whatever other post.
    """

    case: int
    county: str
    appeal: int
    move: str
    posts: tuple[int, ...]
    author: str
    barred: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AppealGranted:
    """The overruns of this case are left out of the statistics from now on."""

    case: int
    county: str
