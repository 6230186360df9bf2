import pytest
import shapely

from yiwang.people.models import Holding, Person
from yiwang.places import queries
from yiwang.places.models import Place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.project import demo
from yiwang.project.demo.ground import county, roads


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
