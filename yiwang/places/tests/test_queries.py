"""The tree in memory, the ground on a day, flaws, outlines, and giving back what came in."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import shape as shape_of

from yiwang.places import queries
from yiwang.places.actions import import_boundaries, import_places
from yiwang.places.models import Boundary, Place, Succession
from yiwang.places.tests.make import (
    COMMUNITY,
    COUNTY,
    GRID,
    TODAY,
    TOWN,
    box,
    codes_of,
    empty_the_ground,
    make_boundary,
    make_drawing,
    make_ground,
    make_list,
    make_place,
    shared,
    tiles,
)
from yiwang.plumbing.freshness.snapshots import forget, touched
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
DECIMETRE = 0.1 / 111_320


@pytest.fixture(autouse=True)
def _on_the_whole_ground(db: None) -> Iterator[None]:
    with standing_on(EVERYWHERE):
        yield


def test_the_tree_knows_what_lies_in_what() -> None:
    make_ground(GRID, "990102", f"{TOWN}002")
    make_place(f"{TOWN}R001", kind="road")
    ground = queries.tree()
    assert len(ground) == 7
    assert [spot.code for spot in ground.path(GRID)] == [COUNTY, TOWN, COMMUNITY, GRID]
    assert [spot.code for spot in ground.children()] == [COUNTY, "990102"]
    assert [spot.code for spot in ground.children(TOWN)] == [COMMUNITY, f"{TOWN}002", f"{TOWN}R001"]
    assert [spot.code for spot in ground.inside(TOWN, "grid")] == [GRID]
    assert [spot.code for spot in ground.inside("990103")] == []
    assert ground.path("990103") == []
    assert ground.get("990103") is None
    spot = ground.get(GRID)
    assert spot is not None
    assert (spot.name, spot.kind, spot.parent, GRID in ground) == ("地001", "grid", COMMUNITY, True)


def test_a_place_is_there_from_its_first_day_up_to_the_day_it_is_no_more() -> None:
    make_place(COUNTY)
    make_place(TOWN, valid_from=TODAY, valid_to=TODAY + timedelta(days=2))
    expected = {-1: False, 0: True, 1: True, 2: False}
    spot = queries.tree().get(TOWN)
    assert spot is not None
    for days, there in expected.items():
        day = TODAY + timedelta(days=days)
        assert spot.is_open(day) is there
        assert queries.as_of(day).filter(code=TOWN).exists() is there
        assert queries.present(day).filter(code=COUNTY).exists()


def test_what_somebody_changed_is_known_afterwards() -> None:
    make_place(COUNTY)
    assert TOWN not in queries.tree()
    make_place(TOWN)
    touched("places")
    forget("places")  # what the commit of the surrounding transaction does
    assert TOWN in queries.tree()


def test_a_place_is_followed_through_all_redrawings() -> None:
    make_ground(GRID, *codes_of([2, 3, 4]))
    one, two, three, four = codes_of([1, 2, 3, 4])
    Place.objects.filter(code__in=[one, two]).update(valid_to=TODAY)
    for old, new in ((one, two), (two, three), (two, four)):
        Succession.objects.create(old_id=old, new_id=new, effective=TODAY)
    assert queries.successors(one) == [two]
    assert queries.successors(two) == [three, four]
    assert queries.home_of(three) == three
    assert queries.home_of(one) is None
    assert queries.successions() == {one: [two], two: [three, four]}


# Flaws


def neighbours() -> None:
    make_ground(*codes_of([1, 2]))
    make_boundary(COMMUNITY, box(0, 0, 2, 1))


def test_a_drawing_without_gaps_has_no_flaws() -> None:
    neighbours()
    for code, column in zip(codes_of([1, 2]), (0, 1), strict=True):
        make_boundary(code, box(column, 0))
    assert queries.flaws("grid", COMMUNITY) == []


def test_an_overlap_is_listed_with_its_area_and_its_shape() -> None:
    neighbours()
    make_boundary(codes_of([1])[0], box(0, 0, 1.5, 1))
    make_boundary(codes_of([2])[0], box(1, 0))
    (flaw,) = queries.flaws("grid", COMMUNITY)
    assert (flaw.sort, flaw.places) == ("overlap", tuple(codes_of([1, 2])))
    assert shape_of(flaw.shape).equals(box(1, 0, 0.5, 1))
    assert flaw.square_metres == pytest.approx(0.5 * 188.85 * 221.8, rel=0.002)


def test_a_hole_inside_the_parent_is_listed_and_a_sliver_is_not() -> None:
    neighbours()
    millimetre = 0.001 / 188.85
    make_boundary(codes_of([1])[0], box(millimetre, 0, 1 - millimetre, 1))
    make_boundary(codes_of([2])[0], box(1, 0, 1, 0.5))
    (flaw,) = queries.flaws("grid", COUNTY)
    assert (flaw.sort, flaw.places) == ("hole", (COMMUNITY,))
    assert flaw.square_metres == pytest.approx(0.5 * 188.85 * 221.8, rel=0.002)
    assert [flaw.sort for flaw in queries.flaws("grid", COUNTY, sliver=0.1)] == ["hole", "hole"]


def test_flaws_elsewhere_and_on_other_levels_are_left_out() -> None:
    neighbours()
    for code in codes_of([1, 2]):
        make_boundary(code, box(0, 0, 2, 1))
    assert len(queries.flaws("grid", COMMUNITY)) == 1
    assert queries.flaws("grid", "990102") == []
    assert queries.flaws("community", COUNTY) == []
    with pytest.raises(Refused) as refusal:
        queries.flaws("galaxy", COUNTY)
    assert refusal.value.code == "kind_unknown"


# Outlines


def test_an_outline_names_its_places_and_neighbours_still_meet() -> None:
    make_ground(*codes_of(range(1, 5)))
    for code, shape in zip(codes_of(range(1, 5)), tiles(2, 2, 80), strict=True):
        make_boundary(code, shape)
    fine, coarse = (queries.outline(COMMUNITY, "grid", tolerance) for tolerance in (0, 20))
    assert [f["properties"] for f in fine["features"]] == [
        {"code": code, "name": f"地{code[-3:]}", "kind": "grid"} for code in codes_of(range(1, 5))
    ]
    shapes = [shape_of(feature["geometry"]) for feature in coarse["features"]]
    whole = shapely.union_all(shapes)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert whole.area == pytest.approx(sum(s.area for s in shapes))
    assert len(json.dumps(coarse)) < len(json.dumps(fine)) / 3


def test_an_outline_is_drawn_once_and_has_six_digits() -> None:
    make_ground(GRID)
    make_boundary(GRID, shapely.box(106.123456789, 32, 106.2, 32.1))
    queries.outline(COUNTY, "grid", 0)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        drawn = queries.outline(COUNTY, "grid", 0)
    assert len(asked) == 0
    assert drawn["type"] == "FeatureCollection"
    assert min(x for x, _ in drawn["features"][0]["geometry"]["coordinates"][0]) == 106.123457


def test_a_road_is_outlined_as_a_line_and_an_unknown_kind_is_refused() -> None:
    make_ground()
    make_place(f"{TOWN}R001", kind="road")
    make_boundary(f"{TOWN}R001", shapely.LineString([(106, 32), (106.001, 32.0000001), (106.002, 32)]))
    (feature,) = queries.outline(COUNTY, "road", 5)["features"]
    assert feature["geometry"] == {"type": "LineString", "coordinates": [[106.0, 32.0], [106.002, 32.0]]}
    assert queries.outline("990102", "road", 5)["features"] == []
    with pytest.raises(Refused):
        queries.outline(COUNTY, "galaxy", 5)


# Giving back


def everything() -> list[Any]:
    return list(Place.objects.order_by("code").values())


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_places_go_out_and_come_in_again_unchanged(tmp_path: Path, name: str) -> None:
    rows = [
        (COUNTY, "双井县", "", "", "甲"),
        (TOWN, "石桥镇", "镇", "2020-01-01", ""),
        (f"{TOWN}R001", "井巷", "road", "", "乙"),
    ]
    listed = make_list(tmp_path / "in.csv", ("code", "name", "类型", "valid_from", "备注"), *rows)
    import_places(listed, by="person:1", today=TODAY)
    make_place("990101009", valid_to=date(2021, 1, 1), extra={"备注": "丙"})
    before = everything()
    assert queries.export_places(tmp_path / name) == 4
    empty_the_ground()
    assert import_places(tmp_path / name, by="person:1", today=TODAY).added == 4
    assert everything() == before
    assert import_places(tmp_path / name, by="person:1", today=TODAY).unchanged == 4


def test_only_the_asked_ground_goes_out(tmp_path: Path) -> None:
    make_ground("990102")
    assert queries.export_places(tmp_path / "out.csv", TOWN) == 2
    make_boundary(TOWN, box(0, 0))
    make_boundary("990102", box(1, 0))
    assert queries.export_boundaries(tmp_path / "out.json", TOWN) == 1


def test_the_real_communities_go_out_and_come_in_again_unchanged(tmp_path: Path) -> None:
    import_places(shared("communities.csv"), by="person:1", today=TODAY, keep_good=True)
    before = everything()
    assert queries.export_places(tmp_path / "out.xlsx") == 767 + 79
    empty_the_ground()
    report = import_places(tmp_path / "out.xlsx", by="person:1", today=TODAY)
    assert (report.added, report.rejections) == (767 + 79, [])
    assert everything() == before


@pytest.mark.parametrize("datum", ["wgs84", "gcj02", "bd09"])
def test_boundaries_go_out_as_they_came_in(tmp_path: Path, datum: str) -> None:
    make_ground(GRID)
    make_place(f"{TOWN}R001", kind="road")
    course = shapely.LineString([(106, 32), (106.01, 32.01)])
    shapes = {TOWN: tiles(1, 1, 40)[0], GRID: box(0, 0), f"{TOWN}R001": course}
    import_boundaries(make_drawing(tmp_path / "in.json", shapes), datum=datum, by="person:1", today=TODAY)
    assert queries.export_boundaries(tmp_path / "out.json", COUNTY, datum) == 3
    out = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [f["properties"]["name"] for f in out["features"]] == ["地001"] * 3
    for feature in out["features"]:
        came_in = shapes[feature["properties"]["code"]]
        assert shapely.hausdorff_distance(shape_of(feature["geometry"]), came_in) < DECIMETRE
    again = import_boundaries(tmp_path / "out.json", datum=datum, by="person:1", today=TODAY)
    assert (again.unchanged, again.kept) == (3, True)
    Boundary.objects.all().delete()
    assert import_boundaries(tmp_path / "out.json", datum=datum, by="person:1", today=TODAY).added == 3


def test_the_real_outlines_come_back_in_their_datum_within_a_decimetre(tmp_path: Path) -> None:
    folder = shared("boundaries")
    import_boundaries(folder, datum="gcj02", by="person:1", today=TODAY)
    queries.export_boundaries(tmp_path / "out.json", datum="gcj02")
    for feature in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["features"]:
        raw = json.loads((folder / f"{feature['properties']['code']}.json").read_text(encoding="utf-8"))
        came_in = shape_of({"type": "MultiPolygon", "coordinates": raw["coordinates"]})
        back = shape_of(feature["geometry"])
        assert shapely.hausdorff_distance(back.boundary, came_in.boundary) < DECIMETRE
        assert back.area == pytest.approx(came_in.area, rel=1e-6)


def test_an_unknown_datum_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        queries.export_boundaries(tmp_path / "out.json", datum="moon")


def test_an_empty_ground_gives_an_empty_file(tmp_path: Path) -> None:
    assert queries.export_boundaries(tmp_path / "out.json") == 0
    assert json.loads((tmp_path / "out.json").read_text()) == {"type": "FeatureCollection", "features": []}
