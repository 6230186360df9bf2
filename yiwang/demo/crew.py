"""Give the demonstration county its units, its posts and about 400 people in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from yiwang.demo import COUNTY, OPERATOR, PASSWORD, SEATS, Progress, names, since
from yiwang.demo.ground import Ground, Road, county, roads
from yiwang.people.access import TOPIC
from yiwang.people.models import Holding, Person, Post, Role, Unit, UnitKind
from yiwang.plumbing.freshness.snapshots import touched

DEPARTMENTS = (
    *("公安局", "民政局", "司法局", "住房和城乡建设局", "城市管理局", "生态环境局", "交通运输局", "农业农村局"),
    *("卫生健康局", "应急管理局", "市场监督管理局", "人力资源和社会保障局", "教育局"),
)
COMPANIES = ("供电公司", "通信公司", "燃气公司")
BOARDS = (
    ("党的建设", "board_party_building"),
    ("经济发展", "board_economy"),
    ("民生服务", "board_livelihood"),
    ("平安法治", "board_safety_law"),
)
OF_THE_FIRST_TOWN = {"leader": "town", "centre_head": "director", "clerk1": "centre", "caller": "caller"}


@dataclass(slots=True)
class Crew:
    """What is to be written, in the order in which it hangs together."""

    since: date
    roles: dict[str, Role]
    password: str = field(default_factory=lambda: make_password(PASSWORD))
    units: list[Unit] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def unit(self, name: str, kind: UnitKind, ground: str | None, parent: Unit | None = None) -> Unit:
        unit = Unit(name=name, kind=kind, ground_id=ground, parent=parent)
        self.units.append(unit)
        return unit

    def seat(self, unit: Unit, role: str, ground: str | None, title: str, login: str = "") -> None:
        """A post and somebody in it."""
        number = next(self.numbers)
        post = Post(unit=unit, role=self.roles[role], ground_id=ground, title=title)
        person = Person(
            login=login or f"demo{number:03}",
            phone=f"1990000{number:04}",
            name=names.person(number),
            ground_id=ground,
            password=self.password,
            must_change_password=False,
        )
        self.posts.append(post)
        self.people.append(person)
        self.holdings.append(Holding(person=person, post=post, since=self.since))


def hire(progress: Progress) -> None:
    """Units, posts and people of the whole county; every account has the demonstration's password."""
    crew = Crew(since=since(timezone.localdate()), roles={role.code: role for role in Role.objects.all()})
    grounds = list(county())
    _county(crew)
    for town in (g for g in grounds if g.kind == "town"):
        _town(crew, town)
    for road in roads():
        _road(crew, road)
    for community in (g for g in grounds if g.kind == "community"):
        _community(crew, community, [g for g in grounds if g.code.startswith(community.code)])
    Unit.objects.bulk_create([unit for unit in crew.units if unit.parent is None])
    Unit.objects.bulk_create([unit for unit in crew.units if unit.parent is not None])
    Person.objects.bulk_create(crew.people)
    Post.objects.bulk_create(crew.posts)
    Holding.objects.bulk_create(crew.holdings)
    assert {seat.name for seat in SEATS} <= {person.login for person in crew.people}
    touched(TOPIC)
    progress(len(crew.people), len(crew.people))


def _county(crew: Crew) -> None:
    platform = crew.unit("平台运维组", UnitKind.CENTRE, None)
    crew.seat(platform, "platform_operator", None, "平台运维员", OPERATOR)
    office = crew.unit("云岭县基层治理委员会", UnitKind.COMMITTEE, COUNTY)
    crew.seat(office, "county_administrator", COUNTY, "系统管理员", "county")
    crew.seat(office, "leader", COUNTY, "分管副县长", "leader")
    discipline = crew.unit("云岭县纪委监委", UnitKind.COMMITTEE, COUNTY)
    crew.seat(discipline, "discipline_inspector", COUNTY, "纪检监察员", "inspector")
    centre = crew.unit("云岭县综治中心", UnitKind.CENTRE, COUNTY)
    for shift in "一二三":
        crew.seat(centre, "county_centre_officer", COUNTY, f"值守员（{shift}班）")
    for name in DEPARTMENTS:
        department = crew.unit(f"云岭县{name}", UnitKind.DEPARTMENT, COUNTY)
        crew.seat(department, "department_head", COUNTY, f"{name}负责人")
        crew.seat(department, "department_handler", COUNTY, f"{name}经办人")
    water = crew.unit("云岭水务公司", UnitKind.COMPANY, COUNTY)
    crew.seat(water, "department_head", COUNTY, "水务公司负责人", "waterhead")
    crew.seat(water, "department_handler", COUNTY, "水务公司经办人", "water")
    for name in COMPANIES:
        company = crew.unit(f"云岭{name}", UnitKind.COMPANY, COUNTY)
        crew.seat(company, "department_head", COUNTY, f"{name}负责人")
        crew.seat(company, "department_handler", COUNTY, f"{name}经办人")


def _town(crew: Crew, town: Ground) -> None:
    office = crew.unit(f"{town.name}党工委办事处", UnitKind.TOWN_OFFICE, town.code)
    crew.seat(office, "street_branch_secretary", town.code, f"{town.name}党工委书记")
    logins = OF_THE_FIRST_TOWN if town.code.endswith("001") else {}
    crew.seat(office, "leader", town.code, f"{town.name}主任", logins.get("leader", ""))
    centre = crew.unit(f"{town.name}基层治理指挥中心", UnitKind.CENTRE, town.code, office)
    crew.seat(centre, "centre_head", town.code, "指挥中心主任", logins.get("centre_head", ""))
    for number in range(1, 3):
        login = logins.get(f"clerk{number}", "")
        crew.seat(centre, "centre_clerk", town.code, f"指挥中心受理员（{number}号席）", login)
    crew.seat(centre, "centre_caller", town.code, "指挥中心回访员", logins.get("caller", ""))
    for board, role in BOARDS:
        unit = crew.unit(f"{town.name}{board}板块", UnitKind.BOARD, town.code, office)
        crew.seat(unit, "board_head", town.code, f"{board}板块负责人")
        crew.seat(unit, role, town.code, f"{board}岗")


def _road(crew: Crew, road: Road) -> None:
    """Street chiefs at three levels."""
    chiefs = crew.unit(f"{road.name}街长办", UnitKind.TEAM, road.town)
    first = "chief" if road.code == f"{COUNTY}001R001" else ""
    crew.seat(chiefs, "street_chief_street", road.code, f"{road.name}街道级街长", first)
    crew.seat(chiefs, "street_chief_community", road.code, f"{road.name}社区级街长")
    crew.seat(chiefs, "street_chief_residents", road.code, f"{road.name}居民级街长")


def _community(crew: Crew, community: Ground, inside: list[Ground]) -> None:
    committee = crew.unit(f"{community.name}党支部委员会", UnitKind.COMMITTEE, community.code)
    crew.seat(committee, "community_branch_secretary", community.code, f"{community.name}党组织书记")
    grids = [g for g in inside if g.kind == "grid"]
    for grid in grids:
        first = grid.code == f"{COUNTY}001001001"
        crew.seat(committee, "grid_worker", grid.code, f"{grid.name}网格员", "grid" if first else "")
    crew.seat(committee, "grid_head", community.code, f"{community.name}网格长")
    for yard in [g for g in inside if g.kind == "courtyard"][:6]:
        first = yard.code == f"{COUNTY}001001001001"
        crew.seat(committee, "courtyard_head", yard.code, f"{yard.name}院长", "yard" if first else "")
