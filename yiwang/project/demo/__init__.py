"""The demonstration county 云岭县: invented ground and people, for a newcomer's first look.

Loaded by `yiwang run` into an empty installation; `yiwang demo` does it by hand. Written straight into the tables, as
a restored backup would be: it is a stage set, not an act of anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Progress = Callable[[int, int | None], None]
COUNTY = "990101"
CASES = 20_000
PASSWORD = "yunling-2026"  # noqa: S105 - printed on the sign-in page of every demonstration


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody of the demonstration one may sign in as, and what they do in the morning."""

    who: str
    name: str
    password: str
    morning: "StrPromise"


# In the order in which a newcomer should try them: from the front to the leaders, then whoever keeps it going.
SEATS = [
    SignIn(who, name, PASSWORD, morning)
    for name, who, morning in (
        ("grid", "井亭社区第一网格网格员", _("Sees what is due today on one grid, signs, mends, checks what others did.")),
        ("yard", "井亭社区小院院长", _("Walks round the courtyard, reports what is wrong, checks what was mended.")),
        ("chief", "井亭大街街道级街长", _("Walks the street, calls units to the spot, looks whether things are done.")),
        ("centre", "双井街道指挥中心受理员", _("Goes through the inbox: what is it, is it new, whose is it?")),
        ("caller", "双井街道指挥中心回访员", _("Rings up who reported: was it solved, are you satisfied?")),
        ("director", "双井街道指挥中心主任", _("Looks at what is overdue, decides who gets more time, urges.")),
        ("water", "云岭水务公司经办人", _("Signs for what is the company’s, mends it and shows it in photos.")),
        ("waterhead", "云岭水务公司负责人", _("Looks at the company’s load, asks for time, answers to the centre.")),
        ("town", "双井街道主任", _("Reads on the phone what is stuck in the town, and with whom.")),
        ("leader", "云岭县领导", _("Reads today’s numbers of the county and writes what should be done.")),
        ("inspector", "云岭县纪检监察员", _("Opens sealed complaints about officials, which nobody else sees.")),
        ("county", "云岭县管理员", _("Keeps places, people, posts and the catalogue of the county in order.")),
        ("operator", "平台运维员", _("Keeps the installation running for all counties.")),
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
