"""What happened of which somebody is told: about a case, or about something that is none."""

from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.models import Case
from yiwang.notices.rules.occasions import Occasion


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is no case: its subject ("form:12"), what it is called, and the ground of whoever is told.

    `post`: in which whoever is named is told, for the rules that look at roles.
    """

    subject: str
    title: str
    place: str
    post: int | None = None


@dataclass(frozen=True, slots=True)
class Occurred:
    """Something of which posts, people ("person:12") or the reporter are told. `by`: who did it, and knows already.

    `without`: who is not told, though they are in such a post. `ends`: the key of what somebody was told before, which
    asks for nothing any more now that this happened.
    """

    occasion: Occasion
    key: str
    what: Case | Thing
    at: datetime
    posts: tuple[int | None, ...] = ()
    people: tuple[str, ...] = ()
    reporter: bool = False
    until: datetime | None = None
    about: str = ""  # words of `words.ABOUT`, or an order's number, with a bar between
    by: str = ""
    without: frozenset[str] = frozenset()
    ends: str = ""

    @property
    def case(self) -> Case | None:
        """The case that it is about, if it is about one."""
        return self.what if isinstance(self.what, Case) else None

    @property
    def county(self) -> str:
        """The county in which somebody is told."""
        return self.what.place[:6]

    @property
    def is_sealed(self) -> bool:
        """Whether it may not leave the platform."""
        return self.case is not None and self.case.is_sealed
