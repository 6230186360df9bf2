from datetime import timedelta
from typing import Any

import pytest

from tests.town import Town
from yiwang.cases import actions, queries
from yiwang.cases.access import reporter
from yiwang.cases.models import Case
from yiwang.cases.rules import State, written
from yiwang.cases.tests.make import MONDAY, as_, at, case, in_hand, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.triage.queries import likely_same
from yiwang.triage.rules import Sketch, likeness, metres_apart

HERE = (106.05, 30.05)
GRID = "990101001001001"


def sketch(text: str = "井巷口的路灯不亮了", item: int | None = 1, place: str = GRID, at: Any = HERE) -> Sketch:
    return Sketch(text, item, place, at)


def test_metres_between_two_positions_are_right_within_a_percent() -> None:
    # A thousandth of a degree: 111 m to the north, 96 m to the east at 30 degrees.
    assert metres_apart(sketch(), sketch(at=(106.05, 30.051))) == pytest.approx(111, rel=0.01)
    assert metres_apart(sketch(), sketch(at=(106.051, 30.05))) == pytest.approx(96.3, rel=0.01)
    assert metres_apart(sketch(), sketch(at=None)) is None


@pytest.mark.parametrize(
    ("other", "like"),
    [
        (sketch("污水横流"), True),  # the same item on the same spot, in other words
        (sketch("路灯又不亮", item=2), True),  # another item, in like words
        (sketch("污水横流", item=2), False),
        (sketch("污水横流", at=(106.06, 30.05)), False),  # the same item a kilometre away
        (sketch(at=(106.06, 30.05)), True),  # the very same words a kilometre away
        (sketch(item=None, at=(106.06, 30.05)), True),
        (sketch(item=2, at=(106.06, 30.05)), False),
        (sketch(at=(106.1, 30.05)), False),  # the same words five kilometres away
        (sketch("污水横流", at=None), True),  # the same grid
        (sketch("污水横流", at=None, place="990101001001002"), False),
        (sketch("污水横流", at=None, place="990101001001"), True),  # somewhere in the community
        (sketch("", item=None), False),
    ],
)
def test_what_may_be_the_same_is_near_and_of_the_same_item_or_in_like_words(other: Sketch, *, like: bool) -> None:
    assert bool(likeness(sketch(), other)) is like
    assert bool(likeness(other, sketch())) is like


ASKED = "，老人小孩不安全，请尽快处理"


@pytest.mark.parametrize(
    ("text", "item", "like"),
    [
        (f"楼道口扔旧沙发{ASKED}", 2, False),  # only the phrases are the same
        (f"楼道口扔旧沙发{ASKED}", None, True),  # nobody has named it: whoever looks decides
        (f"巷口路灯不亮{ASKED}", 2, True),
        (f"井巷口的路灯不亮了{ASKED}", 2, True),
    ],
)
def test_phrases_in_which_all_ask_do_not_make_other_items_alike(text: str, item: int | None, *, like: bool) -> None:
    first = sketch(f"井巷口的路灯不亮了{ASKED}")
    assert bool(likeness(first, sketch(text, item=item))) is like
    assert bool(likeness(sketch(text, item=item), first)) is like


def test_nearer_and_in_more_of_the_same_words_is_more_alike() -> None:
    near, far = sketch("路灯"), sketch("路灯", at=(106.052, 30.05))
    assert likeness(sketch(), sketch()) > likeness(sketch(), near) > likeness(sketch(), far) > 0


@pytest.fixture
def _lamp(db: None) -> None:
    with standing_on(EVERYWHERE):
        make_lamp()


NEEDS_LAMP = pytest.mark.usefixtures("_lamp")


def told(town: Town, text: str = "井巷口的路灯不亮了", now: Any = MONDAY, **more: Any) -> int:
    given = {"text": text, "place": town.lane_grid.code, "item": "LAMP"} | more
    return actions.report(actions.Report(**given), by=reporter(), now=now).number


def alike(town: Town, number: int, who: str = "mei") -> list[int]:
    return [one.number for one in likely_same(as_(getattr(town, who)), case(number))]


@NEEDS_LAMP
def test_open_ones_come_first_then_the_most_alike(town: Town) -> None:
    make_item("WELL")
    closed = in_hand(town)
    Case.objects.filter(number=closed).update(state=State.CLOSED, closed_at=MONDAY, next_due_at=None, next_stage="")
    less, most, other = told(town, "路灯坏"), told(town), told(town, "井盖松了", item="WELL")
    declined = told(town)
    actions.decline(declined, reason="重复", by=as_(town.mei), now=MONDAY)
    number = told(town)
    assert alike(town, number) == [most, less, closed]
    assert other not in alike(town, number)


@NEEDS_LAMP
def test_neither_what_is_long_ago_nor_in_another_town_is_proposed(town: Town) -> None:
    old = told(town, now=MONDAY)
    elsewhere = told(town, place=town.bridge_grid.code)
    number = told(town, now=at(days=31))
    assert alike(town, number) == []
    assert alike(town, told(town, now=at(days=29))) == [number, old]
    assert elsewhere not in alike(town, number)


@NEEDS_LAMP
def test_nobody_is_shown_what_is_not_theirs(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_item("SEAL", secrecy=Secrecy.SEALED)
        first, sealed, second = told(town), told(town, item="SEAL"), told(town)
        theirs = case(second)
    with standing_on([town.two_wells.code], sealed=()):
        assert [one.number for one in likely_same(as_(town.mei), theirs)] == [first]
        # Wen stands on the whole county, and has no part in either.
    with standing_on([town.county.code], sealed=()):
        assert likely_same(as_(town.wen), theirs) == []
    with standing_on([town.stone_bridge.code], sealed=()):
        assert likely_same(as_(town.ding), theirs) == []
    with standing_on(EVERYWHERE):
        assert likely_same(as_(town.mei), case(sealed)) == []


@NEEDS_LAMP
def test_how_much_a_post_has_is_counted_on_whatever_ground_and_without_what_is_sealed(
    town_behind_the_wall: Town,
) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        in_hand(town), in_hand(town)
        reported(town)
    with standing_on([town.stone_bridge.code], sealed=()):
        found = queries.loads([town.water_post.pk, town.bos_post.pk], now=MONDAY + timedelta(days=60))
        assert found == {town.water_post.pk: queries.Load(2, 2)}
        assert queries.loads([town.water_post.pk], now=MONDAY) == {town.water_post.pk: queries.Load(2, 0)}
        # Nothing but figures has come through the wall.
        assert not Case.objects.exists()


@NEEDS_LAMP
def test_the_last_steps_are_the_last_and_in_their_order(town: Town) -> None:
    number = in_hand(town)
    assert [step.move for step in queries.last_steps(case(number), most=2)] == ["dispatch", "sign_for"]
    assert [step.move for step in queries.last_steps(case(number), most=1, moves=("accept",))] == ["accept"]
    assert written(number) == str(case(number))
