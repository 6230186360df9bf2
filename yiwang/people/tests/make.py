"""Plain makers of people and posts. Nobody is asked, nothing is audited."""

from collections.abc import Iterable
from datetime import date
from itertools import count

from yiwang.people import access
from yiwang.people.models import Holding, Person, Post, Role, Unit, UnitKind
from yiwang.people.rules import Duty
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import forget

TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "well-lane-lamp-7"
_number = count(1)


def make_person(
    login: str = "", *, name: str = "", ground: Place | None = None, phone: str | None = None,
    password: str | None = None, is_active: bool = True, must_change_password: bool = False,
) -> Person:  # fmt: skip
    login = login or f"person{next(_number)}"
    person = Person(
        login=login, name=name or login.title(), ground=ground, phone=phone,
        is_active=is_active, must_change_password=must_change_password,
    )  # fmt: skip
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    forget(access.TOPIC)
    return person


def make_role(*duties: Duty, code: str = "", county: Place | None = None) -> Role:
    code = code or f"role{next(_number)}"
    return Role.objects.create(code=code, name=code, name_en=code, duties=[d.value for d in duties], county=county)


def make_unit(name: str = "", *, ground: Place | None = None, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
    return Unit.objects.create(name=name or f"unit{next(_number)}", ground=ground, kind=kind)


def make_post(
    *duties: Duty, ground: Place | None = None, role: Role | None = None, unit: Unit | None = None, title: str = "",
    valid_from: date | None = None, valid_to: date | None = None,
) -> Post:  # fmt: skip
    return Post.objects.create(
        unit=unit or make_unit(ground=ground), role=role or make_role(*duties), ground=ground,
        title=title or f"post{next(_number)}", valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip


def make_holding(person: Person, post: Post, *, since: date = LONG_AGO, until: date | None = None) -> Holding:
    forget(access.TOPIC)
    return Holding.objects.create(person=person, post=post, since=since, until=until)


def give(person: Person, duties: Iterable[Duty], *, ground: Place | None) -> Post:
    """Put a person into a new post with these duties over a ground."""
    post = make_post(*duties, ground=ground)
    make_holding(person, post)
    return post
