"""Supervision with a clock that tests hold in the hand."""

from datetime import datetime

from tests.town import Town
from yiwang.people.models import Person, Post, Role, UnitKind
from yiwang.people.tests.make import make_holding, make_person, make_post, make_unit
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.supervision import actions
from yiwang.supervision.models import Reminder, Watch
from yiwang.supervision.policy import TOPIC


def passes(until: datetime, *, county: str = "990101") -> actions.Acted:
    """Time goes on to that moment: what has moved is read, and what is due by then is done."""
    forget(TOPIC)  # a test never commits, and is not told that the ladder changed
    actions.follow(now=until)
    return actions.act(county, now=until)


def make_leader(town: Town) -> tuple[Person, Post]:
    """The leader of Two Wells street, who sits at no desk."""
    office = make_unit("双井街道办事处", ground=town.two_wells, kind=UnitKind.TOWN_OFFICE)
    return _serving(town, "leader", "陆书记", "leader", office, town.two_wells)


def make_county_leader(town: Town) -> tuple[Person, Post]:
    """The county's."""
    office = make_unit("云岭县委办", ground=town.county)
    return _serving(town, "county_leader", "钱县长", "leader", office, town.county)


def make_head(town: Town) -> tuple[Person, Post]:
    """Head of the water company."""
    return _serving(town, "head", "水总", "department_head", town.water_company, town.county)


def _serving(_town: Town, login: str, name: str, role: str, unit, ground) -> tuple[Person, Post]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    person = make_person(login, name=name, ground=ground)
    post = make_post(role=Role.objects.get(code=role), unit=unit, ground=ground, title=f"{unit.name}{name}岗")
    make_holding(person, post)
    return person, post


def reminded(number: int) -> list[tuple[str, int]]:
    """Who was told of a case, in the order in which they were: level, percent."""
    told = Reminder.objects.filter(case=number).order_by("pk")
    return [(one.level, one.percent) for one in told]


def watch(number: int) -> Watch:
    """The clock of a case as supervision knows it."""
    return Watch.objects.get(number=number)
