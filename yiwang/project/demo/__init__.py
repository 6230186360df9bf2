"""The demonstration county 云岭县: invented ground and people, for a newcomer's first look.

Loaded by `yiwang run` into an empty installation; `yiwang demo` does it by hand. Written straight into the tables, as
a restored backup would be: it is a stage set, not an act of anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

Progress = Callable[[int, int | None], None]
COUNTY = "990101"
CASES = 20_000
PASSWORD = "yunling-2026"  # noqa: S105 - printed on the sign-in page of every demonstration


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody of the demonstration one may sign in as."""

    who: str
    name: str
    password: str


# In the order in which a newcomer should try them.
SEATS = [
    SignIn(who, name, PASSWORD)
    for name, who in (
        ("operator", "平台运维员"),
        ("county", "云岭县管理员"),
        ("centre", "双井街道指挥中心受理员"),
        ("water", "云岭水务公司经办人"),
        ("grid", "井亭社区第一网格网格员"),
        ("leader", "云岭县领导"),
    )
]


def is_empty() -> bool:
    """Whether nobody has begun to use this installation."""
    from yiwang.people.models import Person  # noqa: PLC0415 - needs loaded rooms
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415

    with standing_on(EVERYWHERE):
        return not Person.objects.exists()


def since(today: date) -> date:
    """Since when people have been in their posts: before the year of which cases are told."""
    return today - timedelta(days=400)


def load(progress: Progress, *, cases: int = 0) -> None:
    """Put the demonstration county into this installation, in one transaction; `cases`: how many, of the last year."""
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415
    from yiwang.project.demo import answering, crew, stage  # noqa: PLC0415
    from yiwang.project.demo.cases import tell  # noqa: PLC0415

    with standing_on(EVERYWHERE):
        stage.set_up(progress)
        crew.hire(progress)
        answering.give_out(progress)
        tell(progress, cases)


def sign_ins() -> list[SignIn]:
    """Whom one may sign in as; nobody where the demonstration is not loaded, or real people work beside it."""
    from yiwang.people import demonstration  # noqa: PLC0415

    return SEATS if demonstration.is_only_one() else []
