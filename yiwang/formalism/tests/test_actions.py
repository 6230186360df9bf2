"""What is noticed, and what is not: told with cases that look as if they were closed on paper only."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import reporter
from yiwang.cases.models import Case
from yiwang.cases.tests.make import as_, at, checked, dispatched, make_lamp, refused
from yiwang.formalism import actions, queries
from yiwang.formalism.models import Evidence, Rated, Sign
from yiwang.formalism.policy import TOLERANCES
from yiwang.formalism.rules import Kind, Sameness, Tolerances
from yiwang.formalism.tests.test_pictures import cut, drawn, written
from yiwang.people.models import Session
from yiwang.plumbing.files.actions import keep
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import standing_on

NOW = at(days=2)
PHONE = "Mozilla/5.0 (Linux; Android 14) Phone/7"


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def signed(town: Town, *, after: timedelta, photos: tuple[cases.Photo, ...] = (), **told: Any) -> int:
    """A case that Wen signed for an hour in, and finished so much later."""
    number = dispatched(town, **told)
    cases.sign_for(number, by=as_(town.wen), now=at(hours=1))
    cases.finish(number, evidence=cases.Brought("done", photos), by=as_(town.wen), now=at(hours=1) + after)
    return number


def photo(content: bytes) -> cases.Photo:
    return cases.Photo(keep(content, name="a.jpg", by="person:1", ground="990101").file.pk)


def noticed(now: datetime = NOW) -> list[tuple[str, int]]:
    actions.look(now=now)
    return [(sign.kind, sign.number) for sign in Sign.objects.order_by("pk")]


def only(town: Town, **tolerances: int) -> None:
    none = {"minutes": 0, "bits": 0, "times": 0}
    actions.set_tolerances(Tolerances(**(none | tolerances)), county=town.county, by=town.ning, today=NOW.date())
    forget(TOLERANCES.topic)


def test_minutes_after_signing_are_a_sign_and_an_hour_is_none(town: Town) -> None:
    quick, _slow = signed(town, after=timedelta(minutes=5)), signed(town, after=timedelta(minutes=5, seconds=1))
    assert noticed() == [(Kind.QUICK, quick)]
    assert Sign.objects.get().figures == {"minutes": 5, "most": 5}
    assert noticed() == [(Kind.QUICK, quick)]


def test_the_same_photo_cut_and_written_anew_is_noticed_with_the_case_it_comes_from(town: Town) -> None:
    only(town, bits=8)
    first = signed(town, after=timedelta(hours=1), photos=(photo(written(drawn(1))),))
    signed(town, after=timedelta(hours=2), photos=(photo(written(drawn(2))),))
    again = signed(town, after=timedelta(hours=3), photos=(photo(written(cut(drawn(1), left=0.03), quality=60)),))
    assert noticed() == [(Kind.PHOTO, again)]
    assert Sign.objects.get().figures["other"] == first
    assert Evidence.objects.count() == 3


def test_a_photo_is_forgotten_after_its_days(town: Town) -> None:
    only(town, bits=8, photo_days=1)
    signed(town, after=timedelta(hours=1), photos=(photo(written(drawn(1))),))
    signed(town, after=timedelta(days=3), photos=(photo(written(drawn(1))),))
    assert noticed(at(days=4)) == []


def test_a_third_closing_at_the_same_place_is_noticed(town: Town) -> None:
    only(town, times=3, metres=100, days=30)
    here = [_closed(town, position=(106.5, 29.5), day=day) for day in (1, 2)]
    _closed(town, position=(106.6, 29.5), day=3)
    assert noticed(at(days=4)) == []
    third = _closed(town, position=(106.5003, 29.5), day=5)
    assert noticed(at(days=6)) == [(Kind.AGAIN, third)]
    figures = Sign.objects.get().figures
    assert (figures["times"], figures["others"]) == (3, here)


def _closed(town: Town, *, position: tuple[float, float], day: int) -> int:
    number = checked(town)
    Case.objects.filter(number=number).update(lon=position[0], lat=position[1])
    cases.close(number, by=as_(town.mei), now=at(days=day))
    return number


def rated(town: Town, *, satisfied: bool = True, agent: str = PHONE, person: int | None = None) -> int:
    number = checked(town)
    actions.rate(
        number, solved=True, satisfied=satisfied, words="", by=reporter(), now=at(hours=2), address="10.1.2.3",
        agent=agent, person=person,
    )  # fmt: skip
    return number


def wen_sits_at(town: Town, address: str, agent: str) -> None:
    at_the_desk(town.wen)
    Session.objects.filter(person=town.wen).update(address=address, agent=agent[:120])


def test_satisfaction_from_the_browser_of_the_handler_is_noticed(town: Town) -> None:
    only(town)
    number = rated(town, person=town.wen.pk)
    assert noticed() == [(Kind.DEVICE, number)]
    assert Sign.objects.get().figures == {"same": Sameness.SIGNED_IN}


def test_satisfaction_from_where_the_handler_sits_is_noticed_and_neither_address_nor_browser_kept(town: Town) -> None:
    only(town)
    wen_sits_at(town, "10.1.2.3", PHONE)
    number = rated(town)
    assert noticed() == [(Kind.DEVICE, number)]
    kept = bytes(Rated.objects.get().mark)
    assert len(kept) == 32
    assert b"10.1.2.3" not in kept


def test_neither_another_browser_nor_discontent_is_a_sign(town: Town) -> None:
    only(town)
    wen_sits_at(town, "10.1.2.3", PHONE)
    rated(town, agent="another")
    rated(town, satisfied=False)
    assert noticed() == []


def test_what_is_sealed_is_left_alone(town: Town) -> None:
    number = signed(town, after=timedelta(minutes=1))
    Case.objects.filter(number=number).update(secrecy="sealed")
    assert noticed() == []


def test_a_sign_is_never_changed_and_seen_only_on_its_ground(town: Town) -> None:
    signed(town, after=timedelta(minutes=1))
    noticed()
    with pytest.raises(DatabaseError), transaction.atomic():
        Sign.objects.update(post=None)
    with standing_on((town.stone_bridge.code,)):
        assert not Sign.objects.exists()
    assert queries.signs(as_(town.ding), now=NOW) == []
    assert len(queries.signs(as_(town.gu), now=NOW)) == 1
    assert not queries.visible_to(as_(town.wen)).exists()


def test_signs_are_counted_by_unit(town: Town) -> None:
    signed(town, after=timedelta(minutes=1)), signed(town, after=timedelta(minutes=2))
    noticed()
    (unit,) = queries.by_unit(as_(town.gu), now=NOW)
    assert (unit.unit, unit.kinds) == (town.water_company.pk, {Kind.QUICK: 2})


def test_thresholds_that_make_no_sense_are_refused(town: Town) -> None:
    with refused("closed_once_is_no_sign"):
        only(town, times=1)
    with refused("tolerances_unfit"):
        only(town, bits=17)
