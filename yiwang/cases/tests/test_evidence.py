import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.actions import Brought, Moment, Photo
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, as_, case, in_hand, make_file, refused
from yiwang.catalogue.models import Board, ItemVersion
from yiwang.catalogue.queries import TOPIC
from yiwang.catalogue.rules import Evidence
from yiwang.catalogue.tests.make import LAMP, make_item
from yiwang.places.tests.make import box, make_boundary
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused

LAMP_POST = (106.001, 32.001)
# A thousandth of a degree of latitude is about 111 m.
NEAR, FAR = (106.001, 32.0013), (106.001, 32.002)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def make_photo(**says: Any) -> Photo:
    return Photo(make_file().pk, **says)


def asking(town: Town, *, at: tuple[float, float] | None = LAMP_POST, **says: Any) -> int:
    """A case in the water company's hand whose item asks for this evidence."""
    item = make_item("LAMP", evidence=Evidence(**says))
    number = in_hand(town)
    if at:
        Case.objects.filter(number=number).update(lon=at[0], lat=at[1])
    assert case(number).item_id == item.pk
    return number


def finish(town: Town, number: int, *photos: Photo, note: str = "换了灯泡") -> None:
    actions.finish(number, evidence=Brought(note, photos), by=as_(town.wen), now=MONDAY)


def lacks(code: str, said: str, town: Town, number: int, *photos: Photo) -> bool:
    with pytest.raises(Refused) as refusal:
        finish(town, number, *photos)
    return refusal.value.code == code and refusal.value.figures["lacks"] == said


def test_an_item_that_asks_for_nothing_is_finished_with_a_note(town: Town) -> None:
    number = asking(town)
    finish(town, number)
    assert case(number).state == State.FINISHED


def test_too_few_photos_and_the_same_one_twice_are_not_enough(town: Town) -> None:
    number, photo = asking(town, photos=2), make_photo()
    assert lacks("evidence_missing", "photos", town, number, photo)
    assert lacks("evidence_missing", "photos", town, number, photo, photo)
    finish(town, number, photo, make_photo())


def test_one_photo_must_be_taken_near_the_case(town: Town) -> None:
    number = asking(town, photos=1, within_metres=50)
    nearby = "a photo taken nearby"
    assert lacks("evidence_missing", nearby, town, number, make_photo(position=FAR))
    assert lacks("evidence_missing", nearby, town, number, make_photo())
    finish(town, number, make_photo(position=FAR), make_photo(position=NEAR))


def test_where_only_the_place_is_known_a_photo_inside_it_is_at_the_case(town: Town) -> None:
    number = asking(town, at=None, photos=1, within_metres=50)
    make_boundary(town.lane_grid.code, box(0, 0))
    make_boundary(town.yard.code, box(0.25, 0.25, 0.5, 0.5))
    assert lacks("evidence_missing", "a photo taken nearby", town, number, make_photo(position=(107.0, 32.001)))
    finish(town, number, make_photo(position=LAMP_POST))


def test_where_the_county_is_not_drawn_any_position_is_taken(town: Town) -> None:
    number = asking(town, at=None, photos=1, within_metres=50)
    finish(town, number, make_photo(position=(107.0, 32.001)))


def test_before_and_after_are_both_asked_for(town: Town) -> None:
    number = asking(town, before_and_after=True)
    before, after = make_photo(moment=Moment.BEFORE), make_photo(moment=Moment.AFTER)
    assert lacks("evidence_missing", "photos before and after", town, number, before)
    finish(town, number, before, after)


def test_a_photo_that_was_never_sent_proves_nothing(town: Town) -> None:
    number = asking(town)
    with refused("photo_unknown"):
        finish(town, number, Photo(uuid.uuid4()))


def test_a_photo_from_nowhere_on_earth_is_refused(town: Town) -> None:
    number = asking(town)
    with refused("position_impossible"):
        finish(town, number, make_photo(position=(0, 91)))


def test_the_evidence_stands_in_the_history(town: Town) -> None:
    number, photo = asking(town, photos=1), make_photo(position=NEAR, moment=Moment.AFTER)
    finish(town, number, photo)
    step = Step.objects.get(number=number, move="finish")
    kept = {"file": str(photo.file), "position": list(NEAR), "moment": "after"}
    assert step.given == {"note": "换了灯泡", "photos": [kept]}


def test_a_case_is_judged_by_the_version_under_which_it_was_opened(town: Town) -> None:
    number = asking(town)
    item = case(number).item
    assert item is not None
    stricter = replace(LAMP, evidence=Evidence(photos=3))
    ItemVersion.of(
        item, stricter, number=2, since=MONDAY.date() + timedelta(days=1), board=Board.objects.get(code=LAMP.board)
    ).save()
    forget(TOPIC)
    finish(town, number)
    assert case(number).state == State.FINISHED
