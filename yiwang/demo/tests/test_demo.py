from uuid import UUID

import pytest
import shapely
from django.conf import settings
from django.utils import timezone

from yiwang import demo
from yiwang.callbacks.models import Sampling
from yiwang.cases.access import acting
from yiwang.cases.models import Case, Step
from yiwang.cases.queries.waiting import to_call
from yiwang.cases.rules import State
from yiwang.catalogue import queries as catalogue
from yiwang.catalogue.models import Item
from yiwang.demo.ground import county, roads
from yiwang.lists.models import Measure
from yiwang.meetings.models import Meeting
from yiwang.people.models import Holding, Person, Post
from yiwang.places import queries
from yiwang.places.models import Place
from yiwang.plumbing.files.queries import are_kept
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.proof.queries import Which, chain_flaws
from yiwang.supervision.models import Guidance, Order


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@pytest.mark.parametrize(("kind", "count"), [("town", 4), ("community", 24), ("grid", 120), ("courtyard", 300)])
def test_each_level_tiles_the_county_without_hole_or_overlap(kind: str, count: int) -> None:
    whole, *parts = list(county())
    shapes = [part.shape() for part in parts if part.kind == kind]
    assert len(shapes) == count
    assert all(shape.is_valid for shape in shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(whole.shape().area, rel=1e-9)
    assert shapely.union_all(shapes).symmetric_difference(whole.shape()).area < 1e-12


def test_names_are_not_given_twice_in_one_place() -> None:
    named = [(ground.parent, ground.name) for ground in county()]
    assert len(named) == len(set(named))


@pytest.mark.django_db
def test_the_demonstration_loads_once_and_its_seats_can_be_taken() -> None:
    with standing_on(EVERYWHERE):
        assert demo.is_empty()
    assert demo.sign_ins() == []
    demo.load(silent)
    with standing_on(EVERYWHERE):
        assert not demo.is_empty()
        assert 400 <= Holding.objects.count() <= 440
        assert Item.objects.filter(parent__isnull=False).count() >= 250
        for seat in demo.sign_ins():
            assert Person.objects.get(login=seat.name).check_password(seat.password)
        assert Place.objects.filter(kind="road").count() == len(list(roads()))


@pytest.mark.django_db
def test_a_point_in_a_courtyard_is_found_there_and_a_road_crosses_grids() -> None:
    demo.load(silent)
    yard = next(ground for ground in county() if ground.kind == "courtyard")
    lon, lat = yard.middle()
    with standing_on(EVERYWHERE):
        assert queries.locate(lon, lat) == yard.code
        assert len(queries.crossed_by(next(roads()).code)) > 5
        assert queries.flaws("grid", "990101") == []


@pytest.mark.django_db
def test_everything_in_the_demonstration_has_somebody_who_answers_for_it() -> None:
    demo.load(silent)
    today = timezone.localdate()
    yard = next(ground for ground in county() if ground.kind == "courtyard")
    with standing_on(EVERYWHERE):
        operator = Person.objects.get(login="operator")
        assert catalogue.gaps(operator, on=today) == []

        def title(code: str, place: str) -> str:
            item = catalogue.catalogue().by_code(code, place)
            assert item is not None
            answer = catalogue.answers_for(item.id, place, on=today)
            assert answer.post_id is not None
            assert not answer.gap
            return Post.objects.get(pk=answer.post_id).title

        assert title("MS02-01", yard.code).endswith("网格员")
        assert title("MS02-01", yard.code[:9]) == "城市管理局经办人"
        assert title("MS11-01", yard.code) == "民生服务岗"
        assert {title(code, yard.code) for code in ("DJ05-02", "PA10-05")} == {"纪检监察员"}


@pytest.mark.django_db
def test_the_demonstrations_cases_have_every_state_and_a_history_without_a_flaw() -> None:
    demo.load(silent, cases=400)
    with standing_on(EVERYWHERE):
        assert Case.objects.count() >= 400
        assert set(Case.objects.values_list("state", flat=True)) == {state.value for state in State}
        assert list(chain_flaws(Which())) == []
        assert not Case.objects.filter(closed_at__gt=timezone.now()).exists()
        worker = Holding.objects.get(person__login="grid", until=None).post_id
        assert Case.objects.filter(lead=worker, state=State.IN_HAND).exists(), "a newcomer has something to finish"
        to_check = Case.objects.filter(place__startswith="990101001001001", state=State.FINISHED).exclude(lead=worker)
        assert to_check.exists(), "and to check"
        assert to_check.filter(place="990101001001001001").exists(), "so has the head of the courtyard"
        caller = acting(Person.objects.get(login="caller"), on=timezone.localdate())
        assert sum(case.item.code == "MS01-04" for case in to_call(caller) if case.item) == 2, "and whom to call"
        assert Case.objects.filter(hand_backs=1).exists()
        assert Case.objects.filter(extensions=1).exists()
        assert Case.objects.filter(reopened=1, state=State.CLOSED).exists()
        assert Case.objects.filter(next_due_at__lt=timezone.now()).exists()
        open_now = Case.objects.filter(state=State.REPORTED).exclude(photos=[])
        assert open_now.exists()
        for case in (open_now[0], Case.objects.filter(state=State.CLOSED).exclude(photos=[])[0]):
            assert are_kept(case.photos)
        shown = [step.given["photos"] for step in Step.objects.filter(move="finish")]
        proven = [photos for photos in shown if photos]
        assert len(proven) > len(shown) / 6
        assert all({photo["moment"] for photo in photos} == {"before", "after"} for photos in proven)
        assert are_kept([UUID(photo["file"]) for photos in proven for photo in photos])
        assert sorted(Order.objects.values_list("kind", flat=True)) == ["listed", "listed", "order"]
        assert Guidance.objects.get().case == Order.objects.filter(kind="listed").earliest("serial").case
        assert Meeting.objects.count() == 2
        assert Sampling.objects.get().place_id == demo.COUNTY
        assert Measure.objects.filter(ends=None).count() == 9
        assert Measure.objects.filter(ends__isnull=False).count() == 1


def test_only_the_operator_stands_on_no_ground() -> None:
    """Any other account without a ground is taken for a real person's, and ends the demonstration."""
    assert settings.DEMONSTRATION_LOGINS == [demo.OPERATOR]
    assert len({seat.name for seat in demo.SEATS}) == len(demo.SEATS)
