"""The demonstration county 云岭县: invented ground and people, for a newcomer's first look.

Loaded by `yiwang run` into an empty installation; `yiwang demo` does it by hand. Its past is written straight into the
tables, as a restored backup would be: it is a stage set, not an act of anybody. What is open in it, and the day that
plays itself, are brought about by the real acts. Who may be tried, and whether a day is played, is kept by `trial`.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Progress = Callable[[int, int | None], None]
COUNTY = "990101"
CASES = 20_000
OPERATOR = "operator"
PASSWORD = "yunling-2026"  # noqa: S105 - printed on the sign-in page of every demonstration


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody of the demonstration one may sign in as, and what they do in the morning."""

    name: str
    who: "StrPromise"
    morning: "StrPromise"
    password: str = PASSWORD


# In the order in which a newcomer should try them: from the front to the leaders, then whoever keeps it going.
SEATS = [
    SignIn(
        "grid",
        _("Grid worker, first grid of Jingting"),
        _("Sees what is due today on one grid, signs, mends, checks what others did."),
    ),
    SignIn(
        "yard",
        _("Courtyard head in Jingting"),
        _("Walks round the courtyard, reports what is wrong, checks what was mended."),
    ),
    SignIn(
        "chief",
        _("Street chief of Jingting Street"),
        _("Walks the street, calls units to the spot, looks whether things are done."),
    ),
    SignIn(
        "centre",
        _("Clerk of the Two Wells command centre"),
        _("Goes through the inbox: what is it, is it new, whose is it?"),
    ),
    SignIn(
        "caller",
        _("Caller of the Two Wells command centre"),
        _("Rings up who reported: was it solved, are you satisfied?"),
    ),
    SignIn(
        "director",
        _("Head of the Two Wells command centre"),
        _("Looks at what is overdue, decides who gets more time, urges."),
    ),
    SignIn(
        "water",
        _("Handler of the water company"),
        _("Signs for what is the company’s, mends it and shows it in photos."),
    ),
    SignIn(
        "waterhead",
        _("Head of the water company"),
        _("Looks at the company’s load, and decides who of it gets more time."),
    ),
    SignIn(
        "town",
        _("Head of Two Wells street"),
        _("Reads on the phone what is stuck in the town, and with whom."),
    ),
    SignIn(
        "leader",
        _("County leader"),
        _("Reads today’s numbers of the county and writes what should be done."),
    ),
    SignIn(
        "inspector",
        _("Discipline inspector of the county"),
        _("Opens sealed complaints about officials, which nobody else sees."),
    ),
    SignIn(
        "county",
        _("County administrator"),
        _("Keeps places, people, posts and the catalogue of the county in order."),
    ),
    SignIn(
        OPERATOR,
        _("Platform operator"),
        _("Keeps the installation running for all counties."),
    ),
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
    from yiwang.demo import (  # noqa: PLC0415
        answering,
        committee,
        crew,
        forms,
        overseeing,
        photos,
        stage,
        undertaking,
    )
    from yiwang.demo.cases import tell  # noqa: PLC0415
    from yiwang.demo.jobs import publish  # noqa: PLC0415
    from yiwang.demo.publishing import past  # noqa: PLC0415
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415
    from yiwang.repeats.jobs import look_whole as look_who_tells_often  # noqa: PLC0415
    from yiwang.spots.jobs import look as look_for_spots  # noqa: PLC0415
    from yiwang.topics.jobs import gather  # noqa: PLC0415
    from yiwang.workload.jobs import reckon  # noqa: PLC0415

    with photos.drawn_beside() if cases else nullcontext(), standing_on(EVERYWHERE):
        stage.set_up(progress)
        crew.hire(progress)
        answering.give_out(progress)
        tell(progress, cases)
        if cases:
            committee.convene(now=timezone.now())
            overseeing.oversee(now=timezone.now())
            overseeing.let_be_called(now=timezone.now())
            undertaking.write_down(now=timezone.now())
            forms.ask(now=timezone.now())
            # What is found every hour is there at once.
            gather.defer(timestamp=0)  # type: ignore[arg-type]
            reckon.defer(timestamp=0)  # type: ignore[arg-type]
            look_for_spots.defer(timestamp=0)  # type: ignore[arg-type]
            look_who_tells_often.defer(timestamp=0)  # type: ignore[arg-type]
            for kind, first in past(timezone.localdate()):
                publish.configure(priority=-1).defer(kind=kind.value, first=first.isoformat())


def sign_ins() -> list[SignIn]:
    """Whom one may sign in as; nobody where the demonstration is not loaded, or real people work beside it."""
    from yiwang.people import demonstration  # noqa: PLC0415

    return SEATS if demonstration.is_only_one() else []
