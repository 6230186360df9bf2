"""What can be said to have happened here, and what rooms beside this one say, as it is heard here.

`project/wiring.py` hands it over. A room that is born later needs no word here: it says what one of these says, under
the same names.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressGiven:
    """Somebody (a person's number) has given an e-mail address that nobody has confirmed."""

    person: int


@dataclass(frozen=True, slots=True)
class Rung:
    """A post was told that time runs out; `level` says how near to the case it is, `silent` who did not answer."""

    case: int
    post: int
    percent: int
    level: str
    silent: str
    key: str
    due: str


@dataclass(frozen=True, slots=True)
class Rungs:
    """Several of them, of one county."""

    county: str
    told: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class OrderNews:
    """Something became of an order: `owner` is named in it and answers in `post`; it was given in `given_in`."""

    case: int
    county: str
    order: str
    entry: int
    move: str
    owner: str
    post: int
    given_in: int
    due: str
    author: str = ""  # said since 2026-11; what was announced before then has none


@dataclass(frozen=True, slots=True)
class AppealNews:
    """Something became of an appeal: these posts decide about it, or asked for it and are told what was decided.

    Who holds one of the `barred` posts does not decide, in whatever other post.
    """

    case: int
    county: str
    appeal: int
    move: str
    posts: tuple[int, ...]
    author: str
    barred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemNews:
    """Something became of a case before a committee: `owner` was named for it and answers in `post`; `chair` leads."""

    case: int
    county: str
    entry: int
    move: str
    author: str
    owner: str
    post: int
    chair: int
    due: str
