"""Plain makers for the loop's tests: only what matters is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.models import Case
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_item
from yiwang.people.models import Person, Role, UnitKind
from yiwang.people.tests.make import make_holding, make_person, make_post, make_unit
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused

# A Monday morning at work in China.
MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def at(**later: float) -> datetime:
    """So many hours or days after Monday, 9:30 in China."""
    return MONDAY + timedelta(**later)


def as_(person: Person) -> Actor:
    """The person, in the posts they hold that Monday."""
    return acting(person, on=MONDAY.date())


def make_lamp() -> Item:
    """An item with the usual limits: a street lamp that is out."""
    return make_item("LAMP")


def reported(town: Town, **told: Any) -> int:
    """The number of a report told on Monday: a lamp is out in Bo's grid unless something else is said."""
    told = {"text": "井巷口的路灯不亮了", "place": town.lane_grid.code} | told
    return actions.report(actions.Report(**told), by=reporter(), now=MONDAY).number


def accepted(town: Town, **told: Any) -> int:
    """The same, taken on by Mei."""
    number = reported(town, **told)
    actions.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    return number


def dispatched(town: Town, *, assisting: tuple[int, ...] = (), **told: Any) -> int:
    """The same, given to the water company."""
    number = accepted(town, **told)
    actions.dispatch(number, lead=town.water_post.pk, assisting=assisting, by=as_(town.mei), now=MONDAY)
    return number


def in_hand(town: Town, *, assisting: tuple[int, ...] = (), **told: Any) -> int:
    """The same, signed for by Wen of the water company."""
    number = dispatched(town, assisting=assisting, **told)
    actions.sign_for(number, by=as_(town.wen), now=MONDAY)
    return number


def make_county_clerk(town: Town) -> Person:
    """Somebody who sits at the county's desk."""
    clerk = make_person("county_clerk", name="县值守", ground=town.county)
    centre = make_unit("云岭县综治中心", ground=town.county, kind=UnitKind.CENTRE)
    role = Role.objects.get(code="county_centre_officer")
    make_holding(clerk, make_post(role=role, unit=centre, ground=town.county, title="县值守岗"))
    forget()
    return clerk


def make_file() -> StoredFile:
    """A photo that is kept."""
    digest = "0" * 64
    return StoredFile.objects.create(
        county="990101", ground="990101001", kind="photo", mime="image/jpeg", name="lamp.jpg", size=1, sha256=digest,
        width=1, height=1, thumbnail_size=1, thumbnail_sha256=digest, thumbnail_width=1, thumbnail_height=1,
        uploaded_by="reporter", at=MONDAY,
    )  # fmt: skip


def finished(town: Town, **told: Any) -> int:
    """The same, finished by Wen."""
    number = in_hand(town, **told)
    actions.finish(number, evidence=actions.Brought("换了灯泡"), by=as_(town.wen), now=MONDAY)
    return number


def checked(town: Town, **told: Any) -> int:
    """The same, and Bo saw that it is done."""
    number = finished(town, **told)
    actions.confirm(number, by=as_(town.bo), now=MONDAY)
    return number


def called_back(town: Town, *, satisfied: bool = True, **told: Any) -> int:
    """The same, and Mei asked the reporter."""
    number = checked(town, **told)
    actions.call_back(number, solved=satisfied, satisfied=satisfied, by=as_(town.mei), now=MONDAY)
    return number


def closed(town: Town, *, satisfied: bool = True, **told: Any) -> int:
    """The same, closed by Mei."""
    number = called_back(town, satisfied=satisfied, **told)
    actions.close(number, by=as_(town.mei), now=MONDAY)
    return number


def case(number: int) -> Case:
    """The case as it stands."""
    return Case.objects.get(number=number)


@contextmanager
def refused(code: str, kind: type[Refused] = Refused) -> Iterator[None]:
    """What is done inside is refused with this code, as this kind of refusal."""
    with pytest.raises(kind) as refusal:
        yield
    assert refusal.value.code == code
