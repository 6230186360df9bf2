"""The cast, known by name, over a small invented county, so that nobody reads set-up."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from yiwang.people.models import Person, Post, Role, Unit, UnitKind
from yiwang.people.tests.make import PASSWORD, make_holding, make_person, make_post, make_unit
from yiwang.places.models import Place
from yiwang.places.tests.make import make_place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

__all__ = ["PASSWORD", "Town", "build_town", "town", "town_behind_the_wall"]


@dataclass(frozen=True)
class Town:
    """Cloud Ridge county 云岭县 and, beside it, a county that is none of its business."""

    county: Place
    two_wells: Place  # 双井街道, the street of the cast
    stone_bridge: Place  # 石桥镇, Ding's town
    well_lane: Place  # a community of Two Wells
    upper_lane: Place  # another
    lane_grid: Place  # Bo's grid, in Well Lane
    yard: Place  # Lan's courtyard
    bridge_village: Place
    bridge_grid: Place
    other_county: Place
    other_town: Place

    centre: Unit
    water_company: Unit
    bridge_centre: Unit
    other_office: Unit

    lan: Person  # resident
    bo: Person  # grid worker
    mei: Person  # desk clerk of Two Wells
    gu: Person  # her supervisor
    sun: Person  # Old Sun with a bracelet
    ding: Person  # clerk of another street, who must see nothing
    wen: Person  # of the water company
    ning: Person  # administers the county
    qiao: Person  # administers the other county
    operator: Person  # administers the whole installation

    bos_post: Post
    meis_post: Post
    dings_post: Post
    water_post: Post


def build_town() -> Town:
    """The cast on its ground. Needs `standing_on(EVERYWHERE)`."""
    county = make_place("990101", "云岭县")
    two_wells, stone_bridge = make_place("990101001", "双井街道"), make_place("990101101", "石桥镇")
    well_lane, upper_lane = make_place("990101001001", "井巷社区"), make_place("990101001002", "上巷社区")
    lane_grid = make_place("990101001001001", "井巷第一网格")
    yard = make_place("990101001001001001", "老井小院")
    bridge_village = make_place("990101101001", "桥头村")
    bridge_grid = make_place("990101101001001", "桥头第一网格")
    other_county, other_town = make_place("990102", "清河县"), make_place("990102101", "柳林镇")

    centre = make_unit("双井街道指挥中心", ground=two_wells, kind=UnitKind.CENTRE)
    water_company = make_unit("云岭县自来水公司", ground=county, kind=UnitKind.COMPANY)
    bridge_centre = make_unit("石桥镇指挥中心", ground=stone_bridge, kind=UnitKind.CENTRE)
    other_office = make_unit("清河县政务局", ground=other_county)
    county_office = make_unit("云岭县政务局", ground=county)
    platform = make_unit("平台运维", kind=UnitKind.CENTRE)

    def serving(login: str, name: str, role: str, unit: Unit, ground: Place | None) -> tuple[Person, Post]:
        person = make_person(login, name=name, ground=unit.ground)
        post = make_post(role=Role.objects.get(code=role), unit=unit, ground=ground, title=f"{unit.name}{name}岗")
        make_holding(person, post)
        return person, post

    bo, bos_post = serving("bo", "薄网格", "grid_worker", centre, lane_grid)
    mei, meis_post = serving("mei", "梅受理", "centre_clerk", centre, two_wells)
    gu, _ = serving("gu", "顾主任", "centre_head", centre, two_wells)
    ding, dings_post = serving("ding", "丁受理", "centre_clerk", bridge_centre, stone_bridge)
    wen, water_post = serving("wen", "温水务", "department_handler", water_company, county)
    ning, _ = serving("ning", "宁管理", "county_administrator", county_office, county)
    qiao, _ = serving("qiao", "乔管理", "county_administrator", other_office, other_county)
    operator, _ = serving("operator", "运维", "platform_operator", platform, None)
    return Town(
        county=county, two_wells=two_wells, stone_bridge=stone_bridge, well_lane=well_lane, upper_lane=upper_lane,
        lane_grid=lane_grid, yard=yard, bridge_village=bridge_village, bridge_grid=bridge_grid,
        other_county=other_county, other_town=other_town, centre=centre, water_company=water_company,
        bridge_centre=bridge_centre, other_office=other_office,
        lan=make_person("lan", name="蓝居民", ground=yard), sun=make_person("sun", name="孙大爷", ground=yard),
        bo=bo, mei=mei, gu=gu, ding=ding, wen=wen, ning=ning, qiao=qiao, operator=operator,
        bos_post=bos_post, meis_post=meis_post, dings_post=dings_post, water_post=water_post,
    )  # fmt: skip


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """The town, seen whole: the test runs as on every ground at once."""
    with standing_on(EVERYWHERE):
        yield build_town()


@pytest.fixture
def town_behind_the_wall(db: None) -> Town:
    """The town, with no ground set: a test of the wall stands where it says."""
    with standing_on(EVERYWHERE):
        return build_town()
