from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from yiwang.places.rules import Datum, Fault, Form, Forms, convert, convert_all, judge, next_number, plain
from yiwang.places.rules.codes import day, is_damaged, is_village
from yiwang.places.rules.coordinates import EAST, NORTH, SOUTH, WEST, is_in_china
from yiwang.places.rules.shapes import array_of, is_same, square_metres

THREE = r"\d{3}"
FORMS = Forms(
    [
        Form("county", 1, r"\d{6}"),
        Form("town", 2, THREE, ("county",)),
        Form("community", 3, THREE, ("town",)),
        Form("road", 4, r"R\d{3}", ("county", "town", "community"), is_line=True),
        Form("grid", 5, THREE, ("community",)),
        Form("courtyard", 6, THREE, ("grid",)),
        Form("building", 7, THREE, ("grid",)),
    ]
)
METRE = 1 / 111_320


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("990101", ["county"]),
        ("990101001", ["town"]),
        ("990101R001", ["road"]),
        ("990101001001R001", ["road"]),
        ("990101001001001", ["grid"]),
        ("990101001001001001", ["courtyard", "building"]),
        ("99010", []),
        ("990101R01", []),
        ("９９０１０１x", []),
    ],
)
def test_a_code_tells_its_kind_by_its_form(code: str, kinds: list[str]) -> None:
    assert FORMS.kinds_of(code) == kinds


def test_a_road_lies_in_what_stands_before_its_letter() -> None:
    assert FORMS.parent_of("990101001R007", "road", set()) == "990101001"
    assert FORMS.parent_of("990101R007", "road", set()) == "990101"
    assert FORMS.parent_of("990101", "county", set()) == ""
    assert FORMS.parent_of("9901010", "town", set()) is None


def test_where_a_code_can_be_read_two_ways_the_known_parent_decides() -> None:
    loose = Forms([Form("county", 1, r"\d+"), Form("yard", 2, r"\d+", ("county",))])
    assert loose.parent_of("12345", "yard", {("123", "county")}) == "123"
    assert loose.parent_of("12345", "yard", set()) == "1234"


def test_a_form_in_an_inner_kind_or_without_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="no outer kind"):
        Forms([Form("town", 2, THREE, ("community",)), Form("community", 3, THREE, ("town",))])
    with pytest.raises(ValueError, match="no regular expression"):
        Forms([Form("county", 1, r"(\d{6}")])


@given(st.text(alphabet="0123456789R", min_size=1, max_size=20))
def test_every_way_to_read_a_code_puts_it_together_again(code: str) -> None:
    for kind in FORMS.kinds_of(code):
        for parent, outer in FORMS.splits(code, kind):
            assert code.startswith(parent)
            assert not parent or FORMS.fits(parent, outer)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("500153105000", "500153105"),
        ("500153000000", "500153"),
        ("500153105001", "500153105001"),
        ("500153105", "500153105"),
    ],
)
def test_the_zeros_of_national_lists_are_dropped(written: str, code: str) -> None:
    assert plain(written) == code


def test_committees_and_villages_are_numbered_in_their_own_hundreds() -> None:
    assert next_number(set(), village=False) == "001"
    assert next_number({"200", "202"}, village=True) == "201"
    assert next_number({f"{n:03d}" for n in range(200, 400)}, village=True) == "400"
    assert next_number({f"{n:03d}" for n in range(1000)}, village=False) is None


def test_a_village_is_told_from_a_residents_committee() -> None:
    assert is_village("沙堡村村民委员会")
    assert not is_village("仁和社区居民委员会")
    assert not is_village("沙堡村村民委员会", "社区")


@pytest.mark.parametrize("name", ["大青?村", "大青\ufffd村", "大\ue123村", "大青\x07村"])
def test_a_name_with_a_lost_character_is_seen(name: str) -> None:
    assert is_damaged(name)


@pytest.mark.parametrize("name", ["湖㳇镇", "二九〇农场", "中国（上海）自由贸易试验区（保税片区）", "Two Wells?"])
def test_a_rare_name_is_not_taken_for_damaged(name: str) -> None:
    assert not is_damaged(name)


@pytest.mark.parametrize("text", ["2026-03-01", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日"])
def test_a_day_is_read_as_offices_write_it(text: str) -> None:
    assert day(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026-02-30", "1.3.2026", "soon", "2026-03"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day(text) is None


inside = st.tuples(st.floats(WEST + 0.05, EAST - 0.05), st.floats(SOUTH + 0.05, NORTH - 0.05))
shifted = st.sampled_from([Datum.GCJ02, Datum.BD09])


@given(inside, shifted)
def test_there_and_back_stays_within_a_millimetre(point: tuple[float, float], datum: Datum) -> None:
    there = convert(*point, of=Datum.WGS84, to=datum)
    back = convert(*there, of=datum, to=Datum.WGS84)
    assert np.allclose(back, point, rtol=0, atol=METRE / 1000)


@given(inside)
def test_the_two_shifted_datums_go_into_each_other_and_back(point: tuple[float, float]) -> None:
    gcj = convert(*point, of=Datum.WGS84, to=Datum.GCJ02)
    there = convert(*gcj, of=Datum.GCJ02, to=Datum.BD09)
    assert np.allclose(there, convert(*point, of=Datum.WGS84, to=Datum.BD09), rtol=0, atol=METRE / 1000)
    assert np.allclose(convert(*there, of=Datum.BD09, to=Datum.GCJ02), gcj, rtol=0, atol=METRE / 1000)


@given(st.lists(inside, min_size=1, max_size=20), st.sampled_from(Datum), st.sampled_from(Datum))
def test_many_points_are_converted_as_each_alone(points: list[tuple[float, float]], of: Datum, to: Datum) -> None:
    together = convert_all(np.array(points), of=of, to=to)
    alone = [convert(*point, of=of, to=to) for point in points]
    assert np.allclose(together, alone, rtol=0, atol=METRE / 1000)


@given(st.floats(-180, 180), st.floats(-90, 90), shifted)
def test_far_from_china_the_datums_are_one(longitude: float, latitude: float, datum: Datum) -> None:
    near = WEST - 1 < longitude < EAST + 1 and SOUTH - 1 < latitude < NORTH + 1
    if not near:
        assert not is_in_china(longitude, latitude)
        assert convert(longitude, latitude, of=Datum.WGS84, to=datum) == (longitude, latitude)
        assert convert(longitude, latitude, of=datum, to=Datum.WGS84) == (longitude, latitude)


def test_a_known_point_of_beijing_is_where_the_maps_show_it() -> None:
    # Published example of the state's shift: Tiananmen.
    east, north = convert(116.3912757, 39.9074, of=Datum.WGS84, to=Datum.GCJ02)
    assert (east, north) == pytest.approx((116.397518, 39.908803), abs=2e-5)


def test_an_area_is_that_of_the_ellipsoid() -> None:
    from pyproj import Geod

    square = shapely.segmentize(shapely.box(106, 32, 107, 33), 0.001)
    true = abs(Geod(ellps="WGS84").geometry_area_perimeter(square)[0])
    assert square_metres(array_of([square]))[0] == pytest.approx(true, rel=1e-7)


RING = [(106, 32), (106.01, 32), (106.01, 32.01), (106, 32.01)]


def sound(shape: object, *, line: bool = False) -> object:
    (verdict,) = judge(array_of([shape]), [line])
    return verdict


def code_of(verdict: object) -> str:
    assert isinstance(verdict, Fault)
    return verdict.code


def test_a_sound_outline_stays_as_it_is() -> None:
    shape = shapely.Polygon(RING)
    assert sound(shape) is shape


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (shapely.Polygon(), "boundary_empty"),
        (shapely.Point(106, 32), "area_needs_polygon"),
        (shapely.LineString(RING), "area_needs_polygon"),
        (shapely.Polygon([(y, x) for x, y in RING]), "boundary_swapped"),
        (shapely.Polygon([(30, 80), (30.1, 80), (30.1, 80.1)]), "boundary_swapped"),
        (shapely.Polygon([(x * 1000, y * 1000) for x, y in RING]), "boundary_outside_world"),
        (shapely.Polygon([(106, 32), (106.01, 32.01), (106.01, 32), (106, 32.01)]), "boundary_crosses_itself"),
    ],
)
def test_what_cannot_be_a_boundary_is_told_why(shape: object, code: str) -> None:
    assert code_of(sound(shape)) == code


def test_a_road_is_a_line_and_nothing_else() -> None:
    assert code_of(sound(shapely.Polygon(RING), line=True)) == "road_needs_line"
    assert sound(shapely.LineString(RING), line=True) == shapely.LineString(RING)


def test_an_outline_that_only_touches_itself_is_mended() -> None:
    touching = shapely.Polygon(
        [(106, 32), (106.02, 32), (106.01, 32.01), (106.02, 32.02), (106, 32.02), (106.01, 32.01)]
    )
    mended = sound(touching)
    assert isinstance(mended, shapely.MultiPolygon)
    assert mended.is_valid
    assert mended.area == pytest.approx(touching.area)


@given(st.integers(0, 3), st.booleans())
def test_where_a_ring_begins_and_turns_makes_no_other_boundary(begin: int, back: bool) -> None:  # noqa: FBT001
    ring = [*RING[begin:], *RING[:begin]]
    assert is_same(shapely.Polygon(RING), shapely.Polygon(ring[::-1] if back else ring))
    ring[begin] = (ring[begin][0] + 1e-5, ring[begin][1])
    assert not is_same(shapely.Polygon(RING), shapely.Polygon(ring))
