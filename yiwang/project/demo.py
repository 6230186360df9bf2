"""The demonstration county: what a newcomer sees at the first start."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody of the demonstration one may sign in as."""

    who: str
    name: str
    password: str


def is_empty() -> bool:
    """Whether nobody has begun to use this installation."""
    from yiwang.people.models import Person  # noqa: PLC0415 - needs loaded rooms
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415

    with standing_on(EVERYWHERE):
        return not Person.objects.exists()


def load(progress: Progress) -> None:
    """Put the demonstration in; there is none in this version, so the database stays empty."""


def sign_ins() -> list[SignIn]:
    """Whom the start-up prints; empty when the demonstration is not loaded."""
    return []
