"""Boundaries out of drawings."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import mapping

from yiwang.places import queries
from yiwang.places.actions import import_boundaries
from yiwang.places.models import Boundary, Place
from yiwang.places.rules import convert_all
from yiwang.places.tests.make import (
    COMMUNITY,
    COUNTY,
    GRID,
    TODAY,
    TOWN,
    box,
    make_drawing,
    make_ground,
    make_place,
    shared,
)
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.report import Report
from yiwang.plumbing.walls.ground import standing_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_ground")]
DECIMETRE = 0.1 / 111_320


def bring(path: Path, datum: str = "wgs84", **asked: Any) -> Report:
    return import_boundaries(path, datum=datum, by="person:1", today=TODAY, **asked)


def refused(report: Report) -> list[tuple[int, str, str]]:
    return [(r.line, r.column, r.refusal.code) for r in report.rejections]


def shape_of(code: str) -> Any:
    return shapely.from_wkb(bytes(Boundary.objects.get(place=code, valid_to=None).shape))


def test_a_feature_collection_gives_each_place_its_boundary(tmp_path: Path) -> None:
    make_ground(GRID)
    drawn = make_drawing(tmp_path / "g.geojson", {COMMUNITY: box(0, 0, 2, 2), GRID: box(0, 0)})
    report = bring(drawn)
    assert (report.added, report.kept, refused(report)) == (2, True, [])
    assert shape_of(GRID).equals(box(0, 0))
    assert Boundary.objects.get(place=GRID).square_metres == pytest.approx(188.8 * 221.8, rel=0.01)
    assert queries.locate(106.001, 32.001) == GRID
    entry = Entry.objects.get(act="import_boundaries")
    assert (entry.ground, entry.details["added"]) == (COMMUNITY, 2)


@pytest.mark.parametrize("heading", ["code", "区划代码", "adcode", "ID", "XZQDM"])
def test_the_code_stands_under_many_names(tmp_path: Path, heading: str) -> None:
    make_ground()
    feature = {"type": "Feature", "properties": {heading: int(TOWN)}, "geometry": mapping(box(0, 0))}
    (tmp_path / "f.json").write_text(json.dumps(feature))
    assert bring(tmp_path / "f.json").added == 1
    assert shape_of(TOWN).equals(box(0, 0))


def test_a_bare_shape_belongs_to_the_place_its_file_is_named_after(tmp_path: Path) -> None:
    make_ground()
    (tmp_path / f"{TOWN}.json").write_text(json.dumps(mapping(box(0, 0))))
    assert bring(tmp_path / f"{TOWN}.json").added == 1
    assert shape_of(TOWN).equals(box(0, 0))


def test_a_folder_brings_all_its_drawings(tmp_path: Path) -> None:
    make_ground()
    make_drawing(tmp_path / "a.geojson", {TOWN: box(0, 0, 2, 2)})
    make_drawing(tmp_path / "b.json", {COMMUNITY: box(0, 0), "990101999": box(1, 1)})
    (tmp_path / "readme.txt").write_text("not a drawing")
    assert refused(bring(tmp_path)) == [(2, "b.json: code", "boundary_place_unknown")]


@pytest.mark.parametrize("packed", [False, True])
def test_a_shapefile_in_projected_metres_and_the_states_encoding_goes_in(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001
    metres = Transformer.from_crs(4490, 4545, always_xy=True)
    square = shapely.transform(box(0, 0), lambda p: np.column_stack(metres.transform(p[:, 0], p[:, 1])))
    pyogrio.raw.write(
        tmp_path / "county.shp", np.array([square.wkb], dtype=object), geometry_type="Polygon", crs="EPSG:4545",
        fields=["XZQDM", "XZQMC"], field_data=[np.array([COUNTY]), np.array(["双井县"])], encoding="GB18030",
    )  # fmt: skip
    (tmp_path / "county.cpg").unlink()
    path = tmp_path / "county.shp"
    if packed:
        path = tmp_path / "county.zip"
        with zipfile.ZipFile(path, "w") as box_of_files:
            for file in tmp_path.glob("county.??[xfpj]"):
                box_of_files.write(file, file.name)
    assert bring(path).added == 1
    assert Place.objects.get(code=COUNTY).name == "双井县"
    assert shapely.hausdorff_distance(shape_of(COUNTY), box(0, 0)) < DECIMETRE


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_a_shifted_drawing_comes_to_lie_where_it_is(tmp_path: Path, datum: str) -> None:
    make_ground()
    shifted = shapely.transform(box(0, 0), lambda p: convert_all(p, of="wgs84", to=datum))
    assert shapely.hausdorff_distance(shifted, box(0, 0)) > 0.003
    bring(make_drawing(tmp_path / "g.json", {TOWN: shifted}), datum)
    assert shapely.hausdorff_distance(shape_of(TOWN), box(0, 0)) < DECIMETRE
    assert Boundary.objects.get(place=TOWN).came_in == datum


@pytest.mark.parametrize(
    ("code", "geometry", "column", "why"),
    [
        ("", mapping(box(0, 0)), "code", "boundary_code_missing"),
        ("990101999", mapping(box(0, 0)), "code", "boundary_place_unknown"),
        (COUNTY, mapping(box(0, 0)), "code", "boundary_twice"),
        (TOWN, None, "geometry", "boundary_unreadable"),
        (TOWN, {"type": "LineString", "coordinates": [[1, 2], ["x", 3]]}, "geometry", "boundary_unreadable"),
        (TOWN, {"type": "Polygon", "coordinates": []}, "geometry", "boundary_empty"),
        (TOWN, mapping(shapely.LineString([(106, 32), (107, 33)])), "geometry", "area_needs_polygon"),
        (TOWN, mapping(shapely.box(32, 106, 33, 107)), "geometry", "boundary_swapped"),
        (TOWN, mapping(shapely.box(500000, 3500000, 500100, 3500100)), "geometry", "boundary_outside_world"),
        (
            TOWN,
            {"type": "Polygon", "coordinates": [[[106, 32], [107, 33], [107, 32], [106, 33], [106, 32]]]},
            "geometry",
            "boundary_crosses_itself",
        ),
    ],
)  # fmt: skip
def test_a_shape_that_cannot_be_a_boundary_is_told_by_its_number(
    tmp_path: Path, code: str, geometry: Any, column: str, why: str
) -> None:
    make_ground()
    good = {"type": "Feature", "properties": {"code": COUNTY}, "geometry": mapping(box(0, 0))}
    bad = {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
    path = tmp_path / "g.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [good, bad]}))
    report = bring(path)
    assert refused(report) == [(2, f"g.json: {column}", why)]
    assert (report.kept, Boundary.objects.count()) == (False, 0)
    assert all(words for words in next(report.lines())[2:])
    assert bring(path, keep_good=True).kept
    assert Boundary.objects.count() == 1


def test_a_road_has_a_course_and_no_area(tmp_path: Path) -> None:
    make_ground()
    make_place(f"{TOWN}R001", kind="road")
    course = shapely.LineString([(106, 32), (106.01, 32.01)])
    assert bring(make_drawing(tmp_path / "r.json", {f"{TOWN}R001": course})).added == 1
    assert Boundary.objects.get(place=f"{TOWN}R001").square_metres == 0
    assert refused(bring(make_drawing(tmp_path / "r.json", {f"{TOWN}R001": box(0, 0)})))[0][2] == "road_needs_line"


def test_a_different_boundary_waits_until_asked_and_the_old_one_stays(tmp_path: Path) -> None:
    make_ground()
    bring(make_drawing(tmp_path / "g.json", {TOWN: box(0, 0)}))
    wider = make_drawing(tmp_path / "g.json", {TOWN: box(0, 0, 2, 1)})
    report = bring(wider)
    assert (report.changed, report.kept) == (1, False)
    assert [n.code for n in report.notices] == ["boundaries_wait"]
    assert shape_of(TOWN).equals(box(0, 0))
    assert bring(wider, overwrite=True).kept
    old, new = Boundary.objects.filter(place=TOWN).order_by("id")
    assert (old.valid_to, new.valid_from, new.valid_to) == (TODAY, TODAY, None)
    assert shapely.from_wkb(bytes(old.shape)).equals(box(0, 0))
    assert shape_of(TOWN).equals(box(0, 0, 2, 1))


def test_the_same_boundaries_again_change_nothing(tmp_path: Path) -> None:
    make_ground()
    drawn = make_drawing(tmp_path / "g.json", {TOWN: box(0, 0), COMMUNITY: box(0, 0)})
    bring(drawn, "gcj02")
    report = bring(drawn, "gcj02")
    assert (report.added, report.changed, report.unchanged, Boundary.objects.count()) == (0, 0, 2, 2)


def test_a_dry_run_draws_nothing(tmp_path: Path) -> None:
    report = bring(make_drawing(tmp_path / "g.json", {COUNTY: box(0, 0)}, name="双井县"), dry_run=True)
    assert (report.added, report.kept) == (1, False)
    assert not Boundary.objects.exists()
    assert not Place.objects.exists()


def test_a_place_that_has_ended_gets_no_boundary(tmp_path: Path) -> None:
    make_ground()
    make_place("990101002", valid_to=TODAY - timedelta(days=1))
    report = bring(make_drawing(tmp_path / "g.json", {"990101002": box(0, 0)}))
    assert refused(report) == [(1, "g.json: code", "boundary_place_ended")]


def test_who_stands_on_one_county_cannot_draw_another(tmp_path: Path) -> None:
    make_ground()
    make_place("990102")
    drawn = make_drawing(tmp_path / "g.json", {COUNTY: box(0, 0), "990102": box(1, 0)})
    with standing_on([COUNTY]):
        assert refused(bring(drawn)) == [(2, "g.json: code", "place_not_your_ground")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("g.json", b"{not json", "boundary_file_unreadable"),
        ("g.json", b'{"type": "FeatureCollection", "features": [{"a": 1}, ', "boundary_file_unreadable"),
        ("g.json", b"\xff\xfe\x00", "boundary_file_unreadable"),
        ("g.shp", b"no shapefile", "boundary_file_unreadable"),
        ("g.zip", b"no archive", "boundary_file_unreadable"),
        ("g.shp", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "boundary_file_unreadable"),
        ("g.dwg", b"", "boundary_file_unreadable"),
    ],
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refusal:
        bring(tmp_path / name)
    assert refusal.value.code == code


def test_a_missing_file_and_an_unknown_datum_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        bring(tmp_path / "nowhere.json")
    assert refusal.value.code == "boundary_file_missing"
    with pytest.raises(Refused) as refusal:
        bring(tmp_path, "cgcs2000")
    assert refusal.value.code == "boundary_datum_unknown"


def test_the_outlines_of_four_real_counties_go_in_as_they_are() -> None:
    report = bring(shared("boundaries"), "gcj02")
    assert (report.added, report.kept, refused(report)) == (4, True, [])
    assert [n.code for n in report.notices] == ["place_added_from_boundary"] * 4
    assert Place.objects.get(code="511922").name == "南江县"
    # Published: 3389 km², 1077 km².
    assert Boundary.objects.get(place="511922").square_metres == pytest.approx(3389e6, rel=0.02)
    assert Boundary.objects.get(place="500153").square_metres == pytest.approx(1077e6, rel=0.02)
    assert queries.locate(106.843418, 32.353164, "gcj02") == "511922"
    assert queries.locate(116.4, 39.9) is None
    again = bring(shared("boundaries"), "gcj02")
    assert (again.unchanged, again.notices) == (4, [])
